"""Missing values of every kind are seen, and speak no louder than allowed."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from pynomaly.encoding.missing import LOUDEST, Indicator, is_finite, is_infinite, is_missing, step


@pytest.mark.parametrize(
    "values",
    [
        [1.0, None, float("nan"), None, None],
        [1, None, None, None, None],
        ["a", None, None, None, None],
        [True] + [None] * 4,
        [date(2024, 1, 1)] + [None] * 4,
    ],
)
def test_every_kind_of_missing(values):
    assert is_missing(pl.Series(values)).tolist() == [False, True, True, True, True]


def test_infinite_is_neither_missing_nor_finite():
    series = pl.Series([1.0, None, float("nan"), float("inf"), -float("inf")])
    assert is_missing(series).tolist() == [False, True, True, False, False]
    assert is_infinite(series).tolist() == [False, False, False, True, True]
    assert is_finite(series).tolist() == [True, False, False, False, False]
    assert not is_infinite(pl.Series(["a", None])).any() and is_finite(pl.Series([1, None])).tolist() == [True, False]


def test_nothing_missing():
    for series in (pl.Series([1.0, float("inf")]), pl.Series([1.0, 2.0]), pl.Series([1, 2]), pl.Series(["", "a"])):
        seen = is_missing(series)
        assert seen.dtype == bool and seen.tolist() == [False, False]


def test_step_is_held():
    assert step(0.5) == 2.0
    assert step(0.2) == pytest.approx(2.5)
    assert step(1e-6) == step(1 - 1e-6) == LOUDEST
    assert step(0.0) == step(1.0) == 1.0


def test_indicator_is_standardised_and_told():
    series = pl.Series("tip", [None, 1, 2, None, 3])
    indicator, out = Indicator.fit(series), np.empty((5, 1))
    assert indicator.write(series, out) == []
    assert out.mean() == pytest.approx(0) and out.std() == pytest.approx(1)
    assert [(f.name, f.column, f.kind) for f in indicator.features] == [("tip is missing", "tip", "missing")]


def test_infinite_has_an_indicator_too():
    series = pl.Series("rate", [float("inf"), 1.0, 2.0, None, -float("inf")])
    indicator, out = Indicator.fit(series, "infinite"), np.empty((5, 1))
    assert indicator.write(series, out) == []
    assert (
        out.mean() == pytest.approx(0) and out.std() == pytest.approx(1) and (out[:, 0] > 0).tolist() == [True, False, False, False, True]
    )
    assert [(f.name, f.column, f.kind) for f in indicator.features] == [("rate is infinite", "rate", "infinite")]


def test_one_missing_in_a_million_is_ten_out():
    series = pl.Series("x", [None, *range(99_999)])
    out = np.empty((100_000, 1))
    Indicator.fit(series).write(series, out)
    assert out.max() - out.min() == pytest.approx(LOUDEST)
