"""The COPOD and LODA detectors: the contract, their parameters, the two backends, their cards."""

import pickle

import numpy as np
import pandas as pd
import pytest
from pyod.models.copod import COPOD as PyODCOPOD
from sklearn.base import clone

import pynomaly as pyn
from pynomaly.detectors import registry
from pynomaly.detectors.copod import COPOD
from pynomaly.detectors.loda import LODA
from pynomaly.errors import ColumnError, NotFittedError, ParameterError

MAKE = [COPOD, lambda **more: LODA(random_state=0, **more)]
both = pytest.mark.parametrize("make", MAKE, ids=["copod", "loda"])


@pytest.fixture(scope="module")
def X():
    rng = np.random.default_rng(0)
    return rng.exponential(size=(300, 4)) @ rng.normal(size=(4, 4))


def test_copod_scores_threshold_and_labels_equal_pyods(X):
    model, reference = COPOD(contamination=0.05).fit(X), PyODCOPOD(contamination=0.05).fit(X)
    np.testing.assert_allclose(model.decision_scores_, reference.decision_scores_, rtol=1e-12)
    assert np.isclose(model.threshold_, reference.threshold_) and np.array_equal(model.labels_, reference.labels_)


@both
def test_a_row_keeps_its_score_alone_and_after_pickling(make, X):
    model = make().fit(X)
    assert np.array_equal(model.decision_function(X), model.decision_scores_)
    assert model.decision_function(X[5:6])[0] == model.decision_scores_[5]
    assert np.array_equal(pickle.loads(pickle.dumps(model)).decision_function(X), model.decision_scores_)


@both
def test_numba_and_torch_agree(make, X):
    a, b = make(backend="numba", n_jobs=2).fit(X), make(backend="torch", device="cpu").fit(X)
    assert (a.backend_, b.backend_) == ("numba", "torch")
    np.testing.assert_allclose(a.decision_scores_, b.decision_scores_, rtol=1e-9)
    np.testing.assert_allclose(a.decision_function(X * 2), b.decision_function(X * 2), rtol=1e-9)


@both
def test_the_contract(make, X):
    with pytest.raises(NotFittedError):
        make().decision_function(X)
    model = make().fit(pd.DataFrame(X, columns=list("abcd")))
    with pytest.raises(ColumnError):
        model.decision_function(X[:, :3])
    with pytest.raises(ColumnError, match="another order"):
        model.decision_function(pd.DataFrame(X, columns=list("abcd"))[["b", "a", "c", "d"]])
    assert clone(model).get_params() == model.get_params()


def test_copod_contributions_explain_the_scores(X):
    model = COPOD().fit(X)
    found = model.contributions(X)
    assert model.explains and found.values.shape == X.shape
    np.testing.assert_allclose(found.base + found.values.sum(axis=1), model.decision_scores_, rtol=1e-12)


def test_loda_has_no_contributions_of_its_own_and_says_so(X):
    model = LODA(random_state=0).fit(X)
    assert not model.explains
    with pytest.raises(ParameterError, match="no exact contributions"):
        model.contributions(X)


def test_the_same_seed_gives_the_same_scores(X):
    assert np.array_equal(LODA(random_state=7).fit(X).decision_scores_, LODA(random_state=7).fit(X).decision_scores_)
    assert not np.array_equal(LODA(random_state=7).fit(X).decision_scores_, LODA(random_state=8).fit(X).decision_scores_)
    before = np.random.get_state()[1].copy()
    LODA(random_state=np.random.RandomState(0)).fit(X)
    assert (np.random.get_state()[1] == before).all()


@pytest.mark.parametrize("params", [{"n_bins": 1}, {"n_bins": "many"}, {"n_bins": 2.5}, {"n_random_cuts": 0}, {"n_random_cuts": 1.5}, {"random_state": "x"}])
def test_a_bad_parameter_is_named(params, X):
    with pytest.raises(ParameterError, match=next(iter(params))):
        LODA(**params).fit(X)


def test_loda_chooses_bins(X):
    model = LODA(n_bins="auto", n_random_cuts=10, random_state=0).fit(X)
    assert model.state_.bins.max() <= 256 and np.array_equal(model.decision_function(X), model.decision_scores_)


@pytest.mark.parametrize("name, explains", [("copod", "exact"), ("loda", "sampled")])
def test_the_cards(name, explains, X):
    card = registry.card(name)
    assert card.backends == ("numba", "torch") and card.explains == explains and card.random == (name == "loda")
    assert pyn.detector(f"pyod.{name}").fit(X).decision_scores_.shape == (300,)
