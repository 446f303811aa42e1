"""The ECOD, HBOS and PCA detectors: the contract, their parameters, the two backends."""

import pickle

import numpy as np
import pandas as pd
import pytest
from pyod.models.ecod import ECOD as PyODECOD
from pyod.models.hbos import HBOS as PyODHBOS
from pyod.models.pca import PCA as PyODPCA
from sklearn.base import clone

from pynomaly.detectors.ecod import ECOD
from pynomaly.detectors.hbos import HBOS
from pynomaly.detectors.pca import PCA
from pynomaly.errors import ColumnError, NotFittedError, ParameterError

PAIRS = [(ECOD, PyODECOD), (HBOS, PyODHBOS), (PCA, PyODPCA)]
OURS = [ours for ours, _ in PAIRS]


@pytest.fixture(scope="module")
def X():
    rng = np.random.default_rng(0)
    return rng.normal(size=(300, 4)) @ rng.normal(size=(4, 4))


@pytest.mark.parametrize("ours, theirs", PAIRS, ids=lambda c: c.__module__.split(".")[0])
def test_scores_threshold_and_labels_equal_pyods(ours, theirs, X):
    model, reference = ours(contamination=0.05).fit(X), theirs(contamination=0.05).fit(X)
    np.testing.assert_allclose(model.decision_scores_, reference.decision_scores_, rtol=1e-11)
    assert np.isclose(model.threshold_, reference.threshold_) and np.array_equal(model.labels_, reference.labels_)


@pytest.mark.parametrize("cls", OURS)
def test_a_row_keeps_its_score_alone_and_after_pickling(cls, X):
    model = cls().fit(X)
    assert np.array_equal(model.decision_function(X), model.decision_scores_)
    assert model.decision_function(X[5:6])[0] == model.decision_scores_[5]
    assert np.array_equal(pickle.loads(pickle.dumps(model)).decision_function(X), model.decision_scores_)


@pytest.mark.parametrize("cls", OURS)
def test_numba_and_torch_agree(cls, X):
    a, b = cls(backend="numba", n_jobs=2).fit(X), cls(backend="torch", device="cpu").fit(X)
    assert (a.backend_, b.backend_) == ("numba", "torch")
    np.testing.assert_allclose(a.decision_scores_, b.decision_scores_, rtol=1e-10)
    np.testing.assert_allclose(a.decision_function(X * 2), b.decision_function(X * 2), rtol=1e-10)
    first, second = a.contributions(X[:9]), b.contributions(X[:9])
    np.testing.assert_allclose(first.values, second.values, rtol=1e-8, atol=1e-9)
    assert np.isclose(first.base, second.base) and type(second.values) is np.ndarray


@pytest.mark.parametrize("cls", OURS)
def test_contributions_explain_the_scores(cls, X):
    model = cls().fit(X)
    found = model.contributions(X)
    assert model.explains and found.values.shape == X.shape
    np.testing.assert_allclose(found.base + found.values.sum(axis=1), model.decision_scores_, rtol=1e-9)


@pytest.mark.parametrize("cls", OURS)
def test_the_contract(cls, X):
    with pytest.raises(NotFittedError):
        cls().decision_function(X)
    model = cls().fit(pd.DataFrame(X, columns=list("abcd")))
    with pytest.raises(ColumnError):
        model.decision_function(X[:, :3])
    with pytest.raises(ColumnError, match="another order"):
        model.decision_function(pd.DataFrame(X, columns=list("abcd"))[["b", "a", "c", "d"]])
    assert clone(model).get_params() == model.get_params()


@pytest.mark.parametrize(
    "make",
    [
        lambda: HBOS(n_bins=1),
        lambda: HBOS(n_bins="many"),
        lambda: HBOS(n_bins=2.5),
        lambda: HBOS(alpha=0),
        lambda: HBOS(tol=1.5),
        lambda: HBOS(tol=True),
        lambda: PCA(n_components=0),
        lambda: PCA(n_components=1.5),
        lambda: PCA(n_components=5),
        lambda: PCA(n_selected_components=0),
        lambda: PCA(n_components=2, n_selected_components=3),
        lambda: PCA(n_components="mle"),
    ],
)
def test_a_bad_parameter_is_named(make, X):
    with pytest.raises(ParameterError, match="n_bins|alpha|tol|n_components|n_selected_components"):
        make().fit(X)


def test_pca_tells_what_it_found(X):
    dependent = np.column_stack([X, X[:, 0] + X[:, 1]])
    for backend in ("numba", "torch"):
        model = PCA(backend=backend).fit(dependent)
        assert model.n_empty_components_ == 1 and model.components_.shape == (4, 5)
        assert np.isclose(model.explained_variance_ratio_.sum(), 1) and np.isfinite(model.decision_scores_).all()


def test_hbos_chooses_bins(X):
    model = HBOS(n_bins="auto").fit(X)
    assert model.state_.bins.max() <= 256 and np.array_equal(model.decision_function(X), model.decision_scores_)
