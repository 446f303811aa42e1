"""The isolation forest of the torch kernel, against the numba kernel."""

import numpy as np
import pytest

from pynomaly.kernels.cpu import iforest as cpu

torch = pytest.importorskip("torch")
gpu = pytest.importorskip("pynomaly.kernels.gpu.iforest")


def table(n, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def same(one, other):
    return all((np.asarray(a) == np.asarray(b)).all() for a, b in zip(one, other))


@pytest.mark.interpreted
@pytest.mark.parametrize("n", range(2, 11))
def test_a_few_rows(n):
    X = table(n)
    forest, theirs = cpu.fit(X, n_estimators=4, seed=5), gpu.fit(torch.as_tensor(X), n_estimators=4, seed=5)
    assert same(gpu.to_arrays(theirs), forest)
    assert gpu.score(theirs, torch.as_tensor(X)).numpy() == pytest.approx(cpu.score(forest, X), abs=1e-15)


def test_all_rows_alike_score_one_half():
    X = torch.ones(9, 2, dtype=torch.float64)
    assert gpu.score(gpu.fit(X, n_estimators=4), X).numpy() == pytest.approx(0.5)


def test_neighbouring_floats_are_parted():
    X = np.array([[1.0], [np.nextafter(np.float32(1), np.float32(2))]])
    for seed in range(5):
        assert same(gpu.to_arrays(gpu.fit(torch.as_tensor(X), n_estimators=3, seed=seed)), cpu.fit(X, n_estimators=3, seed=seed))


def test_a_threshold_never_reaches_the_greatest_value():
    low, high = torch.tensor([1.0]), torch.tensor([float(np.nextafter(np.float32(1), np.float32(2)))])
    assert gpu.place(low, high, torch.tensor([1 - 2.0**-53], dtype=torch.float64)) == low


def test_values_beyond_float32_keep_their_order():
    X = np.array([[1e300], [1.0], [2.0], [3.0], [-1e300], [1.5]])
    assert same(gpu.to_arrays(gpu.fit(torch.as_tensor(X), n_estimators=8, seed=0)), cpu.fit(X, n_estimators=8, seed=0))


@pytest.mark.parametrize("parameters", [{}, {"n_columns": 2}, {"bootstrap": True}, {"sample_size": 700}, {"sample_size": 3}])
def test_torch_grows_and_scores_the_same_forest(adbench, parameters):
    X, _ = adbench("6_cardio")
    X = np.vstack([X, X[:100]])
    forest = cpu.fit(X, n_estimators=30, seed=7, **parameters)
    theirs = gpu.fit(torch.as_tensor(X), n_estimators=30, seed=7, **parameters)
    assert same(gpu.to_arrays(theirs), forest)
    assert np.abs(gpu.score(theirs, torch.as_tensor(X)).numpy() - cpu.score(forest, X)).max() < 1e-14


def test_torch_works_in_groups(monkeypatch):
    X = table(600)
    whole = gpu.fit(torch.as_tensor(X), n_estimators=10, seed=1)
    monkeypatch.setattr(gpu, "CELLS", 2048)
    steps = []
    parts = gpu.fit(torch.as_tensor(X), n_estimators=10, seed=1)
    assert same(gpu.to_arrays(parts), gpu.to_arrays(whole))
    scores = gpu.score(parts, torch.as_tensor(X), step=steps.append)
    assert len(steps) > 2 and sum(steps) == 600
    assert scores.numpy() == pytest.approx(cpu.score(gpu.to_arrays(whole), X), abs=1e-15)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA card here")
def test_the_card_gives_the_same_forest_and_scores():
    X = table(5000, 8)
    forest, there = cpu.fit(X, seed=2), torch.as_tensor(X, device="cuda")
    theirs = gpu.fit(there, seed=2)
    assert same(gpu.to_arrays(theirs), forest)
    assert np.abs(gpu.score(theirs, there).cpu().numpy() - cpu.score(forest, X)).max() < 1e-14
