"""Gaussian mixtures: one component in closed form, several by EM; numba against torch and against scikit-learn."""

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from pynomaly.kernels.cpu import gmm
from pynomaly.kernels.mixture import mixture, starting

KINDS = ("full", "tied", "diag", "spherical")
TINY = np.random.default_rng(0).normal(size=(12, 2)) @ np.array([[1.0, 0.6], [0.0, 0.5]])


def groups(n=400, d=3, seed=0):
    rng = np.random.default_rng(seed)
    return np.vstack([rng.normal(size=(n // 2, d)), rng.normal(size=(n - n // 2, d)) @ rng.normal(size=(d, d)) + 5.0])


@pytest.mark.interpreted
@pytest.mark.parametrize("kind", KINDS)
def test_one_component_on_a_tiny_table(kind):
    state, scores = gmm.fit(TINY, covariance_type=kind)
    theirs = GaussianMixture(covariance_type=kind).fit(TINY)
    assert np.allclose(scores, -theirs.score_samples(TINY), rtol=1e-12) and np.isclose(state.lower_bound, theirs.lower_bound_)
    assert (np.concatenate([gmm.score(state, TINY[i : i + 1]) for i in range(12)]) == scores).all()
    values, base = gmm.contributions(state, TINY)
    assert np.allclose(base + values.sum(axis=1), scores) and np.isclose(base, scores.mean())


@pytest.mark.interpreted
def test_two_components_on_a_tiny_table():
    state, scores = gmm.fit(TINY, 2, seed=1, reg_covar=1e-3)
    theirs = GaussianMixture(2, random_state=1, reg_covar=1e-3).fit(TINY)
    assert state.rounds == theirs.n_iter_ and np.allclose(scores, -theirs.score_samples(TINY), rtol=1e-8)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("d", [1, 4, 7])
def test_one_component_is_scikit_learns_to_the_last_digits(kind, d):
    X = groups(3000, d)
    _, scores = gmm.fit(X, covariance_type=kind)
    theirs = -GaussianMixture(covariance_type=kind).fit(X).score_samples(X)
    assert np.abs(scores / theirs - 1).max() < 2e-12


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["kmeans", "k-means++", "random", "random_from_data"])
def test_em_reaches_the_likelihood_of_scikit_learn(kind, how):
    if kind == "tied" and how in ("k-means++", "random_from_data"):
        pytest.skip("scikit-learn starts these from the products of all rows over a weight of a few")
    X = groups(300)
    options = {"covariance_type": kind, "init_params": how, "reg_covar": 1e-3, "max_iter": 25}
    state, scores = gmm.fit(X, 3, seed=2, **options)
    theirs = GaussianMixture(3, random_state=2, **options).fit(X)
    assert state.rounds == theirs.n_iter_ and state.converged == theirs.converged_
    assert np.isclose(state.lower_bound, theirs.lower_bound_, rtol=1e-8) and np.allclose(scores, -theirs.score_samples(X), rtol=1e-6)


def test_the_best_of_several_starts_is_kept():
    X = groups(300)
    bounds = [gmm.fit(X, 4, init_params="random", n_init=n, seed=0)[0].lower_bound for n in (1, 4)]
    assert bounds[1] >= bounds[0]
    assert np.isclose(bounds[1], GaussianMixture(4, init_params="random", n_init=4, random_state=0).fit(X).lower_bound_, rtol=1e-6)


@pytest.mark.parametrize("k", [1, 2])
def test_scores_are_each_rows_own_whatever_the_threads(k):
    X = groups(500)
    state, scores = gmm.fit(X, k, n_jobs=2)
    assert (gmm.score(state, X[77:78])[0], gmm.score(state, X, n_jobs=3)[77]) == (scores[77], scores[77])
    assert (gmm.fit(X, k)[1] == scores).all()


@pytest.mark.parametrize("k", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_torch_is_the_same(k, kind):
    gpu = pytest.importorskip("pynomaly.kernels.gpu.gmm")
    X = groups(300) * [1.0, 100.0, 1e-3]
    (ours, scores), (theirs, other) = gmm.fit(X, k, kind), gpu.fit(X, k, kind)
    assert np.allclose(scores, other, rtol=1e-9) and np.allclose(gmm.score(ours, X[:7] + 1), gpu.score(theirs, X[:7] + 1), rtol=1e-9)
    assert np.isclose(ours.lower_bound, theirs.lower_bound) and ours.rounds == theirs.rounds
    if k == 1:
        assert np.allclose(gmm.contributions(ours, X[:9])[0], gpu.contributions(theirs, X[:9])[0], rtol=1e-7, atol=1e-9)


def test_moments_are_enough_for_one_component():
    X = groups(500)
    state = gmm.fit_moments(500, X.mean(axis=0), np.cov(X.T, ddof=0))
    assert np.allclose(gmm.score(state, X), gmm.fit(X)[1], rtol=1e-11) and state.counts.tolist() == [500.0]


def test_dependent_columns_are_raised_and_a_row_that_breaks_the_rule_stands_out():
    X = groups(300) * 1e6
    X = np.column_stack([X, X.sum(axis=1)])
    X[9, 3] += 1e5
    assert gmm.fit(X)[1].argmax() == 9
    whole = np.column_stack([X[:, :3], X[:, :3].sum(axis=1)])
    state, scores = gmm.fit(whole)
    assert state.raised and np.isfinite(scores).all()
    assert gmm.score(state, X[9:10])[0] > 100 + scores.max()


@pytest.mark.parametrize("kind", KINDS)
def test_constant_columns_and_no_regularisation(kind):
    X = np.column_stack([groups(100), np.full(100, 0.1)])
    _, scores = gmm.fit(X, covariance_type=kind)
    assert np.allclose(scores, -GaussianMixture(covariance_type=kind).fit(X).score_samples(X), rtol=1e-9)
    assert np.isfinite(gmm.fit(X, covariance_type=kind, reg_covar=0.0)[1]).all()


@pytest.mark.parametrize("scale", [1e150, 1e160, 1e-150])
@pytest.mark.parametrize("kind", KINDS)
def test_scales_beyond_squares(scale, kind):
    X = groups(100)
    _, scores = gmm.fit(X * scale, covariance_type=kind)
    assert np.isfinite(scores).all()
    if scale > 1:
        plain = gmm.fit(X, covariance_type=kind, reg_covar=0.0)[1]
        assert np.allclose(scores - plain, 3 * np.log(scale), rtol=1e-7)


@pytest.mark.interpreted
def test_starts_share_out_every_row():
    for how in ("kmeans", "random"):
        assert np.allclose(starting(TINY, 3, how, np.random.RandomState(0)).sum(axis=1), 1)
    for how in ("k-means++", "random_from_data"):
        assert (starting(TINY, 3, how, np.random.RandomState(0)).sum(axis=0) == 1).all()


@pytest.mark.interpreted
def test_kinds_of_covariances():
    counts, means, unit = np.array([1.0, 3.0]), np.zeros((2, 2)), np.array([1.0, 0.5])
    covariances = np.array([[[1.0, 0.5], [0.5, 1.0]], [[2.0, 0.0], [0.0, 1.0]]])
    tied = mixture(counts, means, covariances, unit, "tied", 0.0).covariances
    assert np.allclose(tied, 0.25 * covariances[0] + 0.75 * covariances[1])
    round_ = mixture(counts, means, covariances, unit, "spherical", 0.0).covariances / unit / unit[:, None]
    assert np.allclose(round_[0], 2.5 * np.eye(2)) and np.allclose(round_[1], 3.0 * np.eye(2))
