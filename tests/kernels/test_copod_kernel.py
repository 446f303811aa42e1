"""COPOD and the tails it shares with ECOD: parity with PyOD, sides, frozen scoring, contributions, numba against torch."""

import os
import pickle
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pyod.models.copod import COPOD as PyODCOPOD

from pynomaly.kernels.cpu import copod, ecod, tails
from pynomaly.kernels.gpu import copod as copod_torch
from pynomaly.kernels.gpu import tails as tails_torch

SETS = ["6_cardio", "38_thyroid", "4_breastw", "20_letter", "32_shuttle", "14_glass"]
compiled = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="too slow without the compiler")


def some_rows(n=60, d=4, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.exponential(size=(n, d)) * np.where(np.arange(d) % 2, -1, 1)
    X[:, 0] = np.round(X[:, 0], 1)  # ties
    X[1] = X[0]  # a duplicate
    return X


def theirs(X):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return PyODCOPOD().fit(X).decision_scores_


def bare_copod(X, sides):
    """The definition, by counting."""
    left = -np.log((X[None, :, :] <= X[:, None, :]).mean(axis=1))
    right = -np.log((X[None, :, :] >= X[:, None, :]).mean(axis=1))
    main = np.where(np.array(sides) > 0, right, left)
    return np.where(np.array(sides) == 0, np.maximum(left, right), np.maximum(main, (left + right) / 2)).sum(axis=1)


@compiled
@pytest.mark.parametrize("name", SETS)
def test_training_scores_equal_pyods(adbench, name):
    X, _ = adbench(name)
    X = X[np.random.default_rng(0).permutation(len(X))[:4000]]
    state, scores = copod.fit(X)
    sided = state.sides != 0
    assert all(np.ptp(column) == 0 for column in X.T[~sided])  # on these sets only constant columns have no side
    assert np.abs(scores - theirs(X)).max() <= 1e-13 * X.shape[1]
    assert np.array_equal(copod.score(state, X), scores)


@pytest.mark.interpreted
@pytest.mark.parametrize("n", range(3, 11))
@pytest.mark.parametrize("scale", [1e-90, 1.0, 1e90])
def test_few_rows_and_any_unit(n, scale):
    X = np.random.default_rng(n).exponential(size=(n, 3))
    np.testing.assert_allclose(copod.fit(X * scale)[1], theirs(X), rtol=1e-13)


@pytest.mark.interpreted
@settings(max_examples=40, deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.sampled_from([-3.0, 0.0, 0.1, 0.2, 0.3, 7.0, 1e6])))
def test_ties_and_constant_columns(X):
    state, scores = copod.fit(X)
    np.testing.assert_allclose(scores, bare_copod(X, state.sides), atol=1e-13)
    np.testing.assert_allclose(copod_torch.fit(X)[1].numpy(), scores, atol=1e-12)
    assert np.array_equal(copod.score(state, X), scores)


@pytest.mark.interpreted
@pytest.mark.parametrize(
    "column, side",
    [
        ([1.0, 2.0, 3.0], 0),
        ([0.1, 0.2, 0.3, 0.4], 0),
        ([7.0, 7.0], 0),
        ([5.0], 0),
        ([0.0, 0.0, 1.0], 1),
        ([0.0, 1.0, 1.0], -1),
        ([-1.7e308, -1.6e308, 1.7e308], 1),
        ([1e9, 1e9 + 1, 1e9 + 4], 1),
    ],
)
def test_the_side_of_a_column(column, side):
    X = np.array(column).reshape(-1, 1)
    assert copod.fit(X)[0].sides.tolist() == [side]
    assert copod.fit(-X)[0].sides.tolist() == [-side]
    assert copod_torch.fit(X)[0].sides.tolist() == [[side]]


@compiled
def test_a_symmetric_column_has_no_side_whatever_the_order_and_the_unit():
    rng = np.random.default_rng(0)
    half = rng.normal(size=5000)
    column = np.concatenate([half, -half]) * 3.7 + 11.0
    for unit in (1e-3, 1.0, 7e5):
        X = (rng.permutation(column) * unit).reshape(-1, 1)
        state, scores = copod.fit(X)
        assert state.sides.tolist() == [0]
        assert np.array_equal(scores, ecod.fit(X)[1])


def test_where_skewness_is_zero_pyod_adds_both_tails():
    X = np.array([[1.0], [2.0], [3.0]])
    assert np.allclose(copod.fit(X)[1], -np.log([1 / 3, 2 / 3, 1 / 3]))
    assert np.allclose(theirs(X), -np.log([1 / 3, 4 / 9, 1 / 3]))  # shows that the note in the docs is still true


@pytest.mark.interpreted
def test_new_values():
    X = np.array([[0.0], [1.0], [1.0], [8.0]])
    state, _ = copod.fit(X)
    new = np.array([[-1.0], [0.5], [1.0], [9.0]])
    left, right = -np.log([1 / 5, 2 / 5, 3 / 4, 5 / 5]), -np.log([5 / 5, 4 / 5, 3 / 4, 1 / 5])
    np.testing.assert_allclose(copod.score(state, new), np.maximum(right, (left + right) / 2), rtol=1e-14)


@pytest.mark.interpreted
def test_a_row_of_unseen_values_gets_pyods_score_for_it_alone():
    X, new = np.random.default_rng(0).exponential(size=(40, 3)), np.random.default_rng(1).exponential(size=(6, 3))
    state, _ = copod.fit(X)
    model = PyODCOPOD().fit(X)
    np.testing.assert_allclose(copod.score(state, new), [model.decision_function(row.reshape(1, -1))[0] for row in new], rtol=1e-12)


@compiled
@pytest.mark.parametrize("d", [1, 3, 8])
def test_batches_threads_and_order_change_no_bit(d):
    X, new = some_rows(2000, d), some_rows(3000, d, seed=1) * 1.5
    state, scores = copod.fit(X)
    again, same = copod.fit(X, n_jobs=3)
    assert np.array_equal(scores, same) and all(np.array_equal(a, b) for a, b in zip(state, again, strict=True))
    whole = copod.score(state, new)
    assert np.array_equal(copod.score(state, new, n_jobs=3), whole)
    assert np.array_equal(np.concatenate([copod.score(state, new[i : i + 7]) for i in range(0, 3000, 7)]), whole)
    order = np.random.default_rng(5).permutation(2000)
    assert np.array_equal(copod.fit(np.ascontiguousarray(X[order]))[1], scores[order])


@pytest.mark.interpreted
@pytest.mark.parametrize("skewed", [False, True])
def test_two_fits_make_one(skewed):
    X = some_rows(40, 3)
    whole = tails.fit(X, skewed)[0]
    parts = tails.merged(tails.fit(X[:13], skewed)[0], tails.fit(X[13:], skewed)[0], skewed)
    assert all(np.array_equal(a, b) for a, b in zip(whole, parts, strict=True))


@pytest.mark.interpreted
def test_contributions_add_up():
    X, new = some_rows(20, 3), some_rows(8, 3, seed=1) * 2
    for kernel in (copod, copod_torch):
        state, scores = kernel.fit(X)
        values, base = kernel.contributions(state, new)
        assert tuple(values.shape) == new.shape
        np.testing.assert_allclose(base + np.asarray(values).sum(axis=1), np.asarray(kernel.score(state, new)), rtol=1e-12)
        np.testing.assert_allclose(base, np.asarray(scores).mean(), rtol=1e-12)


@compiled
@pytest.mark.parametrize("name", ["6_cardio", "20_letter"])
def test_torch_equals_numba(adbench, name, monkeypatch):
    X, _ = adbench(name)
    X, new = X[:800], np.vstack([X[800:1500], X[:10] * 3])
    monkeypatch.setattr(tails_torch, "_BLOCK", 5000)  # several blocks
    state, scores = copod.fit(X)
    ours, found = copod_torch.fit(X)
    assert ours.sides[:, 0].tolist() == state.sides.tolist()
    np.testing.assert_allclose(found.numpy(), scores, rtol=1e-12)
    np.testing.assert_allclose(copod_torch.score(ours, new).numpy(), copod.score(state, new), rtol=1e-12)
    values, base = copod_torch.contributions(ours, new)
    np.testing.assert_allclose(values.numpy(), copod.contributions(state, new)[0], atol=1e-11)


def test_states_can_be_pickled():
    X = some_rows()
    for module in (copod, copod_torch):
        state, scores = module.fit(X)
        again = pickle.loads(pickle.dumps(state))
        np.testing.assert_allclose(np.asarray(module.score(again, X)), np.asarray(scores), rtol=1e-12)
