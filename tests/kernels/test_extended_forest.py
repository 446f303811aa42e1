"""The extended isolation forest: kernels, numba and torch, compiled and interpreted, and the detector that uses them."""

import pickle

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from pynomaly.detectors.iforest import IForest
from pynomaly.errors import ParameterError
from pynomaly.kernels.cpu import extended as cpu

TINY = {"n_estimators": 4, "seed": 5}


def table(n, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def by_hand(forest, X):
    """The scores, by the definition."""
    scores = []
    for x in X:
        lengths = []
        for column, weight, threshold, length in zip(forest.column, forest.weight, forest.threshold, forest.length, strict=True):
            node = 0
            while node < len(threshold):
                node = 2 * node + 1 + int((weight[node] * x[column[node]]).sum() > threshold[node])
            lengths.append(length[node - len(threshold)])
        scores.append(2.0 ** (-np.mean(lengths) / forest.normaliser))
    return np.array(scores)


def same(one, other):
    return all((np.asarray(a) == np.asarray(b)).all() for a, b in zip(one, other, strict=True))


def tables():
    return {
        "two rows": (table(2), 2),
        "three columns": (table(20), 2),
        "six columns": (table(20, 6), 4),
        "seven columns": (table(20, 7), 6),
        "two of five": (table(20, 5), 1),
        "constant columns": (np.column_stack([np.full(12, 3.0), table(12, 2), np.full(12, -1.0)]), 3),
        "one varies": (np.column_stack([np.full(12, 3.0), table(12, 1), np.full(12, -1.0)]), 1),
        "all alike": (np.ones((9, 3)), 2),
        "duplicates": (np.repeat(table(6), 3, axis=0), 1),
        "other units": (table(20) * [1e-9, 1.0, 1e12], 2),
        "beyond float32": (np.vstack([table(12), [[1e300, -1e300, 0.0]]]), 2),
    }


@pytest.mark.interpreted
@pytest.mark.parametrize("name", tables())
def test_scores_are_those_of_the_definition(name):
    X, level = tables()[name]
    forest = cpu.fit(X, extension_level=level, **TINY)
    rows = np.clip(np.vstack([X, X + 0.3]), -3e38, 3e38)
    assert cpu.score(forest, rows) == pytest.approx(by_hand(forest, rows), abs=1e-12)
    assert (forest.cover[:, 0] == len(X)).all()
    splits = np.arange(forest.threshold.shape[1])
    assert (forest.cover[:, 2 * splits + 1] + forest.cover[:, 2 * splits + 2] == forest.cover[:, splits]).all()


@pytest.mark.interpreted
def test_every_cut_looks_at_as_many_columns_as_asked():
    forest = cpu.fit(table(20, 6), extension_level=2, **TINY)
    split = np.isfinite(forest.threshold)
    assert ((forest.weight[split] != 0).sum(axis=1) == 3).all()
    assert all(len(set(node)) == 3 for node in forest.column[split])
    assert set(forest.column[split].ravel()) == set(range(6))


@pytest.mark.interpreted
def test_constant_columns_are_never_weighed():
    forest = cpu.fit(tables()["constant columns"][0], extension_level=3, **TINY)
    assert set(forest.column[forest.weight != 0]) == {1, 2}


@pytest.mark.interpreted
def test_units_do_not_matter():
    X = table(20)
    scores = cpu.score(cpu.fit(X, extension_level=2, **TINY), X)
    units = np.array([2.0**-30, 1.0, 2.0**40])
    np.testing.assert_array_equal(cpu.score(cpu.fit(X * units, extension_level=2, **TINY), X * units), scores)


@pytest.mark.interpreted
@pytest.mark.parametrize("name", tables())
def test_torch_grows_and_scores_the_same_forest(name):
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import extended as gpu

    X, level = tables()[name]
    forest, theirs = cpu.fit(X, extension_level=level, **TINY), gpu.fit(torch.as_tensor(X), extension_level=level, **TINY)
    assert same(gpu.to_arrays(theirs)[:5], forest[:5])
    assert gpu.score(theirs, torch.as_tensor(X)).numpy() == pytest.approx(cpu.score(forest, X), abs=1e-14)


@pytest.mark.parametrize("parameters", [{"n_columns": 5}, {"n_columns": 3, "extension_level": 2}, {"bootstrap": True}, {"sample_size": 700}])
def test_torch_on_a_real_set_in_groups(adbench, monkeypatch, parameters):
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import extended as gpu

    monkeypatch.setattr(gpu, "CELLS", 2**15)
    X, _ = adbench("6_cardio")
    shape = {"n_estimators": 10, "seed": 7, "extension_level": 4} | parameters
    forest, theirs, steps = cpu.fit(X, **shape), gpu.fit(torch.as_tensor(X), **shape), []
    assert same(gpu.to_arrays(theirs)[:5], forest[:5])
    assert np.abs(gpu.score(theirs, torch.as_tensor(X), step=steps.append).numpy() - cpu.score(forest, X)).max() < 1e-14
    assert len(steps) > 2 and sum(steps) == len(X)


def test_the_ghosts_go():
    chance = np.random.default_rng(0)
    X = np.vstack([chance.normal(0, 1, (250, 2)), chance.normal(10, 1, (250, 2))])
    corner = np.array([[i, j] for i in np.linspace(-2, 2, 9) for j in np.linspace(8, 12, 9)])

    def missed(level):
        model = IForest(random_state=1, extension_level=level, contamination=0.01).fit(X)
        return 1 - model.predict(corner).mean()

    assert missed(0) > 0.3 and missed(1) == 0


def test_the_detector(adbench):
    X, y = adbench("6_cardio")
    model = IForest(random_state=0, extension_level=4, n_estimators=50).fit(X)
    assert roc_auc_score(y, model.decision_scores_) > 0.9
    np.testing.assert_array_equal(model.decision_function(X[:20]), model.decision_scores_[:20])
    np.testing.assert_array_equal(IForest(random_state=0, extension_level=4, n_estimators=50, n_jobs=2).fit(X).decision_scores_, model.decision_scores_)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).decision_function(X), model.decision_scores_)
    torch = IForest(random_state=0, extension_level=4, n_estimators=50, backend="torch", device="cpu").fit(X)
    np.testing.assert_allclose(torch.decision_scores_, model.decision_scores_, atol=1e-14)


def test_only_cuts_along_the_columns_explain_themselves():
    model = IForest(n_estimators=3, random_state=0, extension_level=2).fit(table(30))
    assert not model.explains and not IForest(extension_level=1).explains and IForest().explains
    with pytest.raises(ParameterError, match="extension_level=2, as its cuts run across the columns: use pynomaly.explain"):
        model.contributions(table(3))
    assert model.set_params(extension_level=0).fit(table(30)).explains


@pytest.mark.parametrize("level", [-1, 3, 1.5, "full", True])
def test_levels_that_are_not_there_are_refused(level):
    with pytest.raises(ParameterError, match="extension_level is"):
        IForest(extension_level=level).fit(table(30))
    with pytest.raises(ParameterError, match="from 0 to 0"):
        IForest(extension_level=1).fit(table(30, 1))
