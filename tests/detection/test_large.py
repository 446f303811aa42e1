"""Tables that are not read whole: the same scores and flags as in memory, exact counts of all rows, whole files or none."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pynomaly as pyn
from pynomaly.cli.app import main
from pynomaly.detection import stream as streaming
from pynomaly.detection.large import LargeDetection
from pynomaly.detectors.registry import card as card_of
from pynomaly.encoding.encoder import Encoder
from pynomaly.errors import ColumnError, DataError, ParameterError
from pynomaly.session import options
from pynomaly.tables.parts import open_parts
from pynomaly.tables.table import Source
from pynomaly.thresholds.threshold import threshold

N = 1200


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, 3)) @ rng.normal(size=(3, 3))
    X[::100] *= 6
    return pl.DataFrame(
        {
            "key": np.arange(1000, 1000 + N), "a": X[:, 0], "b": X[:, 1], "c": X[:, 2],
            "city": rng.choice(["Oslo", "Rome", "Bern"], N), "flag": (np.arange(N) % 100 == 0).astype(int),
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(frame, tmp_path_factory):
    place = tmp_path_factory.mktemp("large") / "parts"
    place.mkdir()
    for i in range(6):
        frame[i * 200 : i * 200 + 200].write_parquet(place / f"part-{i}.parquet")
    return place


@pytest.fixture
def few(monkeypatch):
    """Few rows on show."""
    monkeypatch.setattr(streaming, "ON_SHOW", 50)


def streamed(folder, detector="pca", batch_rows=None, encoder=None, **more):
    chosen = {name: more.pop(name, None) for name in ("features", "ignore", "time", "id", "label", "types")}
    model = pyn.detector(detector) if isinstance(detector, str) else detector
    card = card_of(detector) if isinstance(detector, str) else model.card
    return streaming.stream(open_parts(folder), model, card, encoder or Encoder(), chosen, batch_rows=batch_rows, **more)


@pytest.mark.parametrize("detector", ["default", "iforest", "ecod", "hbos", "pca", "gaussian", "knn"])
def test_a_sample_of_all_rows_gives_the_result_of_memory(folder, detector):
    params = {} if detector in ("ecod", "hbos", "pca", "gaussian", "knn") else {"n_estimators": 20}
    held = pyn.detect(folder, detector, contamination=0.02, label="flag", **params)
    found = pyn.detect(folder, detector, contamination=0.02, label="flag", memory=0, **params)
    assert isinstance(found, LargeDetection) and not isinstance(held, LargeDetection)
    assert np.array_equal(found.scores, held.scores) and np.array_equal(found.flags, held.flags)
    assert found.threshold == held.threshold and found.n_flagged == held.n_flagged and found.total == len(held) == N
    assert np.array_equal(found.p_values, held.p_values) and np.array_equal(found.severity, held.severity)
    assert found.columns == held.columns == ("a", "b", "c", "city") and found.table.roles.id == "key"
    assert np.array_equal(found.table.label, held.table.label)


@pytest.mark.parametrize("detector", ["iforest", "ecod", "hbos", "pca"])
def test_every_row_has_the_score_of_the_frozen_model(few, folder, frame, detector, tmp_path):
    found = pyn.detect(folder, detector, budget=30, memory=0, sample=300, label="flag", output=tmp_path / "scores.parquet")
    again = found.encoder.transform(pyn.read(frame, label="flag"))
    scores = found.model.decision_function(again.values)
    written = pl.read_parquet(tmp_path / "scores.parquet")
    np.testing.assert_allclose(written["anomaly_score"], scores, rtol=1e-12)
    assert written.columns == ["row", "key", "anomaly_score", "anomaly"] and written["row"].to_list() == list(range(N))
    assert written["key"].equals(frame["key"])
    cut = threshold(written["anomaly_score"].to_numpy(), budget=30)
    assert found.threshold == cut.value and found.n_flagged == written["anomaly"].sum() == (scores > cut.value).sum() > 20
    assert found.provenance["learned_from"] == ("300 rows drawn at random" if detector == "iforest" else f"all rows, in {'2 walks' if detector == 'hbos' else '1 walk'}")


@pytest.mark.parametrize("what", ["thresholds", "uncertainty", "control"])
def test_questions_about_all_rows_are_refused_where_some_are_not_at_hand(few, folder, what):
    found = pyn.detect(folder, "pca", memory=0, sample=300, label="flag")
    with pytest.raises(ParameterError, match=rf"{what} needs all rows, and [\d,]+ of {found.total:,} are not in memory"):
        getattr(found, what)()


@pytest.mark.parametrize("detector", ["pca", "hbos"])
def test_what_learns_from_all_rows_learns_what_memory_learns(folder, frame, detector):
    found = streamed(folder, detector, sample=400, label="flag")
    whole = pyn.detector(detector).fit(found.encoder.transform(pyn.read(frame, label="flag")).values)
    np.testing.assert_allclose(found.stored.part(0, N), whole.decision_scores_, rtol=1e-9)


@settings(max_examples=10, deadline=None)
@given(batch=st.integers(30, 500), detector=st.sampled_from(["pca", "hbos", "ecod", "gaussian"]), seed=st.integers(0, 3))
def test_the_result_does_not_depend_on_the_batches(folder, batch, detector, seed):
    one, two = (streamed(folder, detector, size, label="flag", sample=200, seed=seed, contamination=0.05) for size in (batch, None))
    np.testing.assert_allclose(one.stored.part(0, N), two.stored.part(0, N), rtol=1e-9)
    assert np.array_equal(one.rows, two.rows) and one.n_flagged == two.n_flagged and one.provenance["fingerprint"] == two.provenance["fingerprint"]


def test_one_file_is_the_folder(few, folder, frame, tmp_path):
    frame.write_parquet(tmp_path / "one.parquet", row_group_size=77)
    one, parts = (pyn.detect(source, "pca", memory=0, sample=200) for source in (tmp_path / "one.parquet", folder))
    np.testing.assert_allclose(one.stored.part(0, N), parts.stored.part(0, N), rtol=1e-10)
    assert np.array_equal(one.rows, parts.rows)
    csv = tmp_path / "csv"
    csv.mkdir()
    for i in range(3):
        frame[i * 400 : i * 400 + 400].write_csv(csv / f"{i}.csv")
    text = pyn.detect(csv, "pca", memory=0, sample=200)
    np.testing.assert_allclose(text.stored.part(0, N), parts.stored.part(0, N), rtol=1e-10)


def test_what_is_on_show(few, folder, frame):
    found = pyn.detect(folder, "pca", contamination=0.02, memory=0, sample=300, label="flag")
    scores = found.stored.part(0, N)
    top = np.argsort(-scores, kind="stable")[:50]
    assert len(found) == 100 and set(top) <= set(found.rows) and np.array_equal(found.scores, scores[found.rows])
    assert found.n_flagged == (scores > found.threshold).sum() == 24 and found.total == N
    np.testing.assert_allclose(found.p_values, [(scores >= one).sum() / (N + 1) for one in found.scores])
    shown = found.frame()
    assert shown["row"].to_list() == found.rows.tolist() and shown["a"].equals(frame["a"][found.rows])
    assert found.top(3)["row"].to_list() == top[:3].tolist() and found.frame([0])["row"].to_list() == [found.rows[0]]
    assert found.explain(found.order[0]).values.shape == (1, 4) and len(found.typical()) == 4
    said = " ".join(repair.message for repair in found.repairs)
    assert "all 1,200 rows were scored" in said and "300 rows drawn at random (seed 0)" in said and "the 50 highest scores" in said
    assert "24 of 1,200 rows" in found.threshold_text and "24 of 1,200 rows flagged" in repr(found)
    assert found.table.name == "parts (100 of 1,200 rows)"
    named = pyn.detect(folder, "pca", contamination=0.02, memory=0, sample=300, label="flag", name="the year")
    assert named.table.name == "the year (100 of 1,200 rows)" and named.provenance["data"] == "the year"


def test_the_threshold_moves_over_all_rows(few, folder):
    found = pyn.detect(folder, "pca", memory=0, sample=300, label="flag")
    scores = found.stored.part(0, N)
    found.threshold = float(np.median(scores))
    assert found.n_flagged == 600 and found.flags.sum() < 100
    assert found.cut_at(budget=100).n_flagged == 100 and found.cut_at(0.25).n_flagged == 300
    assert found.threshold == threshold(scores, 0.25).value
    other = pickle.loads(pickle.dumps(found))
    assert other.n_flagged == 300 and np.array_equal(other.rows, found.rows) and other.total == N
    new = found.score(found.table.frame.head(3))
    assert len(new) == 3 and np.array_equal(new.scores, found.scores[:3])


def test_the_view_counts_what_it_shows(few, folder, tmp_path):
    from pynomaly.views.model import explorer

    found = pyn.detect(folder, "pca", budget=80, memory=0, sample=300, label="flag")
    view = explorer(found)
    assert view.spec["n"] == 100 and found.n_flagged == 80 and view.spec["threshold"]["flagged"] == found.flags.sum()
    assert "80 of 1,200 rows" in view.spec["threshold"]["method"] and any("not read whole" in repair for repair in view.spec["repairs"])
    page = found.save(tmp_path / "view.html")
    assert "100 of 1,200 rows" in page.read_text(encoding="utf-8")


def test_rows_without_an_id_are_called_by_their_number(few, frame, tmp_path):
    frame.select("a", "b", "c").write_parquet(tmp_path / "t.parquet")
    found = pyn.detect(tmp_path / "t.parquet", "pca", memory=0, sample=300)
    assert list(found.table.row_ids) == found.rows.tolist()
    written = pl.read_parquet(found.save(tmp_path / "s.parquet"))
    assert written.columns == ["row", "anomaly_score", "anomaly"] and written.height == N


def test_names_that_are_taken(few, frame, tmp_path):
    frame.select(pl.col("key").alias("row"), "a", "b").write_parquet(tmp_path / "t.parquet")
    found = pyn.detect(tmp_path / "t.parquet", "pca", memory=0, sample=300)
    assert found.frame().columns[:4] == ["row", "a", "b", "row_"]
    assert pl.read_parquet(found.save(tmp_path / "s.parquet")).columns == ["row", "row_", "anomaly_score", "anomaly"]


def test_columns_that_the_sample_knows_badly(few, frame, tmp_path):
    rare = frame.with_columns(
        rare=pl.when(pl.col("key") == 1777).then(1).otherwise(0),
        late=pl.when(pl.col("key") == 2199).then(5.0),
        city=pl.when(pl.col("key") == 1500).then(pl.lit("Lima")).when(pl.col("key") == 2000).then(None).otherwise("city"),
        a=pl.when(pl.col("key") == 1600).then(float("inf")).otherwise("a"),
        fraud=pl.when(pl.col("key") == 1777).then(1).otherwise(0),
    ).drop("flag")
    path = tmp_path / "t.parquet"
    rare.write_parquet(path)
    held = pyn.detect(path, "pca", memory=0, label="fraud")
    assert held.table.roles.label == "fraud"
    found = pyn.detect(path, "pca", memory=0, sample=100, label="fraud")
    said = {(repair.kind, repair.column): repair.message for repair in found.repairs}
    assert "1 row holds something else" in said["constant", "rare"] and "1 row holds something else" in said["constant", "late"]
    assert "1 value is of a category that training never saw" in said["unseen category", "city"] and "rows 0 to 1,199" in said["unseen category", "city"]
    assert "1 value is missing where training had none" in said["newly missing", "city"]
    assert "1 value is infinite" in said["infinities", "a"]
    assert "one class only" in said["label", "fraud"] and found.table.roles.label is None and "fraud" not in found.columns
    assert np.isfinite(found.stored.part(0, N)).all()


def test_roles_and_running_numbers(few, frame, tmp_path):
    two = frame.with_columns(line=pl.int_range(N) * 2).drop("flag")
    two.write_parquet(tmp_path / "t.parquet")
    found = pyn.detect(tmp_path / "t.parquet", "pca", memory=0, sample=100)
    assert found.table.roles.id == "key" and found.columns == ("a", "b", "c", "city")
    assert sum("running number" in repair.message for repair in found.repairs) == 2
    chosen = pyn.detect(tmp_path / "t.parquet", "pca", memory=0, sample=100, features=["a", "line"], id="key", ignore="b")
    assert chosen.columns == ("a", "line") and chosen.table.roles.id == "key"


def test_all_null_batches_and_empty_parts(few, frame, tmp_path):
    place = tmp_path / "p"
    place.mkdir()
    nulls = frame[:100].with_columns(pl.lit(None).cast(pl.Float64).alias("a"), pl.lit(None).cast(pl.String).alias("city"))
    for i, part in enumerate((nulls, frame[100:500], frame[:0], frame[500:], nulls.with_columns(key=pl.col("key") + N + 100))):
        part.write_parquet(place / f"{i}.parquet")
    held = pyn.detect(place, "pca", label="flag")
    found = pyn.detect(place, "pca", label="flag", memory=0)
    assert np.array_equal(held.scores, found.stored.part(0, N + 100)) and found.total == N + 100
    assert any("1 part has no rows" in repair.message for repair in found.repairs)
    small = streamed(place, "ecod", 64, sample=60, label="flag")
    assert np.isfinite(small.stored.part(0, N)).all()


def test_what_is_refused(folder, frame, tmp_path):
    for source in (frame, pyn.read(frame)):
        with pytest.raises(ParameterError, match="memory=0 is for Parquet files and folders"):
            pyn.detect(source, memory=0)
    with pytest.raises(ParameterError, match="memory is 'lots'"):
        pyn.detect(folder, memory="lots")
    with pytest.raises(ParameterError, match="sample is 1"):
        pyn.detect(folder, memory=0, sample=1)
    with pytest.raises(ParameterError, match="is written as .parquet"):
        pyn.detect(folder, memory=0, output=tmp_path / "s.csv")
    with pytest.raises(ParameterError, match="must be one of"):
        pyn.detect(folder, output=tmp_path / "s.doc")
    with pytest.raises(DataError, match="does not exist"):
        pyn.detect(folder, output=tmp_path / "no" / "s.parquet")
    with pytest.raises(ParameterError, match="inside the folder of the data"):
        pyn.detect(folder, memory=0, output=folder / "s.parquet")
    frame.write_parquet(tmp_path / "t.parquet")
    with pytest.raises(ParameterError, match="is the data itself"):
        pyn.detect(tmp_path / "t.parquet", output=tmp_path / "t.parquet")
    refused = next(card for card in map(card_of, pyn.detectors().index) if not card.scores_new_rows)
    with pytest.raises(ParameterError, match="cannot score rows it has not learned from"):
        streaming.stream(open_parts(folder), None, refused, Encoder(), {})
    frame.with_columns(a=pl.when(pl.col("key") == 1777).then(pl.lit("much")).otherwise(pl.col("a").cast(pl.String))).write_parquet(tmp_path / "u.parquet")
    with pytest.raises(ColumnError, match="Among rows 0 to 1,199, here counted from 0: Column 'a'"):
        pyn.detect(tmp_path / "u.parquet", "pca", memory=0, sample=20)


def test_output_of_data_in_memory(frame, tmp_path):
    found = pyn.detect(frame, "pca", label="flag", output=tmp_path / "s.csv")
    assert pl.read_csv(tmp_path / "s.csv")["anomaly"].sum() == found.n_flagged and found.total == N and found.rows[-1] == N - 1


def test_a_detector_with_torch_learns_from_the_sample(few, folder):
    pytest.importorskip("torch")
    found = pyn.detect(folder, "pca", backend="torch", device="cpu", memory=0, sample=300, label="flag")
    assert found.provenance["learned_from"] == "300 rows drawn at random"


def test_an_interrupted_write_leaves_nothing(few, folder, tmp_path, monkeypatch):
    found = pyn.detect(folder, "pca", memory=0, sample=300, label="flag")
    (tmp_path / "s.parquet").write_text("before")
    batches = type(found.parts).batches

    def interrupted(self, *args, **kwargs):
        for i, batch in enumerate(batches(self, *args, **kwargs)):
            if i == 3:
                raise KeyboardInterrupt
            yield batch

    monkeypatch.setattr(type(found.parts), "batches", interrupted)
    with pytest.raises(KeyboardInterrupt):
        found.save(tmp_path / "s.parquet")
    assert (tmp_path / "s.parquet").read_text() == "before" and len(list(tmp_path.iterdir())) == 1


def test_from_a_shell(folder, tmp_path, capsys):
    with options.using(progress=False), pytest.raises(SystemExit) as end:
        main(["detect", str(folder), "-d", "hbos", "--memory", "0", "--sample", "200", "--budget", "7", "--label", "flag", "--output", str(tmp_path / "s.parquet"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert not end.value.code and told["rows"] == N and told["flagged"] == 7 and told["data"] == "parts"
    written = pl.read_parquet(tmp_path / "s.parquet")
    assert written["anomaly"].sum() == 7 and written["anomaly_score"].arg_max() == told["top"][0]["row"]
    with pytest.raises(SystemExit) as end:
        main(["detect", str(folder), "--memory", "0", "--output", str(tmp_path / "s.csv")])
    assert end.value.code == 2 and "is written as .parquet" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="sends Ctrl-C")
def test_ctrl_c_leaves_no_file(folder, tmp_path):
    code = (
        "import sys, time, pynomaly.detection.stream as s; from pynomaly.cli.app import main; score = s._score\n"
        "def slow(*a):\n    print('scoring', flush=True); time.sleep(60)\n"
        "s._score = slow; main(sys.argv[1:])"
    )
    words = ["detect", str(folder), "-d", "pca", "--memory", "0", "--sample", "200", "--output", str(tmp_path / "s.parquet")]
    with subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "scoring\n"
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "interrupted" in said and not list(tmp_path.iterdir())


def test_the_highest_rows_are_kept_in_the_order_of_the_table():
    from pynomaly.detection.totals import Highest

    scores = np.random.default_rng(0).integers(0, 9, 500).astype(float)
    highest = Highest(40)
    for start in range(0, 500, 33):
        highest.add(start, Source(pl.DataFrame({"row": np.arange(start, min(start + 33, 500))})), scores[start : start + 33])
        assert highest.count == min(40, start + 33)
    rows, kept, frame = highest.settled()
    assert rows.tolist() == sorted(np.argsort(-scores, kind="stable")[:40]) == frame["row"].to_list()
    assert np.array_equal(kept, scores[rows])


def test_which_tables_are_too_large(folder):
    parts = open_parts(folder)  # 1,200 rows of 6 columns
    assert not streaming.too_large(parts) and streaming.too_large(parts, 0) and streaming.too_large(parts, 5e-5) and not streaming.too_large(parts, 6e-5)
    for wrong in ("much", -1, True, float("nan")):
        with pytest.raises(ParameterError, match="memory is"):
            streaming.too_large(parts, wrong)
