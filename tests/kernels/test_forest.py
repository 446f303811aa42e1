"""Isolation trees: what they hold, how chance is drawn, and scikit-learn's converted."""

from time import sleep

import numpy as np
import pytest
from sklearn.ensemble import IsolationForest

from pynomaly.errors import ParameterError
from pynomaly.kernels.blocks import each_block
from pynomaly.kernels.cpu import iforest as cpu
from pynomaly.kernels.forest import average_path_length, draw, from_sklearn, levels, round_down, sample_of


@pytest.mark.interpreted
def test_average_path_length_is_that_of_a_binary_search_tree():
    harmonic = sum(1 / k for k in range(1, 256))
    assert average_path_length([0, 1, 2]).tolist() == [0.0, 0.0, 1.0]
    assert average_path_length(256) == pytest.approx(2 * harmonic - 2 * 255 / 256, abs=0.01)


@pytest.mark.interpreted
def test_levels():
    assert [levels(psi) for psi in (2, 3, 4, 5, 255, 256, 257)] == [1, 2, 2, 3, 8, 8, 9]


def test_thresholds_round_down_without_changing_a_comparison():
    thresholds = np.random.default_rng(0).normal(size=2000)
    rounded = round_down(thresholds)
    assert rounded.dtype == np.float32 and (rounded <= thresholds).all()
    for x in (rounded, np.nextafter(rounded, np.float32(np.inf)), thresholds.astype(np.float32)):
        assert ((x > rounded) == (x > thresholds)).all()


def test_draws_are_distinct_seeded_and_independent():
    first, again, other = (draw(3, tree, 50, 6, 20, 4) for tree in (0, 0, 1))
    assert all((a == b).all() for a, b in zip(first, again))
    assert (first.chances != other.chances).all() and (first.rows != other.rows).any()
    assert len(set(first.rows)) == 20 and (np.diff(first.columns) > 0).all()
    assert len(set(draw(3, 0, 5, 1, 50, 1, bootstrap=True).rows)) <= 5


def test_each_row_is_drawn_alike_often():
    times = np.bincount(np.concatenate([draw(0, tree, 40, 1, 10, 1).rows for tree in range(2000)]), minlength=40)
    assert abs(times / 2000 - 0.25).max() < 0.06


def test_values_beyond_float32_are_put_at_its_end():
    drawn = draw(0, 0, 2, 1, 2, 1)
    assert np.isfinite(sample_of(np.array([[1e300], [-1e300]]), drawn)).all()


@pytest.mark.parametrize("name", ["6_cardio", "32_shuttle", "40_vowels", "20_letter", "35_SpamBase", "4_breastw"])
def test_scikit_learns_forest_scores_the_same(adbench, name):
    X, _ = adbench(name)
    model = IsolationForest(random_state=1).fit(X)
    assert np.abs(cpu.score(from_sklearn(model), X) + model.score_samples(X)).max() <= 1e-14


@pytest.mark.parametrize(
    "parameters", [{"max_features": 0.5}, {"bootstrap": True}, {"max_samples": 1000}, {"max_samples": 2}, {"max_samples": 37}, {"n_estimators": 1}]
)
def test_scikit_learns_forest_of_other_parameters(adbench, parameters):
    X, _ = adbench("6_cardio")
    model = IsolationForest(random_state=2, **parameters).fit(X)
    assert np.abs(cpu.score(from_sklearn(model), X) + model.score_samples(X)).max() <= 1e-14


def test_pyods_forest(adbench):
    from pyod.models.iforest import IForest

    X, _ = adbench("40_vowels")
    model = IForest(random_state=0).fit(X)
    assert np.abs(cpu.score(from_sklearn(model), X) + model.detector_.score_samples(X)).max() <= 1e-14


def test_what_is_no_forest_is_refused():
    with pytest.raises(ParameterError, match="IsolationForest"):
        from_sklearn(IsolationForest())
    with pytest.raises(ParameterError, match="max_samples"):
        from_sklearn(IsolationForest(max_samples=1).fit(np.arange(6.0).reshape(3, 2)))


@pytest.mark.parametrize("n_jobs", [1, 3])
def test_blocks_cover_every_row_once(n_jobs):
    seen, steps = np.zeros(10, int), []

    def work(start, stop):
        seen[start:stop] += 1

    each_block(work, 10, 3, n_jobs, steps.append)
    assert (seen == 1).all() and sum(steps) == 10
    each_block(work, 0, 3, n_jobs)


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_failed_block_stops_the_rest(n_jobs):
    done = []

    def work(start, stop):
        if start == 2:
            raise KeyboardInterrupt
        sleep(0.002)
        done.append(start)

    with pytest.raises(KeyboardInterrupt):
        each_block(work, 400, 1, n_jobs)
    assert len(done) < 100
