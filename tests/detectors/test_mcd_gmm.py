"""The detectors mcd and gmm: PyOD's scores, what they tell, what they explain."""

import numpy as np
import pytest
from pyod.models.gmm import GMM as TheirGMM
from pyod.models.mcd import MCD as TheirMCD
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

from pynomaly.detectors.gaussian import Gaussian
from pynomaly.detectors.gmm import GMM
from pynomaly.detectors.mcd import MCD
from pynomaly.detectors.registry import card, detector
from pynomaly.errors import ParameterError

X = np.random.default_rng(0).normal(size=(300, 4)) @ np.random.default_rng(1).normal(size=(4, 4))
NEW = np.random.default_rng(2).normal(size=(50, 4)) * 3


@pytest.mark.parametrize(("ours", "theirs"), [(MCD, TheirMCD), (GMM, TheirGMM)])
@pytest.mark.parametrize("name", ["20_letter", "38_thyroid", "40_vowels"])
def test_scores_on_real_sets_are_pyods(adbench, ours, theirs, name):
    data, y = adbench(name)
    mine, other = ours(random_state=0).fit(data), theirs(random_state=0).fit(data)
    assert np.allclose(mine.decision_scores_, other.decision_scores_, rtol=1e-6)
    assert np.allclose(mine.decision_function(data[:20]), other.decision_function(data[:20]), rtol=1e-6)
    assert roc_auc_score(y, mine.decision_scores_) > 0.5


def test_attributes_are_pyods():
    mine, other = MCD(random_state=0).fit(X), TheirMCD(random_state=0).fit(X)
    for name in ("location_", "raw_location_", "covariance_", "raw_covariance_", "precision_", "support_", "raw_support_"):
        assert np.allclose(getattr(mine, name), getattr(other, name), rtol=1e-8), name
    assert MCD(store_precision=False, random_state=0).fit(X).precision_ is None and mine.n_empty_directions_ == 0
    for kind in ("full", "tied", "diag", "spherical"):
        mine, other = (model(2, covariance_type=kind, random_state=0).fit(X) for model in (GMM, TheirGMM))
        for name in ("weights_", "means_", "covariances_", "precisions_", "converged_", "n_iter_", "lower_bound_"):
            assert np.allclose(getattr(mine, name), getattr(other, name), rtol=1e-5, atol=1e-8), (kind, name)


@pytest.mark.parametrize("model", [MCD(random_state=0), GMM(), GMM(2, random_state=0), Gaussian(), Gaussian(scale="asinh")], ids=str)
def test_backends_agree_and_rows_are_their_own(model):
    pytest.importorskip("torch")
    numba, torch = clone(model).set_params(backend="numba").fit(X), clone(model).set_params(backend="torch", device="cpu").fit(X)
    assert np.allclose(numba.decision_scores_, torch.decision_scores_, rtol=1e-10) and torch.backend_ == "torch"
    assert np.allclose(numba.decision_function(NEW), torch.decision_function(NEW), rtol=1e-9)
    assert numba.decision_function(NEW[7:8])[0] == numba.decision_function(NEW)[7]
    assert (clone(model).set_params(n_jobs=2).fit(X).decision_scores_ == numba.decision_scores_).all()
    if numba.explains:
        assert np.allclose(numba.contributions(NEW).values, torch.contributions(NEW).values, rtol=1e-7, atol=1e-9)


def test_contributions_are_exact_or_refused():
    for model in (MCD(random_state=0).fit(X), GMM().fit(X), GMM(covariance_type="diag").fit(X)):
        own = model.contributions(NEW)
        assert model.explains and np.allclose(own.base + own.values.sum(axis=1), model.decision_function(NEW))
    several = GMM(2, random_state=0).fit(X)
    assert not several.explains
    with pytest.raises(ParameterError, match="2 components has no exact contributions"):
        several.contributions(NEW)


def test_what_is_left_out_is_told():
    with pytest.warns(UserWarning, match="MCD: 2 of 6 directions are left out"):
        model = MCD(random_state=0).fit(np.column_stack([X, X[:, 0] + X[:, 1], np.ones(300)]))
    assert model.n_empty_directions_ == 2 and np.allclose(model.decision_scores_, MCD(random_state=0).fit(X).decision_scores_, rtol=1e-7)
    rare = np.column_stack([X, np.arange(300) % 20 == 0]).astype(float)
    with pytest.warns(UserWarning, match="half of the rows do not differ"):
        MCD(random_state=0).fit(rare)
    with pytest.warns(UserWarning, match="rows are few"):
        MCD(random_state=0).fit(X[:5])
    with pytest.warns(UserWarning, match="GMM: columns depend on each other"):
        GMM().fit(np.column_stack([X, X[:, 0] + X[:, 1]]) * 1e6)
    with pytest.warns(UserWarning, match="still gained after 1 turn"):
        GMM(3, max_iter=1, random_state=0).fit(X)


@pytest.mark.parametrize(
    "data",
    [
        X[:, :1],
        X[:2],
        X[:3, :2],
        np.ones((4, 2)),
        X[:5].repeat(4, axis=0),
        X * 1e150,
        X * 1e-150,
        X[:4, :].repeat(2, axis=1),
        np.random.default_rng(0).integers(0, 3, size=(60, 3)),
    ],
    ids=["one column", "two rows", "three rows", "alike", "duplicates", "huge", "minute", "wide", "ties"],
)
@pytest.mark.parametrize("model", [MCD(random_state=0), GMM(), GMM(2, random_state=0)], ids=["mcd", "gmm", "gmm 2"])
@pytest.mark.filterwarnings("ignore")
def test_awkward_tables_give_finite_scores(model, data):
    for backend in ("numba", "torch"):
        fitted = clone(model).set_params(backend=backend, device="cpu").fit(data)
        assert (
            np.isfinite(fitted.decision_scores_).all() and np.isfinite(fitted.decision_function(np.asarray(data, dtype=float) + 1.0)).all()
        )


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (MCD(support_fraction=1.5), "support_fraction is 1.5"),
        (MCD(support_fraction="a"), "support_fraction is 'a'"),
        (MCD(support_fraction=0.01), "makes 3 of 300 rows, and 4 columns need at least 5"),
        (GMM(n_components=0), "n_components is 0"),
        (GMM(n_components=301), "only 300 rows"),
        (GMM(covariance_type="ful"), "did you mean 'full'"),
        (GMM(init_params="means"), "init_params is 'means'"),
        (GMM(tol=0), "tol is 0"),
        (GMM(reg_covar=-1), "reg_covar is -1"),
        (GMM(max_iter=0), "max_iter is 0"),
    ],
)
def test_bad_parameters_are_told(model, words):
    with pytest.raises(ParameterError, match=words):
        model.fit(X)


def test_cards():
    assert isinstance(detector("mcd"), MCD) and isinstance(detector("gmm"), GMM)
    assert card("mcd").backends == card("gmm").backends == card("gaussian").backends == ("numba", "torch")
    assert card("pyod.mcd").wraps == "pyod.models.mcd:MCD" and card("pyod.gmm").wraps == "pyod.models.gmm:GMM"
    assert np.allclose(detector("pyod.gmm").fit(X).decision_scores_, GMM().fit(X).decision_scores_, rtol=1e-10)
