"""TreeSHAP of the torch kernel, against the numba kernel."""

import numpy as np
import pytest

from pynomaly.kernels.cpu import iforest as forests
from pynomaly.kernels.cpu import treeshap as cpu

torch = pytest.importorskip("torch")
gpu = pytest.importorskip("pynomaly.kernels.gpu.treeshap")
to_device = pytest.importorskip("pynomaly.kernels.gpu.iforest").to_device


def table(n, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


@pytest.mark.interpreted
@pytest.mark.parametrize("n", [2, 3, 8, 14])
def test_a_few_rows(n):
    X = table(n)
    forest = forests.fit(X, n_estimators=3, seed=n)
    (values, base), (expected, theirs) = gpu.path_contributions(to_device(forest, "cpu"), torch.as_tensor(X)), cpu.path_contributions(forest, X)
    assert values.numpy() == pytest.approx(expected, abs=1e-13) and base == pytest.approx(theirs)


def test_rows_all_alike_have_nothing_to_explain():
    X = np.ones((6, 2))
    forest = forests.fit(X, n_estimators=2)
    values, base = gpu.path_contributions(to_device(forest, "cpu"), torch.as_tensor(X))
    assert (values == 0).all() and base == pytest.approx(forest.normaliser)


def test_paths_of_many_columns():
    X = table(5000, 30)
    forest = forests.fit(X, n_estimators=2, sample_size=5000, seed=0)
    values, _ = gpu.path_contributions(to_device(forest, "cpu"), torch.as_tensor(X[:5]))
    assert values.numpy() == pytest.approx(cpu.path_contributions(forest, X[:5])[0], abs=1e-11)


def test_a_real_table_in_groups(adbench, monkeypatch):
    X, _ = adbench("6_cardio")
    forest = forests.fit(X, n_estimators=20, seed=3)
    expected, base = cpu.path_contributions(forest, X[:60])
    monkeypatch.setattr(gpu, "CELLS", 2**19)
    steps = []
    values, ours = gpu.path_contributions(to_device(forest, "cpu"), torch.as_tensor(X[:60]), step=steps.append)
    assert np.abs(values.numpy() - expected).max() < 1e-12 and ours == pytest.approx(base) and sum(steps) == 60


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA card here")
def test_the_card_is_equal():
    X = table(2000, 8)
    forest = forests.fit(X, seed=3)
    values, _ = gpu.path_contributions(to_device(forest, "cuda"), torch.as_tensor(X[:200], device="cuda"))
    assert np.abs(values.cpu().numpy() - cpu.path_contributions(forest, X[:200])[0]).max() < 1e-12
