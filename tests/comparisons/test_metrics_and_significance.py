"""Figures equal scikit-learn's, tests equal scipy's and scikit-posthocs', and intervals hold what they promise."""

import numpy as np
import pandas as pd
import pytest
import scikit_posthocs
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import average_precision_score, brier_score_loss, f1_score, precision_score, recall_score, roc_auc_score
from statsmodels.stats.multitest import multipletests

from pynomaly.comparisons.metrics import Sorted, bootstrap, interval, measure, resamples, unified
from pynomaly.comparisons.across import bayesian, friedman, wilcoxon
from pynomaly.comparisons.significance import delong, holm, paired, stricter
from pynomaly.errors import DataError, ParameterError


@pytest.fixture
def labelled():
    rng = np.random.default_rng(3)
    y = (rng.random(400) < 0.1).astype(int)
    return y, {"good": rng.normal(size=400) + 2 * y, "fair": rng.normal(size=400) + y, "coarse": np.round(rng.normal(size=400) + y)}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(-3, 3)), min_size=4, max_size=40), st.integers(0, 5))
def test_weighted_figures_are_those_of_the_repeated_rows(rows, seed):
    y, scores = np.array([int(a) for a, _ in rows]), np.array([float(b) for _, b in rows])
    weights = np.random.default_rng(seed).integers(0, 4, (2, len(y))).astype(float)
    weights[:, 0], weights[:, -1] = 1, 1
    y[0], y[-1] = 0, 1
    ready = Sorted(y, scores)
    for k, line in enumerate(weights.astype(int)):
        again = np.repeat(np.arange(len(y)), line)
        assert ready.auroc(weights)[k] == pytest.approx(roc_auc_score(y[again], scores[again]))
        assert ready.average_precision(weights)[k] == pytest.approx(average_precision_score(y[again], scores[again]))


def test_figures_are_scikit_learns(labelled):
    y, scores = labelled
    for values in scores.values():
        found, flagged = measure(y, values, 1.5), values > 1.5
        assert found.auroc == roc_auc_score(y, values) and found.average_precision == average_precision_score(y, values)
        assert found.precision == pytest.approx(precision_score(y, flagged)) and found.recall == pytest.approx(recall_score(y, flagged))
        assert found.f1 == pytest.approx(f1_score(y, flagged)) and found.brier == pytest.approx(brier_score_loss(y, unified(values)))
        assert found.n == y.sum() and found.precision_at_n == pytest.approx(found.recall_at_n)


def test_figures_at_n_share_out_ties_and_nothing_flagged_is_no_error():
    y = np.array([1, 0, 0, 0])
    assert measure(y, np.ones(4), 5.0, n=2).precision_at_n == pytest.approx(0.25)
    assert measure(y, np.ones(4), 5.0).f1 == 0 and measure(y, np.ones(4), 5.0).precision == 0
    assert measure(y, np.array([1.0, 0, 0, 0]), 0.5, probability=np.array([1.0, 0, 0, 0])).calibration == 0
    with pytest.raises(ParameterError, match="n is 9, and must be between 1 and the 4 rows"):
        measure(y, np.ones(4), 0.5, n=9)


def test_calibration_is_the_mean_gap_between_what_is_told_and_what_is():
    y, told = np.repeat([0, 1], 10), np.repeat([0.2, 0.6], 10)
    assert measure(y, told, 0.5, told).calibration == pytest.approx(0.3)
    assert measure(y, told, 0.5, y.astype(float)).calibration == 0


def test_resamples_keep_the_numbers_of_each_kind_and_repeat(labelled):
    y, scores = labelled
    weights = np.concatenate(list(resamples(y, 7, 1)))
    assert weights.shape == (7, 400) and (weights[:, y == 1].sum(1) == y.sum()).all()
    one, two = (bootstrap(y, scores, "average_precision", 20, seed=5) for _ in range(2))
    assert all((one[name] == two[name]).all() for name in scores)
    with pytest.raises(ParameterError, match="metric is 'f1'"):
        bootstrap(y, scores, "f1")


def test_intervals_hold_the_true_area_as_often_as_they_say():
    rng, held = np.random.default_rng(0), 0
    true = stats.norm.cdf(1 / np.sqrt(2))
    for trial in range(120):
        y = np.r_[np.zeros(150, int), np.ones(40, int)]
        low, high = interval(bootstrap(y, {"a": rng.normal(size=190) + y}, draws=300, seed=trial)["a"])
        held += low <= true <= high
    assert held >= 120 * 0.95 - 3 * np.sqrt(120 * 0.95 * 0.05)


def test_delong_rejects_as_often_as_its_level_says():
    rng, ps = np.random.default_rng(1), []
    y = np.r_[np.zeros(80, int), np.ones(30, int)]
    for _ in range(400):
        shared = rng.normal(size=110) + y
        ps.append(delong(y, {"a": shared + rng.normal(size=110), "b": shared + rng.normal(size=110)})[0].p)
    assert abs(np.mean(np.array(ps) < 0.05) - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 400)


def test_delong_and_the_paired_bootstrap_agree(labelled):
    y, scores = labelled
    draws = bootstrap(y, scores, draws=4000)
    again = paired(draws, {name: roc_auc_score(y, values) for name, values in scores.items()})
    for one, other in zip(delong(y, scores), again, strict=True):
        assert (one.first, one.second) == (other.first, other.second) and one.difference == pytest.approx(other.difference)
        assert one.low == pytest.approx(other.low, abs=0.015) and one.high == pytest.approx(other.high, abs=0.015)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(2, 25), st.integers(1, 6))
def test_delong_is_the_one_of_every_anomaly_against_every_normal_row(seed, hits, misses, coarse):
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.r_[np.ones(hits, int), np.zeros(misses, int)])
    scores = {name: np.round(rng.normal(size=len(y)) * coarse) / coarse + shift * y for name, shift in (("a", 0.0), ("b", 1.0), ("c", 0.5))}
    wins = {name: (np.sign(s[y == 1][:, None] - s[y == 0]) + 1) / 2 for name, s in scores.items()}  # 1, 1/2 for a tie, 0
    for one in delong(y, scores):
        gap = wins[one.first] - wins[one.second]
        assert one.difference == pytest.approx(gap.mean()) == pytest.approx(roc_auc_score(y, scores[one.first]) - roc_auc_score(y, scores[one.second]))
        error = np.sqrt(gap.mean(axis=1).var(ddof=1) / hits + gap.mean(axis=0).var(ddof=1) / misses)
        assert (one.high - one.low) / 2 == pytest.approx(stats.norm.ppf(0.975) * error, abs=1e-6)
        if error > 1e-9:
            assert one.p == pytest.approx(2 * stats.norm.sf(abs(gap.mean()) / error), abs=1e-9)


def test_equal_scores_never_differ_and_one_anomaly_is_too_few(labelled):
    y, scores = labelled
    assert delong(y, {"a": scores["good"], "b": scores["good"]})[0].p == 1
    with pytest.raises(DataError, match="The rows are 1 anomaly and 2 normal rows"):
        delong(np.array([0, 0, 1]), {"a": np.arange(3.0)})


@pytest.fixture
def tables():
    rng = np.random.default_rng(2)
    return pd.DataFrame(rng.uniform(0.5, 1, (11, 1)) + rng.normal(0, 0.05, (11, 5)) + np.linspace(0, 0.1, 5), columns=list("abcde"))


def test_friedman_and_nemenyi_are_scipys_and_scikit_posthocs(tables):
    found = friedman(tables)
    theirs = stats.friedmanchisquare(*tables.to_numpy().T)
    assert found.statistic == pytest.approx(theirs.statistic) and found.p == pytest.approx(theirs.pvalue)
    nemenyi = scikit_posthocs.posthoc_nemenyi_friedman(tables)
    for a in tables:
        for b in tables:
            assert found.nemenyi.loc[a, b] == pytest.approx(nemenyi.loc[a, b], abs=2e-3)
    assert found.critical == pytest.approx(2.728 * np.sqrt(5 * 6 / (6 * 11)), abs=2e-3)  # Demšar (2006), table 5
    assert friedman(-tables, higher=False).ranks.to_dict() == found.ranks.to_dict()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 12), st.integers(3, 7), st.sampled_from([0.01, 0.05, 0.1]))
def test_friedman_and_nemenyi_hold_with_ties(seed, n, k, level):
    figures = pd.DataFrame(np.random.default_rng(seed).integers(0, 4, (n, k)) / 4 + np.arange(k) / 8, columns=list("abcdefg")[:k])
    found = friedman(figures, level=level)
    ranks = np.array([stats.rankdata(-line) for line in figures.to_numpy()])  # by hand: ties share the mean rank, and the statistic is made up for them
    assert np.allclose(found.ranks.loc[list(figures)], ranks.mean(axis=0))
    ties = sum(float((count**3 - count).sum()) for count in (np.unique(line, return_counts=True)[1] for line in ranks))
    plain = 12 / (n * k * (k + 1)) * (ranks.sum(axis=0) ** 2).sum() - 3 * n * (k + 1)
    corrected = plain / (1 - ties / (n * k * (k**2 - 1)))
    assert found.statistic == pytest.approx(corrected, abs=1e-8) and found.p == pytest.approx(stats.chi2.sf(corrected, k - 1), abs=1e-8)
    theirs = scikit_posthocs.posthoc_nemenyi_friedman(-figures)
    mine = found.nemenyi.loc[list(figures), list(figures)].to_numpy()
    assert np.allclose(mine, theirs.to_numpy(), atol=1e-6)
    gaps = np.abs(np.subtract.outer(found.ranks.to_numpy(), found.ranks.to_numpy()))
    apart = gaps > found.critical
    assert (apart == (found.nemenyi.to_numpy() < level))[np.abs(gaps - found.critical) > 1e-9].all()  # the difference and the p-values say the same


@pytest.mark.parametrize("k, q", [(3, 2.343), (4, 2.569), (5, 2.728), (6, 2.850), (10, 3.164)])
def test_the_critical_difference_is_in_the_table_of_demsar(k, q):
    figures = pd.DataFrame(np.random.default_rng(k).random((8, k)), columns=[f"d{i}" for i in range(k)])
    assert friedman(figures).critical == pytest.approx(q * np.sqrt(k * (k + 1) / (6 * 8)), abs=2e-3)


def test_ranked_is_told_in_words(tables):
    found = friedman(tables)
    text = repr(found)
    assert text.startswith("Mean ranks of 5 detectors over 11 tables") and f"{found.critical:.2f}" in text and "level 0.05" in text
    order = [line.split()[0] for line in text.splitlines()[1:6]]
    assert order == list(found.ranks.index)
    for line, name in zip(text.splitlines()[1:6], order, strict=True):
        letters = line.split()[2] if len(line.split()) > 2 else ""
        assert letters.replace(" ", "") == "".join("abcdefgh"[i] for i, clique in enumerate(found.cliques) if name in clique)[: len(letters)]
    assert "no difference may be claimed" in repr(friedman(pd.DataFrame(np.ones((4, 3)), columns=list("xyz")))) and max(map(len, text.splitlines())) <= 80


def test_cliques_are_the_longest_runs_within_the_critical_difference(tables):
    found = friedman(tables)
    for clique in found.cliques:
        assert found.ranks[clique[-1]] - found.ranks[clique[0]] <= found.critical
    assert len({tuple(clique) for clique in found.cliques}) == len(found.cliques)
    alike = friedman(pd.DataFrame(np.ones((4, 3)), columns=list("xyz")))
    assert alike.p == 1 and alike.cliques == [["x", "y", "z"]]


def test_wilcoxon_is_scipys_made_stricter(tables):
    found = wilcoxon(tables).set_index(["first", "second"])
    for (a, b), line in found.iterrows():
        assert line["p"] == pytest.approx(stats.wilcoxon(tables[a], tables[b], zero_method="zsplit").pvalue)
    assert np.allclose(found["p (Holm)"], holm(found["p"].to_numpy())) and (found["p (Holm)"] >= found["p"]).all()
    assert wilcoxon(pd.DataFrame({"a": [1.0, 2], "b": [1.0, 2]}))["p"][0] == 1


def test_wilcoxon_with_ties_is_worked_out_by_hand():
    figures = pd.DataFrame({"a": [0.9, 0.8, 0.7, 0.9, 0.6, 0.8, 0.5], "b": [0.8, 0.7, 0.7, 0.7, 0.7, 0.6, 0.5], "c": [0.1, 0.2, 0.1, 0.3, 0.2, 0.1, 0.2]})
    found = wilcoxon(figures).set_index(["first", "second"])
    for (a, b), line in found.iterrows():
        gaps = np.round(figures[a] - figures[b], 9).to_numpy()
        ranks = stats.rankdata(np.abs(gaps))  # zeros take part, and are shared out (Demsar, 2006)
        plus = ranks[gaps > 0].sum() + ranks[gaps == 0].sum() / 2
        n, zeros = len(gaps), (gaps == 0).sum()
        assert line["p"] == pytest.approx(stats.wilcoxon(gaps, zero_method="zsplit").pvalue), (plus, n, zeros)
        assert min(plus, n * (n + 1) / 2 - plus) == pytest.approx(stats.wilcoxon(gaps, zero_method="zsplit").statistic)
    assert np.allclose(found["p (Holm)"], multipletests(found["p"], method="holm")[1]) and (found["differ"] == (found["p (Holm)"] < 0.05)).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.001, 0.01, 0.02, 0.04, 0.3, 1.0]), min_size=1, max_size=20))
def test_holm_with_ties_is_statsmodels(p):
    assert np.allclose(holm(np.array(p)), multipletests(p, method="holm")[1])
    told = stricter(pd.DataFrame({"p": p}), 0.05)
    assert told["differ"].tolist() == (multipletests(p, method="holm")[1] < 0.05).tolist()


def test_delong_of_several_runs_is_that_of_their_mean_area():
    rng = np.random.default_rng(2)
    y = np.r_[np.zeros(60, int), np.ones(25, int)]
    runs, other = rng.normal(size=(3, 85)) + y, rng.normal(size=85) + y / 2
    test = delong(y, {"runs": runs, "other": other})[0]
    assert test.difference == pytest.approx(np.mean([roc_auc_score(y, run) for run in runs]) - roc_auc_score(y, other))
    same = delong(y, {"runs": np.stack([runs[0]] * 3), "other": other})[0]
    once = delong(y, {"runs": runs[0], "other": other})[0]
    assert (same.difference, same.low, same.p) == pytest.approx((once.difference, once.low, once.p))
    def beats(s):  # the placements, pair by pair
        return (s[y == 1][:, None] > s[y == 0]).astype(float)

    gaps = np.mean([beats(run) for run in runs], axis=0) - beats(other)
    error = np.sqrt(np.var(gaps.mean(axis=1), ddof=1) / 25 + np.var(gaps.mean(axis=0), ddof=1) / 60)
    assert test.high - test.low == pytest.approx(2 * 1.959964 * error)


@pytest.mark.parametrize("p", [[0.01, 0.04, 0.03, 0.2], [0.5], [0.001, 0.001, 0.9]])
def test_holm_is_statsmodels(p):
    assert np.allclose(holm(p), multipletests(p, method="holm")[1])


def test_the_bayesian_test_knows_better_alike_and_worse():
    a = np.linspace(0.7, 0.9, 14)
    assert bayesian(a + 0.05, a)[0] > 0.99 and bayesian(a, a + 0.05)[2] > 0.99 and bayesian(a + 0.001, a)[1] > 0.99
    assert sum(bayesian(a + 0.01 * np.sin(np.arange(14)), a)) == pytest.approx(1)


def test_the_bayesian_test_is_the_signed_rank_of_benavoli_and_others():
    """Drawn another way: gamma weights over all sums of two differences, the prior a table without a difference that weighs a half."""
    rng = np.random.default_rng(4)
    for shift in (-0.02, 0.0, 0.005, 0.02):
        a = rng.uniform(0.6, 0.9, 9)
        b = np.round(a - shift + rng.normal(0, 0.03, 9), 2)
        gaps = np.r_[0.0, a - b]
        weights = np.random.default_rng(77).gamma(np.r_[0.5, np.ones(9)], size=(6000, 10))
        weights /= weights.sum(axis=1, keepdims=True)
        better, alike, worse = (np.zeros(6000) for _ in range(3))
        for i in range(10):
            for j in range(10):
                middle = (gaps[i] + gaps[j]) / 2
                (better if middle > 0.01 else worse if middle < -0.01 else alike)[:] += weights[:, i] * weights[:, j]
        assert np.allclose(better + alike + worse, 1)
        winner = np.argmax([better, alike, worse], axis=0)
        found = bayesian(a, b, rope=0.01)
        assert found == pytest.approx([(winner == i).mean() for i in range(3)], abs=4 * np.sqrt(0.25 / 6000)) and sum(found) == pytest.approx(1)
        assert bayesian(b, a, rope=0.01) == pytest.approx(found[::-1], abs=1e-9)
        assert sum(bayesian(a, b, rope=0.0)) == pytest.approx(1)


def test_too_few_or_missing_figures_are_told(tables):
    with pytest.raises(DataError, match="There are figures of 2 detectors on 11 tables"):
        friedman(tables[["a", "b"]])
    tables.iloc[2, 1] = np.nan
    with pytest.raises(DataError, match="'b' has no figure for table 2"):
        wilcoxon(tables)
    for level in (2, 0, "x", True, float("nan")):
        with pytest.raises(ParameterError, match="level is"):
            friedman(tables, level=level)
        with pytest.raises(ParameterError, match="level is"):
            wilcoxon(tables.dropna(), level=level)
