"""Fitted on some rows, all are scored."""

import pickle

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.detectors.subsample import Subsample, sample_rows
from pynomaly.errors import NotFittedError, ParameterError


@pytest.fixture(scope="module")
def X():
    rng = np.random.default_rng(0)
    return np.vstack([rng.normal(size=(5000, 3)), [[9.0, 9.0, 9.0]]])


def test_rows_are_drawn_uniformly_and_ascending():
    drawn = np.concatenate([sample_rows(100, 30, seed) for seed in range(300)])
    assert np.bincount(drawn, minlength=100).min() > 50 and np.bincount(drawn).max() < 130
    one = sample_rows(100, 30, 5)
    assert (np.diff(one) > 0).all() and (one == sample_rows(100, 30, 5)).all()


def test_the_sample_teaches_and_all_rows_are_scored(X):
    model = Subsample("knn", max_rows=400, random_state=3).fit(X)
    rows = sample_rows(len(X), 400, 3)
    alone = pyn.detector("knn").fit(X[rows])
    rest = np.setdiff1d(np.arange(len(X)), rows)
    assert (model.rows_ == rows).all() and (model.decision_scores_[rows] == alone.decision_scores_).all()
    assert (model.decision_scores_[rest] == alone.decision_function(X[rest])).all()
    assert model.decision_scores_.argmax() == 5000 and model.labels_.sum() == 500
    assert (model.decision_function(X) == alone.decision_function(X)).all()
    thawed = pickle.loads(pickle.dumps(model))
    assert (thawed.decision_function(X[:9]) == model.decision_function(X[:9])).all()


def test_fewer_rows_are_all_taken(X):
    model = Subsample("lof", max_rows=900).fit(X[:300])
    assert len(model.rows_) == 300
    assert (model.decision_scores_ == pyn.detector("lof").fit(X[:300]).decision_scores_).all()
    assert Subsample("sod", max_rows=900).fit(X[:30]).decision_scores_.shape == (30,)


def test_seeds_and_objects(X):
    a, b = (Subsample(pyn.detector("iforest", n_estimators=10), max_rows=200, random_state=4).fit(X) for _ in range(2))
    assert (a.decision_scores_ == b.decision_scores_).all() and a.detector_.random_state == 4
    given = pyn.detector("iforest", n_estimators=10, random_state=9)
    model = Subsample(given, max_rows=200, random_state=4).fit(X)
    assert model.detector_.random_state == 9 and not hasattr(given, "decision_scores_")


def test_explanations_are_the_detectors_own(X):
    model = Subsample("ecod", max_rows=200, random_state=0)
    assert not model.explains
    with pytest.raises(NotFittedError):
        model.contributions(X)
    own = model.fit(X).contributions(X[-3:])
    assert model.explains and np.allclose(own.base + own.values.sum(axis=1), model.decision_function(X[-3:]))
    assert not Subsample("knn", max_rows=200).fit(X).explains


def test_labels_are_drawn_with_their_rows():
    pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(200, 3)), np.tile([0, 0, 0, 1], 50)
    X[y == 1] += 3
    model = Subsample(pyn.detector("devnet", epochs=3), max_rows=120, random_state=0).fit(X, y)
    assert model.decision_scores_.shape == (200,)


def test_what_cannot_be_is_told(X):
    with pytest.raises(ParameterError, match="sos cannot score rows that it has not learned from, and max_rows=100 leaves 4,901 of 5,001"):
        Subsample("sos", max_rows=100).fit(X)
    with pytest.raises(ParameterError, match="max_rows is 1"):
        Subsample("knn", max_rows=1).fit(X)


def test_detect_on_a_sample():
    found = pyn.detect(pyn.sample(), "knn", sample=300, contamination=0.01)
    assert found.n_flagged == 20 and found.card.name == "knn" and len(found.model.rows_) == 300
    assert any(repair.kind == "sample" and "300 rows of 2,000" in str(repair) for repair in found.repairs)
    assert found.provenance["parameters"]["max_rows"] == 300
    again = found.score(pyn.sample().head(5))
    assert np.isfinite(again.scores).all()
    whole = pyn.detect(pyn.sample(), "knn", sample=2000)
    assert not any(repair.kind == "sample" for repair in whole.repairs) and not isinstance(whole.model, Subsample)
    with pytest.raises(ParameterError, match="sample is 1, and must be"):
        pyn.detect(pyn.sample(), "knn", sample=1)
