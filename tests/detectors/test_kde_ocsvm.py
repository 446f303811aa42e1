"""KDE and OCSVM as detectors: PyOD's scores, the contract, and clear refusals."""

import pickle

import numpy as np
import pytest
from pyod.models.kde import KDE as PyODKDE
from pyod.models.ocsvm import OCSVM as PyODOCSVM
from sklearn.base import clone

import pynomaly as pyn
from pynomaly.detectors.kde import KDE
from pynomaly.detectors.ocsvm import OCSVM
from pynomaly.errors import ParameterError

PAIRS = [(KDE, PyODKDE), (OCSVM, PyODOCSVM)]
both = pytest.mark.parametrize("ours, theirs", PAIRS, ids=["kde", "ocsvm"])


@pytest.fixture(scope="module")
def X():
    return np.random.default_rng(0).standard_t(4, size=(400, 6))


@both
def test_scores_equal_pyods(X, ours, theirs):
    a, b = ours().fit(X), theirs().fit(X)
    np.testing.assert_allclose(a.decision_scores_, b.decision_scores_, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(a.decision_function(X[:50] + 0.1), b.decision_function(X[:50] + 0.1), rtol=1e-9, atol=1e-9)
    assert (a.labels_ == b.labels_).all() and a.threshold_ == pytest.approx(b.threshold_)


@both
@pytest.mark.parametrize("name", ["14_glass", "40_vowels"])
def test_scores_equal_pyods_on_real_data(adbench, ours, theirs, name):
    X, _ = adbench(name)
    a, b = ours().fit(X).decision_scores_, theirs().fit(X).decision_scores_
    np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-3 if ours is OCSVM else 1e-9)  # a solver stops at tol


@both
def test_torch_gives_the_same(X, ours, theirs):
    pytest.importorskip("torch")
    settings = {"tol": 1e-7} if ours is OCSVM else {}
    a, b = ours(backend="torch", **settings).fit(X), ours(**settings).fit(X)
    np.testing.assert_allclose(a.decision_scores_, b.decision_scores_, atol=1e-5)
    np.testing.assert_allclose(a.decision_function(X[:9]), b.decision_function(X[:9]), atol=1e-5)


@both
def test_contract(X, ours, theirs):
    model = clone(ours(contamination=0.05, n_jobs=2)).fit(X)
    assert model.labels_.sum() == 20 and not model.explains
    np.testing.assert_array_equal(model.decision_scores_, ours().fit(X).decision_scores_)
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.decision_function(X[:9]), model.decision_function(X[:9]))
    np.testing.assert_allclose(model.decision_function(X), model.decision_scores_, atol=1e-9)
    assert np.isfinite(model.decision_function(np.full((1, 6), 1e6))).all()


@both
def test_constant_and_repeated_rows(X, ours, theirs):
    flat = ours().fit(np.ones((30, 3)))
    assert np.ptp(flat.decision_scores_) < 1e-9 and flat.predict([[1.0, 1.0, 1.0], [9.0, 1.0, 1.0]])[1] == 1
    with_constant = np.column_stack([X, np.full(len(X), 1e6)])
    scores = ours(**({"gamma": 1 / 6} if ours is OCSVM else {})).fit(with_constant).decision_scores_
    alone = ours().fit(X).decision_scores_
    np.testing.assert_allclose(scores - scores[0], alone - alone[0], atol=1e-6)


def test_by_name():
    assert isinstance(pyn.detector("kde", bandwidth=0.5), KDE) and isinstance(pyn.detector("ocsvm", nu=0.1), OCSVM)
    assert pyn.detector("pyod.kde").wraps == "pyod.kde" and pyn.detector("pyod.ocsvm").wraps == "pyod.ocsvm"


@pytest.mark.parametrize("rule", ["scott", "silverman"])
def test_rules_for_the_bandwidth_are_scikit_learns(X, rule):
    from sklearn.neighbors import KernelDensity

    model, theirs = KDE(bandwidth=rule).fit(X), KernelDensity(bandwidth=rule).fit(X)
    assert model.bandwidth_ == theirs.bandwidth_
    np.testing.assert_allclose(model.decision_scores_, -theirs.score_samples(X), rtol=1e-9)


def test_attributes_of_the_machine(X):
    model, theirs = OCSVM(gamma="scale", nu=0.2).fit(X), PyODOCSVM(gamma="scale", nu=0.2).fit(X)
    order = np.argsort(theirs.support_)
    assert (model.support_ == theirs.support_[order]).all() and model.n_iter_ == theirs.detector_.n_iter_
    np.testing.assert_allclose(model.dual_coef_[0], theirs.dual_coef_[0, order], atol=1e-9)
    np.testing.assert_allclose(model.intercept_, theirs.intercept_, atol=1e-9)
    assert model.gamma_ == pytest.approx(theirs.detector_._gamma)


@pytest.mark.parametrize("kernel", ["linear", "poly", "sigmoid"])
def test_other_kernels(X, kernel):
    ours, theirs = OCSVM(kernel=kernel, coef0=0.5).fit(X / 4), PyODOCSVM(kernel=kernel, coef0=0.5).fit(X / 4)
    np.testing.assert_allclose(ours.decision_scores_, theirs.decision_scores_, atol=2e-3 * np.ptp(theirs.decision_scores_))


def test_a_solver_that_did_not_finish_says_so(X):
    with pytest.warns(UserWarning, match=r"stopped after 10 steps with the optimality condition missed by .*raise max_iter"):
        OCSVM(max_iter=10).fit(X)


@pytest.mark.parametrize("cls, params, said", [
    (KDE, {"bandwidth": 0.0}, "bandwidth is 0.0, and must be a number from 1e-100 to 1e100"),
    (KDE, {"bandwidth": -1}, "bandwidth is -1"),
    (KDE, {"bandwidth": float("nan")}, "bandwidth is nan"),
    (KDE, {"bandwidth": "scot"}, "did you mean 'scott'"),
    (KDE, {"bandwidth": None}, "bandwidth is None"),
    (OCSVM, {"kernel": "rfb"}, "did you mean 'rbf'"),
    (OCSVM, {"nu": 0.0}, "nu is 0.0, and must be a finite number above 0 and at most 1"),
    (OCSVM, {"nu": 1.5}, "nu is 1.5"),
    (OCSVM, {"gamma": -0.1}, "gamma is -0.1, and must be a finite number above 0"),
    (OCSVM, {"gamma": "aut"}, "did you mean 'auto'"),
    (OCSVM, {"tol": 0}, "tol is 0"),
    (OCSVM, {"degree": 0}, "degree is 0"),
    (OCSVM, {"coef0": float("inf")}, "coef0 is inf, and must be a finite number"),
    (OCSVM, {"cache_size": 0}, "cache_size is 0"),
    (OCSVM, {"max_iter": 0}, "max_iter is 0"),
])  # fmt: skip
def test_refusals(X, cls, params, said):
    with pytest.raises(ParameterError, match=said):
        cls(**params).fit(X)


@both
def test_a_card_is_used_only_for_large_tables(ours, theirs):
    assert ours()._prefers_cuda(100_000, 20) and not ours()._prefers_cuda(1_000, 20)
