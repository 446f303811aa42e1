"""Criteria that need no labels give the answers that are known beforehand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

import pynomaly as pyn
from pynomaly.comparisons.criteria import agreement, consensus, excess_mass, mass_volume, stability, top_overlap, wraps


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=3, max_size=30).filter(lambda rows: len({a for a, _ in rows}) > 1 and len({b for _, b in rows}) > 1))
def test_agreement_is_spearmans_correlation(rows):
    a, b = np.array(rows, dtype=float).T
    assert agreement({"a": a, "b": b}).loc["a", "b"] == pytest.approx(spearmanr(a, b).statistic)


def test_agreement_does_not_depend_on_scale_and_knows_the_reverse():
    a = np.random.default_rng(0).normal(size=50)
    found = agreement({"a": a, "monotone": np.exp(3 * a), "reverse": -a, "flat": np.zeros(50)})
    assert found.loc["a"].tolist() == pytest.approx([1, 1, -1, 0])
    assert np.diag(found).tolist() == [1, 1, 1, 1]


def test_overlap_counts_shared_rows_of_the_top():
    found = top_overlap({"a": np.array([5, 4, 3, 2, 1.0]), "b": np.array([5, 1, 4, 2, 3.0])}, 2)
    assert found.loc["a", "b"] == 0.5 and found.loc["a", "a"] == 1


def test_the_odd_one_out_has_the_least_consensus():
    rng = np.random.default_rng(1)
    truth = rng.normal(size=200)
    found = consensus({**{name: truth + 0.3 * rng.normal(size=200) for name in "abc"}, "odd": rng.normal(size=200)})
    assert found.idxmin() == "odd" and found["odd"] < 0.3 < 0.7 < found["a"]
    assert consensus({"alone": truth}).isna().all()


def test_stability_is_the_mean_over_pairs():
    a = np.arange(10.0)
    assert stability(np.stack([a, a, a])) == pytest.approx(1)
    assert stability(np.stack([a, a, -a])) == pytest.approx((1 - 1 - 1) / 3)
    assert np.isnan(stability(a[None]))


def test_mass_volume_of_scores_that_tell_nothing_and_all():
    rng = np.random.default_rng(2)
    alike = rng.random(20_000)
    assert mass_volume(alike, alike) == pytest.approx(0.9495, abs=0.005)  # the volume is the share: its mean between 0.9 and 0.999
    assert mass_volume(np.zeros(100), np.ones(100)) == 0  # every row below every point of the box
    assert mass_volume(np.ones(100), np.zeros(100)) == 1


def test_excess_mass_of_scores_that_tell_nothing_and_all():
    rng = np.random.default_rng(3)
    alike = rng.random(5_000)
    # mass = volume: 1 - price until it falls under 0.9, in hundredths of the dearest price
    assert excess_mass(alike, alike) == pytest.approx((0.1 - 0.1**2 / 2) / 100, rel=0.03)
    assert excess_mass(np.zeros(100), np.ones(100)) == pytest.approx(1)
    # all rows in a tenth of the box: 1 - price / 10 until a price of one
    assert excess_mass(np.zeros(1000), np.r_[np.zeros(100), np.ones(900)]) == pytest.approx(0.95 / 100, rel=0.03)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_both_are_shares_and_see_order_only(seed):
    rng = np.random.default_rng(seed)
    rows, even = rng.normal(size=60), 1 + 2 * rng.normal(size=80)
    assert 0 <= mass_volume(rows, even) <= 1 and 0 <= excess_mass(rows, even) <= 1
    assert excess_mass(rows, even) == pytest.approx(excess_mass(rows**3, even**3))


@pytest.mark.parametrize("columns", [3, 8])
def test_a_detector_that_fits_wraps_tighter_than_noise(columns):
    X = np.random.default_rng(4).normal(size=(300, columns)) @ np.random.default_rng(5).normal(size=(columns, columns))

    class Noise(pyn.Detector):
        def _fit(self, X):
            return self._score(X)

        def _score(self, X):
            return np.random.default_rng(0).normal(size=len(X))

    good, bad = wraps(lambda: pyn.detector("gaussian"), X, 0), wraps(Noise, X, 0)
    assert good[0] > bad[0] and good[1] < bad[1]
    assert wraps(lambda: pyn.detector("gaussian"), X, 0) == good
