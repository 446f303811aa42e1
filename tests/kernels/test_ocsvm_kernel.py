"""One-class support vector machine: libsvm's steps, optimality, both backends."""

import numpy as np
import pytest
from sklearn.svm import OneClassSVM

from pynomaly.errors import DataError
from pynomaly.kernels.cpu import ocsvm as cpu, smo
from pynomaly.kernels.similarity import Similarity

KINDS = [Similarity("rbf", 0.2), Similarity("linear", 0.2), Similarity("poly", 0.2, 3, 1.0), Similarity("sigmoid", 0.02, 3, -0.1)]


def data(n=400, d=5, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def gpu():
    return pytest.importorskip("pynomaly.kernels.gpu.ocsvm", exc_type=ImportError)


def libsvm(X, by, nu, tol=1e-3):
    return OneClassSVM(kernel=by.name, gamma=by.gamma, degree=by.degree, coef0=by.coef0, nu=nu, tol=tol).fit(X)


def plain(X, by):
    """The kernel matrix, in the plainest way."""
    if by.radial:
        return np.exp(-by.gamma * ((X[:, None] - X[None]) ** 2).sum(2))
    products = X @ X.T
    return {"linear": products, "poly": (by.gamma * products + by.coef0) ** by.degree, "sigmoid": np.tanh(by.gamma * products + by.coef0)}[by.name]


@pytest.mark.parametrize("nu", [0.05, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("n, d", [(400, 5), (1500, 20)])
def test_the_steps_are_libsvms(n, d, nu):
    X = data(n, d)
    theirs = libsvm(X, Similarity(gamma=1 / d), nu)
    state, scores = cpu.fit(X, Similarity(gamma=1 / d), nu)
    assert state.steps == theirs.n_iter_ and (state.support == np.sort(theirs.support_)).all()
    np.testing.assert_allclose(scores, -theirs.decision_function(X), atol=1e-10)
    np.testing.assert_allclose(cpu.score(state, X[:50] + 1), -theirs.decision_function(X[:50] + 1), atol=1e-10)
    assert state.offset == pytest.approx(-theirs.intercept_[0], abs=1e-10)


@pytest.mark.parametrize("by", KINDS, ids=lambda by: by.name)
def test_other_similarities(by):
    X = data(200)
    state, scores = cpu.fit(X, by, 0.4, tol=1e-5)
    theirs = libsvm(X, by, 0.4, tol=1e-5)
    np.testing.assert_allclose(scores, -theirs.decision_function(X), atol=1e-3, rtol=1e-4)
    alpha = np.zeros(200)
    alpha[state.support] = state.weights[state.weights > 0].ravel()
    np.testing.assert_allclose(scores, state.offset - plain(X, by) @ alpha, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(cpu.score(state, X), scores, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("by", KINDS[:3], ids=lambda by: by.name)
def test_torch_finds_the_same_boundary(by):
    X = data(500)
    state, scores = gpu().fit(X, by, 0.3, tol=1e-6)
    here, theirs = cpu.fit(X, by, 0.3, tol=1e-6)
    np.testing.assert_allclose(scores.numpy(), theirs, atol=1e-4, rtol=1e-5)
    new = X[:60] * 1.5
    np.testing.assert_allclose(gpu().score(state, new).numpy(), cpu.score(here, new), atol=1e-4, rtol=1e-5)
    np.testing.assert_allclose(gpu().score(state, X, block=9_000).numpy(), scores.numpy(), atol=1e-9, rtol=1e-9)


@pytest.mark.interpreted
@pytest.mark.parametrize("nu", [0.3, 0.5, 1.0])
@pytest.mark.parametrize("n", [2, 3, 9])
def test_few_rows_are_solved_to_the_optimum(n, nu):
    X = data(n, 2, seed=n)
    K = plain(X, Similarity(gamma=0.5))
    for fit in (cpu.fit, gpu().fit):
        state, scores = fit(X, Similarity(gamma=0.5), nu, tol=1e-9)
        weights = np.asarray(state.weights)
        alpha = np.zeros(n)
        alpha[state.support] = weights[weights > 0].ravel()
        assert alpha.sum() == pytest.approx(nu * n) and alpha.max() <= 1.0
        gradient = K @ alpha
        if (alpha < 1).any():  # no pair can move and lower the objective
            assert gradient[alpha > 0].max() - gradient[alpha < 1].min() < 1e-6
        np.testing.assert_allclose(np.asarray(scores), state.offset - gradient, atol=1e-9)
        assert np.isfinite(np.asarray(scores)).all()


@pytest.mark.interpreted
@pytest.mark.parametrize("by", KINDS, ids=lambda by: by.name)
def test_few_rows_score_as_in_training(by):
    X = data(7, 3)
    state, scores = cpu.fit(X, by, 0.5, tol=1e-6)
    np.testing.assert_allclose(cpu.score(state, X), scores, atol=1e-10)


@pytest.mark.interpreted
def test_the_start_is_libsvms():
    assert smo.start(4, 0.625).tolist() == [1.0, 1.0, 0.5, 0.0]
    assert smo.start(3, 1.0).tolist() == [1.0, 1.0, 1.0]
    assert smo.start(300, 0.9).sum() == pytest.approx(270, abs=1e-9)
    assert smo.offset(np.array([1.0, 3.0]), np.array([1.0, 0.0])) == 2.0
    assert smo.offset(np.array([1.0, 3.0]), np.array([1.0, 1.0])) == 3.0


def test_a_small_cache_changes_nothing():
    X = data(900, 6)
    wide = cpu.fit(X, Similarity(gamma=0.2), 0.3)[1]
    np.testing.assert_allclose(cpu.fit(X, Similarity(gamma=0.2), 0.3, cache_size=0.0)[1], wide, atol=1e-10)


def test_threads_and_steps_change_nothing():
    X = data(3000, 6)
    units = []
    one = cpu.fit(X, Similarity(gamma=0.2), 0.1, step=units.append)
    many = cpu.fit(X, Similarity(gamma=0.2), 0.1, n_jobs=3)
    np.testing.assert_array_equal(one[1], many[1])
    assert sum(units) == cpu.PROGRESS and min(units) >= 0
    rows = []
    np.testing.assert_array_equal(cpu.score(one[0], X, step=rows.append), cpu.score(one[0], X, n_jobs=3))
    assert sum(rows) == 3000
    np.testing.assert_array_equal(cpu.score(one[0], X)[7:40], cpu.score(one[0], X[7:40]))
    assert cpu.score(one[0], X[11:12])[0] == cpu.score(one[0], X)[11]


def hostile():
    plain = data(150, 4, seed=3)
    return {
        "pairs": np.repeat(plain[:75], 2, axis=0), "constant": np.full((60, 3), 7.0), "constant column": np.column_stack([plain, np.full(150, 1e8)]),
        "far twins": np.append(plain, np.repeat(1e9 + np.round(plain[:10]), 2, axis=0), axis=0), "wild": np.append(plain, [[1e140] * 4, [-1e60] * 4], axis=0),
        "offset": plain + 1e7, "one column": plain[:, :1].copy(),
    }  # fmt: skip


@pytest.mark.parametrize("name", hostile())
def test_hostile_rows(name):
    X = hostile()[name]
    for fit, score in ((cpu.fit, cpu.score), (gpu().fit, gpu().score)):
        state, scores = fit(X, Similarity(gamma=0.25), 0.5)
        scores = np.asarray(scores)
        assert np.isfinite(scores).all() and state.gap < 1e-3
        np.testing.assert_allclose(np.asarray(score(state, X)), scores, atol=1e-6)
        alpha = np.zeros(len(X))
        weights = np.asarray(state.weights)
        alpha[state.support] = weights[weights > 0].ravel()
        with np.errstate(over="ignore"):
            np.testing.assert_allclose(scores, state.offset - plain(X, Similarity(gamma=0.25)) @ alpha, atol=1e-6)


def test_far_rows_score_the_offset():
    state, _ = cpu.fit(data(), Similarity(gamma=0.2), 0.2)
    assert cpu.score(state, np.full((1, 5), 1e5))[0] == pytest.approx(state.offset)


def test_steps_can_be_limited():
    X = data(600)
    for fit in (cpu.fit, gpu().fit):
        state, _ = fit(X, Similarity(gamma=0.2), 0.3, max_iter=20)
        assert state.steps == 20 and state.gap >= 1e-3


def test_an_interrupt_is_passed_on():
    X = data(600)

    def stop(_):
        raise KeyboardInterrupt

    state, _ = cpu.fit(X, Similarity(gamma=0.2))
    calls = (lambda: cpu.fit(X, Similarity(gamma=0.2), step=stop), lambda: cpu.score(state, X, step=stop), lambda: gpu().fit(X, Similarity(gamma=0.2), step=stop))
    for call in calls:
        with pytest.raises(KeyboardInterrupt):
            call()


def test_values_too_large_for_squares():
    state, _ = cpu.fit(data(), Similarity(gamma=0.2))
    for call in (lambda X: cpu.fit(X, Similarity()), lambda X: cpu.score(state, X), lambda X: gpu().fit(X, Similarity())):
        with pytest.raises(DataError, match="too large"):
            call(np.full((3, 5), 1e200))


def test_working_sets_shrink_when_the_device_is_out_of_memory(monkeypatch):
    torch = pytest.importorskip("torch")
    kernel = gpu()
    X, alike, sizes = data(), kernel._alike, []

    def small(a, b, centre, by):
        sizes.append(len(a))
        if len(a) > 50:
            raise torch.OutOfMemoryError("no room")
        return alike(a, b, centre, by)

    expected = kernel.fit(X, Similarity(gamma=0.2), 0.3, tol=1e-6)[1]
    monkeypatch.setattr(kernel, "_alike", small)
    np.testing.assert_allclose(kernel.fit(X, Similarity(gamma=0.2), 0.3, tol=1e-6)[1].numpy(), expected.numpy(), atol=1e-4)
    assert max(sizes) > 50 and min(sizes) <= 50

    def never(*_):
        raise torch.OutOfMemoryError("no room")

    monkeypatch.setattr(kernel, "_alike", never)
    with pytest.raises(torch.OutOfMemoryError):
        kernel.fit(X, Similarity(gamma=0.2))
