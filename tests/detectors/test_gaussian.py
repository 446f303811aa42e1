"""The trimmed Gaussian: distances, trimming, bending, exact contributions."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest
from scipy.spatial.distance import mahalanobis
from sklearn.metrics import roc_auc_score

from pynomaly.detectors.gaussian import Gaussian
from pynomaly.errors import ParameterError
from pynomaly.kernels.cpu import gaussian

TINY = np.random.default_rng(0).normal(size=(12, 3))


@pytest.mark.interpreted
@pytest.mark.parametrize("bent", [False, True])
def test_training_scores_new_scores_and_threads_agree(bent):
    state = gaussian.fit(TINY, bent=bent)
    scores = gaussian.score(state, TINY)
    assert np.array_equal(np.concatenate([gaussian.score(state, TINY[i : i + 1]) for i in range(12)]), scores)
    assert np.array_equal(gaussian.score(state, np.tile(TINY, (20, 1)), n_jobs=3), np.tile(scores, 20))
    Z = gaussian.scaled(state.columns, TINY)
    assert np.allclose(np.square(Z @ state.whiten.T).sum(axis=1), scores)


def test_untrimmed_it_is_the_mahalanobis_distance():
    X = np.random.default_rng(1).normal(size=(300, 4)) @ np.diag([1.0, 5.0, 0.1, 1e6])
    scores = Gaussian(trim=0.0, ridge=1e-9).fit(X).decision_scores_
    precision = np.linalg.inv(np.cov(X.T, ddof=0))
    assert np.allclose(scores, [mahalanobis(x, X.mean(axis=0), precision) ** 2 for x in X], rtol=1e-5)


def test_trimming_keeps_the_anomalies_out_of_the_shape():
    rng = np.random.default_rng(0)
    X = np.vstack([rng.normal(size=(400, 3)), rng.normal(6.0, 0.5, size=(80, 3))])
    y = np.repeat([0, 1], [400, 80])
    trimmed, plain = (roc_auc_score(y, Gaussian(trim=trim).fit(X).decision_scores_) for trim in (0.25, 0.0))
    assert trimmed > 0.99 > plain


def test_bending_tames_a_far_value():
    X = np.random.default_rng(0).normal(size=(500, 2))
    X[3] = [1e4, 0.0]
    bent, plain = (Gaussian(scale=scale).fit(X).decision_scores_ for scale in ("asinh", "standard"))
    assert bent.argmax() == plain.argmax() == 3
    assert 100 * bent[3] / np.median(bent) < plain[3] / np.median(plain)


@pytest.mark.parametrize("scale", ["standard", "asinh"])
def test_contributions_are_the_shapley_values_against_the_training_rows(scale):
    X = np.random.default_rng(2).normal(size=(40, 3)) @ np.array([[1.0, 0.5, 0], [0, 1, 0.9], [0, 0, 0.4]])
    model = Gaussian(scale=scale).fit(X)
    own = model.contributions(X[:2])
    assert np.allclose(own.base + own.values.sum(axis=1), model.decision_function(X[:2]))

    def worth(row, coalition):
        mixed = X.copy()
        mixed[:, list(coalition)] = row[list(coalition)]
        return model.decision_function(mixed).mean()

    for row, values in zip(X[:2], own.values, strict=True):
        for j in range(3):
            others = [k for k in range(3) if k != j]
            gain = sum(
                factorial(size) * factorial(2 - size) / 6 * (worth(row, (*s, j)) - worth(row, s)) for size in range(3) for s in combinations(others, size)
            )
            assert np.isclose(values[j], gain)


@pytest.mark.parametrize(
    "X",
    [np.ones((4, 2)), np.zeros((2, 1)), np.random.default_rng(0).normal(size=(4, 30)), np.tile(TINY[:, :1], (1, 3)), TINY * 1e150, TINY * 1e-150, np.repeat(TINY[:3], 5, axis=0)],
    ids=["alike", "two", "wide", "dependent", "huge", "minute", "duplicated"],
)
@pytest.mark.parametrize("scale", ["standard", "asinh"])
def test_awkward_tables_give_finite_scores(X, scale):
    assert np.isfinite(Gaussian(scale=scale).fit(X).decision_scores_).all()


@pytest.mark.parametrize("backend", ["numba", "torch"])
@pytest.mark.parametrize("scale", ["standard", "asinh"])
@pytest.mark.parametrize("value", [0.1, 1e9 / 3, -0.7])
def test_a_column_of_one_value_is_as_wide_as_one_of_zeros(value, scale, backend):
    """The mean of 0.1 many times is not quite 0.1, and that is no spread."""
    rng = np.random.default_rng(0)
    X, new = rng.normal(size=(400, 3)), rng.normal(size=(5, 3))
    X[:, 1], new[:, 1] = 0.0, [0.0, 1.0, -1.0, 2.0, 5.0]
    zeros = Gaussian(scale=scale, backend=backend, device="auto" if backend == "numba" else "cpu").fit(X).decision_function(new)
    X[:, 1] += value
    new[:, 1] += value
    told = Gaussian(scale=scale, backend=backend, device="auto" if backend == "numba" else "cpu").fit(X).decision_function(new)
    assert np.allclose(told, zeros, rtol=1e-4)


@pytest.mark.parametrize("params", [{"scale": "log"}, {"trim": 1.0}, {"trim": -0.1}, {"trim": "a"}, {"ridge": 0}, {"ridge": "b"}])
def test_bad_parameters_are_told(params):
    with pytest.raises(ParameterError, match=next(iter(params))):
        Gaussian(**params).fit(TINY)
