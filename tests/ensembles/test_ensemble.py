"""An ensemble is a detector: contract, members, failures, explanations."""

import pickle

import numpy as np
import pytest
from pyod.models.base import BaseDetector
from sklearn.base import clone

import pynomaly as pyn
from pynomaly.detectors.ecod import ECOD
from pynomaly.detectors.iforest import IForest
from pynomaly.detectors.knn import KNN
from pynomaly.ensembles.combine import COMBINATIONS, SCALES
from pynomaly.ensembles.ensemble import Ensemble
from pynomaly.errors import DataError, NotFittedError, ParameterError


@pytest.fixture(scope="module")
def X():
    rng = np.random.default_rng(0)
    return np.vstack([rng.normal(size=(150, 3)), [[7.0, 7.0, 7.0]]])


def small():
    return [IForest(n_estimators=20), "knn", "ecod"]


@pytest.mark.parametrize("how", COMBINATIONS)
@pytest.mark.parametrize("standardise", SCALES)
def test_every_combination_finds_the_far_row_and_scores_rows_alone(X, how, standardise):
    weights = [1, 2, 1] if how == "weighted" else None
    model = Ensemble(small(), combine=how, standardise=standardise, weights=weights, random_state=0).fit(X)
    assert model.decision_scores_.argmax() == 150 or how in ("max", "median", "aom", "moa", "unify", "rank")
    assert model.decision_scores_[150] >= np.quantile(model.decision_scores_, 0.99)
    together = model.decision_function(X)
    assert [model.decision_function(X[i : i + 1])[0] for i in (0, 7, 150)] == together[[0, 7, 150]].tolist()


def test_the_contract(X):
    model = Ensemble(small(), random_state=0)
    assert isinstance(model, BaseDetector)
    with pytest.raises(NotFittedError):
        model.decision_function(X)
    again = clone(model.fit(X))
    assert not hasattr(again, "members_") and again.combine == "mean"
    assert np.array_equal(again.fit(X).decision_scores_, model.decision_scores_)
    thawed = pickle.loads(pickle.dumps(model))
    assert np.array_equal(thawed.decision_function(X), model.decision_function(X))
    assert model.labels_.sum() == 15 and set(model.predict(X)) == {0, 1}
    assert model.set_params(combine="max").fit(X).combine == "max"
    with pytest.raises(ParameterError, match="did you mean 'combine'"):
        model.set_params(combin="max")


def test_the_score_is_what_it_says(X):
    model = Ensemble([ECOD(), KNN()], combine="weighted", weights=[3, 1]).fit(X)
    ecod, knn = ECOD().fit(X), KNN().fit(X)
    z = [(m.decision_function(X) - m.decision_scores_.mean()) / m.decision_scores_.std() for m in (ecod, knn)]
    assert np.allclose(model.decision_function(X), 0.75 * z[0] + 0.25 * z[1])


def test_members_are_copied_named_and_seeded(X):
    given = KNN(n_neighbors=3)
    model = Ensemble([given, "knn", "iforest", IForest(n_estimators=5, random_state=7)], random_state=1).fit(X)
    assert list(model.members_) == ["knn", "knn 2", "iforest", "iforest 2"]
    assert not hasattr(given, "decision_scores_") and model.members_["knn"].n_neighbors == 3
    assert model.members_["iforest 2"].random_state == 7 and model.members_["iforest"].random_state == 3
    assert list(Ensemble([pyn.detector("lof")]).fit(X).members_) == ["lof"]


def test_threads_do_not_change_scores(X):
    many = np.tile(X, (10, 1))
    one, four = (Ensemble(small(), random_state=0, n_jobs=jobs).fit(X) for jobs in (1, 4))
    assert np.array_equal(one.decision_function(many), four.decision_function(many))


def test_an_ensemble_in_an_ensemble_and_by_name(X):
    model = Ensemble([Ensemble(["ecod", "hbos"]), "knn"], combine="max").fit(X)
    assert list(model.members_) == ["ensemble", "knn"] and model.decision_scores_.argmax() == 150
    named = pyn.detector("ensemble", detectors=["ecod", "hbos"]).fit(X)
    assert np.array_equal(named.decision_scores_, Ensemble(["ecod", "hbos"]).fit(X).decision_scores_)
    assert pyn.Ensemble is Ensemble


def test_contributions_are_exact_or_not_there(X):
    for standardise in ("zscore", "robust", "none"):
        model = Ensemble(["ecod", IForest(n_estimators=20), Ensemble(["hbos", "pca"])], standardise=standardise, random_state=0)
        assert not model.explains
        own = model.fit(X).contributions(X[-5:])
        assert model.explains and np.allclose(own.base + own.values.sum(axis=1), model.decision_function(X[-5:]))
    for sampled in (Ensemble(["ecod", "knn"]), Ensemble(["ecod", "hbos"], combine="max"), Ensemble(["ecod", "hbos"], standardise="rank")):
        assert not sampled.fit(X).explains
        with pytest.raises(ParameterError, match="no exact contributions, which need a mean"):
            sampled.contributions(X)


def test_a_failing_member_is_named_or_survived(X):
    few = X[:3]
    with pytest.raises(ParameterError, match=r"The member 'knn' of the ensemble failed: .*on_failure='skip'"):
        Ensemble(["ecod", "knn"]).fit(few)
    with pytest.warns(UserWarning, match="The member 'knn' of the ensemble failed and was left out"):
        model = Ensemble(["knn", "ecod"], combine="weighted", weights=[3, 1], on_failure="skip").fit(few)
    assert list(model.members_) == ["ecod"] and "knn" in model.skipped_ and model.weights_.tolist() == [1.0]
    with pytest.raises((DataError, ParameterError), match="The member 'knn' of the ensemble failed"):
        Ensemble(["knn"], on_failure="skip").fit(few)


@pytest.mark.parametrize(
    "params, said",
    [
        ({"detectors": "knn"}, "must be a list of at least one name"),
        ({"detectors": []}, "must be a list of at least one name"),
        ({"detectors": ["knnn"]}, "did you mean 'knn'"),
        ({"combine": "mea"}, "did you mean 'mean'"),
        ({"standardise": "z"}, "standardise is 'z'"),
        ({"on_failure": "ignore"}, "on_failure is 'ignore'"),
        ({"buckets": 0}, "buckets is 0"),
        ({"combine": "weighted"}, "weights is None, and must be 2 numbers"),
        ({"weights": [3, 1]}, r"weights=\[3, 1\] is for combine='weighted', and combine is 'mean'"),
        ({"combine": "stack", "weights": [3, 1]}, "and combine is 'stack'"),
        ({"buckets": 3}, "buckets=3 is for combine='aom' and combine='moa', and combine is 'mean'"),
        ({"select": "best"}, "select is 'best', and must be one of 'agreement'$"),
        ({"detectors": [3]}, "A detector is named by text, and this is 3"),
    ],
)
def test_bad_parameters_are_told(X, params, said):
    with pytest.raises(ParameterError, match=said):
        Ensemble(**{"detectors": ["ecod", "hbos"], **params}).fit(X)


def test_detect_takes_one():
    found = pyn.detect(pyn.sample(), Ensemble(["ecod", "hbos"]), contamination=0.01)
    assert found.n_flagged == 20 and found.explains_exactly
