"""Nearest neighbours: both kernels against every distance measured, on tame and on hostile rows."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from pynomaly.errors import DataError, ParameterError
from pynomaly.kernels.cpu import cells, knn as cpu


def measured(X, k, Y=None):
    """Distances to the k nearest rows, by differences in double precision."""
    out = []
    for i, row in enumerate(X if Y is None else Y):
        every = np.sqrt(((X - row) ** 2).sum(axis=1))
        out.append(np.sort(np.delete(every, i) if Y is None else every)[:k])
    return np.array(out)


def by_numba(X, k, Y=None, **settings):
    distances, positions = cpu.neighbours(cpu.fit(X), k, Y, **settings)
    return distances, positions


def by_torch(X, k, Y=None, **settings):
    gpu = pytest.importorskip("pynomaly.kernels.gpu.knn", exc_type=ImportError)
    distances, positions = gpu.neighbours(gpu.fit(X), k, Y, **settings)
    return distances.numpy(), positions.numpy()


both = pytest.mark.parametrize("neighbours", [by_numba, by_torch])


def hostile():
    rng = np.random.default_rng(3)
    plain = rng.normal(size=(600, 5))
    offset = plain + 1e5
    wild = plain.copy()
    wild[5], wild[6] = 1e30, -1e30
    heavy = np.exp(plain * 6)
    close = 1e8 + np.round(rng.normal(size=(600, 5)), 6)
    pairs = np.repeat(plain[:300], 2, axis=0)
    clusters = np.append(plain[:300] * 1e-9, 1e3 + plain[300:] * 1e-9, axis=0)
    far_twins = plain.copy()
    far_twins[:20] = 1e12 + np.round(plain[:20], 3)
    whole = rng.integers(0, 3, size=(600, 4)).astype(float)
    zeros = np.where(rng.random((600, 6)) < 0.9, 0.0, plain[:, [0, 1, 2, 3, 4, 0]])
    wide = rng.normal(size=(300, 70))
    tiny = plain * 1e-200
    return {
        "plain": plain, "offset": offset, "wild": wild, "heavy": heavy, "close": close, "pairs": pairs, "clusters": clusters, "far twins": far_twins,
        "whole": whole, "zeros": zeros, "wide": wide, "constant": np.full((50, 3), 7.0), "one column": plain[:, :1].copy(),
    } | {"tiny": tiny * 1e60}


@both
@pytest.mark.parametrize("name", hostile())
def test_distances_are_exact(neighbours, name):
    X = hostile()[name]
    distances, positions = neighbours(X, 6)
    np.testing.assert_allclose(distances, measured(X, 6), rtol=1e-9)
    assert (positions != np.arange(len(X))[:, None]).all()
    assert all(len(set(row)) == 6 for row in positions)
    np.testing.assert_allclose(np.sqrt(((X[positions] - X[:, None]) ** 2).sum(2)), distances, rtol=1e-12)


@both
@pytest.mark.parametrize("name", ["plain", "close", "wild", "pairs", "wide"])
def test_new_rows_are_compared_with_all_training_rows(neighbours, name):
    X = hostile()[name]
    new = np.append(X[:40], X[40:80] * 1.1, axis=0)
    distances, _ = neighbours(X, 3, new)
    np.testing.assert_allclose(distances, measured(X, 3, new), rtol=1e-9)
    assert (distances[:40, 0] == 0).all()
    alone = np.array([neighbours(X, 3, new[i : i + 1])[0][0] for i in range(0, 80, 9)])
    np.testing.assert_array_equal(alone, distances[::9])


@both
@pytest.mark.parametrize("n", range(2, 11))
def test_few_rows(neighbours, n):
    X = np.random.default_rng(n).normal(size=(n, 2))
    distances, _ = neighbours(X, n - 1)
    np.testing.assert_allclose(distances, measured(X, n - 1), rtol=1e-12)


@both
def test_a_duplicated_row_has_its_twin(neighbours):
    X = np.array([[1.5, 0.1], [1.5, 0.1], [7.0, 7.0], [1.5, 0.1]])
    distances, positions = neighbours(X, 2)
    assert (distances[[0, 1, 3]] == 0).all() and distances[2].min() > 8
    assert sorted(positions[0]) == [1, 3]


@both
@pytest.mark.parametrize("k", [0, -1, 4, 5])
def test_k_out_of_range(neighbours, k):
    with pytest.raises(ParameterError, match=f"n_neighbors is {k}, but each of the 4 training rows has 3 others: give a number from 1 to 3"):
        neighbours(np.eye(4), k)


@both
def test_k_out_of_range_for_new_rows(neighbours):
    assert neighbours(np.eye(4), 4, np.zeros((1, 4)))[0].shape == (1, 4)
    with pytest.raises(ParameterError, match="n_neighbors is 5, but there are 4 training rows"):
        neighbours(np.eye(4), 5, np.zeros((1, 4)))


@both
def test_values_too_large_for_squares(neighbours):
    with pytest.raises(DataError, match="1e\\+200 is too large"):
        neighbours(np.array([[1e200], [1.0]]), 1)
    with pytest.raises(DataError, match="too large"):
        neighbours(np.array([[2.0], [1.0]]), 1, np.array([[1e200]]))


def test_threads_and_steps_change_nothing():
    X = np.random.default_rng(0).normal(size=(3000, 12))
    steps = []
    one, many = by_numba(X, 4, step=steps.append), by_numba(X, 4, n_jobs=3)
    np.testing.assert_array_equal(one[0], many[0])
    np.testing.assert_array_equal(one[1], many[1])
    assert sum(steps) == 3000


def test_an_interrupt_is_passed_on():
    X = np.random.default_rng(0).normal(size=(1000, 3))

    def stop(_):
        raise KeyboardInterrupt

    for neighbours in (by_numba, by_torch):
        with pytest.raises(KeyboardInterrupt):
            neighbours(X, 2, step=stop)


@pytest.mark.parametrize("shape", [(2000, 3), (1500, 20), (700, 90), (400, 300)])
def test_torch_equals_numba(shape):
    X = np.random.default_rng(1).standard_t(3, size=shape)
    X[::7] = np.round(X[::7], 1)
    a, b = by_numba(X, 7), by_torch(X, 7, block=300_000)
    np.testing.assert_allclose(a[0], b[0], rtol=1e-11)
    assert (a[1] == b[1]).mean() > 0.99


def test_scikit_learn_agrees(adbench):
    from sklearn.neighbors import NearestNeighbors

    for name in ("2_annthyroid", "4_breastw", "40_vowels"):
        X, _ = adbench(name)
        theirs = NearestNeighbors(n_neighbors=5, algorithm="kd_tree").fit(X).kneighbors()[0]
        np.testing.assert_allclose(by_numba(X, 5)[0], theirs, rtol=1e-9)
        np.testing.assert_allclose(by_torch(X, 5)[0], theirs, rtol=1e-9)


def test_blocks_shrink_when_the_device_is_out_of_memory(monkeypatch):
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import knn as gpu

    X, sizes, nominate = np.random.default_rng(0).normal(size=(200, 3)), [], gpu._nominate

    def small(state, x, k, first):
        sizes.append(len(x))
        if len(x) > 30:
            raise torch.OutOfMemoryError("no room")
        return nominate(state, x, k, first)

    monkeypatch.setattr(gpu, "_nominate", small)
    np.testing.assert_allclose(by_torch(X, 4)[0], measured(X, 4), rtol=1e-12)
    assert sizes[:4] == [200, 100, 50, 25] and set(sizes[3:]) == {25}
    monkeypatch.setattr(gpu, "_nominate", lambda *_: (_ for _ in ()).throw(torch.OutOfMemoryError("no room")))
    with pytest.raises(torch.OutOfMemoryError):
        by_torch(X, 4)


def test_rows_without_a_certificate_are_measured_against_everything(monkeypatch):
    pytest.importorskip("torch")
    from pynomaly.kernels.gpu import knn as gpu

    exhausted, exhaust = [], gpu._exhaust
    monkeypatch.setattr(gpu, "_exhaust", lambda state, x, k, own: exhausted.append(len(x)) or exhaust(state, x, k, own))
    counts = []
    for name in ("plain", "constant", "clusters"):
        exhausted.clear()
        by_torch(hostile()[name], 3, block=6_000)
        counts.append(sum(exhausted))
    assert counts[0] < 30 and counts[1] == 0 and counts[2] == 300


def test_the_precision_of_products_is_read(monkeypatch):
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import knn as gpu

    class Matmul:
        fp32_precision = "tf32"

    monkeypatch.setattr(torch.backends.mkldnn, "matmul", Matmul, raising=False)
    assert gpu._roundoff(torch.device("cpu")) == 2.0**-11
    Matmul.fp32_precision = "none"
    assert gpu._roundoff(torch.device("cpu")) == 2.0**-24
    del Matmul.fp32_precision
    assert gpu._roundoff(torch.device("cpu")) == {"highest": 2.0**-24, "high": 2.0**-11, "medium": 2.0**-8}[torch.get_float32_matmul_precision()]


@pytest.mark.parametrize("method, expected", [("largest", [4.0, 8.0]), ("mean", [2.25, 5.0]), ("median", [2.0, 4.5])])
def test_scores_from_distances(method, expected):
    distances = np.array([[1.0, 2.0, 2.0, 4.0], [3.0, 4.0, 5.0, 8.0]])
    assert cpu.score(distances, method).tolist() == expected
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import knn as gpu

    assert gpu.score(torch.as_tensor(distances), method).tolist() == expected
    assert gpu.score(torch.as_tensor(distances[:, :3]), "median").tolist() == [2.0, 4.0]


def test_state_survives_pickling():
    X = np.random.default_rng(0).normal(size=(300, 4))
    state = pickle.loads(pickle.dumps(cpu.fit(X)))
    np.testing.assert_array_equal(cpu.neighbours(state, 3)[0], by_numba(X, 3)[0])


@given(arrays(np.float64, st.tuples(st.integers(2, 60), st.integers(1, 6)), elements=st.floats(-6e4, 6e4, width=16) | st.sampled_from([0.0, 1.0, 1e6])))
@settings(max_examples=60, deadline=None)
def test_any_rows(X):
    k = min(3, len(X) - 1)
    expected = measured(X, k)
    np.testing.assert_allclose(by_numba(X, k)[0], expected, rtol=1e-12)
    np.testing.assert_allclose(by_torch(X, k)[0], expected, rtol=1e-12)


@pytest.mark.interpreted
def test_small_cells_interpreted():
    X = np.round(np.random.default_rng(0).normal(size=(60, 5)), 1)
    X[10:15] = X[10]
    space = cells.settle(X)
    state = cpu.KNNState(space, cells.build(X, space, 8))
    distances, positions = cpu.neighbours(state, 3)
    np.testing.assert_allclose(distances, measured(X, 3), rtol=1e-12)
    np.testing.assert_allclose(cpu.neighbours(state, 2, X[:5] + 0.05)[0], measured(X, 2, X[:5] + 0.05), rtol=1e-12)
    assert sorted(state.cells.order) == list(range(60)) and len(state.cells.packed) == 8


@pytest.mark.interpreted
def test_many_columns_interpreted():
    X = np.random.default_rng(0).normal(size=(24, 70))
    X[3] = X[9]
    np.testing.assert_allclose(by_numba(X, 4)[0], measured(X, 4), rtol=1e-12)


@pytest.mark.interpreted
def test_filter_distances_never_exceed_true_ones():
    for X in (hostile()["close"][:80], hostile()["far twins"][:80], hostile()["wild"][:80]):
        space = cells.settle(X)
        coarse, blur = cells.project(X, space)
        apart = np.sqrt(((coarse.T[:, None].astype(float) - coarse.T[None]) ** 2).sum(2))
        true = np.sqrt(((X[:, None] - X[None]) ** 2).sum(2)) * space.scale
        assert (apart <= (true + blur[:, None] + blur[None]) * (1 + 1e-12)).all()


@both
def test_among_equally_far_rows_the_first_are_taken(neighbours):
    X = np.random.default_rng(4).integers(0, 3, size=(700, 6)).astype(float)
    every = ((X[:, None] - X[None]) ** 2).sum(2)
    at_places = every[:50].argsort(axis=1, kind="stable")[:, :9]
    np.fill_diagonal(every, np.inf)
    at_own = every.argsort(axis=1, kind="stable")[:, :9]
    distances, positions = neighbours(X, 9)
    apart = distances[:, -1] > 0  # of more than nine copies of a row, any may be taken
    assert apart.sum() > 500
    np.testing.assert_array_equal(positions[apart], at_own[apart])
    distances, positions = neighbours(X, 9, X[:50])
    np.testing.assert_array_equal(positions[distances[:, -1] > 0], at_places[distances[:, -1] > 0])


@pytest.mark.interpreted
def test_the_widest_column_is_widest_between_its_deciles():
    columns = np.random.default_rng(0).normal(size=(3, 400)).astype(np.float32)
    columns[1] *= 2
    columns[2, 5] = 1e6
    assert cells._widest(columns, np.arange(400), 0, 400, np.empty(64, np.float32)) == 1
    rare = np.zeros((2, 400), np.float32)
    rare[1, 0] = 1.0
    assert cells._widest(rare, np.arange(400), 0, 400, np.empty(64, np.float32)) == 1
