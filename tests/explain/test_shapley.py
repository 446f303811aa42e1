"""Shapley values: games whose values are known, the axioms, and shap's own explainers."""

from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from pynomaly.errors import ParameterError
from pynomaly.explain.shapley import background, shapley

rng = np.random.default_rng(0)


def smooth(Z):
    """A score with interactions of all columns."""
    return np.sqrt((Z**2).sum(axis=1)) + Z[:, 0] * Z[:, 1] - np.maximum(Z[:, 2], Z[:, 3])


@pytest.mark.parametrize("d, budget", [(4, 1_000), (12, 2_000)])
def test_linear(d, budget):
    weights, X, typical = rng.normal(size=d), rng.normal(size=(3, d)), rng.normal(size=(20, d))
    found = shapley(lambda Z: Z @ weights + 2, X, typical, budget=budget)
    np.testing.assert_allclose(found.values, weights * (X - typical.mean(axis=0)), atol=1e-12)
    assert found.base == pytest.approx(2 + typical.mean(axis=0) @ weights)


def test_a_product_is_shared_equally():
    found = shapley(lambda Z: Z.prod(axis=1), np.array([[2.0, 3.0, 5.0]]), np.zeros((1, 3)))
    np.testing.assert_allclose(found.values, [[10.0, 10.0, 10.0]])


def test_a_maximum_is_shared_as_the_airport_game_says():
    costs = np.array([1.0, 3.0, 7.0, 7.0, 12.0])
    steps = np.diff(costs, prepend=0) / np.arange(5, 0, -1)
    found = shapley(lambda Z: Z.max(axis=1), costs[None], np.zeros((1, 5)))
    np.testing.assert_allclose(found.values[0], np.cumsum(steps))


def test_all_coalitions_follow_the_definition():
    d, x, typical = 4, rng.normal(size=4), rng.normal(size=(3, 4))
    worth = lambda S: smooth(np.where(np.isin(np.arange(d), list(S)), x, typical)).mean()
    expected = np.zeros(d)
    for i in range(d):
        for bits in range(2**d):
            S = {j for j in range(d) if bits >> j & 1}
            if i not in S:
                expected[i] += factorial(len(S)) * factorial(d - len(S) - 1) / factorial(d) * (worth(S | {i}) - worth(S))
    found = shapley(smooth, x[None], typical, budget=1_000)
    np.testing.assert_allclose(found.values[0], expected, atol=1e-12)
    assert found.evaluations == 3 + 1 + 14 * 3 and (found.stderr == 0).all()


def test_samples_come_near_the_exact_values_and_know_how_near():
    X, typical = rng.normal(size=(5, 9)) + 1, rng.normal(size=(10, 9))
    exact = shapley(smooth, X, typical, budget=6_000)
    assert (exact.stderr == 0).all()
    errors = []
    for seed in range(20):
        found = shapley(smooth, X, typical, budget=1_600, seed=seed)
        assert found.evaluations == 10 + 5 * (1 + 10 * 160)
        errors.append(np.abs(found.values - exact.values) / found.stderr)
    within = np.mean(np.array(errors) < 2)
    assert 0.88 < within < 0.99


def test_more_budget_less_error():
    X, typical = rng.normal(size=(3, 14)) * 2, rng.normal(size=(10, 14))
    wide = lambda Z: np.sqrt((Z**2).sum(axis=1))
    exact = shapley(wide, X, typical, budget=200_000).values
    error = [np.abs(shapley(wide, X, typical, budget=b).values - exact).mean() for b in (300, 30_000)]
    assert error[1] < error[0] / 3


def test_one_round_overstates_its_errors_rather_than_hide_them():
    X, typical = rng.normal(size=(2, 9)), rng.normal(size=(10, 9))
    exact = shapley(smooth, X, typical, budget=6_000).values
    found = shapley(smooth, X, typical, budget=1)
    assert (found.stderr > 0).all() and np.mean(np.abs(found.values - exact) < 2 * found.stderr) > 0.9
    single = shapley(smooth, X, typical[:1], budget=1)
    assert single.evaluations == 1 + 2 * (1 + 2 * 16) and np.isfinite(single.stderr).all() and single.stderr.max() > 0


@given(st.integers(1, 8), st.integers(1, 6), st.integers(1, 4_000), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_efficiency(d, b, budget, seed):
    rng = np.random.default_rng(seed)
    X, typical = rng.normal(size=(2, d)), rng.normal(size=(b, d))
    score = lambda Z: np.exp(Z.sum(axis=1) / 3) + Z[:, 0] * Z[:, -1]
    found = shapley(score, X, typical, budget=budget, seed=seed)
    np.testing.assert_allclose(found.values.sum(axis=1) + found.base, score(X), rtol=1e-12, atol=1e-12)
    assert found.base == score(typical).mean()


@given(st.integers(2, 9), st.integers(1, 3_000), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_a_column_that_is_not_used_gets_nothing(d, budget, seed):
    rng = np.random.default_rng(seed)
    score = lambda Z: np.abs(Z[:, 1:]).max(axis=1) + Z[:, 1] * Z[:, -1]
    found = shapley(score, rng.normal(size=(2, d)), rng.normal(size=(4, d)), budget=budget, seed=seed)
    np.testing.assert_array_equal(found.values[:, 0], 0.0)


@given(st.integers(2, 6), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_columns_with_the_same_role_get_the_same(d, seed):
    rng = np.random.default_rng(seed)
    X, typical = rng.normal(size=(1, d)), rng.normal(size=(5, d))
    X[:, 1], typical[:, 1] = X[:, 0], typical[:, 0]
    found = shapley(lambda Z: np.log1p((Z**2).sum(axis=1)), X, typical, budget=10_000)
    assert found.values[0, 0] == pytest.approx(found.values[0, 1])


@pytest.mark.parametrize("budget", [100, 100_000])
def test_columns_move_together(budget):
    X, typical = rng.normal(size=(2, 7)), rng.normal(size=(5, 7))
    groups = [np.array([3, 0]), np.array([1]), np.array([2, 4]), np.array([5]), np.array([6])]
    score = lambda Z: Z[:, 0] * Z[:, 3] + Z[:, 1] + Z[:, 2] * Z[:, 4] - Z[:, 5] * 2
    found = shapley(score, X, typical, groups, budget)
    expected = np.stack([X[:, 0] * X[:, 3] - (typical[:, 0] * typical[:, 3]).mean(), X[:, 1] - typical[:, 1].mean(),
                         X[:, 2] * X[:, 4] - (typical[:, 2] * typical[:, 4]).mean(), -2 * (X[:, 5] - typical[:, 5].mean()), np.zeros(2)], axis=1)
    np.testing.assert_allclose(found.values, expected, atol=1e-12)


@pytest.mark.parametrize("budget", [500, 50_000])
def test_a_rows_values_are_its_own(budget):
    X, typical = rng.normal(size=(4, 10)), rng.normal(size=(6, 10))
    together = shapley(smooth, X, typical, budget=budget, seed=4)
    alone = [shapley(smooth, X[i : i + 1], typical, budget=budget, seed=4).values[0] for i in range(4)]
    np.testing.assert_array_equal(together.values, alone)
    if budget == 500:
        assert not np.array_equal(together.values, shapley(smooth, X, typical, budget=budget, seed=5).values)


@pytest.mark.parametrize("budget", [4_000, 200_000])
def test_batches_are_bounded_and_change_nothing(monkeypatch, budget):
    import pynomaly.explain.shapley as module

    X, typical, seen = rng.normal(size=(2, 10)), rng.normal(size=(20, 10)), []

    def score(Z):
        seen.append(len(Z))
        return smooth(Z)

    whole = shapley(smooth, X, typical, budget=budget)
    monkeypatch.setattr(module, "BATCH", 150)
    steps = []
    np.testing.assert_allclose(shapley(score, X, typical, budget=budget, step=steps.append).values, whole.values, rtol=1e-12, atol=1e-13)
    assert max(seen) <= 150 and steps == [1, 1] and sum(seen) == whole.evaluations


def test_nothing_to_explain():
    found = shapley(smooth, np.empty((0, 5)), np.zeros((2, 5)))
    assert found.values.shape == (0, 5) and found.evaluations == 2


@pytest.mark.parametrize("change, said", [
    ({"groups": [[0, 1]]}, "each of the 3 columns exactly once"),
    ({"groups": [[0, 1], [1, 2]]}, "each of the 3 columns exactly once"),
    ({"groups": [[0, 1, 2], []]}, "none may be empty"),
    ({"groups": []}, "each of the 3 columns"),
    ({"budget": 0}, "budget is 0"),
    ({"background": np.zeros((2, 4))}, r"shape \(2, 4\), but it must hold at least 1 row of the 3 columns"),
    ({"background": np.zeros((0, 3))}, "at least 1 row"),
])
def test_refusals(change, said):
    given = {"background": np.zeros((1, 3)), **change}
    with pytest.raises(ParameterError, match=said):
        shapley(lambda Z: Z[:, 0], np.ones((1, 3)), **given)


def test_background_is_typical():
    X = np.arange(1000.0)[:, None]
    scores = np.abs(X[:, 0] - 500)
    rows = background(X, scores, size=80, seed=1)
    assert rows.shape == (80, 1) and len(np.unique(rows)) == 80
    assert np.abs(rows - 500).max() <= 450
    assert np.abs(np.quantile(np.abs(rows - 500), [0.25, 0.5, 0.75]) - [112, 225, 337]).max() < 12
    np.testing.assert_array_equal(rows, background(X, scores, size=80, seed=1))
    assert background(X[:4], scores[:4]).shape == (3, 1) and background(X[:1], scores[:1]).shape == (1, 1)
    for bad in ({"size": 0}, {"share": 0.0}, {"share": 1.5}):
        with pytest.raises(ParameterError):
            background(X, scores, **bad)


def test_shaps_exact_explainer_agrees():
    shap = pytest.importorskip("shap")
    X, typical = rng.normal(size=(3, 6)), rng.normal(size=(12, 6))
    theirs = shap.explainers.Exact(smooth, shap.maskers.Independent(typical, max_samples=12))(X)
    ours = shapley(smooth, X, typical, budget=2_000)
    np.testing.assert_allclose(ours.values, theirs.values, atol=1e-9)
    assert ours.base == pytest.approx(theirs.base_values[0])


def test_nearer_the_truth_than_shaps_permutation_explainer_at_equal_cost():
    shap = pytest.importorskip("shap")
    X, typical = rng.normal(size=(4, 10)) + 1, rng.normal(size=(20, 10))
    exact = shapley(smooth, X, typical, budget=30_000).values
    theirs = shap.explainers.Permutation(smooth, shap.maskers.Independent(typical, max_samples=20), seed=0)(X, max_evals=10 * 21, silent=True).values
    ours = shapley(smooth, X, typical, budget=10 * 21 * 20).values
    assert np.abs(ours - exact).mean() < np.abs(theirs - exact).mean()


def test_a_knn_row_is_explained_by_the_columns_that_set_it_apart():
    from pynomaly.detectors.knn import KNN

    X = np.random.default_rng(2).normal(size=(500, 9))
    X[0, [2, 5]] += 8
    model = KNN().fit(X)
    found = shapley(model.decision_function, X[:1], background(X, model.decision_scores_), budget=8_000)
    assert set(np.argsort(found.values[0])[-2:]) == {2, 5}
    assert found.values.sum() + found.base == pytest.approx(model.decision_function(X[:1])[0])
