"""From a table to a detection: contracts, properties, new rows, verdicts, files."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import pynomaly as pyn
from pynomaly.detection.rows import positions
from pynomaly.detection.verdicts import checked
from pynomaly.viewer import use_viewer, viewer
from pynomaly.errors import ColumnError, ParameterError

FAST = {"n_estimators": 20}


@pytest.fixture(scope="module")
def claims():
    return pyn.sample()


@pytest.fixture(scope="module")
def found(claims):
    return pyn.detect(claims, contamination=0.01)


def test_the_sample_is_analysed_end_to_end(claims, found):
    assert len(found) == len(claims) and found.n_flagged == round(0.01 * len(claims))
    assert np.isfinite(found.scores).all() and not found.scores.flags.writeable
    assert found.flags.sum() == found.n_flagged == (found.severity != "none").sum()
    assert "is_anomaly" not in found.columns
    assert found.provenance["detector"] == "default" and found.provenance["rows"] == len(claims)


def test_the_threshold_moves_everything(claims):
    found = pyn.detect(claims, **FAST)
    found.threshold = float(np.sort(found.scores)[-8])
    assert found.n_flagged == 7 == found.flags.sum() == (found.severity != "none").sum()
    assert found.threshold_text.startswith("set by hand")
    assert found.cut_at(budget=3).n_flagged == 3
    for wrong in (True, "0.5", float("nan"), float("inf")):
        with pytest.raises(ParameterError, match="threshold is"):
            found.threshold = wrong


def test_frames_come_back_as_they_came():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(60, 2))
    index = pd.Index([f"r{i}" for i in range(60)][::-1], name="key")
    frames = {
        "pandas": pd.DataFrame(values, columns=["a", "b"], index=index),
        "polars": pl.DataFrame(values, schema=["a", "b"]),
        "lazy": pl.LazyFrame(values, schema=["a", "b"]),
        "arrow": pa.table({"a": values[:, 0], "b": values[:, 1]}),
    }
    results = {name: pyn.detect(frame, "ecod", contamination=0.1) for name, frame in frames.items()}
    assert isinstance(results["pandas"].frame(), pd.DataFrame) and results["pandas"].frame().index.equals(index)
    assert isinstance(results["polars"].frame(), pl.DataFrame) and isinstance(results["lazy"].frame(), pl.DataFrame)
    assert isinstance(results["arrow"].frame(), pa.Table)
    for other in results.values():
        assert np.array_equal(other.scores, results["polars"].scores)
    assert results["pandas"].top(3).index.tolist() == [index[i] for i in results["pandas"].order[:3]]
    assert results["pandas"].top(1)["anomaly"].tolist() == [1]


def test_numpy_gives_the_same_scores():
    values = np.random.default_rng(1).normal(size=(80, 3))
    assert np.array_equal(pyn.detect(values, "hbos").scores, pyn.detect(pl.DataFrame(values, schema=["a", "b", "c"]), "hbos").scores)


def test_new_rows(found, claims):
    again = found.score(claims)
    assert np.array_equal(again.scores, found.scores) and again.threshold == found.threshold
    one = found.score(claims.iloc[[5]])
    assert one.scores[0] == found.scores[5] and len(one) == 1
    twice = again.score(claims.head(2))
    assert np.array_equal(twice.scores, found.scores[:2]) and twice.provenance["trained_on"] == found.table.fingerprint
    assert 0 < one.p_values[0] <= 1
    assert one.explain(0).values.shape == (1, len(found.columns))


def test_new_rows_of_another_shape(found, claims):
    with pytest.raises(ColumnError, match="amount"):
        found.score(claims.drop(columns="amount"))
    with pytest.raises(ColumnError, match="amount"):
        found.score(claims.assign(amount="much").head(3))
    shuffled = found.score(claims[claims.columns[::-1]])
    assert np.array_equal(shuffled.scores, found.scores)
    assert any("order" in repair.message for repair in shuffled.repairs)
    extra = found.score(claims.assign(more=1.0))
    assert np.array_equal(extra.scores, found.scores)
    assert any("more" in repair.message for repair in extra.repairs)


def test_verdicts(found):
    found.replace_verdicts({})
    found.set_verdict(3, "anomaly", "seen twice")
    found.set_verdict(-1, "normal")
    assert found.verdicts[3]["note"] == "seen twice" and found.verdicts[len(found) - 1]["verdict"] == "normal"
    frame = found.frame()
    assert frame["verdict"].iloc[3] == "anomaly" and frame["note"].iloc[3] == "seen twice"
    for wrong in ({"x": {"verdict": "normal"}}, {len(found): {"verdict": "normal"}}, {3: {"verdict": "odd"}}, {-1: {"verdict": "normal"}}):
        with pytest.raises(ParameterError, match="verdict"):
            found.replace_verdicts(wrong)
    assert set(found.verdicts) == {3, len(found) - 1}
    assert checked({"7": {"verdict": "unsure"}}, 10)[7]["note"] == ""
    found.replace_verdicts({})


def test_text_for_a_terminal(found):
    text = repr(found)
    assert "20 of" in text and "threshold" in text and "Isolation" in text
    assert max(map(len, text.splitlines())) <= 100
    row = int(found.order[0])
    assert f"    {found.table.ids_of(found.order[:1])[0]} (row {row}) " in text and "\n  notes on the data\n" in text
    reasons = [line for place in range(5) for line in found.explain(found.order[:5]).sentences(place, 2)]
    cut = [line.removesuffix(" …") for line in text.splitlines() if line.endswith(" …")]
    assert cut and all(any(f"{line[line.index(' = ') :]} " in one for one in reasons) for line in cut)  # at a space
    many = pyn.detect(np.random.default_rng(0).normal(size=(40, 2)), "knn")
    assert "highest scores" in repr(many)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(3, [3]), (-1, [9]), ([1, 0], [1, 0]), (slice(2), [0, 1]), (np.arange(10) > 7, [8, 9]), ([], []), (np.int64(4), [4])],
)
def test_positions(rows, expected):
    assert positions(rows, 10).tolist() == expected


@pytest.mark.parametrize("rows", [10, -11, [0, 99], "a", 1.5, np.ones(3, bool), [[1, 2]]])
def test_positions_that_do_not_exist(rows):
    with pytest.raises(ParameterError):
        positions(rows, 10)


def test_rows_by_name(found):
    assert found.explain(id=found.table.row_ids[4]).rows.tolist() == [4]
    assert positions(None, 4, ids=["a", "b", "a", "c"], id=["a", "c"]).tolist() == [0, 2, 3]
    with pytest.raises(ParameterError, match="no row is called"):
        found.explain(id="nobody")


def test_top_refuses_nonsense(found):
    assert len(found.top(0)) == 0 and len(found.top(10**9)) == len(found)
    for wrong in (-1, 2.5, "x", True):
        with pytest.raises(ParameterError, match="n is"):
            found.top(wrong)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet", ".arrow", ".feather", ".json", ".ndjson", ".xlsx"])
def test_tables_are_saved_whole(found, tmp_path, suffix):
    path = found.save(tmp_path / f"scores{suffix}")
    again = pyn.read(path, types={"is_anomaly": "number"} if suffix in () else None)
    assert again.n == len(found)
    assert np.allclose(again.frame["anomaly_score"].to_numpy(), found.scores)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_the_page_is_saved_whole(found, tmp_path):
    path = found.save(tmp_path / "report.html")
    assert path.stat().st_size > 10_000 and [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_saving_elsewhere_is_refused(found, tmp_path):
    with pytest.raises(ParameterError, match="must end in .html"):
        found.save(tmp_path / "scores.doc")


def test_what_a_cell_shows(found):
    with pyn.options.using(output="static"):
        shown = found._repr_mimebundle_()
    shown = shown[0] if isinstance(shown, tuple) else shown
    assert "text/html" in shown and "text/plain" in shown


def test_another_viewer():
    before = viewer()
    try:
        use_viewer("json")
        assert viewer().__name__ == "json"
        use_viewer(before)
        assert viewer() is before
    finally:
        use_viewer("pynomaly.views.show")


def test_wrong_parameters(claims):
    with pytest.raises(ParameterError, match="contamination is 'lots'"):
        pyn.detect(claims, contamination="lots")
    with pytest.raises(ParameterError, match="did you mean 'iforest'"):
        pyn.detect(claims, "ifrest")
    with pytest.raises(ParameterError, match="budget"):
        pyn.detect(claims, "ecod", budget=-3)
    with pytest.raises(ColumnError, match="did you mean 'amount'"):
        pyn.detect(claims, label="amuont")


def test_a_seed_gives_the_same_scores_and_another_seed_others(claims):
    a, b, c = (pyn.detect(claims, random_state=seed, **FAST).scores for seed in (1, 1, 2))
    assert np.array_equal(a, b) and not np.array_equal(a, c)


def test_a_detector_object_is_taken(claims):
    model = pyn.detector("hbos", n_bins=7)
    assert pyn.detect(claims, model).provenance["parameters"]["n_bins"] == 7


NUMBERS = st.floats(-1e6, 1e6) | st.none() | st.just(float("inf"))
WORDS = st.sampled_from(["a", "b", "c", "<script>", 'quote"', "line\nbreak", ""]) | st.none()


@st.composite
def tables(draw):
    """Small mixed tables with at least one varying column."""
    n = draw(st.integers(8, 40))
    columns = {"base": [float(i % 7) + i / 100 for i in range(n)]}
    for j in range(draw(st.integers(0, 3))):
        columns[f"n{j}"] = draw(st.lists(NUMBERS, min_size=n, max_size=n))
    for j in range(draw(st.integers(0, 2))):
        columns[f"w{j}"] = draw(st.lists(WORDS, min_size=n, max_size=n))
    return pl.DataFrame(columns, strict=False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from(["ecod", "hbos", "pca", "knn", "iforest", "gaussian", "default"]))
def test_any_table_gives_finite_scores_in_its_order(frame, name):
    params = FAST if name in ("iforest", "default") else {}
    types = {column: "category" for column in frame.columns if column.startswith("w") and frame[column].drop_nulls().len()}
    found = pyn.detect(frame, name, types=types, **params)
    assert found.scores.shape == (frame.height,) and np.isfinite(found.scores).all()
    assert found.frame()["base"].to_list() == frame["base"].to_list()
    arrow = pyn.detect(frame.to_arrow(), name, types=types, **params)
    assert np.array_equal(arrow.scores, found.scores)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(tables(), st.sampled_from(["ecod", "hbos", "pca", "knn"]), st.randoms(use_true_random=False))
def test_permuting_rows_permutes_scores(frame, name, random):
    order = list(range(frame.height))
    random.shuffle(order)
    types = {column: "category" for column in frame.columns if column.startswith("w") and frame[column].drop_nulls().len()}
    found = pyn.detect(frame, name, types=types)
    if name == "pca":  # its score measures to the tips of axes, and axes of equal variance can be turned in their plane at will
        shares = found.model.explained_variance_ratio_
        assume(np.diff(np.sort(shares)).min(initial=1.0) > 1e-6 and shares[shares > 0].min() > 1e-6)
    shuffled = pyn.detect(frame[order], name, types=types).scores
    assert np.allclose(shuffled, found.scores[order], rtol=1e-7, atol=1e-9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from(["ecod", "hbos", "pca", "iforest", "default"]))
def test_a_duplicated_row_has_the_same_score(frame, name):
    params = FAST if name in ("iforest", "default") else {}
    twice = pl.concat([frame, frame[:3]])
    types = {column: "category" for column in frame.columns if column.startswith("w") and frame[column].drop_nulls().len()}
    scores = pyn.detect(twice, name, types=types, **params).scores
    assert np.allclose(scores[:3], scores[-3:], rtol=1e-9)


def test_a_detector_of_somebody_else_is_taken(claims):
    from pyod.models.base import BaseDetector

    class Distance(BaseDetector):
        def __init__(self, contamination=0.1):
            super().__init__(contamination=contamination)

        def fit(self, X, y=None):
            self.decision_scores_ = self.decision_function(X)
            self._process_decision_scores()
            return self

        def decision_function(self, X):
            return np.abs(X).sum(axis=1)

    found = pyn.detect(claims, Distance(), contamination=0.02)
    assert found.card.name == "Distance" and not found.explains_exactly
    why = found.explain(int(found.order[0]), budget=300)
    assert np.isclose(why.base + why.values.sum(), found.scores.max())


def test_an_object_given_twice_keeps_what_it_found_first(claims):
    model = pyn.detector("hbos")
    first = pyn.detect(claims, model)
    pyn.detect(claims.head(300), model)
    assert np.array_equal(first.score(claims).scores, first.scores)
    assert not hasattr(model, "decision_scores_")


def test_the_model_cuts_where_the_detection_does(claims):
    found = pyn.detect(claims, "hbos", contamination=0.02)
    assert found.model.labels_.sum() == found.n_flagged
    assert np.array_equal(found.model.predict(found.matrix.values), found.flags)
    assert "contamination" not in found.provenance["parameters"]


def test_a_table_that_was_read_takes_no_reading_options(claims):
    table = pyn.read(claims)
    assert pyn.detect(table, "ecod").columns == pyn.detect(claims, "ecod").columns
    with pytest.raises(ParameterError, match="comes too late"):
        pyn.detect(table, "ecod", features=["amount"])
    with pytest.raises(ParameterError, match="comes too late"):
        pyn.detect(table, "ecod", name="claims")


def test_a_table_is_called_as_the_user_says(claims):
    found = pyn.detect(claims, "ecod", name="claims of 2023")
    assert found.table.name == found.provenance["data"] == "claims of 2023" and repr(found).startswith("Detection in claims of 2023: ")


def test_what_is_typical_follows_the_threshold(claims):
    found = pyn.detect(claims, "ecod", contamination=0.01)
    first = found.typical()
    assert found.typical() is first
    found.threshold = float(np.median(found.scores))
    assert found.typical() is not first and found.typical()["amount"].high <= first["amount"].high
