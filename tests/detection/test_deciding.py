"""A detection defends its threshold: a kept rate of false alarms, and what another fit would say."""

import pickle

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.detection.uncertainty import Uncertainty
from pynomaly.errors import DataError, ParameterError
from pynomaly.thresholds.conformal import adjusted
from pynomaly.views.view import view_of


def rows(seed: int, n: int, odd: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.vstack([rng.normal(size=(n - odd, 2)), rng.normal(size=(odd, 2)) + 5])


@pytest.mark.parametrize("n", [100, 600])
@pytest.mark.parametrize("method", ["bh", "storey"])
def test_the_threshold_flags_exactly_the_rejected_rows(n, method):
    found = pyn.detect(rows(0, n), "ecod")
    out = found.control(0.1, rows(1, 100, 20), method=method)
    assert np.array_equal(out.flags == 1, adjusted(out.p_values, method) <= 0.1)
    assert out.n_flagged >= 15 and out.p_values.min() >= 1 / (n // (2 if n > 400 else 1) + 1)
    assert out.provenance["control"]["fdr"] == 0.1 and out.provenance["threshold"] == out.threshold_text
    assert ("split-conformal" if n > 400 else "cross-conformal") in out.threshold_text and any("(exchangeable: mixed, they cannot be told apart)" in sentence for sentence in out.promise)
    assert out.promise[0].startswith("On average") and out.provenance["control"]["promise"] == list(out.promise) and len(out.threshold_text) < 130
    assert found.threshold_text.startswith("automatic")


@pytest.mark.parametrize("method", ["bh", "storey"])
def test_the_rate_is_kept_over_draws(method):
    levels = (0.1, 0.2)
    wrong = {level: [] for level in levels}
    for seed in range(60):
        out = pyn.detect(rows(seed, 400), "ecod").control(0.2, rows(1000 + seed, 100, 20), method=method, seed=seed)
        for level in levels:
            flags = adjusted(out.p_values, method) <= level
            wrong[level].append(flags[:80].sum() / max(1, flags.sum()))
    for level in levels:
        assert np.mean(wrong[level]) <= level + 2 * np.std(wrong[level]) / np.sqrt(60)
        assert np.mean(wrong[level]) > 0


def test_set_aside_rows_are_not_learned_from():
    X = rows(0, 600)
    one, other = (pyn.detect(X, "ecod").control(0.1, rows(1, 50), seed=seed) for seed in (0, 1))
    assert not np.array_equal(one.scores, other.scores)
    assert np.array_equal(one.scores, pyn.detect(X, "ecod").control(0.1, rows(1, 50)).scores)
    assert len(one.reference) == 300


def test_the_result_explains_scores_and_is_kept():
    out = pyn.detect(rows(0, 600), "ecod").control(0.1, rows(1, 50, 5))
    assert out.explain().values.shape == (out.n_flagged, 2) and out.typical()
    again = pickle.loads(pickle.dumps(out))
    assert np.array_equal(again.p_values, out.p_values) and "Detection" in repr(again)
    assert len(out.score(rows(2, 10))) == 10


def test_on_the_rows_at_hand_unknown_anomalies_hide_each_other_and_it_says_so():
    angle = np.linspace(0, 6, 30)
    found = pyn.detect(np.vstack([rows(0, 270), 9 * np.column_stack([np.cos(angle), np.sin(angle)])]), "gaussian")
    out = found.control(0.2)
    assert out.n_flagged == 0 and out.promise[0].startswith("Nothing is flagged: no anomaly is known yet")
    assert all(way in out.promise[0] for way in ("set_verdict()", "label column", "data="))
    for row in range(270, 300):
        found.set_verdict(row, "anomaly")
    told = found.control(0.2)
    assert told.flags[270:].sum() >= 25 and told.flags[:270].sum() <= 0.2 * told.n_flagged
    assert any("30 known anomalies are left out" in sentence for sentence in told.promise) and told.verdicts == found.verdicts


def test_a_promise_is_told_kept_and_ends_when_the_threshold_moves():
    found = pyn.detect(rows(0, 600), "ecod")
    out = found.control(0.1, rows(1, 50, 5))
    assert found.promise == () and all(sentence.endswith(".") and len(sentence) < 220 for sentence in out.promise)
    text = " ".join(repr(out).split())
    assert all(sentence in text for sentence in out.promise) and max(map(len, repr(out).splitlines())) <= 130
    assert view_of(out).spec["repairs"][: len(out.promise)] == list(out.promise)
    assert pickle.loads(pickle.dumps(out)).promise == out.promise and out.score(rows(2, 10)).promise == ()
    assert found.control(0.004, rows(1, 1)).promise[0].startswith("Nothing is flagged: no row stands out enough for a rate of 0.4 %")
    out.threshold = out.threshold + 1
    assert out.promise == () and "promise" not in repr(out)


def test_a_label_names_anomalies_that_are_not_calibrated_on():
    X = rows(0, 600, 30)
    frame = pl.DataFrame({"a": X[:, 0], "b": X[:, 1], "fraud": [0] * 570 + [1] * 30})
    found = pyn.detect(frame, "ecod", label="fraud")
    new = rows(1, 100, 20)
    with_label = found.control(0.1, pl.DataFrame({"a": new[:, 0], "b": new[:, 1]}))
    blind = pyn.detect(frame.drop("fraud"), "ecod").control(0.1, pl.DataFrame({"a": new[:, 0], "b": new[:, 1]}))
    assert with_label.n_flagged > blind.n_flagged and len(with_label.reference) == 285


def test_scored_rows_are_tested_against_training():
    found = pyn.detect(rows(0, 600), "ecod")
    new = rows(1, 60, 10)
    assert np.array_equal(found.score(new).control(0.1).scores, found.control(0.1, new).scores)


def test_categories_and_missing_values_go_through_the_refitted_encoder():
    found = pyn.detect(pyn.sample(), "iforest", n_estimators=20)
    out = found.control(0.2, pyn.sample())
    assert len(out) == 2000 and out.n_flagged >= 0 and out.columns == found.columns


@pytest.mark.parametrize("wrong", [0, 1, 1.5, -0.1, "5 %", True, None])
def test_a_rate_out_of_range_is_one_sentence(wrong):
    with pytest.raises(ParameterError, match="fdr is .* above 0 and below 1"):
        pyn.detect(rows(0, 50), "ecod").control(wrong)


def test_what_cannot_be_attained_or_done_is_one_sentence():
    found = pyn.detect(rows(0, 20), "ecod")
    with pytest.raises(DataError, match="cannot be attained with 20 calibration rows: .* 1/21"):
        found.control(0.01, rows(1, 5))
    with pytest.raises(ParameterError, match="method is 'holm'"):
        found.control(0.1, method="holm")
    for row in range(20):
        found.set_verdict(row, "anomaly")
    with pytest.raises(DataError, match="not known to be anomalous, and there are none"):
        found.control(0.1, rows(1, 5))


def test_too_few_rows_are_told_in_the_words_of_the_question():
    few = pyn.detect(rows(0, 2), "ecod")
    with pytest.raises(DataError, match="^control scores each row by a detector fitted on the others, and needs at least 3 training rows; here are 2: give detect\\(\\) more rows"):
        few.control(0.5)
    with pytest.raises(DataError, match="^uncertainty fits the detector again on resamples of the training rows, and needs at least 10 of them; here are 2: give"):
        few.uncertainty()
    near = pyn.detect(rows(0, 21), "lof")
    for ask, what in ((near.uncertainty, "uncertainty"), (lambda: near.control(0.5), "control")):
        with pytest.raises(DataError, match=f"^{what} fits Local outlier factor again on parts of the training rows, which fails on .* n_neighbors is 20.* Or give detect"):
            ask()


# -- uncertainty ------------------------------------------------------------------------------------------------------


def test_a_clear_anomaly_stays_flagged_and_an_edge_does_not_always():
    found = pyn.detect(np.vstack([rows(0, 300), [[9.0, 9.0]]]), "iforest", contamination=0.02, n_estimators=30)
    sure = found.uncertainty(n=8)
    assert sure.kept[300] == 1 and (sure.low <= sure.high).all() and ((sure.kept >= 0) & (sure.kept <= 1)).all()
    assert sure.kept[found.flags == 1].min() < 1
    assert sure.flagged.tolist() == [found.n_flagged] * 8
    frame = sure.frame(found.order[:3])
    assert frame.columns[-5:] == ["anomaly_score", "score_low", "score_high", "anomaly", "flagged_again"] and frame.height == 3
    assert "8 refits" in repr(sure) and "flagged again" in repr(sure)
    same = found.uncertainty(n=8)
    assert np.array_equal(same.low, sure.low) and not np.array_equal(found.uncertainty(n=8, seed=1).low, sure.low)


@pytest.mark.parametrize("rule", [{}, {"budget": 6}, {"threshold": "mad"}])
def test_the_rule_is_applied_afresh(rule):
    found = pyn.detect(np.vstack([rows(0, 200), [[9.0, 9.0]]]), "knn", **rule)
    sure = found.uncertainty(n=4)
    assert sure.kept[200] == 1
    if "budget" in rule:
        assert sure.flagged.max() <= 6
    found.threshold = float(found.scores.max()) + 1
    none = found.uncertainty(n=2)
    assert not none.kept.any() and "2 refits: each flags 0 rows\n" in f"{none!r}\n"


@pytest.mark.parametrize(
    ("flagged", "says"),
    [([6] * 5, "each flags 6 rows"), ([7] * 5, "each flags 7 rows, where 6 are flagged now"), ([4, 6, 6, 8, 8], "they flag 4 to 8 rows, where 6 are flagged now"),
     ([6] * 39 + [9], "nearly all flag 6 rows"), ([1] * 5, "each flags 1 row, where 6 are flagged now")],
)  # fmt: skip
def test_uncertainty_says_how_many_are_flagged_and_no_range_where_there_is_none(flagged, says):
    found = pyn.detect(rows(0, 200), "ecod", budget=6)
    flags = np.arange(200) < np.array(flagged)[:, None]
    head, _, first, *_ = repr(Uncertainty(found, np.tile(found.scores, (len(flags), 1)), flags)).splitlines()
    assert head == f"Uncertainty from {len(flags)} refits: {says}" and first.startswith(f"    row {found.order[0]} ")


def test_new_rows_are_scored_by_each_refit():
    found = pyn.detect(rows(0, 200), "ecod", contamination=0.05)
    sure = found.score(np.array([[9.0, 9.0], [0.0, 0.0]])).uncertainty(n=4)
    assert sure.kept.tolist() == [1.0, 0.0] and sure.low[0] > sure.high[1]


def test_too_few_refits_are_one_sentence():
    with pytest.raises(ParameterError, match="n is 1"):
        pyn.detect(rows(0, 50), "ecod").uncertainty(n=1)


def test_a_table_that_is_not_in_memory_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "big.parquet"
    X = rows(0, 150_000)
    pl.DataFrame({"a": X[:, 0], "b": X[:, 1]}).write_parquet(path)
    found = pyn.detect(path, "pca", memory=1e-4)
    assert found.total > len(found)
    for ask in (lambda: found.control(0.1), found.thresholds, found.uncertainty, lambda: found.cut_at(method="mad")):
        with pytest.raises(ParameterError, match="memory|read whole"):
            ask()
    with pytest.raises(ParameterError, match="threshold='mad' needs all scores in memory"):
        pyn.detect(path, "pca", memory=1e-4, threshold="mad")


def test_a_rule_with_a_name_is_applied_afresh_and_a_share_flags_as_many():
    X = np.random.default_rng(0).standard_t(3, size=(200, 2))
    afresh, as_many = (pyn.detect(X, "ecod", **rule).uncertainty(n=8).flagged for rule in ({"threshold": "mad"}, {"contamination": 0.05}))
    assert len(set(afresh.tolist())) > 1 and set(as_many.tolist()) == {10}


def test_a_row_that_was_learned_from_is_not_its_own_neighbour():
    X = np.random.default_rng(0).normal(size=(60, 2))
    assert pyn.detect(X, "knn", n_neighbors=1).uncertainty(n=5).low.min() > 0
