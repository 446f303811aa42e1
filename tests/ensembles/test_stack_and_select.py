"""Ensembles that learn from labels, that leave out who does not agree, and that fit elsewhere."""

import pickle

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

import pynomaly as pyn
from pynomaly.detectors.base import Detector
from pynomaly.ensembles.ensemble import Ensemble
from pynomaly.ensembles.members import fit_member, fit_members, folds, read_labels
from pynomaly.ensembles.select import agreement, select
from pynomaly.ensembles.stack import Stack
from pynomaly.errors import DataError, ParameterError


class Noise(Detector):
    """Sees nothing: the fractional part of the values."""

    def _fit(self, X):
        return self._score(X)

    def _score(self, X):
        return np.modf(np.abs(X).sum(axis=1) * 1000)[0]


class Taught(Detector):
    """Knows the answers of the rows it was trained on, and nothing else."""

    supervised = True

    def _train(self, X, y):
        self.known_ = {row.tobytes(): float(label) for row, label in zip(X, y, strict=True)}
        return self._score(X)

    def _score(self, X):
        return np.array([self.known_.get(row.tobytes(), 0.5) for row in np.ascontiguousarray(X)])


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    X = np.vstack([rng.normal(size=(270, 3)), rng.normal(size=(30, 3)) * 0.3 + [3.5, 3.5, 0]])
    y = np.repeat([0, 1], [270, 30])
    return X, y


def test_the_stack_trusts_who_sees(data):
    X, y = data
    model = Ensemble(["ecod", Noise()], combine="stack").fit(X, y)
    assert model.weights_[0] > 1 > abs(model.weights_[1]) * 3
    assert roc_auc_score(y, model.stack_.held_out) > 0.85
    assert roc_auc_score(y, model.decision_scores_) >= roc_auc_score(y, Ensemble(["ecod", Noise()]).fit(X).decision_scores_)
    z = [(m.decision_function(X) - m.decision_scores_.mean()) / m.decision_scores_.std() for m in model.members_.values()]
    np.testing.assert_allclose(model.decision_function(X), model.base_ + model.weights_ @ np.array(z))
    thawed = pickle.loads(pickle.dumps(model))
    assert np.array_equal(thawed.decision_function(X), model.decision_function(X))


def test_rows_without_an_answer_teach_what_is_usual(data):
    X, y = data
    some = np.where(np.arange(len(y)) % 3 == 0, y, -1)
    model = Ensemble(["ecod", "iforest"], combine="stack", random_state=0).fit(X, some)
    assert (np.isnan(model.stack_.held_out) == (some < 0)).all()
    same = Ensemble(["ecod", "iforest"], combine="stack", random_state=0).fit(X, np.where(some < 0, np.nan, some))
    assert np.array_equal(model.decision_scores_, same.decision_scores_)
    assert roc_auc_score(y[some < 0], model.decision_scores_[some < 0]) > 0.85


def test_a_stack_explains_in_log_odds(data):
    X, y = data
    model = Ensemble(["ecod", "iforest", "hbos"], combine="stack", random_state=0).fit(X, y)
    own = model.contributions(X[-5:])
    assert model.explains and own.unit == "log-odds"
    np.testing.assert_allclose(own.base + own.values.sum(axis=1), model.decision_function(X[-5:]))


def test_who_has_seen_the_answers_is_not_believed(data):
    X, y = data
    member, scores = fit_member(Taught(), X, y)
    assert (scores == 0.5).all() and (member.decision_scores_ == y).all()  # out of fold it knows nothing
    part = np.where(np.arange(len(y)) % 2 == 0, y, -1)
    member, scores = fit_member(Taught(), X, part)
    assert scores.shape == (300,) and len(member.decision_scores_) == 150
    model = Ensemble(["ecod", Taught()], combine="stack").fit(X, y)
    assert abs(model.weights_[1]) < 1e-6 < model.weights_[0]
    averaged = Ensemble(["ecod", Taught()]).fit(X, y)
    assert averaged.supervised and list(averaged.members_) == ["ecod", "taught"]
    assert not Ensemble(["ecod"]).supervised and Ensemble(["ecod"], combine="stack").supervised


@pytest.mark.parametrize(
    "y, said",
    [
        (None, r"Ensemble learns from labels: give fit\(X, y\) with y 1 for anomalous"),
        ([0, 1], "got 2 labels for 300 rows"),
        ([0, 1, 7] * 100, "got the label 7 in row 2"),
        ([0] * 300, "got 0 anomalous and 300 normal rows"),
        ([1] + [0] * 299, "at least two of each"),
        (["yes"] * 300, "the label 'yes' in row 0"),
    ],
)
def test_labels_are_needed_and_checked(data, y, said):
    with pytest.raises(DataError, match=said):
        Ensemble(["ecod", "hbos"], combine="stack").fit(data[0], y)


def test_each_labelled_row_is_held_out_once():
    labels = np.array([0, 1, -1] * 20)
    parts = folds(labels)
    assert len(parts) == 5 and sorted(np.concatenate([score for _, score in parts])) == np.flatnonzero(labels >= 0).tolist()
    assert all(not set(learn) & set(score) for learn, score in parts)
    assert len(folds(np.array([0, 0, 0, 1, 1]))) == 2
    assert read_labels([True, False, None, 0, 1, float("nan")], 6, "x").tolist() == [1, 0, -1, 0, 1, -1]


def test_a_stack_of_little_is_steady():
    stack = Stack.learn(np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([0, 0, 1, 1]))
    assert stack.weights[0] > 0 and np.isfinite(stack.held_out).all()


def test_who_does_not_agree_is_left_out(data):
    X, _ = data
    model = Ensemble(["ecod", "iforest", "hbos", Noise()], select="agreement", random_state=0).fit(X)
    assert list(model.members_) == ["ecod", "iforest", "hbos"] and "agrees little with the others" in model.skipped_["noise"]
    assert model.agreement_["noise"] < min(model.agreement_[name] for name in model.members_)
    rest = Ensemble(["ecod", "iforest", "hbos"], random_state=0).fit(X)
    assert np.array_equal(model.decision_scores_, rest.decision_scores_)
    weighted = Ensemble(["ecod", Noise(), "iforest", "hbos"], combine="weighted", random_state=0, weights=[1, 9, 2, 1], select="agreement").fit(X)
    assert weighted.weights_.tolist() == [0.25, 0.5, 0.25]
    with pytest.raises(ParameterError, match="select is 'best'"):
        Ensemble(["ecod"], select="best").fit(X)


def test_agreement_is_a_correlation_that_minds_the_top():
    truth = np.linspace(0, 1, 100) ** 4
    same, turned, flat = agreement(np.array([truth * 2 + 1, -truth, np.ones(100)]), truth)
    assert np.isclose(same, 1) and np.isclose(turned, -1) and flat == 0
    top, bottom = truth.copy(), truth.copy()
    top[-1], bottom[0] = 0, 1
    assert agreement(np.array([top]), truth) < agreement(np.array([bottom]), truth)


def test_two_or_one_are_all_kept():
    rng = np.random.default_rng(0)
    assert select(rng.random((1, 50)))[0] == [0] and select(rng.random((2, 50)))[0] == [0, 1]


def test_a_failing_member_and_agreement(data):
    with pytest.warns(UserWarning, match="left out"):
        model = Ensemble(["ecod", "hbos", "iforest", pyn.detector("knn", n_neighbors=999)], select="agreement", on_failure="skip", random_state=0).fit(data[0])
    assert "knn" in model.skipped_ and "knn" not in model.members_


def test_a_client_is_one(data):
    with pytest.raises(ParameterError, match="must be a dask.distributed.Client"):
        fit_members([pyn.detector("ecod")], data[0], None, client="tcp://here")
    with pytest.raises(ParameterError, match="must be a dask.distributed.Client"):
        Ensemble(["ecod"]).fit(data[0], client=5)
