"""Local outlier factor, angles and connectivity: numba against torch, against their definitions, and with copies of rows."""

import numpy as np
import pytest

from pynomaly.errors import ParameterError
from pynomaly.kernels.cpu import abod, cof, lof

NAMES = ["lof", "abod", "cof"]
CPU = {"lof": lof, "abod": abod, "cof": cof}


def torch_kernel(name):
    pytest.importorskip("torch")
    import importlib

    return importlib.import_module(f"pynomaly.kernels.gpu.{name}")


@pytest.fixture(scope="module")
def X():
    X = np.random.default_rng(0).standard_t(4, size=(900, 7))
    X[:60] = X[60:120]
    return X


@pytest.mark.parametrize("name", NAMES)
def test_torch_equals_numba(name, X):
    gpu = torch_kernel(name)
    (ours, scores), (theirs, expected) = CPU[name].fit(X, 8), gpu.fit(X, 8)
    np.testing.assert_allclose(expected.numpy(), scores, rtol=1e-9, atol=1e-15)
    new = np.append(X[:30], X[:30] + 0.1, axis=0)
    np.testing.assert_allclose(gpu.score(theirs, new).numpy(), CPU[name].score(ours, new), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_threads_steps_and_batches_change_nothing(name, X):
    steps = []
    state, scores = CPU[name].fit(X, 8, step=steps.append)
    np.testing.assert_array_equal(CPU[name].fit(X, 8, n_jobs=3)[1], scores)
    assert sum(steps) == len(X)
    tied = np.round(X[:40])
    together = CPU[name].score(state, tied)
    np.testing.assert_array_equal([CPU[name].score(state, row[None])[0] for row in tied], together)
    np.testing.assert_array_equal(CPU[name].score(state, tied, n_jobs=2), together)


@pytest.mark.parametrize("name", ["abod", "cof"])
def test_copies_count_once_and_training_rows_keep_their_scores(name, X):
    state, scores = CPU[name].fit(X, 6)
    np.testing.assert_array_equal(scores[:60], scores[60:120])
    np.testing.assert_allclose(CPU[name].score(state, X), scores, rtol=1e-12)
    np.testing.assert_allclose(CPU[name].fit(np.repeat(X[60:], 9, axis=0), 6)[1][::9], scores[60:], rtol=1e-9)


@pytest.mark.parametrize("backend", ["cpu", "gpu"])
@pytest.mark.parametrize("different", [1, 2, 3])
@pytest.mark.parametrize("name", NAMES)
def test_hardly_any_different_rows(name, different, backend):
    kernel = CPU[name] if backend == "cpu" else torch_kernel(name)
    state, scores = kernel.fit(np.repeat(np.eye(3)[:different], 9, axis=0), 4)
    assert np.isfinite(np.asarray(scores)).all()
    if different == 1:
        np.testing.assert_allclose(np.asarray(scores), 0 if name == "abod" else 1)
    new = np.asarray(kernel.score(state, np.array([np.eye(3)[0], [9.0, 9.0, 9.0]])))
    assert np.isfinite(new).all() and (name == "abod" or new[1] > new[0])


@pytest.mark.parametrize("backend", ["cpu", "gpu"])
@pytest.mark.parametrize("name", NAMES)
def test_k_out_of_range(name, backend):
    kernel = CPU[name] if backend == "cpu" else torch_kernel(name)
    with pytest.raises(ParameterError, match="n_neighbors is 5, but each of the 5 training rows has 4 others: give a number from 1 to 4"):
        kernel.fit(np.eye(5), 5)
    if name == "abod":
        with pytest.raises(ParameterError, match="n_neighbors is 2, and an angle needs two neighbours beside the row itself"):
            kernel.fit(np.eye(5), 2)


def nearest(X, k):
    every = np.sqrt(((X[:, None] - X[None]) ** 2).sum(2))
    np.fill_diagonal(every, np.inf)
    return every, every.argsort(axis=1, kind="stable")[:, :k]


@pytest.mark.interpreted
def test_lof_is_its_definition():
    X = np.random.default_rng(1).normal(size=(40, 3))
    every, who = nearest(X, 5)
    radius = every[np.arange(40), who[:, -1]]
    density = np.array([1 / (np.mean([max(every[i, j], radius[j]) for j in who[i]]) + 1e-10) for i in range(40)])
    np.testing.assert_allclose(lof.fit(X, 5)[1], [np.mean(density[who[i]]) / density[i] for i in range(40)], rtol=1e-12)


@pytest.mark.interpreted
def test_abod_is_its_definition():
    X = np.random.default_rng(2).normal(size=(30, 3))
    _, who = nearest(X, 4)
    expected = []
    for i in range(30):
        away = X[who[i]] - X[i]
        expected.append(-np.var([a @ b / (a @ a) / (b @ b) for s, a in enumerate(away) for b in away[s + 1 :]]))
    np.testing.assert_allclose(abod.fit(X, 5)[1], expected, rtol=1e-10)


@pytest.mark.interpreted
def test_cof_is_its_definition():
    X, k = np.random.default_rng(3).normal(size=(30, 3)), 5
    every, who = nearest(X, k)
    chain = np.empty(30)
    for i in range(30):
        tied, chain[i] = [i], 0.0
        for s, j in enumerate(who[i]):
            chain[i] += 2 * (k - s) / (k * (k + 1)) * min(every[j, t] for t in tied)
            tied.append(j)
    np.testing.assert_allclose(cof.fit(X, k)[1], chain / chain[who].mean(axis=1), rtol=1e-12)


def test_parts_shrink_when_the_device_is_out_of_memory():
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu.parts import each_part

    sizes, steps = [], []

    def work(part):
        sizes.append(part.stop - part.start)
        if sizes[-1] > 3:
            raise torch.OutOfMemoryError("no room")

    each_part(work, 10, 100, steps.append)
    assert sizes == [10, 5, 3, 3, 3, 1] and sum(steps) == 10
    with pytest.raises(torch.OutOfMemoryError):
        each_part(lambda _: (_ for _ in ()).throw(torch.OutOfMemoryError("no room")), 10, 4)
