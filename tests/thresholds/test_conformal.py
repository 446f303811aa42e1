"""Conformal p-values: what they promise, against scipy, and by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import false_discovery_control

from pynomaly.detectors.ecod import ECOD
from pynomaly.detectors.gaussian import Gaussian
from pynomaly.detectors.iforest import IForest
from pynomaly.detectors.knn import KNN
from pynomaly.errors import DataError, ParameterError
from pynomaly.thresholds.conformal import CrossFitted, adjusted, attainable
from pynomaly.thresholds.severity import p_values

P = arrays(np.float64, st.integers(1, 60), elements=st.floats(1e-6, 1.0))


@given(P)
def test_benjamini_hochberg_is_scipys(p):
    assert np.allclose(adjusted(p), false_discovery_control(p))


@given(P)
def test_storey_is_benjamini_hochberg_at_a_level_over_the_estimated_share(p):
    share = (1 + (p > 0.5).sum()) / (0.5 * p.size)
    raw = p * p.size * share / np.maximum(1, (p[None, :] <= p[:, None]).sum(axis=1))
    expected = np.array([min(1.0, raw[p >= one].min()) if one <= 0.5 else 1.0 for one in p])
    assert np.allclose(adjusted(p, "storey"), expected)


def test_storey_finds_more_where_half_are_anomalies():
    p = np.append(np.linspace(0.01, 1, 50), np.linspace(0.001, 0.05, 50))
    assert (adjusted(p, "storey") <= 0.1).sum() > (adjusted(p) <= 0.1).sum()


def test_another_method_is_one_sentence():
    with pytest.raises(ParameterError, match="method is 'holm', but it must be 'bh' or 'storey'"):
        adjusted(np.array([0.5]), "holm")


def test_what_can_be_attained_with_few_rows_is_said():
    with pytest.raises(DataError, match=r"0.01 cannot be attained with 20 calibration rows: .* 1/21 = 0.048; .* or give 99 rows"):
        attainable(20, 5, 0.01)
    assert "1 in 21, so that rows are flagged only when at least 48 of the 50" in attainable(20, 50, 0.05)
    assert attainable(19, 1, 0.05) == "" and attainable(10_000, 100, 0.05) == ""


@pytest.mark.parametrize("rows, tests, level", [(20, 5, 0.1), (99, 30, 0.05), (199, 40, 0.05)])
def test_the_attainable_number_is_exact(rows, tests, level):
    least = int(attainable(rows, tests, level).split("at least ")[1].split(" of")[0])
    for together, flagged in ((least, least), (least - 1, 0)):
        p = np.append(np.full(together, 1 / (rows + 1)), np.ones(tests - together))
        assert (adjusted(p) <= level).sum() == flagged


def test_each_row_is_scored_by_a_detector_that_has_not_seen_it():
    X = np.random.default_rng(0).normal(size=(30, 2))
    model = CrossFitted(Gaussian(), folds=7, random_state=3).fit(X)
    for fold, fitted in enumerate(model.detectors_):
        out = model.fold_ == fold
        assert 4 <= out.sum() <= 5
        again = Gaussian().fit(X[~out])
        assert np.array_equal(model.decision_scores_[out], again.decision_function(X[out]))
        assert np.array_equal(fitted.decision_function(X), again.decision_function(X))
    assert np.allclose(model.decision_function(X), np.median([one.decision_function(X) for one in model.detectors_], axis=0))


def test_as_many_folds_as_rows_is_the_jackknife():
    model = CrossFitted(ECOD(), folds=50).fit(np.random.default_rng(0).normal(size=(12, 2)))
    assert len(model.detectors_) == 12 and np.bincount(model.fold_).tolist() == [1] * 12
    with pytest.raises(ParameterError, match="folds"):
        CrossFitted(ECOD(), folds=1).fit(np.zeros((5, 2)))


def test_p_values_of_normal_rows_are_as_good_as_uniform():
    rng = np.random.default_rng(0)
    below = []
    for seed in range(60):
        X = rng.normal(size=(60, 2))
        model = CrossFitted(Gaussian(), folds=6, random_state=seed).fit(X)
        below.append((p_values(model.decision_function(rng.normal(size=(50, 2))), model.decision_scores_) <= 0.1).mean())
    assert abs(np.mean(below) - 0.1) < 4 * np.std(below) / np.sqrt(60) + 0.01


def test_contributions_are_the_mean_of_those_of_the_detectors_and_say_so():
    X = np.random.default_rng(0).normal(size=(30, 3))
    model = CrossFitted(Gaussian(), folds=5)
    assert not model.explains
    made = model.fit(X).contributions(X)
    assert model.explains and "on average over 5 detectors; the score is of the one that has not seen the row" in made.rule
    assert np.allclose(made.base + made.values.sum(axis=1), np.mean([one.decision_function(X) for one in model.detectors_], axis=0))
    logs = CrossFitted(IForest(random_state=0), folds=3).fit(X)
    assert logs.contributions(X).unit == logs.detectors_[0].unit == logs.detectors_[0].contributions(X).unit


def test_there_are_none_where_the_detectors_have_none():
    X = np.random.default_rng(0).normal(size=(30, 3))
    model = CrossFitted(KNN(), folds=3).fit(X)
    with pytest.raises(ParameterError, match="no exact contributions"):
        model.contributions(X)
