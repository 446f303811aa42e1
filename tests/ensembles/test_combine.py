"""Scales learned from training scores, and the ways of combining."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from pynomaly.ensembles.combine import COMBINATIONS, SCALES, Scale, check_weights, combine, deal
from pynomaly.errors import ParameterError

scores = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30).map(np.array)


@given(scores, st.sampled_from(SCALES))
def test_a_scale_never_turns_an_order_around(train, kind):
    values = Scale.learn(kind, train).apply(np.sort(train))
    assert np.isfinite(values).all() and (np.diff(values) >= 0).all()


@given(scores, st.sampled_from(SCALES))
def test_a_row_is_scaled_by_itself(train, kind):
    scale = Scale.learn(kind, train)
    together = scale.apply(train)
    assert all(scale.apply(train[i : i + 1])[0] == together[i] for i in range(len(train)))


def test_scales_say_what_they_should():
    train = np.array([0.0, 1.0, 2.0, 3.0, 10.0])
    assert np.isclose(Scale.learn("zscore", train).apply(train).std(), 1.0)
    assert Scale.learn("robust", train).apply(np.array([2.0]))[0] == 0.0
    assert Scale.learn("rank", train).apply(np.array([-5.0, 2.0, 99.0])).tolist() == [0.0, 0.5, 1.0]
    z = (10.0 - train.mean()) / train.std()
    assert np.isclose(Scale.learn("unify", train).apply(np.array([10.0]))[0], 2 * norm.cdf(z) - 1)
    assert Scale.learn("none", train).apply(train).tolist() == train.tolist()
    assert Scale.learn("zscore", np.ones(4)).apply(np.array([3.0])).tolist() == [2.0]
    with pytest.raises(ParameterError, match="did you mean 'zscore'"):
        Scale.learn("zscor", train)


def test_combinations_by_hand():
    rows = np.array([[0.0, 5.0], [2.0, 1.0], [4.0, 0.0], [6.0, 0.0]])
    groups = (np.array([0, 3]), np.array([1, 2]))
    expected = {"mean": [3, 1.5], "max": [6, 5], "median": [3, 0.5], "aom": [5, 3], "moa": [3, 2.5], "weighted": [0.5, 4], "rank": [3, 1.5], "unify": [3, 1.5]}
    for how in COMBINATIONS:
        assert combine(rows, how, check_weights([3, 1, 0, 0], 4), groups).tolist() == (expected[how] if how != "weighted" else [0.5, 4.0])


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 5))
def test_everybody_is_dealt_once(members, buckets, seed):
    groups = deal(members, buckets, seed)
    assert sorted(np.concatenate(groups).tolist()) == list(range(members)) and all(len(group) for group in groups)


@pytest.mark.parametrize("weights", [None, 3, [1], [1, -1], [0, 0], [1, np.nan], [1, np.inf], ["a", "b"], [True, True]])
def test_weights_that_cannot_be(weights):
    with pytest.raises(ParameterError, match="must be 2 numbers of at least 0"):
        check_weights(weights, 2)
