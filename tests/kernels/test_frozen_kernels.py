"""ECOD, HBOS and PCA: parity with PyOD, frozen scoring, contributions, numba against torch."""

import os
import pickle
import warnings
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pyod.models.ecod import ECOD as PyODECOD
from pyod.models.hbos import HBOS as PyODHBOS
from pyod.models.pca import PCA as PyODPCA

from pynomaly.errors import DataError
from pynomaly.kernels.cpu import ecod, hbos, pca
from pynomaly.kernels.gpu import ecod as ecod_torch
from pynomaly.kernels.gpu import hbos as hbos_torch
from pynomaly.kernels.gpu import pca as pca_torch
from pynomaly.kernels.gpu import tails as tails_torch

KERNELS = [ecod, hbos, pca]
TORCH = {ecod: ecod_torch, hbos: hbos_torch, pca: pca_torch}
BLOCKS = {**TORCH, ecod: tails_torch}
SETS = ["6_cardio", "38_thyroid", "4_breastw", "20_letter", "32_shuttle", "14_glass"]
compiled = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="too slow without the compiler")

each = pytest.mark.parametrize("kernel", KERNELS, ids=lambda k: k.__name__.rpartition(".")[2])


def some_rows(n=60, d=5, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d))
    X[:, 0] = np.round(X[:, 0])  # ties
    X[1] = X[0]  # a duplicate
    return X


def real(adbench, name):
    X, _ = adbench(name)
    return X[np.random.default_rng(0).permutation(len(X))[:4000]]


def theirs(model, X):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(X)


# Parity ---------------------------------------------------------------------------------------------------------------


def bare_ecod(X):
    """The definition, by counting."""
    n = len(X)
    left = (X[None, :, :] <= X[:, None, :]).sum(axis=1)
    right = (X[None, :, :] >= X[:, None, :]).sum(axis=1)
    return -np.log(np.minimum(left, right) / n).sum(axis=1)


@compiled
@pytest.mark.parametrize("name", SETS)
def test_ecod_equals_pyod(adbench, name):
    X = real(adbench, name)
    _, scores = ecod.fit(X)
    assert np.abs(scores - theirs(PyODECOD(), X).decision_scores_).max() <= 1e-12 * X.shape[1]


@compiled
@pytest.mark.parametrize("name", SETS)
def test_hbos_equals_pyod_in_training_and_on_new_rows(adbench, name):
    X = real(adbench, name)
    half = len(X) // 2
    state, scores = hbos.fit(X[:half])
    model = theirs(PyODHBOS(), X[:half])
    assert np.abs(scores - model.decision_scores_).max() <= 1e-12
    new = np.vstack([X[half:], X[:5] * 3, X[:5] - 1e6])
    assert np.abs(hbos.score(state, new) - model.decision_function(new)).max() <= 1e-12


@compiled
@pytest.mark.parametrize("name", SETS)
def test_pca_equals_pyod_where_rounding_does_not_decide(adbench, name):
    X = real(adbench, name)
    X = X[:, X.std(axis=0) > 0]
    if name == "4_breastw":
        X = X + np.random.default_rng(0).normal(size=X.shape) * 1e-3
    half = len(X) // 2
    if name == "6_cardio":  # columns 11 to 13 depend on each other: PyOD divides by rounding noise
        assert pca.fit(X[:half])[0].axes.empty == 1 and theirs(PyODPCA(), X[:half]).decision_scores_.max() > 1e12
        X = X[:, np.arange(X.shape[1]) != 12]
    state, scores = pca.fit(X[:half])
    model = theirs(PyODPCA(), X[:half])
    assert state.axes.empty == 0
    np.testing.assert_allclose(scores, model.decision_scores_, rtol=1e-10)
    np.testing.assert_allclose(pca.score(state, X[half:]), model.decision_function(X[half:]), rtol=1e-10)


@compiled
@pytest.mark.parametrize("options", [{"n_components": 3}, {"n_components": 0.8}, {"n_selected_components": 2}, {"weighted": False}, {"standardization": False}])
def test_pca_options_equal_pyod(options):
    X = some_rows(300, 6) + 2
    state, scores = pca.fit(X, **options)
    model = theirs(PyODPCA(**options), X)
    np.testing.assert_allclose(scores, model.decision_scores_, rtol=1e-10)
    assert len(state.axes.tips) == len(model.selected_components_)


@pytest.mark.interpreted
@pytest.mark.parametrize("n", range(2, 11))
@pytest.mark.parametrize("scale", [1e-150, 1.0, 1e150])
def test_few_rows_and_extreme_scales(n, scale):
    rng = np.random.default_rng(n)
    X = rng.exponential(size=(n, 3)) * scale
    np.testing.assert_allclose(ecod.fit(X)[1], bare_ecod(X), rtol=1e-13)
    np.testing.assert_allclose(hbos.fit(X)[1], theirs(PyODHBOS(), X).decision_scores_, rtol=1e-12)
    if n > 4 and scale == 1.0:
        np.testing.assert_allclose(pca.fit(X)[1], theirs(PyODPCA(), X).decision_scores_, rtol=1e-9)
    assert np.isfinite(pca.fit(X)[1]).all()


@pytest.mark.interpreted
@pytest.mark.parametrize("n", range(2, 11))
def test_ecod_equals_pyod_on_few_rows(n):
    X = np.random.default_rng(n).exponential(size=(n, 3))
    assert np.abs(ecod.fit(X)[1] - PyODECOD().fit(X).decision_scores_).max() <= 1e-12


@pytest.mark.interpreted
@settings(max_examples=40, deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(1, 3)), elements=st.sampled_from([-3.0, 0.0, 0.1, 0.2, 0.3, 7.0, 1e6])))
def test_ties_and_constant_columns(X):
    np.testing.assert_allclose(ecod.fit(X)[1], bare_ecod(X), atol=1e-13)
    np.testing.assert_allclose(hbos.fit(X)[1], PyODHBOS().fit(X).decision_scores_, rtol=0, atol=1e-12)
    assert np.isfinite(pca.fit(X)[1]).all()


# Where we differ from PyOD ---------------------------------------------------------------------------------------------


def test_ecod_does_not_add_both_tails_of_a_column_of_zero_skewness():
    X = np.array([[1.0], [2.0], [3.0]])
    assert np.allclose(ecod.fit(X)[1], -np.log([1 / 3, 2 / 3, 1 / 3]))
    assert np.allclose(PyODECOD().fit(X).decision_scores_[1], -2 * np.log(2 / 3))  # shows that the note in the docs is still true


def test_pca_leaves_empty_axes_out_where_pyod_is_not_finite_or_arbitrary():
    X = some_rows(100, 3)
    X = np.column_stack([X, X[:, 0] - X[:, 1], np.full(100, 4.0)])
    state, scores = pca.fit(X)
    assert state.axes.empty == 2 and np.isfinite(scores).all()
    model = theirs(PyODPCA(), X)
    assert not np.isfinite(model.decision_scores_).all() or model.decision_scores_.max() > 1e12
    alone, _ = pca.fit(X[:, :3])
    assert alone.axes.empty == 0 and len(alone.axes.tips) == len(state.axes.tips)


def test_pca_of_constant_columns_alone_gives_zeros():
    state, scores = pca.fit(np.ones((5, 3)))
    assert state.axes.empty == 3 and (scores == 0).all() and (pca.score(state, np.zeros((2, 3))) == 0).all()
    values, base = pca.contributions(state, np.zeros((2, 3)))
    assert base == 0 and (values == 0).all()
    assert (pca_torch.fit(np.ones((5, 3)))[1].numpy() == 0).all()


def test_pca_of_more_columns_than_rows():
    X = np.random.default_rng(0).normal(size=(6, 20))
    state, scores = pca.fit(X)
    assert len(state.axes.tips) == 5 and np.isfinite(scores).all()


@pytest.mark.parametrize("column", [[1e17, 1e17 + 16, 1e17 + 32], [0.0, 1e-300, 2e-300], [-1.7e308, 0.0, 1.7e308]])
def test_hbos_says_which_column_has_no_histogram(column):
    X = np.column_stack([[1.0, 2.0, 3.0], column])
    for kernel in (hbos, hbos_torch):
        with pytest.raises(DataError, match="Column 1 .* too (narrow|wide) for 10 histogram bins"):
            kernel.fit(X)


def test_hbos_takes_a_constant_column_of_any_size():
    state, scores = hbos.fit(np.array([[1e17, 1.0], [1e17, 2.0], [1e17, 4.0]]))
    assert np.isfinite(scores).all()


def test_hbos_auto_equals_pyod_with_the_papers_number_of_bins(monkeypatch):
    from pyod.models import hbos as module

    from pynomaly.kernels.bins import choose_bins

    X = some_rows(400, 4)
    monkeypatch.setattr(module, "get_optimal_n_bins", lambda x: int(choose_bins(x.reshape(-1, 1))[0]))
    model = PyODHBOS(n_bins="auto").fit(X)
    state, scores = hbos.fit(X, n_bins="auto")
    assert len(set(state.bins)) > 1
    assert np.abs(scores - model.decision_scores_).max() <= 1e-12
    new = some_rows(50, 4, seed=1) * 2
    assert np.abs(hbos.score(state, new) - model.decision_function(new)).max() <= 1e-12
    ours, found = hbos_torch.fit(X, n_bins="auto")
    assert np.abs(found.numpy() - scores).max() <= 1e-12 and np.abs(hbos_torch.score(ours, new).numpy() - hbos.score(state, new)).max() <= 1e-12


@pytest.mark.interpreted
def test_the_number_of_bins_has_the_largest_penalised_likelihood():
    from pynomaly.kernels.bins import choose_bins

    x = np.random.default_rng(0).beta(2, 8, size=40)

    def value(D):
        N = np.histogram(x, bins=D)[0]
        N = N[N > 0]
        return (N * np.log(D * N / len(x))).sum() - (D - 1 + np.log(D) ** 2.5)

    most = int(len(x) / np.log(len(x)))
    assert choose_bins(x.reshape(-1, 1))[0] == 1 + np.argmax([value(D) for D in range(1, most + 1)])
    assert choose_bins(np.ones((5, 1)))[0] == 1


def test_more_than_256_bins():
    X = some_rows(500, 2)
    state, scores = hbos.fit(X, n_bins=300)
    assert np.abs(scores - PyODHBOS(n_bins=300).fit(X).decision_scores_).max() <= 1e-12


# The fit is frozen -----------------------------------------------------------------------------------------------------


@pytest.mark.interpreted
@each
def test_a_training_row_keeps_its_score_in_any_company(kernel):
    X = some_rows(20, 3)
    state, scores = kernel.fit(X)
    assert np.array_equal(kernel.score(state, X), scores)
    for i in (0, 7, 19):
        assert kernel.score(state, X[i : i + 1])[0] == scores[i]


@compiled
@each
@pytest.mark.parametrize("d", [1, 3, 8, 33])
def test_batches_and_threads_change_no_bit(kernel, d):
    X, new = some_rows(2000, d), some_rows(3000, d, seed=1) * 1.5
    state, scores = kernel.fit(X)
    again, same = kernel.fit(X, n_jobs=3)
    assert np.array_equal(scores, same) and np.array_equal(state.mean, again.mean)
    whole = kernel.score(state, new)
    assert np.array_equal(kernel.score(state, new, n_jobs=3), whole)
    assert np.array_equal(np.concatenate([kernel.score(state, new[i : i + 7]) for i in range(0, 3000, 7)]), whole)
    assert np.array_equal(kernel.score(state, new[::-1].copy())[::-1], whole)
    assert np.array_equal(kernel.score(state, X), scores)


@pytest.mark.interpreted
@each
def test_permuting_training_rows_permutes_scores(kernel):
    X = some_rows(30, 3)
    order = np.random.default_rng(5).permutation(30)
    _, scores = kernel.fit(X)
    _, permuted = kernel.fit(np.ascontiguousarray(X[order]))
    if kernel is pca:
        np.testing.assert_allclose(permuted, scores[order], rtol=1e-10)
    else:
        assert np.array_equal(permuted, scores[order])
    assert scores[0] == scores[1]  # equal rows


@compiled
def test_pca_of_two_columns_does_not_depend_on_the_order_of_rows():
    X = some_rows(200, 2)
    _, scores = pca.fit(X)
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(200)
        np.testing.assert_allclose(pca.fit(np.ascontiguousarray(X[order]))[1], scores[order], rtol=1e-9)


@pytest.mark.interpreted
def test_ecod_of_new_values():
    X = np.array([[1.0], [2.0], [2.0], [5.0]])
    state, _ = ecod.fit(X)
    expected = [1 / 5, 1 / 4, 2 / 5, 3 / 4, 2 / 5, 1 / 4, 1 / 5]  # below, at 1, between, at the tie, between, at 5, above
    new = np.array([[0.0], [1.0], [1.5], [2.0], [3.0], [5.0], [9.0]])
    np.testing.assert_allclose(ecod.score(state, new), -np.log(expected), rtol=1e-15)


@pytest.mark.interpreted
def test_ecod_gives_a_row_of_unseen_values_pyods_score_for_it_alone():
    X, new = np.random.default_rng(0).exponential(size=(40, 3)), np.random.default_rng(1).exponential(size=(6, 3))
    state, _ = ecod.fit(X)
    model = PyODECOD().fit(X)
    np.testing.assert_allclose(ecod.score(state, new), [model.decision_function(row.reshape(1, -1))[0] for row in new], rtol=1e-12)


@compiled
def test_ecod_never_falls_towards_the_tail():
    X = np.random.default_rng(0).normal(size=(500, 1)).round(1)
    state, _ = ecod.fit(X)
    values = np.linspace(np.median(X), 6, 3001).reshape(-1, 1)
    assert (np.diff(ecod.score(state, values)) >= 0).all()


# Contributions ---------------------------------------------------------------------------------------------------------


@pytest.mark.interpreted
@each
def test_contributions_add_up(kernel):
    X, new = some_rows(20, 3), some_rows(8, 3, seed=1) * 2
    state, scores = kernel.fit(X)
    values, base = kernel.contributions(state, new)
    assert values.shape == new.shape
    np.testing.assert_allclose(base + values.sum(axis=1), kernel.score(state, new), rtol=1e-9)
    np.testing.assert_allclose(base, scores.mean(), rtol=1e-12)
    np.testing.assert_allclose(kernel.contributions(state, X)[0].mean(axis=0), 0, atol=1e-9 * max(1, np.abs(scores).max()))


@compiled
@pytest.mark.parametrize("kernel", [ecod, hbos], ids=["ecod", "hbos"])
def test_contributions_are_the_shapley_values_against_the_training_rows(kernel):
    X, row = some_rows(25, 3), some_rows(5, 3, seed=4)[4] * 1.5
    state, _ = kernel.fit(X)

    def worth(columns):
        mixed = X.copy()
        mixed[:, columns] = row[columns]
        return kernel.score(state, mixed).mean()

    shapley = np.zeros(3)
    for order in permutations(range(3)):
        for k, j in enumerate(order):
            shapley[j] += (worth(list(order[: k + 1])) - worth(list(order[:k]))) / 6
    values, base = kernel.contributions(state, row.reshape(1, -1))
    np.testing.assert_allclose(values[0], shapley, atol=1e-12)
    assert np.isclose(base, worth([]))


@pytest.mark.interpreted
def test_pca_contributions_of_a_row_at_the_tip_of_an_axis():
    X = np.array([[1.0], [-1.0], [1.0], [-1.0]])
    state, scores = pca.fit(X)
    np.testing.assert_allclose(scores, [0, 2, 0, 2], atol=1e-15)
    for kernel, found in ((pca, state), (pca_torch, pca_torch.fit(X)[0])):
        values, base = kernel.contributions(found, X)
        np.testing.assert_allclose(np.asarray(values)[:, 0], [-1, 1, -1, 1], atol=1e-12)
        assert np.isclose(base, 1)


# Torch ---------------------------------------------------------------------------------------------------------------------


@compiled
@each
@pytest.mark.parametrize("name", ["6_cardio", "4_breastw", "20_letter"])
def test_torch_equals_numba(adbench, kernel, name, monkeypatch):
    X = real(adbench, name)
    half = len(X) // 2
    X, new = X[:half], np.vstack([X[half:], X[:10] * 3])
    monkeypatch.setattr(BLOCKS[kernel], "_BLOCK", 5000)  # several blocks
    state, scores = kernel.fit(X)
    ours, found = TORCH[kernel].fit(X)
    np.testing.assert_allclose(found.numpy(), scores, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(TORCH[kernel].score(ours, new).numpy(), kernel.score(state, new), rtol=1e-10, atol=1e-10)
    values, base = TORCH[kernel].contributions(ours, new)
    expected, expected_base = kernel.contributions(state, new)
    np.testing.assert_allclose(values.numpy(), expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())
    assert np.isclose(base, expected_base, rtol=1e-10)


@each
def test_states_can_be_pickled(kernel):
    X = some_rows()
    for module in (kernel, TORCH[kernel]):
        state, scores = module.fit(X)
        again = pickle.loads(pickle.dumps(state))
        np.testing.assert_allclose(np.asarray(module.score(again, X)), np.asarray(scores), rtol=1e-12)


@settings(max_examples=30, deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(2, 20), st.integers(1, 4)), elements=st.floats(-1e6, 1e6)))
def test_torch_equals_numba_on_any_table(X):
    for kernel in (ecod, hbos):
        try:
            state, scores = kernel.fit(X)
        except DataError:
            assume(False)
        ours, found = TORCH[kernel].fit(X)
        np.testing.assert_allclose(found.numpy(), scores, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(TORCH[kernel].score(ours, X).numpy(), scores, rtol=1e-12, atol=1e-12)


@compiled
def test_pca_takes_the_mean_contributions_of_many_rows_over_some_of_them():
    X = np.random.default_rng(0).normal(size=(9000, 3))
    state, scores = pca.fit(X)
    assert np.array_equal(state.mean, pca.fit(X, n_jobs=2)[0].mean)
    parts, base = pca.contributions(state, X)
    np.testing.assert_allclose(base, scores[::3].mean(), rtol=1e-10)  # every third: 9000 / 4096, rounded up
    np.testing.assert_allclose(parts[::3].mean(axis=0), 0, atol=1e-10)
    np.testing.assert_allclose(base + parts.sum(axis=1), scores, rtol=1e-10)
    np.testing.assert_allclose(pca_torch.fit(X)[0].mean.numpy(), state.mean, rtol=1e-10)
