"""Thresholds: what is flagged, by which rule, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pynomaly.errors import ParameterError
from pynomaly.thresholds.severity import p_values, severity
from pynomaly.thresholds.threshold import check_rule, threshold

SCORES = arrays(np.float64, st.integers(2, 200), elements=st.floats(-1e6, 1e6))


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 0.25, 0.49])
def test_a_share_flags_what_pyod_flags(share):
    scores = np.random.default_rng(3).gamma(2.0, size=1000)
    assert (scores > threshold(scores, share).value).sum() == (scores > np.percentile(scores, 100 * (1 - share))).sum()


@given(SCORES, st.floats(0.001, 0.499))
def test_never_more_than_the_share(scores, share):
    assert (scores > threshold(scores, share).value).mean() <= share + 1 / scores.size


@given(SCORES, st.integers(0, 200))
def test_never_more_than_the_budget(scores, budget):
    budget = min(budget, scores.size)
    assert (scores > threshold(scores, budget=budget).value).sum() <= budget


def test_a_budget_is_met_where_scores_differ():
    scores = np.random.default_rng(0).permutation(100).astype(float)
    for budget in (0, 1, 40, 99, 100):
        assert (scores > threshold(scores, budget=budget).value).sum() == budget


@given(SCORES)
def test_single_precision_flags_the_same_rows_where_it_can_tell_them_apart(scores):
    cut = threshold(scores, 0.1).value
    single = scores.astype(np.float32)
    distinct = np.unique(single).size == np.unique(scores).size
    if distinct:
        flagged, rest = single[scores > cut], single[scores <= cut]
        assert not flagged.size or not rest.size or flagged.min() > rest.max()


def test_auto_is_tukeys_fence():
    scores = np.append(np.linspace(0, 1, 101), [1.9, 2.1, 5.0])
    low, high = np.quantile(scores, [0.25, 0.75])
    fence = high + 1.5 * (high - low)
    assert np.array_equal(scores > threshold(scores).value, scores > fence)
    assert threshold(scores).method == "tukey"


def test_auto_may_flag_nothing():
    assert (np.linspace(0, 1, 50) > threshold(np.linspace(0, 1, 50)).value).sum() == 0


def test_equal_scores_are_not_flagged():
    scores = np.full(20, 0.5)
    for wish in ("auto", 0.1):
        cut = threshold(scores, wish).value
        assert (scores > cut).sum() == 0
        assert (scores.astype(np.float32) > np.float32(cut)).sum() == 0


@pytest.mark.parametrize("wrong", [0, 0.0, 0.5, 0.7, 1, -0.1, "lots", "", None, True, float("nan"), [0.1]])
def test_contamination_out_of_range_is_one_sentence(wrong):
    with pytest.raises(ParameterError, match="contamination is .* above 0 and below 0.5"):
        check_rule(wrong)


@pytest.mark.parametrize("wrong", [-1, 2.5, True, "3"])
def test_budget_out_of_range_is_one_sentence(wrong):
    with pytest.raises(ParameterError, match="budget is .* whole number of rows"):
        threshold(np.arange(10.0), budget=wrong)


@given(SCORES)
def test_p_values_are_ranks(scores):
    p = p_values(scores)
    assert ((p > 0) & (p < 1)).all()
    expected = [(scores >= s).sum() / (scores.size + 1) for s in scores]
    assert np.allclose(p, expected)


def test_new_rows_count_themselves():
    assert p_values(np.array([0.0, 10.0]), np.arange(9.0)).tolist() == [1.0, 0.1]


def test_severity_follows_the_p_value():
    words = severity(np.array([0.001, 0.0011, 0.005, 0.02, 0.021, 0.9]), np.ones(6, int)).tolist()
    assert words == ["critical", "high", "high", "medium", "low", "low"]
    assert set(severity(np.full(4, 0.001), np.zeros(4, int))) == {"none"}


def test_a_budget_above_the_number_of_rows_is_no_limit():
    scores = np.arange(10.0)
    assert (scores > threshold(scores, budget=500).value).all()


def test_a_rule_that_ties_keep_from_being_met_says_so():
    scores = np.array([0.0] * 90 + [1.0] * 10)
    assert "0 of 5 rows" in threshold(scores, 0.05).text
    assert "0 of 4 rows" in threshold(scores, budget=4).text
    assert threshold(scores, 0.1).text.endswith("highest scores")
