"""Answers move rows like the answered ones, exactly as the model says, and a detector that listened keeps the contract."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

import pynomaly as pyn
from pynomaly.errors import ParameterError
from pynomaly.kernels.cpu.iforest import fit
from pynomaly.learning.resemblance import alike, learn, leaves, shifted
from pynomaly.learning.taught import Taught, ask_next


@pytest.fixture(scope="module")
def X():
    return np.random.default_rng(0).normal(size=(400, 3))


@pytest.fixture(scope="module")
def forest(X):
    return fit(X, 60, 128, seed=0)


def test_leaves_are_those_that_scoring_reaches(X, forest):
    at = leaves(forest, X)
    lengths = forest.length[np.arange(60), at].mean(axis=1)
    from pynomaly.kernels.cpu.iforest import score

    assert np.allclose(2.0 ** (-lengths / forest.normaliser), score(forest, X))


def test_resemblance_is_a_kernel(X, forest):
    at = leaves(forest, X[:80])
    K = alike(at, at)
    assert (np.diag(K) == 1).all() and np.allclose(K, K.T) and np.linalg.eigvalsh(K).min() > -1e-10
    assert alike(at, at[:0]).shape == (80, 0)


def test_learning_is_ridge_logistic_regression_on_leaves(X, forest):
    rows, y, c = np.arange(12), np.r_[np.ones(5), np.zeros(7)], 4.0
    at = leaves(forest, X[rows])
    weights = learn(c * alike(at, at), np.zeros(12), y)
    onehot = np.zeros((12, forest.length.size))
    for r in range(12):
        onehot[r, np.arange(60) * forest.length.shape[1] + at[r]] = np.sqrt(c / 60)
    theirs = LogisticRegression(C=1.0, fit_intercept=False, tol=1e-10, max_iter=10_000).fit(onehot, y)
    assert np.allclose(c * alike(at, at) @ weights, onehot @ theirs.coef_[0], atol=1e-4)


def test_shifts_on_leaves_are_sums_over_answers(X, forest):
    at = leaves(forest, X[:6])
    weights = np.array([1.0, -1.0, 0.5, 0.2, -0.1, 0.3])
    moved = shifted(forest, at, weights, 4.0)
    total = moved.length[np.arange(60), leaves(forest, X)].sum(axis=1)
    assert np.allclose(total, 4.0 * alike(leaves(forest, X), at) @ weights)


@pytest.mark.parametrize("start", [np.zeros(3), np.array([50.0, -50.0, 3.0]), np.array([-30.0, 40.0, 0.0])])
def test_learning_ends_from_any_start(start):
    weights = learn(np.array([[4.0, 3.9, 0], [3.9, 4.0, 0], [0, 0, 4.0]]), start, np.array([1, 0, 1]))
    assert np.isfinite(weights).all() and weights[0] >= 0 >= weights[1]


def test_rows_like_an_answered_one_follow_it(X):
    before = pyn.detector("ecod").fit(X)
    top = int(before.decision_scores_.argmax())
    for answer, way in ((0, -1), (1, 1)):
        after = Taught.over(before, X, [top], [answer])
        change = after.decision_scores_ - before.decision_scores_
        assert np.sign(change[top]) == way and (np.sign(change) * way >= 0).all()
        assert np.allclose(after.decision_function(X), after.decision_scores_)
        assert np.allclose(after.because(X).sum(axis=1), change)
        assert change[top] * way == np.max(change * way)


def test_no_answers_and_no_strength_change_nothing(X):
    before = pyn.detector("ecod").fit(X)
    assert (Taught.over(before, X, [], []).decision_scores_ == before.decision_scores_).all()
    assert (Taught.over(before, X, [3], [1], strength=0).decision_scores_ == before.decision_scores_).all()


def test_it_is_a_detector(X):
    model = Taught("iforest", [1, 2], [1, 0], random_state=3).fit(X)
    assert (model.decision_scores_ == clone(model).fit(X).decision_scores_).all()
    assert (pickle.loads(pickle.dumps(model)).decision_function(X) == model.decision_function(X)).all()
    assert model.predict(X).tolist() == model.labels_.tolist() and model.decision_function(X[:1]).shape == (1,)


def test_contributions_add_up_where_the_first_ones_do(X):
    model = Taught("default", [5, 9], [1, 0], strength=8).fit(X)
    parts = model.contributions(X)
    assert model.explains and np.allclose(parts.base + parts.values.sum(axis=1), model.decision_scores_)
    forest = Taught("iforest", [5], [1]).fit(X)
    assert not forest.explains
    with pytest.raises(ParameterError, match="Taught has no exact contributions over IForest"):
        forest.contributions(X)


@pytest.mark.parametrize("rows, answers, told", [
    ([1], [1, 0], "There are 1 rows and 2 answers"),
    ([400], [1], "An answer is on row 400, but rows are numbered from 0 to 399"),
    ([-1], [1], "An answer is on row -1"),
    ([1, 1], [1, 0], "Row 1 is answered more than once"),
    ([1], [2], "An answer is 2, and must be 1"),
])
def test_answers_that_cannot_be_are_told(X, rows, answers, told):
    with pytest.raises(ParameterError, match=told):
        Taught("ecod", rows, answers).fit(X)
    with pytest.raises(ParameterError, match="strength is -1"):
        Taught("ecod", [1], [1], strength=-1).fit(X)


def test_questions_are_high_unanswered_and_not_all_alike():
    rng = np.random.default_rng(1)
    X = np.r_[rng.normal(size=(300, 2)), rng.normal(9, 0.05, (10, 2)), [[-6.0, 6.0]]]
    model = pyn.detector("iforest", random_state=0).fit(X)
    asked = ask_next(model, X, [310], 5)
    assert 310 not in asked and len(set(asked.tolist())) == 5
    assert 310 in ask_next(model, X, [], 3)  # although ten rows that are all alike stand higher
    few = pyn.detector("ecod").fit(X[:4])
    assert len(ask_next(few, X[:4], [0], 10)) == 3


def test_a_few_answers_raise_average_precision():
    from sklearn.metrics import average_precision_score

    rng = np.random.default_rng(2)
    strays, true = rng.normal([6, 0], [0.5, 1.5], (25, 2)), rng.normal([-3.5, 3.5], 0.4, (12, 2))
    X, y = np.r_[rng.normal(size=(600, 2)), strays, true], np.r_[np.zeros(625, int), np.ones(12, int)]
    model = pyn.detector("default", random_state=0).fit(X)
    asked = ask_next(model, X, [], 10)
    taught = Taught.over(model, X, asked, y[asked])
    rest = np.setdiff1d(np.arange(len(y)), asked)
    assert average_precision_score(y[rest], taught.decision_scores_[rest]) > average_precision_score(y[rest], model.decision_scores_[rest]) + 0.1


def test_answers_against_extreme_scores_are_learned_without_overflow():
    with np.errstate(over="raise"):
        weights = learn(4.0 * np.eye(2), np.array([-5000.0, 5000.0]), np.array([1, 0]))
    assert np.allclose(weights, [1.0, -1.0])
