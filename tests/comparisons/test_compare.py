"""The comparison as a whole: what goes wrong is a row, the same seeds give the same table, and it says what it cannot know."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.ensemble import IsolationForest
from sklearn.pipeline import make_pipeline
from statsmodels.stats.multitest import multipletests

import pynomaly as pyn
from pynomaly.comparisons import compare as compare_module
from pynomaly.comparisons import trial as trial_module
from pynomaly.comparisons.across import wilcoxon
from pynomaly.comparisons.asked import competitors_of, several
from pynomaly.comparisons.compare import compare
from pynomaly.comparisons.criteria import TRUST, TRUSTED
from pynomaly.comparisons.field import LABELLED, Entry, Field, check_field
from pynomaly.comparisons.metrics import bootstrap, measure
from pynomaly.comparisons.trial import Trial, Tried, run
from pynomaly.comparisons.tuning import Tuning
from pynomaly.comparisons.workers import Outcome, done
from pynomaly.errors import DataError, ParameterError
from pynomaly.tables.table import Repair

TIMES = ["fit_seconds", "score_seconds", "megabytes"]


@pytest.fixture
def frame():
    rng = np.random.default_rng(0)
    y = np.zeros(200, dtype=int)
    y[:15] = 1
    return pd.DataFrame(rng.normal(size=(200, 3)) + 3 * y[:, None], columns=list("abc")).assign(fraud=y)


class Fails(pyn.Detector):
    """Fails as it is told."""

    def __init__(self, how="raise", contamination=0.1):
        super().__init__(contamination=contamination)
        self.how = how

    def _fit(self, X):
        if self.how == "raise":
            raise ValueError("no luck today")
        if self.how == "hang":
            time.sleep(100)
        if self.how == "die":
            os._exit(9)
        return self._score(X)

    def _score(self, X):
        return np.full(len(X), np.nan)


@pytest.fixture
def here(monkeypatch):
    """Trials in this process, so that each test is quick."""

    def outcomes(jobs, function, shared, n_jobs=1, time_limit=None, skip=lambda key: False):
        import cloudpickle

        for key, arguments in jobs.items():
            yield key, Outcome(None, "left out", 0.0) if skip(key) else done(function, shared, cloudpickle.dumps(arguments))

    monkeypatch.setattr(compare_module, "outcomes", outcomes)


# -- what goes wrong -------------------------------------------------------------------------------------------


def test_failures_are_rows(frame):
    wrong = {how: Fails(how) for how in ("raise", "nan", "hang", "die")}
    found = compare(frame, {**wrong, "hbos": "hbos"}, label="fraud", seeds=2, draws=100, time_limit=8, n_jobs=2)
    table = found.table
    assert table.index[0] == "hbos" and table.loc["hbos", "failed"] == "" and table.loc["hbos", "auroc"] > 0.9
    assert table.loc["raise", "failed"] == "no luck today"
    assert "returned NaN for 200 of 200 rows" in table.loc["nan", "failed"]
    assert "time limit of 8 seconds" in table.loc["hang", "failed"]
    assert table.loc["die", "failed"] == "ended its process (exit code 9)"
    assert table.loc[list(wrong), "auroc"].isna().all()
    assert "no luck today" in repr(found) and found.finished


def test_a_detector_that_failed_is_not_tried_again(frame, here):
    found = compare(frame, {"raise": Fails(), "hbos": "hbos"}, seeds=3, label="fraud", draws=100)
    failed = found.field.entries["raise"].failed
    assert failed.pop("whole 0") == "no luck today" and set(failed.values()) == {"left out"} and len(failed) == 4


def test_all_failing_is_one_sentence(frame, here):
    with pytest.raises(DataError, match="No detector could be run. raise: no luck today"):
        compare(frame, {"raise": Fails()}, label="fraud")
    with pytest.raises(DataError, match="No detector"):
        check_field({})


def test_ctrl_c_keeps_what_is_done(frame, here, monkeypatch):
    whole = compare_module.outcomes

    def interrupted(jobs, *given):
        for turn, one in enumerate(whole(jobs, *given)):
            if turn == after:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr(compare_module, "outcomes", interrupted)
    after = 2
    found = compare(frame, ["hbos", "ecod", "pca"], label="fraud", draws=100)
    assert not found.finished and "stopped early" in found.claims[0]
    assert found.table.loc["pca", "failed"] == "not run: stopped before its turn" and found.table.loc["ecod", "auroc"] > 0.9
    after = 0
    with pytest.raises(KeyboardInterrupt):
        compare(frame, ["hbos"], label="fraud")


def test_a_detector_that_needs_too_much_memory_is_told(frame, here, monkeypatch):
    from pynomaly.detectors import memory

    needy = "pyod.cof"
    monkeypatch.setattr(memory, "free_memory", lambda: 1000)
    found = compare(frame, ["hbos", needy], label="fraud", draws=100, seeds=1)
    assert f"{needy} needs about" in found.table.loc[needy, "failed"] and "are free" in found.table.loc[needy, "failed"]


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"detectors": ["hbso"]}, "did you mean 'hbos'"),
        ({"detectors": []}, "detectors is"),
        ({"detectors": "hbos"}, "detectors is 'hbos'"),
        ({"detectors": {}}, "detectors is {}"),
        ({"detectors": {"hbos", "ecod"}}, "must be a list"),
        ({"detectors": pyn.detector("hbos")}, "must be a list"),
        ({"detectors": [IsolationForest()]}, "IsolationForest is not a detector of Pynomaly or PyOD"),
        ({"detectors": [make_pipeline(IsolationForest())]}, "Pipeline is not a detector of Pynomaly or PyOD"),
        ({"time_limit": True}, "time_limit is True"),
        ({"time_limit": float("nan")}, "time_limit is nan"),
        ({"name": ""}, "name is ''"),
        ({"name": 3}, "name is 3"),
        ({"seeds": 0}, "seeds is 0"),
        ({"draws": 10}, "draws is 10"),
        ({"time_limit": 0}, "time_limit is 0"),
        ({"time_limit": "long"}, "time_limit is 'long'"),
        ({"n": 0}, "n is 0"),
        ({"n": 201}, "has 200 rows only"),
        ({"contamination": 0.7}, "contamination"),
        ({"label": "frod"}, "'fraud'"),
    ],
)
def test_bad_parameters(frame, given, sentence):
    with pytest.raises((ParameterError, DataError), match=sentence):
        compare(frame, **{"detectors": ["hbos"], "label": "fraud", **given})


@pytest.mark.parametrize(
    "labels, sentence",
    [
        (lambda y: y * 0, "one class only|0 in all"),
        (lambda y: y.astype(float).where(y.index != 7), "missing value"),
        (lambda y: y.map({0: "fine", 1: "odd"}).where(y.index != 7, "who knows"), "3 different values"),
    ],
)
def test_labels_that_cannot_be_used(frame, labels, sentence):
    with pytest.raises(DataError, match=sentence):
        compare(frame.assign(fraud=labels(frame["fraud"])), ["hbos"], label="fraud")


def test_labels_beside_the_table_are_refused_in_a_sentence(frame):
    for values in (frame["fraud"].to_numpy()[:50], frame["fraud"][:50], [0, 1] * 25):
        with pytest.raises(ParameterError, match="label holds 50 values, and must be the name of a column"):
            compare(frame, ["hbos"], label=values)


def test_a_table_that_was_read_takes_no_options(frame):
    with pytest.raises(ParameterError, match="too late"):
        compare(pyn.read(frame), ["hbos"], label="fraud")


def test_two_classes_of_strings_are_read_as_detect_reads_them(frame, here):
    words = frame.assign(fraud=frame["fraud"].map({0: "normal", 1: "fraud"}))
    assert compare(words, ["hbos"], label="fraud", draws=100, seeds=1).table.loc["hbos", "auroc"] > 0.9


# -- the same seeds, the same table ----------------------------------------------------------------------------


def test_the_table_does_not_depend_on_the_number_of_processes(frame):
    one, two = (compare(frame, ["hbos", "iforest", "knn"], label="fraud", seeds=2, draws=100, n_jobs=jobs).table.drop(columns=TIMES) for jobs in (1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert two.loc["iforest", "stability_seeds"] < 1 and np.isnan(two.loc["hbos", "stability_seeds"])


def test_detectors_by_name_object_and_twice(frame, here):
    found = compare(frame, ["knn", pyn.detector("knn", n_neighbors=30), pyn.detector("hbos")], label="fraud", seeds=1, draws=100)
    assert set(found.table.index) == {"knn", "knn(n_neighbors=30)", "hbos"}
    assert found["knn(n_neighbors=30)"].model.n_neighbors == 30 and found["knn"].model.n_neighbors == 5


def test_names_tell_competitors_apart():
    from pyod.models.lof import LOF

    forests = [pyn.detector("iforest", random_state=seed) for seed in (1, 2)]  # the seeds are the comparison's, so these two are the same
    assert list(competitors_of(["iforest", *forests])) == ["iforest", "iforest 2", "iforest 3"]
    assert list(competitors_of([LOF(n_neighbors=7), LOF(n_neighbors=9)])) == ["pyod.lof(n_neighbors=7)", "pyod.lof(n_neighbors=9)"]
    assert list(competitors_of([Fails("nan"), Fails("die")])) == ["fails(how='nan')", "fails(how='die')"]
    assert list(competitors_of({"a": "knn", 5: Fails()})) == ["a", "5"]
    stack = [pyn.Ensemble(["hbos", "knn"]), pyn.Ensemble(["hbos", "knn"], combine="maximum")]
    assert all(name.startswith("ensemble(") and "combine='maximum'" in name for name in list(competitors_of(stack))[1:])


@pytest.mark.parametrize("detectors", [lambda: (name for name in ("hbos", "ecod")), lambda: pd.Index(["hbos", "ecod"]), lambda: np.array(["hbos", "ecod"]), lambda: ("hbos", "ecod")])
def test_any_row_of_names_will_do(detectors):
    assert list(competitors_of(detectors())) == ["hbos", "ecod"]


def test_what_was_fitted_found_or_tuned_competes_unfitted(frame, here):
    X = frame[["a", "b", "c"]].to_numpy()
    found = pyn.detect(frame, "knn", label="fraud", n_neighbors=9)
    tuned = Tuning("knn", found.table, pyn.detector("knn"), {"n_neighbors": 11}, 1.0, 0.9, pd.DataFrame(), 5, "trials")
    fitted = pyn.detector("hbos").fit(X)
    given = competitors_of([fitted, found, tuned])
    assert list(given) == ["hbos", "knn(n_neighbors=9)", "knn(n_neighbors=11)"] and not hasattr(given["hbos"], "decision_scores_")
    assert compare(frame, [fitted, pyn.Ensemble(["hbos", "ecod"])], label="fraud", seeds=1, draws=100)["hbos"].scores == pytest.approx(pyn.detect(frame, "hbos", label="fraud").scores)


def test_printing_changes_no_figure(frame):
    compared = compare(frame, ["hbos", "ecod"], label="fraud", seeds=1, draws=100, n_jobs=1)
    before = compared.frame()
    assert "time (s)" in repr(compared)
    pd.testing.assert_frame_equal(compared.table, before)


def test_picking_one_gives_the_scores_that_were_compared(frame, here):
    found = compare(frame, {"forest": pyn.detector("iforest", random_state=7, n_estimators=20), "hbos": "hbos"}, label="fraud", seeds=2, draws=100, budget=10)
    picked = found.pick("forest")
    assert np.array_equal(picked.scores, found.field.entries["forest"].whole[0].scores)
    assert picked.n_flagged <= 10
    with pytest.raises(ParameterError, match="did you mean 'forest'"):
        found.pick("forrest")
    with pytest.raises(ParameterError, match="There is no table 'x'"):
        found.pick("forest", table="x")


def test_figures_are_means_over_the_seeds_and_the_rest_is_the_first_seed(frame, here):
    """The mean of the scores would be another, better detector, which nobody can go on with."""
    near = frame.assign(**{name: frame[name] - 2 * frame["fraud"] for name in "abc"})
    found = compare(near, {"forest": pyn.detector("iforest", n_estimators=10), "hbos": "hbos"}, label="fraud", seeds=4, draws=100)
    field, line, y = found.field, found.table.loc["forest"], near["fraud"].to_numpy()
    each = [pyn.detect(near, "iforest", label="fraud", n_estimators=10, random_state=seed) for seed in range(4)]
    assert np.array_equal(field.runs["forest"], [one.scores for one in each])
    measured = [measure(y, one.scores, one.threshold) for one in each]
    assert len({one.auroc for one in measured}) == 4
    for what in LABELLED:
        assert line[what] == pytest.approx(np.mean([getattr(one, what) for one in measured])), what
    assert line["auroc"] != pytest.approx(measure(y, field.runs["forest"].mean(axis=0), 0.0).auroc, abs=1e-4)
    first = found["forest"]
    assert (first.n_flagged, first.threshold) == (line["flagged"], line["threshold"]) and np.array_equal(first.scores, field.scores["forest"])
    assert field.disputed(5)["forest"].tolist() == pd.Series(first.scores).rank(pct=True)[field.disputed(5).index].tolist()
    for metric in ("auroc", "average_precision"):  # intervals and tests are those of the mean
        alone = np.mean([bootstrap(y, {"forest": one.scores}, metric, 100)["forest"] for one in each], axis=0)
        assert np.allclose(field.resamples[metric]["forest"], alone) and line[f"{metric}_low"] <= line[metric] <= line[f"{metric}_high"]
        assert abs(found.pairs(metric)["difference"][0]) == pytest.approx(abs(line[metric] - found.table.loc["hbos", metric]))
    assert any("means over the seeds; threshold, flagged rows and agreement are those of the first seed" in claim for claim in found.claims)
    assert not any("seeds" in claim for claim in compare(near, ["hbos"], label="fraud", seeds=4, draws=100).claims)


# -- without labels, with labels, several tables ---------------------------------------------------------------


def test_without_labels_it_says_how_weak_the_hints_are(frame, here):
    found = compare(frame.drop(columns="fraud"), ["hbos", "ecod", "knn"], seeds=2)
    assert TRUSTED in found.claims and not found.labelled and "auroc" not in found.table
    assert found.table["consensus"].is_monotonic_decreasing
    assert found.table[["stability_halves", "excess_mass", "mass_volume"]].notna().all().all()
    with pytest.raises(DataError, match="has no labels"):
        found.pairs()
    assert found.title == "table" and set(found.agreement) == {"hbos", "ecod", "knn"}


def test_the_claim_is_what_was_measured():
    text = (Path(__file__).parents[2] / "benchmarks" / "results" / "criteria.md").read_text()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]
    measured = {row[0]: (round(float(row[1]), 2), float(row[-1].split()[0])) for row in rows if row[1]}
    assert measured == TRUST


def test_disputed_rows_are_those_that_somebody_suspects():
    n = 100
    a = np.arange(n, dtype=float)
    b = a.copy()
    b[[99, 3]] = b[[3, 99]]  # one holds row 99 for the most anomalous, the other row 3
    field = Field("t", n, None, {name: Entry(name, {0: Tried(scores)}) for name, scores in (("a", a), ("b", b))})
    assert set(field.disputed(2).index) == {3, 99}
    assert field.disputed(2)["spread"].iloc[0] == pytest.approx(0.48)
    assert len(field.disputed(1000)) == 6  # the five at the top of each, four of them shared


def test_disputed_rows_are_called_as_the_user_calls_them(frame, here):
    names = ["hbos", "ecod", "knn"]
    plain = compare(frame, names, label="fraud", seeds=1, draws=100).disputed(4)
    assert list(plain) == [*compare(frame, names, label="fraud", seeds=1, draws=100).table.index, "spread"] and plain.index.name == "row"
    called = compare(frame.assign(run_id=[f"R{1000 + i}" for i in range(len(frame))]), names, id="run_id", label="fraud", seeds=1, draws=100).disputed(4)
    assert list(called)[0] == "id" and called["id"].tolist() == [f"R{1000 + row}" for row in called.index]
    pd.testing.assert_frame_equal(called.drop(columns="id"), plain)
    indexed = compare(frame.set_axis(range(7, 7 + len(frame))), names, label="fraud", seeds=1, draws=100).disputed(4)
    assert (indexed["id"] == indexed.index + 7).all() and indexed.index.tolist() == plain.index.tolist()


def test_several_tables(frame, here, tmp_path):
    rng = np.random.default_rng(3)
    names = ["one", "two", "three"]
    for name in names:
        part = frame.iloc[rng.choice(200, 150, replace=False)].reset_index(drop=True)
        part.to_csv(tmp_path / f"{name}.csv", index=False)
    found = compare(tmp_path, ["hbos", "ecod", "knn"], label="fraud", seeds=1, draws=100)
    assert set(found.fields) == set(names) and (found.table["tables"] == 3).all()
    assert found.figures().shape == (3, 3) and found.table["mean_rank"].between(1, 3).all()
    ranked = found.ranked()
    assert ranked.tables == 3 and set(ranked.ranks.index) == {"hbos", "ecod", "knn"}
    pairs = found.pairs("brier")
    assert list(zip(pairs["first"], pairs["second"], strict=True)) == list(combinations(found.table.index, 2))
    assert len(pairs) == 3 and np.allclose(pairs[["first better", "alike", "second better"]].sum(axis=1), 1)
    assert found.pick("hbos", "two").table.n == 150 and "The tests over 3 tables hold for tables like these." in found.claims
    assert "Detectors are ordered by their mean rank in average precision, over all tables." in found.claims
    with pytest.raises(ParameterError, match="no such figure: did you mean 'auroc'"):
        found.figures("aurok")
    with pytest.raises(ParameterError, match="neither more nor less"):
        found.ranked("flagged")


def test_fewer_seconds_are_better(frame, here):
    found = compare(dict.fromkeys(("one", "two", "three", "four"), frame), ["hbos", "ecod"], label="fraud", seeds=1, draws=100)
    for one in found.fields.values():
        one.table["fit_seconds"] = pd.Series({"hbos": 1.0, "ecod": 2.0})
    line = found.pairs("fit_seconds").iloc[0]
    assert line[{"hbos": "first better", "ecod": "second better"}[line["first"]]] > 0.9


def test_a_detector_that_fails_on_one_table_ranks_last_there(frame, here):
    class Picky(Fails):
        def _fit(self, X):
            if len(X) < 200:
                raise ValueError("too few")
            return self._score(X)

        def _score(self, X):
            return X.sum(axis=1)

    found = compare({"long": frame, "short": frame[:150]}, {"picky": Picky(), "hbos": "hbos", "raise": Fails()}, label="fraud", seeds=1, draws=100)
    table = found.table
    assert table.loc["picky", "tables"] == 1 and "short: too few" in table.loc["picky", "failed"]
    assert table.index[-1] == "raise" and np.isnan(table.loc["raise", "auroc"])


def test_tables_by_path_in_a_dict_and_mixed_labels(frame, here, tmp_path):
    frame.to_csv(tmp_path / "x.csv", index=False)
    found = compare({"with": str(tmp_path / "x.csv"), "without": frame.drop(columns="fraud")}, ["hbos", "ecod"], seeds=1, draws=100)
    assert not found.labelled and any("without has no labels" in one for one in found.claims)
    assert found.table["mean_rank"].notna().all()
    assert "Detectors are ordered by their mean rank in consensus, over all tables; figures that need labels are of with only." in found.claims
    three = compare({"with": str(tmp_path / "x.csv"), "a": frame.drop(columns="fraud"), "b": frame[:120].drop(columns="fraud")}, ["hbos", "ecod", "knn"], seeds=1, draws=100)
    expected = three.figures("consensus").rank(axis=1, ascending=False).mean()
    assert (three.table["mean_rank"] == expected[three.table.index]).all() and three.table["mean_rank"].is_monotonic_increasing
    assert (three.ranked().ranks[three.table.index] == three.table["mean_rank"]).all()  # by the same figure, unasked
    assert three.table["auroc"].to_dict() == three.fields["with"].table["auroc"].to_dict()
    assert list(zip(*(three.pairs()[side] for side in ("first", "second")), strict=True)) == list(combinations(three.table.index, 2))
    with pytest.raises(DataError, match="has no labels"):
        compare(frame.drop(columns="fraud"), ["hbos", "ecod"], seeds=1).pairs()


def test_two_tables_are_too_few_for_a_test(frame, here):
    for data, label in (({"a": frame, "b": frame[:150]}, "fraud"), ({name: frame.drop(columns="fraud") for name in "ab"}, None)):
        found = compare(data, ["hbos", "ecod", "knn"], label=label, seeds=1, draws=100)
        assert any(claim.startswith("2 tables are too few to tell detectors apart by a test: Friedman's needs 3") for claim in found.claims)
        assert not any("tables like these" in claim for claim in found.claims)
        with pytest.raises(DataError, match="on 2 tables, and this test needs 3 detectors on 3 tables"):
            found.ranked()
    lowest = [wilcoxon(pd.DataFrame({"a": np.arange(1.0, n + 1), "b": np.zeros(n)}))["p"][0] for n in (5, 6)]
    assert lowest[0] > 0.05 > lowest[1]  # as the claim has it


def test_files_of_one_stem_are_two_tables(frame, here, tmp_path):
    frame.to_csv(tmp_path / "x.csv", index=False)
    frame.to_parquet(tmp_path / "x.parquet")
    assert set(compare(tmp_path, ["hbos"], label="fraud", seeds=1, draws=100).fields) == {"x.csv", "x.parquet"}


def test_a_folder_without_tables_and_columns_that_are_one_table(frame, here, tmp_path):
    with pytest.raises(DataError, match="holds no table"):
        compare(tmp_path, ["hbos"])
    assert len(compare({name: frame[name] for name in frame}, ["hbos"], label="fraud", seeds=1, draws=100).fields) == 1


# -- one trial -------------------------------------------------------------------------------------------------


def test_a_trial_is_what_the_detector_gives(frame, monkeypatch):
    X = frame[["a", "b", "c"]].to_numpy()
    whole = run({"m": X}, Trial("m", pyn.detector("iforest", n_estimators=10), "whole", 3))
    assert np.array_equal(whole.scores, pyn.detector("iforest", n_estimators=10, random_state=3).fit(X).decision_scores_)
    assert whole.fit_seconds > 0 and whole.score_seconds > 0 and (whole.megabytes is None or whole.megabytes >= 0)
    half = run({"m": X}, Trial("m", pyn.detector("hbos"), "half", 1))
    assert half.scores.shape == (200,) and np.isnan(half.fit_seconds)
    excess, volume = run({"m": X}, Trial("m", "hbos", "volume", 0)).wrapped
    assert 0 <= excess <= 1 and 0 <= volume <= 1
    monkeypatch.setattr(trial_module, "_memory", lambda reset=False: None)
    assert run({"m": X}, Trial("m", "hbos", "whole", 0)).megabytes is None


def test_a_detector_that_cannot_score_new_rows_has_no_score_time_and_no_halves(frame, here):
    refusing = next(card.name for card in pyn.detectors().index.map(pyn.card) if not card.scores_new_rows and not card.missing and "n**2" in card.memory)
    line = compare(frame, [refusing, "hbos"], label="fraud", seeds=1, draws=100).table.loc[refusing]
    assert line["failed"] == "" and np.isnan(line["score_seconds"]) and np.isnan(line["stability_halves"]) and line["auroc"] > 0


def test_options_that_do_not_exist_are_told():
    import pynomaly as pyn
    from pynomaly.errors import ParameterError

    with pytest.raises(ParameterError, match="compare has no parameter 'seed'"):
        pyn.compare(pyn.sample(), ["ecod"], seed=1)
    with pytest.raises(ParameterError, match="space is"):
        pyn.tune(pyn.sample(), "knn", label="is_anomaly", trials=2, space=[1])
    with pytest.raises(ParameterError, match=r"features=\[\] names no column"):
        pyn.detect(pyn.sample(), "ecod", features=[])


# -- the result in the hand ------------------------------------------------------------------------------------


def test_a_comparison_is_indexed_counted_and_looped_over(frame, here):
    found = compare(frame, ["ecod", "hbos", "knn"], label="fraud", seeds=1, draws=100, name="Claims in June")
    assert len(found) == 3 and list(found) == list(found.table.index) and "knn" in found and "lof" not in found
    assert np.array_equal(found["knn"].scores, found.pick("knn").scores) and np.array_equal(found["knn", "Claims in June"].scores, found["knn"].scores)
    with pytest.raises(ParameterError, match="There is no detector 0 in this comparison"):
        found[0]
    with pytest.raises(ParameterError, match="There is no detector slice"):
        found[0:2]
    assert [0] not in found
    assert found.title == "Claims in June" and "Claims in June" in repr(found) and found["ecod"].table.name == "Claims in June"
    mine = found.frame()
    mine["auroc"] = 0.0
    assert (found.table["auroc"] > 0).all() and list(mine.index) == list(found)
    with pytest.raises(ParameterError, match="k is 'x'"):
        found.disputed("x")
    with pytest.raises(ParameterError, match="k is 0"):
        found.disputed(0)


def test_agreement_and_overlap_are_those_of_the_tables(frame, here):
    one = compare(frame, {"ecod": "ecod", "raise": Fails(), "hbos": "hbos"}, label="fraud", seeds=1, draws=100)
    ordered = [name for name in one.table.index if name != "raise"]  # best first, as in the table
    pd.testing.assert_frame_equal(one.agreement, one.field.agreement.loc[ordered, ordered])
    rho = stats.spearmanr(one.field.scores["ecod"], one.field.scores["hbos"]).statistic
    assert one.agreement.loc["ecod", "hbos"] == pytest.approx(rho) and list(one.overlap) == ordered
    tops = [set(np.argsort(-one.field.scores[name], kind="stable")[:15].tolist()) for name in ("ecod", "hbos")]
    assert one.overlap.loc["hbos", "ecod"] == len(tops[0] & tops[1]) / 15
    two = compare({"all": frame, "part": frame[:120]}, ["hbos", "ecod"], label="fraud", seeds=1, draws=100, name="Both")
    each = [two.fields[name].agreement.loc["ecod", "hbos"] for name in ("all", "part")]
    assert two.agreement.loc["ecod", "hbos"] == pytest.approx(np.mean(each)) and list(two.agreement.index) == list(two)
    assert two.title == "Both" and set(two.tables) == {"all", "part"} and two["hbos", "part"].table.name == "part"


def test_pairs_on_one_table_are_corrected_for_their_number(frame, here):
    noise = frame.assign(fraud=np.random.default_rng(5).permutation(frame["fraud"]))
    names = ["ecod", "hbos", "copod", "knn", "pca", "iforest", "lof"]
    found = compare(noise, names, label="fraud", seeds=1, draws=100)
    for metric in ("auroc", "average_precision"):
        pairs = found.pairs(metric)
        assert list(zip(pairs["first"], pairs["second"], strict=True)) == list(combinations(found.table.index, 2))
        assert len(pairs) == 21 and np.allclose(pairs["p (Holm)"], multipletests(pairs["p"], method="holm")[1])
        assert (pairs["differ"] == (pairs["p (Holm)"] < 0.05)).all() and not pairs["differ"].any()
    clear = compare(frame.assign(fraud=frame["fraud"]), {**dict.fromkeys(names, "hbos"), "noise": Noise()}, label="fraud", seeds=1, draws=100)
    pairs = clear.pairs()  # as many resamples as 28 pairs need, though 100 were asked for the intervals
    worse = (pairs["first"] == "noise") | (pairs["second"] == "noise")
    assert (pairs["differ"] == worse).all() and pairs.loc[worse, "p (Holm)"].max() < 0.05
    assert not clear.pairs(level=1e-12, metric="auroc")["differ"].all()
    for level in (0, 1, 7, "x", True):
        with pytest.raises(ParameterError, match="level is"):
            clear.pairs(level=level)
    with pytest.raises(DataError, match="Only hbos has figures on table, and a pair needs two"):
        compare(frame, {"hbos": "hbos", "raise": Fails()}, label="fraud", seeds=1, draws=100).pairs()


class Noise(Fails):
    """Scores that know nothing."""

    def _fit(self, X):
        return self._score(X)

    def _score(self, X):
        return np.random.default_rng(0).random(len(X))


def test_the_text_fits_a_terminal(frame, here):
    given = {"a detector with a name that is longer than any": "hbos", "knn": "knn", "raise": Fails(), "iforest": "iforest"}
    for data, label in ((frame, "fraud"), (frame.drop(columns="fraud"), None), ({"one": frame, "two": frame, "three": frame}, "fraud")):
        text = repr(compare(data, given, label=label, seeds=2, draws=100))
        assert max(map(len, text.splitlines())) <= 80 and "raise failed:" in text and "no luck today" in text
        assert "Comparison of 4 detectors on" in text
    assert "1 detector on" in repr(compare(frame, ["hbos"], label="fraud", seeds=1, draws=100))
    assert "raise: not on every table, and so left out" in " ".join(compare({"one": frame, "two": frame}, given, label="fraud", seeds=1, draws=100).claims)


def test_labels_that_were_interpreted_or_are_unlikely_are_told(frame, here):
    turned = frame.assign(fraud=1 - frame["fraud"])
    table = pyn.read(turned, label="fraud")
    doubted = replace(table, repairs=(*table.repairs, Repair("label", "The labels are unlikely.", "fraud"), Repair("number", "About a.", "a")))
    assert "The labels are unlikely." in compare(doubted, ["hbos"], seeds=1, draws=100).claims
    many = compare({"x": doubted, "y": pyn.read(frame, label="fraud")}, ["hbos"], seeds=1, draws=100).claims
    assert "x: The labels are unlikely." in many and not any("About a." in one for one in many)


# -- several tables that are not as they should be --------------------------------------------------------------


def test_the_table_that_is_wrong_is_named(frame, here, tmp_path):
    with pytest.raises(DataError, match="Table 'b' cannot be compared on.*no column 'fraud'"):
        compare({"a": frame, "b": frame.drop(columns="fraud")}, ["hbos"], label="fraud")
    with pytest.raises(DataError, match="Table 'b' cannot be compared on. A value of type NoneType"):
        compare({"a": frame, "b": None}, ["hbos"], label="fraud")
    frame.to_csv(tmp_path / "good.csv", index=False)
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(DataError, match="Table 'bad' cannot be compared on.*bad.parquet"):
        compare(tmp_path, ["hbos"], label="fraud")


def test_tables_need_names_of_their_own(frame):
    with pytest.raises(ParameterError, match="Several tables need names"):
        several([frame, frame])
    with pytest.raises(ParameterError, match="Two tables have one name"):
        several({1: frame, "1": frame})
    assert set(several({1: frame, 2: "x.csv"})) == {"1", "2"}
    assert several({"a": [1, 2], "b": np.arange(2)}) is None and several(frame) is None


# -- interrupted in earnest ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call, held",
    [
        ("pyn.compare(data, ['hbos', Slow()], label='fraud', seeds=1, n_jobs=1)", "found.finished, list(found.table['failed'])"),
        ("pyn.tune(data, Slow(), label='fraud', trials=50, space={'wait': ('choice', (0, 60))})", "found.stopped, found.default"),
    ],
)
def test_ctrl_c_in_a_process_of_its_own(call, held, tmp_path, frame):
    frame.to_csv(tmp_path / "data.csv", index=False)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(call=call, held=held, folder=str(tmp_path)))
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    deadline = time.monotonic() + 120  # the job at work would take a minute
    while not (tmp_path / "slow").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    try:
        told, errors = process.communicate(timeout=50)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    assert told.strip() in ("(False, ['', 'not run: stopped before its turn'])", "('interrupted', 1.0)")


SCRIPT = """
import pathlib, time
import pynomaly as pyn

class Slow(pyn.Detector):
    def __init__(self, wait=0, contamination=0.1):
        super().__init__(contamination=contamination)
        self.wait = wait

    def _fit(self, X):
        if self.wait or len(X) == 200:
            pathlib.Path({folder!r}, "slow").touch()
            time.sleep(100)
        return self._score(X)

    def _score(self, X):
        return X.sum(axis=1)

if __name__ == "__main__":
    data = {folder!r} + "/data.csv"
    found = {call}
    print(({held}))
"""
