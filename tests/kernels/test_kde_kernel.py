"""Kernel density: both kernels against every bell summed, on tame and on hostile rows."""

import numpy as np
import pytest
from scipy.special import logsumexp

from pynomaly.errors import DataError
from pynomaly.kernels.cpu import kde as cpu, radial


def summed(X, h, Y=None):
    """-log of the density, by differences and scipy's logsumexp."""
    n, d = X.shape
    Y = X if Y is None else Y
    depths = np.array([logsumexp(-0.5 * (((x - X) / h) ** 2).sum(axis=1)) for x in Y])
    return np.log(n) + d * np.log(h * np.sqrt(2 * np.pi)) - depths


def by_numba(X, h, Y=None, **options):
    state, scores = cpu.fit(X, h, **options)
    return scores if Y is None else cpu.score(state, Y, **options)


def by_torch(X, h, Y=None, **options):
    gpu = pytest.importorskip("pynomaly.kernels.gpu.kde", exc_type=ImportError)
    state, scores = gpu.fit(X, h, **options)
    return (scores if Y is None else gpu.score(state, Y, **options)).numpy()


both = pytest.mark.parametrize("density", [by_numba, by_torch])


def hostile():
    rng = np.random.default_rng(3)
    plain = rng.normal(size=(300, 5))
    wild = plain.copy()
    wild[5], wild[6], wild[7] = 1e140, -1e60, 1e5
    return {
        "plain": plain, "offset": plain + 1e6, "wild": wild, "heavy": np.exp(plain * 4), "pairs": np.repeat(plain[:100], 2, axis=0),
        "clusters": np.append(plain[:150], 1e3 + plain[150:], axis=0), "whole": rng.integers(0, 3, size=(300, 4)).astype(float),
        "far twins": np.append(plain, np.repeat(1e9 + np.round(plain[:10]), 2, axis=0), axis=0), "wide": rng.normal(size=(200, 70)),
        "constant": np.full((50, 3), 7.0), "constant column": np.column_stack([plain, np.full(300, 1e8)]), "one column": plain[:, :1].copy(), "tiny": plain * 1e-200,
    }  # fmt: skip


@both
@pytest.mark.parametrize("bandwidth", [0.2, 1.0, 30.0])
@pytest.mark.parametrize("name", hostile())
def test_every_bell_is_counted(density, name, bandwidth):
    X = hostile()[name]
    np.testing.assert_allclose(density(X, bandwidth), summed(X, bandwidth), rtol=1e-9, atol=1e-9)


@both
@pytest.mark.parametrize("name", hostile())
def test_new_rows(density, name):
    X = hostile()[name]
    new = np.concatenate([X[:40], X[40:50] + 0.3, np.full((1, X.shape[1]), 1e4), np.full((1, X.shape[1]), -1e120)])
    found = density(X, 0.7, new)
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found, summed(X, 0.7, new), rtol=1e-9)
    np.testing.assert_allclose(found[:40], density(X, 0.7)[:40], rtol=1e-9)


@pytest.mark.interpreted
@both
@pytest.mark.parametrize("n", [1, 2, 3, 9])
def test_few_rows(density, n):
    X = np.random.default_rng(n).normal(size=(n, 5))
    np.testing.assert_allclose(density(X, 1.0), summed(X, 1.0), rtol=1e-12)
    np.testing.assert_allclose(density(X, 1.0, X + 50), summed(X, 1.0, X + 50), rtol=1e-12)


@pytest.mark.interpreted
def test_several_cells(monkeypatch):
    monkeypatch.setattr(cpu, "ROOM", 4)
    X = np.append(np.random.default_rng(0).normal(size=(14, 3)), 40 + np.zeros((3, 3)), axis=0)
    np.testing.assert_allclose(by_numba(X, 0.5), summed(X, 0.5), rtol=1e-12)
    np.testing.assert_allclose(by_numba(X, 0.5, X + 3), summed(X, 0.5, X + 3), rtol=1e-12)


@pytest.mark.interpreted
def test_the_exponential():
    squares = np.append(np.random.default_rng(0).uniform(0, 800, 200), [0.0, np.inf])
    out, bits = np.empty_like(squares), np.empty_like(squares)
    radial.decay(squares, 0.9, 0.0, out, bits, bits.view(np.int64))
    np.testing.assert_allclose(out[:-1], np.maximum(np.exp(-0.9 * squares[:-1]), np.exp(-708.0)), rtol=1e-15)
    assert out[-2] == 1.0 and 0 < out[-1] < 1e-300


def test_rows_score_alike_in_any_company():
    X = np.random.default_rng(0).normal(size=(3000, 12))
    new = np.concatenate([X[:300] * 1.1, X[:100] + 5])
    state = cpu.fit(X, 1.0)[0]
    together = cpu.score(state, new)
    np.testing.assert_array_equal(together[::7], [cpu.score(state, new[i : i + 1])[0] for i in range(0, 400, 7)])
    np.testing.assert_array_equal(together[123:], cpu.score(state, new[123:]))


def test_threads_and_steps_change_nothing(monkeypatch):
    X = np.random.default_rng(0).normal(size=(3000, 12))
    monkeypatch.setattr(cpu, "ROOM", 32)
    steps = []
    one = by_numba(X, 1.0, step=steps.append)
    np.testing.assert_array_equal(one, by_numba(X, 1.0, n_jobs=3))
    assert sum(steps) == 3000
    state = cpu.fit(X)[0]
    np.testing.assert_array_equal(cpu.score(state, X), cpu.score(state, X, n_jobs=3, step=steps.append))
    assert sum(steps) == 6000


@both
def test_an_interrupt_is_passed_on(density):
    X = np.random.default_rng(0).normal(size=(1000, 3))

    def stop(_):
        raise KeyboardInterrupt

    for new in (None, X):
        with pytest.raises(KeyboardInterrupt):
            density(X, 1.0, new, step=stop)


@both
def test_values_too_large_for_squares(density):
    with pytest.raises(DataError, match="1e\\+200 is too large"):
        density(np.array([[1e200], [1.0]]), 1.0)
    with pytest.raises(DataError, match="too large"):
        density(np.array([[2.0], [1.0]]), 1.0, np.array([[1e200]]))


@pytest.mark.parametrize("shape", [(2000, 3), (1500, 20), (700, 90)])
def test_torch_equals_numba(shape):
    X = np.random.default_rng(1).standard_t(3, size=shape)
    X[::7] = np.round(X[::7], 1)
    steps = []
    np.testing.assert_allclose(by_numba(X, 0.8), by_torch(X, 0.8, block=90_000, step=steps.append), rtol=1e-10)
    assert sum(steps) == len(X)
    np.testing.assert_allclose(by_numba(X, 0.8, X[:200] + 0.2), by_torch(X, 0.8, X[:200] + 0.2, block=90_000), rtol=1e-10)


def test_scikit_learn_agrees(adbench):
    from sklearn.neighbors import KernelDensity

    for name in ("14_glass", "40_vowels", "4_breastw"):
        X, _ = adbench(name)
        theirs = -KernelDensity().fit(X).score_samples(X)
        np.testing.assert_allclose(by_numba(X, 1.0), theirs, rtol=1e-9)
        np.testing.assert_allclose(by_torch(X, 1.0), theirs, rtol=1e-9)


def test_tiles_shrink_when_the_device_is_out_of_memory(monkeypatch):
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import kde as gpu

    X, sizes, tile, exhaust = np.random.default_rng(0).normal(size=(200, 3)), [], gpu._tile, gpu._exhaust
    X[:70] *= 1e9  # measured by differences

    def small(asking, longer, i, j, size, sums):
        sizes.append(size)
        tile(asking, longer, i, j, size, sums)
        if size > 30 and j > i:
            raise torch.OutOfMemoryError("no room")

    def few(state, x):
        if len(x) > 20:
            raise torch.OutOfMemoryError("no room")
        return exhaust(state, x)

    monkeypatch.setattr(gpu, "_tile", small)
    monkeypatch.setattr(gpu, "_exhaust", few)
    _, scores = gpu.fit(X, block=10_000)
    assert max(sizes) > 30 and min(sizes) <= 30
    np.testing.assert_allclose(scores.numpy(), summed(X, 1.0), rtol=1e-10)

    class Narrow:
        """Rows that can be multiplied by few others at a time."""

        def __init__(self, rows):
            self.rows = rows

        def __getitem__(self, part):
            if part.stop - part.start > 30:
                raise torch.OutOfMemoryError("no room")
            return self.rows[part]

    asking = gpu._asking
    monkeypatch.setattr(gpu, "_asking", lambda longer: Narrow(asking(longer)))
    state = gpu.KDEState(*gpu.fit(X[:20])[0])
    np.testing.assert_allclose(gpu.score(state, X).numpy(), summed(X[:20], 1.0, X), rtol=1e-10)
    with pytest.raises(torch.OutOfMemoryError, match="no room"):
        gpu.smaller(1, torch.OutOfMemoryError("no room"))
