"""TreeSHAP on isolation forests, against the definition, and against shap."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest
from sklearn.ensemble import IsolationForest

from pynomaly.kernels.cpu import iforest as forests
from pynomaly.kernels.cpu import treeshap as cpu
from pynomaly.kernels.forest import Forest, from_sklearn


def table(n, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def answer(forest, tree, x, known, node=0):
    """What a tree answers about `x` when only the columns in `known` are: at the others it goes both ways."""
    splits = forest.feature.shape[1]
    if node >= splits:
        return forest.length[tree, node - splits]
    left, right = 2 * node + 1, 2 * node + 2
    if forest.cover[tree, right] == 0:
        return answer(forest, tree, x, known, left)
    if forest.feature[tree, node] in known:
        return answer(forest, tree, x, known, right if x[forest.feature[tree, node]] > forest.threshold[tree, node] else left)
    parts = (forest.cover[tree, child] * answer(forest, tree, x, known, child) for child in (left, right))
    return sum(parts) / forest.cover[tree, node]


def by_definition(forest, X):
    """Shapley values from every set of columns."""
    X, d = np.asarray(X, dtype=np.float32), X.shape[1]
    values = np.zeros(X.shape)
    for row, x in enumerate(X):
        worth = {
            known: np.mean([answer(forest, tree, x, known) for tree in range(len(forest.feature))])
            for size in range(d + 1)
            for known in combinations(range(d), size)
        }
        for i in range(d):
            for known, value in worth.items():
                if i not in known:
                    weight = factorial(len(known)) * factorial(d - 1 - len(known)) / factorial(d)
                    values[row, i] += weight * (worth[tuple(sorted((*known, i)))] - value)
    return values, worth[()]


def path_lengths(forest, X):
    return -forest.normaliser * np.log2(forests.score(forest, X))


@pytest.mark.interpreted
@pytest.mark.parametrize("n", [2, 3, 8, 14])
def test_equal_to_the_definition(n):
    X = table(n)
    forest = forests.fit(X, n_estimators=3, seed=n)
    expected, base = by_definition(forest, X[:3])
    values, ours = cpu.path_contributions(forest, X[:3])
    assert values == pytest.approx(expected, abs=1e-13) and ours == pytest.approx(base, abs=1e-13)


def test_equal_to_the_definition_on_repeated_and_constant_columns():
    X = np.column_stack([np.repeat(np.arange(20.0), 3), np.full(60, 2.0), table(60, 3).round()])
    forest = forests.fit(X, n_estimators=5, seed=1)
    expected, base = by_definition(forest, X[::20])
    values, ours = cpu.path_contributions(forest, X[::20])
    assert values == pytest.approx(expected, abs=1e-12) and ours == pytest.approx(base)
    assert (values[:, 1] == 0).all()


@pytest.mark.interpreted
def test_a_table_of_patterns_holds_the_values_of_each():
    share = np.array([0.5, 0.125, 0.9])
    places, weights = cpu.quadrature(3)
    product, table_, phi, work = np.empty(8), np.empty((3, 8)), np.empty(3), np.empty((2, 3))
    cpu.tabulate(share, places, weights, 2.0, product, table_)
    for pattern in range(8):
        cpu.shapley(pattern, share, places, weights, work, phi)
        assert table_[:, pattern] == pytest.approx(2 * phi, abs=1e-15)
        hits = [(pattern >> j) & 1 for j in range(3)]
        assert phi.sum() == pytest.approx(np.prod(hits) - share.prod())


@pytest.mark.interpreted
def test_adds_up():
    X = table(12)
    forest = forests.fit(X, n_estimators=3, sample_size=8, seed=0)
    values, base = cpu.path_contributions(forest, X)
    assert base + values.sum(axis=1) == pytest.approx(path_lengths(forest, X), abs=1e-13)


@pytest.mark.interpreted
def test_rows_all_alike_have_nothing_to_explain():
    X = np.ones((6, 2))
    forest = forests.fit(X, n_estimators=2)
    values, base = cpu.path_contributions(forest, X)
    assert (values == 0).all() and base == pytest.approx(forest.normaliser)


@pytest.mark.parametrize("name", ["6_cardio", "32_shuttle", "40_vowels", "35_SpamBase"])
def test_equal_to_shap(adbench, name):
    shap = pytest.importorskip("shap")
    X, _ = adbench(name)
    model = IsolationForest(n_estimators=40, random_state=0).fit(X)
    rows = X[:: max(1, len(X) // 60)]
    explainer = shap.TreeExplainer(model)
    values, base = cpu.path_contributions(from_sklearn(model), rows)
    assert np.abs(values - explainer.shap_values(rows)).max() < 1e-9
    assert base == pytest.approx(float(np.ravel(explainer.expected_value)[0]), abs=1e-9)


@pytest.mark.parametrize("parameters", [{"max_samples": 1500}, {"max_features": 0.4}, {"bootstrap": True}])
def test_equal_to_shap_with_other_parameters(adbench, parameters):
    shap = pytest.importorskip("shap")
    X, _ = adbench("6_cardio")
    model = IsolationForest(n_estimators=10, random_state=0, **parameters).fit(X)
    values, _ = cpu.path_contributions(from_sklearn(model), X[:30])
    assert np.abs(values - shap.TreeExplainer(model).shap_values(X[:30])).max() < 1e-9


def test_paths_of_many_columns_add_up():
    X = table(5000, 30)
    forest = forests.fit(X, n_estimators=2, sample_size=5000, seed=0)
    assert int(np.log2(forest.length.shape[1])) > cpu.TABULATED
    values, base = cpu.path_contributions(forest, X[:40])
    assert base + values.sum(axis=1) == pytest.approx(path_lengths(forest, X[:40]), abs=1e-11)


@pytest.mark.parametrize("rows", [1, 2, 9, 70])
def test_few_rows_and_many_are_explained_alike(rows):
    X = table(500, 6)
    forest = forests.fit(X, n_estimators=20, seed=0)
    together = cpu.path_contributions(forest, X)[0][:rows]
    assert cpu.path_contributions(forest, X[:rows])[0] == pytest.approx(together, abs=1e-13)


def test_threads_and_blocks_change_nothing(monkeypatch):
    X, steps = table(900, 4), []
    forest = forests.fit(X, n_estimators=10, seed=0)
    monkeypatch.setattr(cpu, "BLOCK", 300)
    values, _ = cpu.path_contributions(forest, X)
    assert (cpu.path_contributions(forest, X, n_jobs=3, step=steps.append)[0] == values).all() and sum(steps) == 900
    assert (cpu.path_contributions(forest, X.astype(np.float32))[0] == values).all()


@pytest.mark.interpreted
def test_one_row_of_many_columns_is_worked_out_without_a_table():
    X = table(40, 6)
    forest = forests.fit(X, n_estimators=2, seed=0)
    assert cpu.path_contributions(forest, X[:1])[0] == pytest.approx(by_definition(forest, X[:1])[0], abs=1e-13)


def test_covers_that_are_no_whole_numbers():
    forest = forests.fit(table(60, 3), n_estimators=2, seed=0)
    weighted = Forest(*forest[:2], forest.cover * 0.37, *forest[3:])
    values, base = cpu.path_contributions(weighted, table(5, 3))
    assert values == pytest.approx(cpu.path_contributions(forest, table(5, 3))[0], abs=1e-13) and base == pytest.approx(cpu.mean_path_length(forest))
