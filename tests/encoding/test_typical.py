"""Typical values, in the user's units."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pynomaly.encoding.typical import tell, told_range, typical
from pynomaly.tables.table import Column, Roles, Table


def usual(kind: str, values, mask=None):
    table = Table(pl.DataFrame({"x": values}), Roles(("x",)), {"x": Column(kind, kind, kind)})
    return typical(table, mask)["x"]


@pytest.mark.parametrize(
    "value, kind, text",
    [
        (9120, "number", "9,120"),
        ("", "text", '""'),
        (" ", "category", '" "'),
        (9120.0, "number", "9,120"),
        (1234567.891, "number", "1,234,568"),
        (9123.456, "number", "9,123.46"),
        (0.1, "number", "0.1"),
        (-0.5, "number", "-0.5"),
        (0.0, "number", "0"),
        (1e20, "number", "1e+20"),
        (1e-9, "number", "1e-09"),
        (float("inf"), "number", "inf"),
        (np.float64(2.5), "number", "2.5"),
        (np.int64(1000), "number", "1,000"),
        (10**20, "number", "100,000,000,000,000,000,000"),
        (True, "boolean", "yes"),
        (0, "boolean", "no"),
        ("Paris", "category", "Paris"),
        (7, "category", "7"),
        ("<b>", "text", "<b>"),
        ("oops", "number", "oops"),
        (datetime(2019, 3, 23, 20, 21), "datetime", "2019-03-23 20:21"),
        (datetime(2019, 3, 23, 20, 21, 9), "datetime", "2019-03-23 20:21:09"),
        (datetime(2019, 3, 23), "datetime", "2019-03-23"),
        (date(2019, 3, 23), "datetime", "2019-03-23"),
        (np.datetime64("2019-03-23T20:21"), "datetime", "2019-03-23 20:21"),
        (None, "number", "missing"),
        (float("nan"), "number", "missing"),
        (pd.NA, "category", "missing"),
        (pd.NaT, "datetime", "missing"),
        (np.datetime64("NaT"), "datetime", "missing"),
    ],
)
def test_tell(value, kind, text):
    assert tell(value, kind) == text


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers())
def test_any_number_can_be_told_and_read_back(value):
    text = tell(value, "number")
    if text != "missing":
        assert float(text.replace(",", "")) == pytest.approx(float(value), rel=1e-5)


@pytest.mark.parametrize(
    "low, high, text",
    [(20.134, 309.7, "20.1 – 310"), (2019, 2021, "2,019 – 2,021"), (12_345.6, 98_765.4, "12,300 – 98,800"), (0, 5.76, "0 – 5.76"), (-3.2, 3.1, "-3.2 – 3.1"), (298.12, 298.19, "298.12 – 298.19"), (5, 5, "5"), (1e-9, 3e-9, "1e-09 – 3e-09"), (0.0, 1e300, "0 – 1e+300")],
)
def test_told_range(low, high, text):
    assert told_range(low, high) == text


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
def test_any_range_can_be_told(a, b):
    low, high = sorted((a, b))
    ends = [float(end.replace(",", "")) for end in told_range(low, high).split(" – ")]
    size = max(abs(low), abs(high))
    for end, told in zip((low, high), (ends[0], ends[-1])):
        assert abs(told - end) <= 0.006 * size


def test_numbers_and_mask():
    values, mask = np.append(np.arange(100.0), 1e6), np.arange(101) < 100
    found = usual("number", values, mask)
    assert (found.low, found.median, found.high) == (4.95, 49.5, 94.05) and found.text == "4.95 – 94"
    assert usual("number", values, np.zeros(101, dtype=bool)) == usual("number", values)  # nobody asked: all


def test_missing_share():
    found = usual("number", [1.0, 2.0, None, float("nan")])
    assert found.missing == 0.5 and found.text.endswith(", missing 50 %")
    assert usual("number", [None, None]).text == "no values" and usual("number", pl.Series([None], dtype=pl.Float64)).low is None


def test_categories():
    assert usual("category", ["cash"] * 71 + ["card"] * 25 + ["x", "y", "z", "w"]).text == "cash 71 %, card 25 %, 4 others 4 %"
    found = usual("category", ["b", "a"])
    assert found.text == "a 50 %, b 50 %" and found.common == [("a", 0.5), ("b", 0.5)] and found.low is None
    assert usual("category", [f"v{i}" for i in range(1000)]).text == "1,000 values, the commonest v0 under 1 %"
    assert usual("category", ["a"] * 999 + ["b"]).text == "a over 99 %, b under 1 %"
    assert "…" in usual("category", ["long " * 50] * 3 + ["b"]).text


def test_booleans():
    found = usual("boolean", [True, False, False, False])
    assert found.text == "no 75 %, yes 25 %" and found.common == [(False, 0.75), (True, 0.25)]


def test_dates():
    start = datetime(2024, 1, 1)
    found = usual("datetime", [start + timedelta(days=i) for i in range(101)])
    assert found.text == "2024-01-06 – 2024-04-05" and found.median == datetime(2024, 2, 20)
    assert usual("datetime", [date(2024, 1, 1)] * 3).text == "2024-01-01"


def test_hours_across_midnight():
    start = datetime(2024, 1, 1, 22)
    found = usual("datetime", [start + timedelta(minutes=i) for i in range(241)])
    assert found.text.endswith("mostly 22:00 – 01:36")
    assert "mostly" not in usual("datetime", [start + timedelta(minutes=37 * i) for i in range(500)]).text


def test_lengths():
    found = usual("text", ["a" * i for i in range(101)])
    assert found.text == "5 – 95 characters" and found.median == 50


def test_other_columns_on_request():
    frame = pl.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]})
    table = Table(frame, Roles(("a",)), {"a": Column("number", "number", "number"), "b": Column("category", "category", "text")})
    assert list(typical(table)) == ["a"] and list(typical(table, columns=["b", "a"])) == ["b", "a"]
