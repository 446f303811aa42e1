"""Dates: position on the instant, cycles on the wall clock."""

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from pynomaly.encoding.moments import Moments, clock, phase, seconds

START = datetime(2023, 1, 2)  # a Monday


def names(values: list | pl.Series) -> list[str]:
    return [feature.name for feature in Moments.fit(pl.Series("t", values)).features]


def encoded(train: pl.Series, new: pl.Series | None = None) -> np.ndarray:
    coder, new = Moments.fit(train), train if new is None else new
    out = np.empty((len(new), len(coder.features)))
    assert coder.write(new, out) == []
    return out


def spread(days: float, n: int = 210, step: timedelta | None = None) -> list[datetime]:
    return [START + timedelta(days=days * i / n) for i in range(n)] if step is None else [START + i * step for i in range(n)]


def test_cycles_only_where_training_goes_through_them():
    day, week, year = ([f"t {name} (sin)", f"t {name} (cos)"] for name in ("time of day", "weekday", "time of year"))
    assert names([START.date() + timedelta(days=i) for i in range(10)]) == ["t"]
    assert names(spread(10)) == ["t", *day]
    assert names(spread(30)) == ["t", *day, *week]
    assert names(spread(800)) == ["t", *day, *week, *year]
    assert names([date(2020, 1, 1) + timedelta(days=i) for i in range(800)]) == ["t", *week, *year]
    assert names([START + timedelta(weeks=i) for i in range(20)]) == ["t"]  # always Monday at midnight
    assert names([START, None, START]) == ["t"]


def test_weighs_like_one_number():
    for values in (spread(10), spread(30), spread(800)):
        assert encoded(pl.Series("t", values)).var(axis=0).sum() == pytest.approx(1, abs=1e-9)


def test_midnight_has_neighbours_on_both_sides():
    train = pl.Series("t", spread(10))
    a, b, noon = (encoded(train, pl.Series("t", [START + timedelta(days=5, minutes=m)]))[0, 1:] for m in (-1, 1, 720))
    assert np.linalg.norm(a - b) < 0.05 < np.linalg.norm(a - noon)


def test_night_stands_out_among_mornings():
    train = pl.Series("t", [START + timedelta(days=i % 10, hours=9, minutes=i % 60) for i in range(300)])
    night = encoded(train, pl.Series("t", [START + timedelta(days=5, hours=21)]))
    assert np.abs(night[0, 1:]).max() > 5 * np.abs(encoded(train)[:, 1:]).max()


def test_wall_clock_of_the_columns_zone():
    utc = pl.Series("t", spread(30, 720, timedelta(hours=1))).dt.replace_time_zone("UTC")
    tokyo = utc.dt.convert_time_zone("Asia/Tokyo")
    np.testing.assert_array_equal(seconds(utc), seconds(tokyo))
    np.testing.assert_allclose((phase(tokyo, "day") - phase(utc, "day")) % 1, 9 / 24)
    assert clock(tokyo)[0] == START + timedelta(hours=9)


def test_new_rows_of_another_zone_go_on_the_clock_of_training():
    tokyo = pl.Series("t", spread(30)).dt.replace_time_zone("Asia/Tokyo")
    np.testing.assert_array_equal(encoded(tokyo, tokyo.dt.convert_time_zone("UTC")), encoded(tokyo))


def test_summer_time_moves_the_clock_not_the_instant():
    utc = pl.Series("t", [datetime(2024, 3, 30, 12), datetime(2024, 3, 31, 12)]).dt.replace_time_zone("UTC")
    oslo = utc.dt.convert_time_zone("Europe/Oslo")
    assert np.diff(seconds(oslo))[0] == 86_400
    np.testing.assert_allclose(phase(oslo, "day") * 24, [13, 14])


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_any_unit(unit):
    values = pl.Series("t", spread(30))
    np.testing.assert_allclose(encoded(values.cast(pl.Datetime(unit))), encoded(values.cast(pl.Datetime("ms"))), atol=1e-6)


def test_dates_equal_midnights():
    days = [date(2020, 1, 1) + timedelta(days=3 * i) for i in range(300)]
    np.testing.assert_array_equal(encoded(pl.Series("t", days)), encoded(pl.Series("t", days).cast(pl.Datetime("us"))))


def test_phases():
    wednesday = pl.Series([datetime(2024, 1, 3, 6), None])
    assert phase(wednesday, "day")[0] == 0.25 and phase(wednesday, "week")[0] == 2 / 7 and phase(wednesday, "year")[0] == 2 / 366
    for cycle in ("day", "week", "year"):
        assert np.isnan(phase(wednesday, cycle)[1])


def test_before_1970():
    assert phase(pl.Series([datetime(1950, 6, 1, 18)]), "day")[0] == 0.75


def test_missing_is_neutral():
    train = pl.Series("t", [*spread(30), None])
    out = encoded(train)
    assert np.isfinite(out).all() and (out[-1, 1:] == 0).all()
    median = np.sort(seconds(train.drop_nulls()))[104]  # the lower of the two in the middle
    assert out[-1, 0] == pytest.approx(encoded(train, pl.Series("t", [datetime(1970, 1, 1) + timedelta(seconds=median)]))[0, 0])


def test_all_missing_in_training():
    train = pl.Series("t", [None, None], dtype=pl.Datetime("us"))
    assert np.isfinite(encoded(train, pl.Series("t", [START, None]))).all()


def test_a_column_that_orders_the_rows_counts_by_its_cycles_alone():
    hours = pl.Series("t", [datetime(2024, 1, 1) + timedelta(hours=7 * i) for i in range(300)])
    coder = Moments.fit(hours, orders=True)
    assert [f.kind for f in coder.features] == ["cycle"] * 4
    out, whole = np.empty((300, 4)), np.empty((300, 5))
    coder.write(hours, out)
    Moments.fit(hours).write(hours, whole)
    assert abs(out.var(axis=0).sum() - 1) < 1e-9
    assert np.allclose(out / out.std(), whole[:, 1:] / whole[:, 1:].std())
    days = pl.Series("t", [date(2024, 1, 1) + timedelta(days=i) for i in range(9)])
    assert [f.kind for f in Moments.fit(days, orders=True).features] == ["position"]
