"""The default: what it finds, explains and promises."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import average_precision_score, roc_auc_score

import pynomaly as pyn
from pynomaly.detection.detect import DEFAULT
from pynomaly.ensembles.default import Default


@pytest.fixture(scope="module")
def found():
    return pyn.detect(pyn.sample())


def test_it_is_what_detect_takes(found):
    assert DEFAULT == "default" and found.provenance["detector"] == "default" and isinstance(found.model, Default)
    assert list(found.model.members_) == ["iforest", "gaussian", "gaussian 2"]


def test_it_beats_the_forest_on_the_sample(found):
    forest, y = pyn.detect(pyn.sample(), "iforest"), found.table.label
    assert average_precision_score(y, found.scores) > average_precision_score(y, forest.scores) + 0.1
    assert roc_auc_score(y, found.scores) > roc_auc_score(y, forest.scores)
    loud = np.flatnonzero((pyn.sample()["amount"] > 900).to_numpy())
    assert found.flags[loud].all(), "an amount seven times the usual is flagged"


@pytest.mark.parametrize("name, auroc", [("6_cardio", 0.9), ("44_Wilt", 0.6), ("38_thyroid", 0.95)])
def test_it_detects_on_public_sets(adbench, name, auroc):
    X, y = adbench(name)
    assert roc_auc_score(y, Default(n_estimators=100, random_state=0).fit(X).decision_scores_) > auroc


def test_reasons_add_up(found):
    why = found.explain(found.order[:30])
    assert why.method == "exact" and np.allclose(why.base + why.values.sum(axis=1), found.scores[found.order[:30]])


def test_new_rows_training_rows_and_seeds(found):
    X = found.matrix.values
    assert np.array_equal(found.model.decision_function(X), found.scores)
    again = clone(found.model).fit(X)
    assert np.array_equal(again.decision_scores_, found.scores)
    assert np.array_equal(clone(found.model).set_params(n_jobs=1).fit(X).decision_scores_, found.scores)
    assert np.corrcoef(Default(random_state=5).fit(X).decision_scores_, found.scores)[0, 1] > 0.99


@pytest.mark.parametrize("X", [np.array([[0.0], [1.0]]), np.ones((5, 3)), np.random.default_rng(0).normal(size=(5, 40)), np.repeat(np.eye(3), 9, axis=0)])
def test_few_alike_and_wide_rows(X):
    scores = Default(n_estimators=10, random_state=0).fit(X).decision_scores_
    assert np.isfinite(scores).all() and scores.shape == (len(X),)
