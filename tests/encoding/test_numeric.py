"""Numbers: standardised, repeatable to the last bit, finite for any float."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pynomaly.encoding.missing import LOUDEST
from pynomaly.encoding.numeric import LIMIT, Numeric, Scale, floats

finite = st.floats(allow_nan=False, allow_infinity=False)
anything = st.floats(allow_nan=True, allow_infinity=True)


def encoded(train: pl.Series, new: pl.Series | None = None) -> np.ndarray:
    new = train if new is None else new
    out = np.empty((len(new), 1))
    Numeric.fit(train).write(new, out)
    return out.ravel()


def test_mean_zero_and_std_one():
    z = encoded(pl.Series(np.random.default_rng(0).lognormal(3, 2, 5000)))
    assert abs(z.mean()) < 1e-12 and z.std() == pytest.approx(1)


@pytest.mark.parametrize("offset", [1e6, 1e9, -1e9, 1e12])
def test_large_offsets_cost_no_digits(offset):
    x = np.random.default_rng(1).integers(-512, 512, 2000) / 256  # exact after every offset
    np.testing.assert_allclose(encoded(pl.Series(x + offset)), encoded(pl.Series(x)), rtol=1e-9, atol=1e-9)


def test_whole_numbers_and_booleans():
    np.testing.assert_array_equal(encoded(pl.Series([1, 2, 3, 4])), encoded(pl.Series([1.0, 2.0, 3.0, 4.0])))
    np.testing.assert_array_equal(encoded(pl.Series([True, False, True, True])), encoded(pl.Series([1, 0, 1, 1])))
    assert floats(pl.Series([timedelta(seconds=2)])).tolist() == [2e6]


def test_missing_takes_the_median():
    train = pl.Series("x", [1.0, 2.0, None, 10.0])
    assert encoded(train, pl.Series("x", [None, float("nan"), 2.0])).tolist() == [encoded(train)[1]] * 3


def test_infinite_lies_beyond_all_others_and_moves_none():
    clean = pl.Series("x", [1.0, 2.0, None, 10.0])
    train = pl.Series("x", [1.0, 2.0, None, 10.0, float("inf"), -float("inf")])
    out = encoded(train)
    assert out[:4].tolist() == encoded(clean).tolist(), "finite values are encoded as without it"
    assert out[4] == out.max() == encoded(clean).max() + LOUDEST and out[5] == encoded(clean).min() - LOUDEST
    assert encoded(clean, pl.Series("x", [float("inf"), 1e6]))[0] == out[4], "whatever else is in the batch"
    for only in ([5.0, 5.0, float("inf")], [None, float("inf"), -float("inf")], [1e308, -1e308, float("inf")]):
        assert np.isfinite(encoded(pl.Series("x", only))).all() and encoded(pl.Series("x", only)).argmax() in (0, 1, 2)
    assert encoded(pl.Series("x", [5.0, 5.0, float("inf")])).tolist() == [0.0, 0.0, LOUDEST]


def test_far_values_are_not_clipped():
    train = pl.Series("x", [0.0, 1.0, 2.0])
    assert encoded(train, pl.Series("x", [1e12]))[0] == pytest.approx(1e12 / np.std([0, 1, 2]), rel=1e-9)


def test_beyond_the_limit_is_held_and_told():
    coder, out = Numeric.fit(pl.Series("x", [0.0, 1e-300])), np.empty((2, 1))
    [repair] = coder.write(pl.Series("x", [1e300, 0.0]), out)
    assert out[0, 0] == LIMIT and repair.count == 1 and repair.column == "x" and "1e+100" in repair.message


def test_scale_of_nothing():
    scale = Scale.measure(np.array([np.nan, np.inf]))
    assert scale == Scale(1.0, 0.0, 0.0, 1.0)
    assert scale.apply(np.array([np.nan, 3.0])).tolist() == [0.0, 3.0]


def test_scale_of_a_constant():
    assert Scale.measure(np.array([7.0, 7.0])).apply(np.array([7.0, 9.0])).tolist() == [0.0, 2.0]


@given(arrays(np.float64, st.integers(1, 40), elements=anything), arrays(np.float64, st.integers(1, 20), elements=anything))
def test_always_finite(train, new):
    assert np.isfinite(Scale.measure(train).apply(train)).all()
    assert np.isfinite(Scale.measure(train).apply(new)).all()


@given(st.lists(finite, min_size=1, max_size=40), st.randoms())
def test_order_does_not_matter_to_the_last_bit(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    assert Scale.measure(np.array(values)) == Scale.measure(np.array(shuffled))


@given(st.lists(finite, min_size=2, max_size=40))
def test_order_of_values_is_kept(values):
    x = np.sort(np.array(values))
    assert (np.diff(Scale.measure(x).apply(x)) >= 0).all()
