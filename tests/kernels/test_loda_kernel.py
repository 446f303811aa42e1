"""LODA: PyOD's cuts and histograms, the right bin, frozen scoring, numba against torch."""

import os
import pickle

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pyod.models import loda as pyod_module
from pyod.models.loda import LODA as PyODLODA

from pynomaly.errors import DataError
from pynomaly.kernels.bins import choose_bins
from pynomaly.kernels.cpu import loda
from pynomaly.kernels.cuts import random_cuts
from pynomaly.kernels.gpu import loda as loda_torch

compiled = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="too slow without the compiler")


def some_rows(n=60, d=5, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d))
    X[:, 0] = np.round(X[:, 0])
    X[1] = X[0]
    return X


def mended(model, X):
    """PyOD's LODA with its own cuts and histograms, each value in the bin it was counted in."""
    total = np.zeros(len(X))
    for cut, limits, histogram in zip(model.projections_, model.limits_, model.histograms_, strict=True):
        inside = np.searchsorted(limits[1:-1], X @ cut, side="right")
        total -= np.log(histogram[inside])
    return total / len(model.projections_) ** 2


@compiled
@pytest.mark.parametrize("name", ["6_cardio", "38_thyroid", "4_breastw", "20_letter", "32_shuttle", "14_glass"])
@pytest.mark.parametrize("n_bins", [10, 300])
def test_equals_pyod_with_the_right_bin(adbench, name, n_bins):
    X, _ = adbench(name)
    X = X[np.random.default_rng(0).permutation(len(X))[:3000]] + np.random.default_rng(1).normal(size=(min(len(X), 3000), 1)) * 1e-4  # nothing on an edge
    half = len(X) // 2
    state, scores = loda.fit(X[:half], n_bins=n_bins, seed=3)
    model = PyODLODA(n_bins=n_bins, random_state=3).fit(X[:half])
    np.testing.assert_allclose(state.edges, model.limits_, rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(scores, mended(model, X[:half]), rtol=1e-9)
    np.testing.assert_allclose(loda.score(state, X[half:] * 2), mended(model, X[half:] * 2), rtol=1e-9)


def test_pyod_reads_the_bin_beside():
    X = np.array([[0.0], [1.0], [1.2], [9.0]])  # the note in the docs is still true
    model = PyODLODA(n_bins=3, n_random_cuts=1, random_state=0).fit(X)
    assert not np.allclose(model.decision_scores_, mended(model, X))
    np.testing.assert_allclose(loda.fit(X, 3, 1)[1], -np.log([3 / 4, 3 / 4, 3 / 4, 1 / 4]), rtol=1e-11)


@compiled
def test_auto_equals_pyod_with_the_papers_number_of_bins(monkeypatch):
    X = some_rows(300, 6)
    monkeypatch.setattr(pyod_module, "get_optimal_n_bins", lambda x: int(choose_bins(x.reshape(-1, 1))[0]))
    model = PyODLODA(n_bins="auto", n_random_cuts=20, random_state=0).fit(X)
    state, scores = loda.fit(X, "auto", 20, 0)
    assert state.bins.tolist() == model.n_bins_ and len(set(model.n_bins_)) > 1
    np.testing.assert_allclose(scores, mended(model, X), rtol=1e-9)
    np.testing.assert_allclose(loda_torch.fit(X, "auto", 20, 0)[1].numpy(), scores, rtol=1e-9)


@pytest.mark.interpreted
@pytest.mark.parametrize("d, s", [(1, 1), (3, 1), (4, 2), (50, 7)])
def test_the_cuts_are_pyods(d, s):
    columns, weights = random_cuts(d, 10, seed=4)
    assert columns.shape == weights.shape == (10, s)
    dense = np.zeros((10, d))
    np.put_along_axis(dense, columns, weights, axis=1)
    assert np.array_equal(dense, PyODLODA(n_random_cuts=10, random_state=4).fit(np.random.default_rng(0).normal(size=(20, d))).projections_)


@pytest.mark.interpreted
@pytest.mark.parametrize("n", range(2, 8))
@pytest.mark.parametrize("d", [1, 4])
def test_few_rows(n, d):
    X = np.random.default_rng(n).normal(size=(n, d))
    state, scores = loda.fit(X, 4, 5, 0)
    np.testing.assert_allclose(scores, mended(PyODLODA(0.1, 4, 5, 0).fit(X), X), rtol=1e-9)
    assert np.array_equal(loda.score(state, X), scores)


@pytest.mark.interpreted
@settings(max_examples=30, deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(1, 3)), elements=st.sampled_from([-3.0, 0.0, 0.1, 0.2, 0.3, 7.0, 10.0])))
def test_ties_and_constant_columns(X):
    state, scores = loda.fit(X, 5, 4, 0)  # up to three columns, a cut has one of them, so both round alike
    assert np.array_equal(loda.score(state, X), scores)
    np.testing.assert_allclose(scores, mended(PyODLODA(0.1, 5, 4, 0).fit(X), X), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(loda_torch.fit(X, 5, 4, 0)[1].numpy(), scores, rtol=1e-12, atol=1e-12)


@compiled
@pytest.mark.parametrize("d", [1, 3, 8, 33])
def test_batches_and_threads_change_no_bit(d, monkeypatch):
    monkeypatch.setattr(loda, "_BLOCK", 700)
    X, new = some_rows(2000, d), some_rows(3000, d, seed=1) * 1.5
    state, scores = loda.fit(X, n_random_cuts=60)
    again, same = loda.fit(X, n_random_cuts=60, n_jobs=3)
    assert np.array_equal(scores, same) and all(np.array_equal(a, b) for a, b in zip(state, again, strict=True))
    whole = loda.score(state, new)
    assert np.array_equal(loda.score(state, new, n_jobs=3), whole)
    assert np.array_equal(np.concatenate([loda.score(state, new[i : i + 7]) for i in range(0, 3000, 7)]), whole)
    assert np.array_equal(loda.score(state, X), scores)
    order = np.random.default_rng(5).permutation(2000)
    assert np.array_equal(loda.fit(np.ascontiguousarray(X[order]), n_random_cuts=60)[1], scores[order])


@pytest.mark.interpreted
def test_values_far_beyond_have_the_outermost_bins_term():
    X = np.array([[0.0], [1.0], [1.5], [9.0]])
    state, _ = loda.fit(X, 3, 1, 0)
    ends = loda.score(state, np.array([[0.0], [9.0]]))
    assert np.array_equal(loda.score(state, np.array([[-1e300], [1e300]])), ends)
    assert np.array_equal(loda_torch.score(loda_torch.fit(X, 3, 1, 0)[0], np.array([[-1e300], [1e300]])).numpy(), ends)


@pytest.mark.parametrize("column", [[1e17, 1e17 + 16, 1e17 + 32], [0.0, 1e-300, 2e-300], [-1.7e308, 0.0, 1.7e308]])
def test_what_has_no_histogram_is_said(column):
    for kernel in (loda, loda_torch):
        with pytest.raises(DataError, match="random cut"):
            kernel.fit(np.array(column).reshape(-1, 1))


@compiled
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 300), st.integers(1, 12), st.integers(2, 20))
def test_torch_equals_numba(seed, n, d, n_bins):
    X = np.random.default_rng(seed).normal(size=(n, d))
    try:
        state, scores = loda.fit(X, n_bins, 15, seed)
    except DataError:
        assume(False)
    ours, found = loda_torch.fit(X, n_bins, 15, seed)
    np.testing.assert_allclose(found.numpy(), scores, rtol=1e-9)
    np.testing.assert_allclose(loda_torch.score(ours, X * 2).numpy(), loda.score(state, X * 2), rtol=1e-9)


@compiled
def test_torch_in_several_blocks(monkeypatch):
    X = some_rows(500, 9)
    one = loda_torch.fit(X)[1]
    monkeypatch.setattr(loda_torch, "_BLOCK", 5000)
    np.testing.assert_allclose(loda_torch.fit(X)[1].numpy(), one.numpy(), rtol=1e-9)


def test_states_can_be_pickled():
    X = some_rows()
    for module in (loda, loda_torch):
        state, scores = module.fit(X)
        again = pickle.loads(pickle.dumps(state))
        np.testing.assert_allclose(np.asarray(module.score(again, X)), np.asarray(scores), rtol=1e-12)
