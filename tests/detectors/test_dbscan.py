"""DBSCAN as a detector: noise is a score above one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.cluster import DBSCAN as Clusters

from pynomaly.detectors.dbscan import DBSCAN
from pynomaly.detectors.registry import detector
from pynomaly.errors import DataError, ParameterError


@given(st.integers(0, 10_000), st.floats(0.1, 2.0), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_noise_is_above_one(seed, eps, min_samples):
    X = np.random.default_rng(seed).normal(size=(60, 2))
    noise = Clusters(eps=eps, min_samples=min_samples).fit(X).labels_ == -1
    if noise.all():
        with pytest.raises(DataError, match="all are noise"):
            DBSCAN(eps=eps, min_samples=min_samples).fit(X)
    else:
        np.testing.assert_array_equal(DBSCAN(eps=eps, min_samples=min_samples).fit(X).decision_scores_ > 1, noise)


def test_new_rows_and_a_radius_from_the_data(adbench):
    X, y = adbench("6_cardio")
    found = detector("dbscan", contamination=0.1).fit(X)
    noise = (found.decision_scores_ > 1).mean()
    assert 0 < noise <= 0.1  # at most a tenth of the rows are not core, by the choice of the radius
    np.testing.assert_allclose(found.decision_function(X[:50]), found.decision_scores_[:50])
    assert found.decision_scores_[y == 1].mean() > found.decision_scores_[y == 0].mean()
    assert clone(found).get_params() == found.get_params()


def test_parameters_are_checked():
    X = np.random.default_rng(0).normal(size=(30, 2))
    for bad in (0, -1.0, "wide", True, np.inf):
        with pytest.raises(ParameterError, match="eps is"):
            DBSCAN(eps=bad).fit(X)
    with pytest.raises(ParameterError, match="min_samples is 0"):
        DBSCAN(min_samples=0).fit(X)
    with pytest.raises(ParameterError, match="dbscan cannot be built"):
        DBSCAN(eps=1.0, metric="none such").fit(X)
    with pytest.raises(DataError, match="fewer than min_samples=5"):
        DBSCAN().fit(X[:3])
    with pytest.raises(DataError, match="exact copies"):
        DBSCAN().fit(np.ones((20, 2)))
    mostly = np.vstack([np.ones((40, 2)), X[:2]])
    assert DBSCAN(contamination=0.04).fit(mostly).eps_ > 0  # the quantile is 0, so the least radius above it is taken
