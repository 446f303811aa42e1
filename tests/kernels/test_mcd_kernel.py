"""The minimum covariance determinant: steps, ladder, frame; numba against torch and against scikit-learn."""

import numpy as np
import pytest
from scipy.stats import chi2
from sklearn.covariance import MinCovDet

from pynomaly.kernels.cpu import concentration, mcd, quadratic
from pynomaly.kernels.fastmcd import Frame, consistency, half_of, halves, nearest_half, usual
from pynomaly.kernels.whitening import is_lower, padded, shares, whitening

TINY = np.random.default_rng(0).normal(size=(14, 2)) @ np.array([[1.0, 0.6], [0.0, 0.5]])


def table(n, d, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + 10.0 * rng.normal(size=d)
    X[: n // 10] += 20.0
    return X


def both(X, **options):
    gpu = pytest.importorskip("pynomaly.kernels.gpu.mcd")
    return mcd.fit(X, **options), gpu.fit(X, **options)


@pytest.mark.interpreted
@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_distances_are_mahalanobis_and_each_rows_own(d):
    rng = np.random.default_rng(d)
    X, centre = rng.normal(size=(35, d)), rng.normal(size=d)
    whiten = padded(whitening(np.eye(d) + 0.5)[0])
    assert is_lower(whiten)
    squares = quadratic.distances(X, centre, whiten)
    gaps = X - centre
    assert np.allclose(squares, (gaps @ np.linalg.inv(np.eye(d) + 0.5) * gaps).sum(axis=1))
    assert all(quadratic.distances(X[i : i + 1], centre, whiten)[0] == squares[i] for i in (0, 31, 34))
    assert (quadratic.distances(np.tile(X, (3, 1)), centre, whiten, n_jobs=2) == np.tile(squares, 3)).all()


@pytest.mark.interpreted
def test_a_step_finds_the_nearest_half_and_the_first_of_equally_far_rows():
    steps = concentration.Steps(np.array([[0.0], [1.0], [-1.0], [1.0], [9.0]]), Frame(np.zeros(1), np.ones(1), None))
    kept = steps(np.arange(5), np.array([[0, 1, 2]]), 3, 30, 1, True)
    assert kept.supports.tolist() == [[0, 1, 3]] or kept.supports.tolist() == [[0, 1, 2]]
    same = concentration.Steps(np.array([[0.0], [1.0], [1.0], [-1.0]]), Frame(np.zeros(1), np.ones(1), None))
    field = concentration._Field(same._tiles(np.arange(4)), 4, 1, 2)
    assert field.rows(field.around(padded(np.eye(1)), np.zeros(2), True)).tolist() == [0, 1]


@pytest.mark.interpreted
def test_tiny_tables_give_scikit_learns_support_and_scores():
    state, scores = mcd.fit(TINY, seed=3)
    theirs = MinCovDet(random_state=3).fit(TINY)
    assert (state.raw_support == theirs.raw_support_).all() and np.allclose(scores, theirs.dist_, rtol=1e-10)
    assert np.allclose(mcd.score(state, TINY[:1])[0], scores[0], rtol=0)


@pytest.mark.parametrize(("n", "d"), [(40, 3), (200, 7), (600, 4), (1500, 3), (1700, 5), (4000, 12)])
@pytest.mark.parametrize("seed", [0, 1])
def test_every_rung_of_the_ladder_is_scikit_learns(n, d, seed):
    X = table(n, d, seed)
    state, scores = mcd.fit(X, seed=seed)
    theirs = MinCovDet(random_state=seed).fit(X)
    assert (state.raw_support == theirs.raw_support_).all() and (state.support == theirs.support_).all()
    assert np.allclose(scores, theirs.dist_, rtol=1e-9)
    assert np.allclose(state.location, theirs.location_) and np.allclose(
        state.covariance / np.outer(state.unit, state.unit), theirs.covariance_
    )


@pytest.mark.parametrize("options", [{"support_fraction": 0.9}, {"support_fraction": 1.0}, {"assume_centered": True}])
@pytest.mark.parametrize("d", [1, 3])
def test_parameters_mean_what_they_mean_there(options, d):
    X = table(300, d) - 10.0
    _, scores = mcd.fit(X, seed=0, **options)
    theirs = MinCovDet(random_state=0, **options).fit(X).dist_
    if d == 1 and options.get("support_fraction") == 0.9:  # scikit-learn's stretch holds one value more, here the first far one: its centre is drawn away
        assert scores[theirs.argmax()] == scores.max()
    else:
        assert np.allclose(scores, theirs, rtol=1e-8)


def test_a_far_value_in_a_tiny_column_stands_out():
    _, scores = mcd.fit(np.array([[-1.0], [0.0], [0.1], [1.0], [50.0]]))
    assert scores.argmax() == 4 and scores[4] > 100 * np.sort(scores)[-2]


def test_constants_and_sums_are_left_out_and_change_nothing():
    X = table(300, 3)
    state, scores = mcd.fit(np.column_stack([X, X[:, 0] - 2 * X[:, 1], np.full(300, 0.1)]))
    assert state.empty == 2 and np.allclose(scores, mcd.fit(X)[1], rtol=1e-8)


def test_all_rows_alike_and_fewer_rows_than_columns():
    state, scores = mcd.fit(np.full((5, 3), 0.1))
    assert state.empty == 3 and not scores.any() and np.isfinite(mcd.score(state, np.ones((2, 3)))).all()
    state, scores = mcd.fit(np.random.default_rng(0).normal(size=(6, 20)))
    assert state.empty == 15 and np.allclose(scores, scores[0])


def test_a_half_that_does_not_vary_is_told_and_the_rest_is_measured():
    rng = np.random.default_rng(0)
    X = np.column_stack([rng.normal(size=(400, 2)), np.where(rng.random(400) < 0.1, rng.normal(5.0, size=400), 0.0)])
    state, scores = mcd.fit(X)
    assert state.empty == 0 and state.flat == 1 and np.isfinite(scores).all()
    same = np.zeros((50, 2))
    same[:10] = rng.normal(size=(10, 2))
    state, scores = mcd.fit(same)
    assert state.flat == 2 and scores[:10].min() > scores[10:].max()


def test_one_huge_value_does_not_hide_the_columns():
    X = np.random.default_rng(0).normal(size=(300, 2))
    X[7] = 1e10
    state, scores = mcd.fit(X)
    assert state.empty == 0 and scores.argmax() == 7 and np.allclose(np.median(scores), chi2(2).median(), rtol=0.4)


@pytest.mark.parametrize("scale", [1e150, 1e-150])
def test_scores_do_not_depend_on_the_scale(scale):
    X = table(200, 3)
    assert np.allclose(mcd.fit(X * scale)[1], mcd.fit(X)[1], rtol=1e-7)


@pytest.mark.parametrize(("n", "d", "centred"), [(40, 3, True), (600, 2, False), (1600, 3, False), (90, 1, False), (90, 1, True)])
def test_torch_finds_the_same(n, d, centred):
    X = table(n, d)
    (ours, scores), (theirs, other) = both(X, seed=1, assume_centered=centred)
    assert (ours.raw_support == theirs.raw_support.numpy()).all() and np.allclose(scores, other, rtol=1e-9)
    gpu = pytest.importorskip("pynomaly.kernels.gpu.mcd")
    assert np.allclose(gpu.contributions(theirs, X[:5])[0], mcd.contributions(ours, X[:5])[0], rtol=1e-6, atol=1e-9)


def test_torch_leaves_out_the_same_directions():
    X = table(300, 3)
    (ours, scores), (theirs, other) = both(np.column_stack([X, X.sum(axis=1)]))
    assert ours.empty == theirs.empty == 1 and ours.flat == theirs.flat == 0 and np.allclose(scores, other, rtol=1e-7)
    (ours, scores), (theirs, other) = both(np.column_stack([X, np.arange(300) % 9 == 0]))
    assert ours.flat == theirs.flat == 1 and np.isfinite(other).all() and ours.empty == theirs.empty == 0
    assert not both(np.ones((4, 2)))[1][1].any()


def test_contributions_add_up():
    X = table(300, 4)
    state, scores = mcd.fit(X)
    values, base = mcd.contributions(state, X)
    assert np.isclose(base, scores.mean()) and np.allclose(base + values.sum(axis=1), scores)


@pytest.mark.interpreted
def test_small_pieces():
    assert half_of(10, 2, None) == 7 and half_of(10, 2, 0.95) == 9 and half_of(3, 9, None) == 3
    assert np.isclose(usual(5), chi2(5).isf(0.025)) and consistency(1.0, 4) == 1.0
    assert np.isclose(consistency(0.5, 3), 0.5 / chi2(5).cdf(chi2(3).ppf(0.5)))
    assert nearest_half(np.array([3.0, 1.0]), 2)[0].tolist() == [0, 1]
    drawn = halves(np.random.RandomState(0), np.arange(10, 20), 4, 3)
    assert drawn.shape == (3, 4) and (np.diff(drawn) > 0).all() and drawn.min() >= 10
    assert whitening(np.zeros((2, 2)))[2] == 0
    assert np.isclose(shares(np.array([[3.0, 4.0]]), np.eye(2), np.ones(2), np.ones(2)).sum(), 25 - 2)
