"""Explanations by name: where the answer is known they all find it, and what they cannot do they say in one sentence."""

import sys

import numpy as np
import pandas as pd
import pytest

import pynomaly as pyn
from pynomaly.encoding.matrix import Feature, Matrix
from pynomaly.errors import MissingExtraError, ParameterError
from pynomaly.explain.explain import METHODS, explain
from pynomaly.explain.gradients import gradients, integrated, torch_score
from pynomaly.explain.libraries import Masker, lime_lines, shap_permutations
from pynomaly.explain.shares import by_group
from pynomaly.explain.trees import grown, nodes_of, shap_trees, tree_shap

SLOPES = np.array([2.0, -1.0, 0.0, 0.5, 3.0])
GROUPS = (np.array([0]), np.array([1, 2]), np.array([3]), np.array([4]))
FEATURES = tuple(Feature(f"f{i}", name, "number") for i, name in enumerate(("a", "b", "b", "c", "d")))


class Slope:
    """A score that is a straight line: its contributions are known."""

    def decision_function(self, X):
        return np.asarray(X) @ SLOPES


class Parabola:
    """A score that is a sum of one bent term a column."""

    def decision_function(self, X):
        return self.terms(np.asarray(X)).sum(axis=1)

    def terms(self, X):
        return np.column_stack([X[:, 0] ** 2, np.abs(X[:, 1]) + X[:, 2], np.sin(X[:, 3]), np.exp(X[:, 4] / 4)])


@pytest.fixture(scope="module")
def rows():
    return np.random.default_rng(3).normal(size=(200, 5)) * [1, 2, 1, 3, 0.5] + [0, 5, 0, 0, 1]


@pytest.mark.parametrize("method", ["auto", "shapley", "shap", "lime"])
def test_every_method_finds_the_contributions_of_a_straight_line(rows, method):
    model, matrix = Slope(), Matrix(rows, FEATURES)
    steps = []
    why = explain(model, matrix, np.array([4, 7]), rows, model.decision_function(rows), method, background=np.arange(20, 60), step=steps.append)
    answer = by_group(SLOPES * (rows[[4, 7]] - rows[20:60].mean(axis=0)), GROUPS)
    assert np.allclose(why.values, answer, atol=1e-8) and sum(steps) == 2
    assert np.isclose(why.base, model.decision_function(rows[20:60]).mean())
    assert np.allclose(why.base + why.values.sum(axis=1), model.decision_function(rows[[4, 7]]))


def test_gradients_find_the_contributions_of_a_straight_line(rows):
    torch = pytest.importorskip("torch")
    values = integrated(lambda Z: Z @ torch.as_tensor(SLOPES), rows[[4, 7]], rows[20:60], steps=1)
    assert np.allclose(values, SLOPES * (rows[[4, 7]] - rows[20:60].mean(axis=0)))


@pytest.mark.parametrize("method", ["shapley", "shap"])
def test_shapley_values_of_a_sum_are_its_terms(rows, method):
    model, matrix = Parabola(), Matrix(rows, FEATURES)
    why = explain(model, matrix, np.array([4, 7]), rows, model.decision_function(rows), method, background=np.arange(20, 60), budget=400)
    assert np.allclose(why.values, model.terms(rows[[4, 7]]) - model.terms(rows[20:60]).mean(axis=0), atol=1e-9)


def test_the_answer_of_hbos_is_known_too(rows):
    frame = pd.DataFrame(rows, columns=list("abcde"))
    found = pyn.detect(frame, "hbos")
    background = np.arange(30)
    exact, sampled, shap = (found.explain([1, 2], method=m, background=background) for m in ("exact", "shapley", "shap"))
    typical = found.explain(background, method="exact").values.mean(axis=0)
    for other in (sampled, shap):
        assert np.allclose(other.values, exact.values - typical, atol=1e-9)


@pytest.mark.parametrize("name", ["iforest", "sklearn.iforest", "pyod.iforest"])
def test_forests_say_the_same_by_both_libraries_and_add_up(rows, name):
    if name == "iforest":
        model = pyn.detector(name, n_estimators=15, random_state=0)
    else:
        model = pyn.detector(name, n_estimators=15, random_state=0, max_samples=64)
    found = pyn.detect(pd.DataFrame(rows, columns=list("abcde")), model)
    ours, theirs = (found.explain([0, 5, 9], method=m) for m in ("tree-shap", "shap"))
    assert np.allclose(ours.values, theirs.values, atol=1e-9) and np.isclose(ours.base, theirs.base, atol=1e-9)
    shift = 0.0 if grown(found.model) is None else grown(found.model).shift
    assert np.allclose(np.log2(ours.scores + shift), ours.base + ours.values.sum(axis=1), atol=1e-6)
    assert ("+" in ours.rule.split("=")[0]) == (name == "pyod.iforest")
    assert "tree-shap" in ours.method and "TreeExplainer" in theirs.method


def test_trees_of_one_column_each_have_additive_scores(rows):
    """Then what a column gives is what the logarithm of the score loses without it."""
    model = pyn.detector("iforest", n_estimators=40, max_features=1, random_state=0).fit(rows)
    pair = np.repeat(rows[[3]], 2, axis=0)
    pair[1, 4] = rows[8, 4]
    groups = tuple(np.arange(5)[:, None])
    for found in (tree_shap(model, pair, groups), shap_trees(grown(model), pair, groups)):
        change = np.diff(np.log2(model.decision_function(pair)))
        assert np.allclose(np.diff(found.values, axis=0), [[0, 0, 0, 0, change[0]]], atol=1e-6) and abs(change[0]) > 0


def test_nodes_without_a_cut_are_left_out():
    model = pyn.detector("iforest", n_estimators=3, random_state=0).fit(np.array([[0.0], [1.0], [2.0], [50.0]]))
    for tree in nodes_of(model.forest_)["trees"]:
        inner = tree["children_left"] >= 0
        assert np.isfinite(tree["thresholds"][inner]).all() and tree["node_sample_weight"][0] == 4


@pytest.mark.parametrize("name", ["autoencoder", "vae", "deep_svdd", "dagmm"])
def test_gradients_of_our_networks_add_up(rows, name):
    torch = pytest.importorskip("torch")
    model = pyn.detector(name, hidden_neurons=(8, 4), epochs=3, random_state=0)
    frame = pd.DataFrame(rows, columns=list("abcde"))
    frame.loc[11, "c"] = 40.0
    found = pyn.detect(frame, model)
    X = found.matrix.values
    assert np.allclose(torch_score(found.model)(torch.as_tensor(X)).numpy(), found.model.decision_function(X), rtol=1e-6, atol=1e-8)
    why = found.explain([11, 0], method="gradients")
    assert why.rule.startswith("score = base + sum of contributions, to within") and "integrated gradients" in why.method
    total = why.base + why.values.sum(axis=1)
    assert np.allclose(total, why.scores, rtol=0.02, atol=0.02 * np.abs(why.scores).max())
    assert why.columns[int(np.abs(why.values[0]).argmax())] == "c"


def test_a_row_explained_alone_is_explained_the_same(rows):
    model = pyn.detector("knn").fit(rows)
    for method in (shap_permutations, lime_lines):
        both = method(model.decision_function, rows[:2], rows[20:40], GROUPS, 300).values
        alone = method(model.decision_function, rows[1:2], rows[20:40], GROUPS, 300).values
        assert np.array_equal(both[1:], alone)


def test_libraries_leave_the_random_state_and_keep_the_budget(rows):
    asked = []

    def score(Z):
        asked.append(len(Z))
        return Z @ SLOPES

    np.random.seed(5)
    expected = np.random.RandomState(5).random()
    told = shap_permutations(score, rows[:1], rows[20:40], GROUPS, budget=1000).method
    spent = sum(asked) - 20  # the base
    assert np.random.random() == expected and "900 evaluations" in told and 0 < spent <= 1000
    asked.clear()
    lime_lines(score, rows[:1], rows[20:40], GROUPS, budget=700)
    assert sum(asked) - 20 == 700
    asked.clear()
    shap_permutations(score, rows[:1], rows[20:40], GROUPS, budget=1)
    assert sum(asked) - 20 <= 9 * 20


def test_a_masker_swaps_whole_columns():
    masker = Masker(np.zeros((2, 3)), (np.array([0]), np.array([1, 2])))
    assert masker.shape(np.ones(3)) == (2, 2)
    assert masker(np.array([False, True]), np.ones(3))[0].tolist() == [[0, 1, 1]] * 2


@pytest.fixture(scope="module")
def near(rows):
    return pyn.detect(pd.DataFrame(rows, columns=list("abcde")), "knn")


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"method": "exact"}, "k nearest neighbours \\('knn'\\) has no exact contributions; it can be asked for 'auto', 'shapley', 'shap' or 'lime'"),
        ({"method": "tree-shap"}, "k nearest neighbours \\('knn'\\) is no isolation forest .* it can be asked for 'auto'"),
        ({"method": "gradients"}, "k nearest neighbours \\('knn'\\) is none of our networks \\(autoencoder, vae, deep_svdd, dagmm\\).* it can be asked for 'auto'"),
        ({"method": "limes"}, "did you mean 'lime'"),
        ({"background": 1}, "background holds 1 row, but"),
        ({"background": [4]}, "background holds 1 row, but"),
        ({"background": [3, 3]}, "background holds 1 row, but"),
        ({"background": 0}, "background holds no row"),
        ({"background": -3}, "background holds -3 rows"),
        ({"background": [1, 900]}, "row 900, which does not exist: the training table has 200 rows"),
        ({"background": [0.5, 1.5]}, "a list of their positions"),
        ({"budget": 0}, "budget is 0"),
        ({"budget": "many"}, "budget is 'many'"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_sentence(near, given, sentence):
    with pytest.raises(ParameterError, match=sentence) as caught:
        near.explain(0, **given)
    assert "\n" not in str(caught.value)


def test_rows_that_do_not_exist_are_refused_by_every_method(near):
    for method in METHODS:
        with pytest.raises(ParameterError, match="row 200 does not exist"):
            near.explain(200, method=method)


def test_a_forest_cut_across_the_columns_has_no_tree_shap(rows):
    found = pyn.detect(pd.DataFrame(rows, columns=list("abcde")), pyn.detector("iforest", extension_level=1, n_estimators=10, random_state=0))
    with pytest.raises(ParameterError, match="whose cuts run along the columns \\(iforest with extension_level=0 is one\\)"):
        found.explain(0, method="tree-shap")
    assert "PermutationExplainer" in found.explain(0, method="shap").method


@pytest.mark.parametrize("method, package, name", [("shap", "shap", "knn"), ("shap", "shap", "iforest"), ("lime", "lime.lime_tabular", "knn")])
def test_a_missing_package_is_named_with_its_extra(rows, method, package, name, monkeypatch):
    found = pyn.detect(pd.DataFrame(rows, columns=list("abcde")), name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"jupyter-pynomaly\[explain\]"):
        found.explain(0, method=method)


def test_gradients_without_torch_name_the_extra(rows, monkeypatch):
    model = pyn.detector("deep_svdd", hidden_neurons=(4,), epochs=1, backend="numba", random_state=0).fit(rows)
    monkeypatch.setattr("pynomaly.explain.gradients.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"jupyter-pynomaly\[torch\]"):
        gradients(model, rows[:1], rows[5:9], GROUPS, 100)


def test_a_table_of_two_rows_is_explained():
    found = pyn.detect(pd.DataFrame({"a": [1.0, 9.0], "b": [2.0, 2.5]}), pyn.detector("knn", n_neighbors=1), contamination=0.4)
    assert np.isfinite(found.explain(0).values).all()


def test_an_explanation_keeps_numbers_and_importance():
    frame = pd.DataFrame({"amount": [1.0, None, 3.5, 900.0] * 20, "city": list("aabb") * 20, "day": pd.date_range("2026-01-01", periods=80)})
    why = pyn.detect(frame, "ecod", contamination=0.1).explain([0, 1, 3])
    place = {name: j for j, name in enumerate(why.columns)}
    assert why.numbers[:, place["amount"]].tolist()[::2] == [1.0, 900.0] and np.isnan(why.numbers[1, place["amount"]])
    assert np.isnan(why.numbers[:, place["city"]]).all() and why.kinds[place["city"]] == "category"
    assert why.numbers[0, place["day"]] == pd.Timestamp("2026-01-01").timestamp() * 1000
    means = why.importance()
    assert means.is_monotonic_decreasing and np.isclose(means["amount"], np.abs(why.values[:, place["amount"]]).mean())
    assert why.detector and len(why.name)
