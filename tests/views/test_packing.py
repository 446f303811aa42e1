"""Buffers come back as they went in, and counts agree on both sides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pynomaly.views import packing as p

finite = st.floats(-1e30, 1e30)


@pytest.mark.parametrize("dtype", ["f32", "u8", "u16", "u32", "i32"])
@pytest.mark.parametrize("coding", [None, "shuffle"])
def test_any_array_comes_back(dtype, coding):
    array = np.arange(200, 212).astype(p.DTYPES[dtype]).reshape(3, 4)
    pack = p.Packer()
    pack.add("first", np.array([1], np.uint8))
    pack.add("a", array, coding)
    out = p.unpack(pack.buffers, pack.blob(), "a")
    assert out.dtype == array.dtype and (out == array).all()
    assert pack.buffers["a"]["offset"] == 8 and pack.buffers["a"]["shape"] == [3, 4]


@given(hnp.arrays(np.float64, st.integers(1, 60), elements=finite))
def test_scores_come_back_through_delta(scores):
    ranked = (-np.sort(-scores)).astype(np.float32) + np.float32(0)
    pack = p.Packer()
    pack.add("s", ranked, "delta")
    assert (p.unpack(pack.buffers, pack.blob(), "s") == ranked).all()


@given(hnp.arrays(np.uint32, st.integers(1, 60)))
def test_ascending_integers_come_back_through_delta(values):
    values = np.sort(values)
    pack = p.Packer()
    pack.add("v", values, "delta")
    assert (p.unpack(pack.buffers, pack.blob(), "v") == values).all()


@settings(max_examples=300)
@given(hnp.arrays(np.float64, st.integers(1, 40), elements=st.floats(-1e3, 1e3)), st.data())
def test_the_view_counts_as_numpy_does(scores, data):
    ranked = -np.sort(-scores)
    threshold = data.draw(st.one_of(st.sampled_from(list(ranked)), st.floats(-2e3, 2e3)))
    shown, at = p.view_scores(ranked, threshold)
    assert (shown.astype(np.float64) > at).sum() == (ranked > threshold).sum()
    assert (np.diff(shown) <= 0).all() and np.isfinite(at)
    assert np.allclose(shown, ranked, rtol=1e-6, atol=1e-30)


def test_neighbours_that_float32_cannot_tell_apart_stay_apart_at_the_threshold():
    ranked = np.array([1 + 3e-12, 1 + 2e-12, 1 + 1e-12, 1.0])
    for k in range(1, 4):
        shown, at = p.view_scores(ranked, float(ranked[k]))
        assert (shown.astype(float) > at).sum() == k


def test_quantised_values_are_near_and_missing_stays_missing():
    values = np.array([0.0, 1.0, np.nan, 0.25, np.inf])
    steps, low, high = p.quantise(values, fine=True)
    assert steps.tolist() == [0, 65534, p.MISSING, round(65534 / 4), p.MISSING] and (low, high) == (0, 1)


@pytest.mark.parametrize("values", [np.full(3, np.nan), np.array([]), np.array([7.0, 7.0]), np.array([-1e308, 1e308]), np.array([5e-324, 0.0])])
def test_odd_ranges_are_quantised(values):
    steps, low, high = p.quantise(values)
    assert steps.shape == values.shape and steps.dtype == np.uint16 and np.isfinite([low, high]).all()
    kept = np.isfinite(values)
    assert (steps[~kept] == p.MISSING).all() and (steps[kept] < p.MISSING).all()


def test_the_number_of_points_rows_and_bytes_grows_slower_than_the_table():
    small, middle, large = (p.allowance(n, n // 100, 20) for n in (10_000, 100_000, 1_000_000))
    assert small.exact == 10_000 and small.sample == 0
    assert middle.exact + middle.sample == 60_000 and large.exact + large.sample == 150_000
    assert small.bytes < middle.bytes < large.bytes < 7e6
    assert p.allowance(5, 0, 3).rows == 5 and p.allowance(10**6, 10**5, 4000).columns == 200


@pytest.mark.parametrize("n", [1, 10, 60_000, 60_001, 123_457, 2_000_003])
def test_points_are_ranks_each_once(n):
    give = p.allowance(n, 5, 3)
    ranks = p.point_ranks(give, n)
    assert len(ranks) == give.exact + give.sample and (np.diff(ranks.astype(np.int64)) > 0).all() and ranks[-1] < n
