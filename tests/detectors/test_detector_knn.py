"""KNN as a detector: PyOD's scores, its contract, and clear refusals."""

import pickle

import numpy as np
import pytest
from pyod.models.knn import KNN as PyOD
from sklearn.base import clone

from pynomaly.detectors.knn import KNN
from pynomaly.errors import ParameterError


@pytest.fixture(scope="module")
def X():
    return np.random.default_rng(0).standard_t(4, size=(400, 6))


@pytest.mark.parametrize("backend", ["numba", "torch"])
@pytest.mark.parametrize("method", ["largest", "mean", "median"])
def test_scores_equal_pyods(X, method, backend):
    if backend == "torch":
        pytest.importorskip("torch")
    ours, theirs = KNN(method=method, n_neighbors=6, backend=backend).fit(X), PyOD(method=method, n_neighbors=6).fit(X)
    np.testing.assert_allclose(ours.decision_scores_, theirs.decision_scores_, rtol=1e-9)
    np.testing.assert_allclose(ours.decision_function(X[:50]), theirs.decision_function(X[:50]), rtol=1e-9)
    assert (ours.labels_ == theirs.labels_).all() and ours.threshold_ == pytest.approx(theirs.threshold_)


def test_scores_equal_pyods_on_real_data(adbench):
    for name in ("38_thyroid", "40_vowels", "14_glass"):
        X, y = adbench(name)
        np.testing.assert_allclose(KNN().fit(X).decision_scores_, PyOD().fit(X).decision_scores_, rtol=1e-9, atol=1e-12)


def test_scores_do_not_depend_on_threads(X):
    np.testing.assert_array_equal(KNN(n_jobs=2).fit(X).decision_scores_, KNN().fit(X).decision_scores_)


def test_a_row_scores_the_same_in_any_batch(X):
    model = KNN().fit(X)
    together = model.decision_function(X[:30] + 0.1)
    np.testing.assert_array_equal(together, [model.decision_function(row[None] + 0.1)[0] for row in X[:30]])


def test_permuting_rows_permutes_scores(X):
    order = np.random.default_rng(1).permutation(len(X))
    np.testing.assert_array_equal(KNN().fit(X[order]).decision_scores_, KNN().fit(X).decision_scores_[order])


def test_contract(X):
    model = clone(KNN(n_neighbors=3, method="mean", contamination=0.05)).fit(X)
    assert model.get_params()["n_neighbors"] == 3 and model.labels_.sum() == 20
    assert not model.explains
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.decision_function(X[:9]), model.decision_function(X[:9]))


def test_a_constant_table_has_no_anomalies():
    model = KNN().fit(np.ones((20, 2)))
    assert (model.decision_scores_ == 0).all() and model.labels_.sum() == 0
    assert model.predict([[1.0, 1.0], [2.0, 1.0]]).tolist() == [0, 1]


def test_two_rows():
    assert KNN(n_neighbors=1).fit([[0.0], [3.0]]).decision_scores_.tolist() == [3.0, 3.0]


@pytest.mark.parametrize("params, said", [
    ({"n_neighbors": 400}, "n_neighbors is 400, but each of the 400 training rows has 399 others: give a number from 1 to 399"),
    ({"n_neighbors": 0}, "n_neighbors is 0"),
    ({"n_neighbors": 2.5}, "n_neighbors is 2.5"),
    ({"method": "largst"}, "did you mean 'largest'"),
])
def test_refusals(X, params, said):
    with pytest.raises(ParameterError, match=said):
        KNN(**params).fit(X)


def test_a_card_is_used_only_for_large_tables():
    assert KNN()._prefers_cuda(100_000, 20) and not KNN()._prefers_cuda(1_000, 20)
