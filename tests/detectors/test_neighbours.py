"""LOF, ABOD and COF as detectors: PyOD's scores, new rows, copies, and clear refusals."""

import pickle
import warnings

import numpy as np
import pytest
from pyod.models import abod as pyod_abod, cof as pyod_cof, lof as pyod_lof
from sklearn.base import clone

from pynomaly.detectors.abod import ABOD
from pynomaly.detectors.cof import COF
from pynomaly.detectors.lof import LOF
from pynomaly.errors import ParameterError

PEERS = {LOF: pyod_lof.LOF, ABOD: pyod_abod.ABOD, COF: pyod_cof.COF}
all_three = pytest.mark.parametrize("cls", PEERS)
both = pytest.mark.parametrize("backend", ["numba", "torch"])


@pytest.fixture(scope="module")
def X():
    return np.random.default_rng(0).standard_t(4, size=(500, 6))


@all_three
@both
def test_training_scores_equal_pyods(cls, backend, X):
    if backend == "torch":
        pytest.importorskip("torch")
    ours, theirs = cls(backend=backend).fit(X), PEERS[cls]().fit(X)
    np.testing.assert_allclose(ours.decision_scores_, theirs.decision_scores_, rtol=2e-12 if cls is ABOD else 4e-14)
    assert (ours.labels_ == theirs.labels_).all()
    if cls is not COF:  # PyOD's ignores the training rows
        new = X[:80] + 0.1
        np.testing.assert_allclose(ours.decision_function(new), theirs.decision_function(new), rtol=1e-10)


@all_three
@pytest.mark.parametrize("name", ["14_glass", "40_vowels"])
def test_scores_equal_pyods_on_real_rows(cls, name, adbench):
    X = np.unique(adbench(name)[0], axis=0)
    ours, theirs = cls().fit(X).decision_scores_, PEERS[cls]().fit(X).decision_scores_
    close = np.isclose(ours, theirs, rtol=1e-8)
    assert close.mean() > 0.99  # equally far neighbours may be chosen otherwise


@all_three
def test_contract(cls, X):
    model = clone(cls(n_neighbors=7, contamination=0.04)).fit(X)
    assert model.n_neighbors == 7 and model.labels_.sum() == 20 and not model.explains
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.decision_function(X[:9]), model.decision_function(X[:9]))
    np.testing.assert_array_equal(cls(n_neighbors=7, n_jobs=2).fit(X).decision_scores_, model.decision_scores_)
    order = np.random.default_rng(1).permutation(len(X))
    np.testing.assert_allclose(cls(n_neighbors=7).fit(X[order]).decision_scores_, model.decision_scores_[order], rtol=1e-12)


@all_three
def test_one_column_and_copies(cls):
    column = np.append(np.round(np.random.default_rng(0).normal(size=300), 1), 25.0)[:, None]
    model = cls().fit(column)
    assert np.isfinite(model.decision_scores_).all() and model.decision_function([[0.0]]).shape == (1,)


def test_lof_gives_copies_a_density():
    X = np.append(np.repeat(np.eye(4), 30, axis=0), [[5.0, 5.0, 5.0, 5.0]], axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = pyod_lof.LOF().fit(X).decision_scores_
    np.testing.assert_allclose(LOF().fit(X).decision_scores_, theirs, rtol=1e-9)


def test_cof_compares_new_rows_with_the_training_rows(X):
    model = COF().fit(X)
    far = model.decision_function([[50.0] * 6])
    assert far[0] > model.decision_scores_.max()
    np.testing.assert_array_equal(model.decision_function(np.append(X[:9], [[50.0] * 6], axis=0))[-1:], far)


@all_three
def test_refusals(cls, X):
    for k, said in ((500, "n_neighbors is 500, but each of the 500 training rows has 499 others"), (0, "n_neighbors is 0"), (2.5, "n_neighbors is 2.5")):
        with pytest.raises(ParameterError, match=said):
            cls(n_neighbors=k).fit(X)
    assert cls()._prefers_cuda(100_000, 20) and not cls()._prefers_cuda(1_000, 20)


def test_torch_is_not_imported_where_there_is_no_driver():
    import subprocess
    import sys

    code = (
        "import sys; from pynomaly.detectors import backends; backends._has_driver = lambda: False; "
        "print(backends.has_cuda(), 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False", "False"]
