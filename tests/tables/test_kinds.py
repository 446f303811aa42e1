"""What a column is: numbers, booleans and dates in text; typed columns; a kind asked for."""

import datetime as dt

import polars as pl
import pytest

from pynomaly.errors import ColumnError, ParameterError
from pynomaly.tables.dates import dates, hours
from pynomaly.tables.kinds import check_kind, examine
from pynomaly.tables.numbers import booleans, is_code, missing_words, plain, whole, written


def kind(values, **how):
    return examine(pl.Series("x", values), **how).column.kind


@pytest.mark.parametrize(
    "values, expected",
    [
        (["1", "2.5", "1e3"], "number"), ([" 1", "2 "], "number"), (["1", "NA", None], "number"), (["nan", "2"], "number"), (["007", "120"], "category"), (["12345678901234567890", "1"], "category"),
        (["yes", "No"], "boolean"), (["TRUE", "false", "?"], "boolean"), (["yes", "true"], "category"), (["-", "+", "-"], "category"), (["Oslo", "Rome"], "category"), (["a", "a b c d e f"], "category"),
        (["the bill was lost", "he had to pay for all of us", "no bill, see the mail of monday"], "text"), (["2024-01-01", "2024-01-02"], "datetime"), (["07:30", "8:15"], "number"), (["27:30", "8:15"], "category"),
        (["NA", "?", ""], "empty"), ([None, None], "empty"), (["  ", "\t"], "empty"), ([1.0, None], "number"), ([float("nan")], "empty"), ([True, None], "boolean"),
        ([dt.date(2024, 1, 1)], "datetime"), ([dt.timedelta(1)], "number"), ([dt.time(1)], "number"), (["1.2.3.4", "10.0.0.1"], "category"), (["1,5", "2,5"], None),
    ],
)  # fmt: skip
def test_kinds(values, expected):
    if expected is None:
        with pytest.raises(ColumnError, match="looks like numbers with signs or separators \\('1,5' in row 0\\).*that one as 1.5"):
            kind(values)
    else:
        assert kind(values) == expected


def test_decimal_comma_only_where_it_may_be():
    found = examine(pl.Series("x", ["1,5", "2", ",25", None]), comma=True)
    assert found.values.to_list() == [1.5, 2.0, 0.25, None] and found.column.layout == "decimal comma"
    with pytest.raises(ColumnError, match="1.234,5"):
        examine(pl.Series("x", ["1.234,5", "2,5", "1"]), comma=True)


@pytest.mark.parametrize(
    "values, says",
    [
        (["1"] * 19 + ["abc"], "'x' holds 19 numbers and 1 value that is none \\('abc' in row 19\\); mend it, or give types={'x': 'number'} to make it missing"),
        (["1"] * 30 + ["a" * 90, "b"], "2 values that are none .*\\.\\.\\.' in row 30"),
        (["2024-01-01"] * 20 + ["2024-02-30"], "20 datetimes and 1 value that is none \\('2024-02-30' in row 20\\)"),
        (["$1,234.50", "€ 7"], "that one as 1234.5"), (["12 %", "7 %"], "looks like numbers"), (["1'000", "2'500"], "looks like numbers"),
    ],
)  # fmt: skip
def test_mixed_columns_are_refused_with_the_way_out(values, says):
    with pytest.raises(ColumnError, match=says):
        examine(pl.Series("x", values))


def test_some_numbers_among_text_are_told():
    found = examine(pl.Series("x", ["1", "2", "a", "b"]))
    assert found.column.kind == "category" and "2 values of 4 can be read as numbers" in found.repairs[0].message


def test_missing_words_are_told_by_column_and_word():
    found = examine(pl.Series("x", ["1", "NA", "n/a", "NA", "4"]))
    assert found.values.to_list() == [1, None, None, None, 4]
    assert "3 values written 'NA' and 'n/a' were taken as missing" in found.repairs[0].message and found.repairs[0].count == 3
    assert missing_words(pl.Series(["a", "Null", " - "])) == {"Null": 1, " - ": 1}


def test_codes_are_told():
    found = examine(pl.Series("zip", ["01234", "98765"]))
    assert found.values[0] == "01234" and "such as '01234'" in found.repairs[0].message
    assert is_code(pl.Series(["9" * 19])) and not is_code(pl.Series(["0.5", "0", "-1"]))


@pytest.mark.parametrize(
    "asked, values, expected, lost",
    [
        ("number", ["1", "x", "3"], [1, None, 3], 1), ("number", ["$1,200", "7 %", "free"], [1200, 7, None], 1), ("number", [True, False], [1, 0], 0),
        ("number", ["1", "NA"], [1, None], 0), ("number", [dt.datetime(1970, 1, 1, 0, 1)], [60], 0), ("number", [1.0, float("nan")], [1, None], 0),
        ("category", [1.0, 2.0, None], ["1", "2", None], 0), ("category", ["1", "NA", "x"], ["1", None, "x"], 0), ("text", ["a", None], ["a", None], 0), ("category", [True, None], ["true", None], 0),
        ("boolean", ["1", "0", "maybe"], [True, False, None], 1), ("boolean", [1, 0, 2], [True, False, None], 1), ("boolean", [True, None], [True, None], 0), ("boolean", ["yes", "no"], [True, False], 0),
        ("datetime", ["2024-01-01", "soon"], [dt.datetime(2024, 1, 1), None], 1), ("datetime", ["soon", "later"], [None, None], 2), ("datetime", ["20240131", "20240201"], [dt.datetime(2024, 1, 31), dt.datetime(2024, 2, 1)], 0),
        ("datetime", [20240131], [dt.datetime(2024, 1, 31)], 0), ("datetime", [86400], [dt.datetime(1970, 1, 2)], 0), ("datetime", [86400 * 1000 * 10000], [dt.datetime(1997, 5, 19)], 0),
        ("datetime", [dt.date(2024, 1, 1)], [dt.datetime(2024, 1, 1)], 0), ("datetime", [None, None], [None, None], 0),
    ],
)  # fmt: skip
def test_a_kind_asked_for(asked, values, expected, lost):
    found = examine(pl.Series("x", values), asked)
    assert found.values.to_list() == expected and found.lost == lost
    assert (found.example is not None) == (lost > 0)


def test_kinds_are_checked():
    assert check_kind("x", "datetime day-first") == ("datetime", "day-month-year")
    with pytest.raises(ParameterError, match="types={'x': 'numbr'} names no kind of column; did you mean 'number'"):
        check_kind("x", "numbr")


def test_moments_stand_on_the_clock_of_their_zone():
    column = pl.Series("x", [dt.datetime(2024, 7, 1, 12)]).dt.replace_time_zone("UTC").dt.convert_time_zone("America/New_York")
    found = examine(column)
    assert found.values.to_list() == [dt.datetime(2024, 7, 1, 8)] and "America/New_York" in found.repairs[0].message


SAME = ["2024-03-31 17:05", "2024/03/31 17:05:00.000", "31.03.2024 17:05", "3/31/2024 5:05 PM", "31-Mar-2024 17:05:00", "31 March 2024, 17:05", "March 31st, 2024 17:05", "Sun, 31 Mar 24 5:05 p.m.", "20240331T1705"]


@pytest.mark.parametrize("text", SAME[:-1])
def test_one_moment_in_many_ways(text):
    values, order, _ = dates(pl.Series("x", [text, None]))
    assert values.to_list() == [dt.datetime(2024, 3, 31, 17, 5), None] and values.name == "x"


@pytest.mark.parametrize("values", [["1.5", "2.5"], ["2024-13-41"], ["10-20-30x"], ["01.01.0001"], ["2024-01-01 25:00"], ["2024-01-01 13:00 pm"], [None], ["May be"]])
def test_what_is_no_date(values):
    assert dates(pl.Series("x", values, dtype=pl.String)) is None


def test_the_order_of_day_and_month():
    assert dates(pl.Series(["13/01/2024", "1/2/2024"]))[0].dt.month().to_list() == [1, 2], "a thirteenth decides"
    values, order, told = dates(pl.Series(["1/2/2024", "3/2/2024", "2/4/2024"]))
    assert order == "day-month-year" and "order of time" in told[0], "the order of the rows decides"
    assert dates(pl.Series(["3/4/2024", "1/2/2024", "5/6/2024"]))[1] == "month-day-year"
    assert dates(pl.Series(["3.4.2024", "1.2.2024", "5.6.2024"]))[1] == "day-month-year"
    assert dates(pl.Series(["3/4/2024", "1/2/2024", "5/6/2024"]), "day-month-year")[0].dt.month().to_list() == [4, 2, 6]
    found = examine(pl.Series("when", ["3/4/2024", "1/2/2024", "5/6/2024"]))
    assert "types={'when': 'datetime day-first'} if that is wrong" in found.repairs[0].message


def test_mixed_forms_of_one_order():
    values = dates(pl.Series(["2024-01-01", "2024-01-02 10:00", "2024-01-03T10:00:00.5"]))[0]
    assert values.dt.to_string("%d %H:%M:%S%.3f").to_list() == ["01 00:00:00.000", "02 10:00:00.000", "03 10:00:00.500"]
    assert dates(pl.Series(["2024-01", "2024-02"]))[0].dt.month().to_list() == [1, 2]


def test_zones_in_text():
    one, _, told = dates(pl.Series(["2024-01-01T10:00:00+02:00", "2024-01-02T10:00:00+02:00"]))
    assert one.dt.hour().to_list() == [10, 10] and "'+02:00'" in told[0]
    two, _, told = dates(pl.Series(["2024-01-01T10:00:00+02:00", "2024-01-02T10:00:00-0130", "2024-01-02T10:00:00Z"]))
    assert two.dt.to_string("%H:%M").to_list() == ["08:00", "11:30", "10:00"] and "UTC" in told[0]


def test_hours():
    assert hours(pl.Series(["7:30", "23:59:30", None])).to_list() == [7.5, 23 + 59.5 / 60, None]
    assert hours(pl.Series(["7:30"] * 300 + ["7:75"])) is None
    found = examine(pl.Series("at", ["7:30", "8:00"]))
    assert examine(pl.Series("at", ["9:45"]), "number", found.column.layout).values.to_list() == [9.75]
    assert examine(pl.Series("at", ["noon"]), "number", "hours").lost == 1


def test_numbers():
    assert plain(pl.Series(["1", "x", " 3 "])).to_list() == [1, None, 3]
    assert whole(pl.Series([1, 2], dtype=pl.UInt64)).dtype == pl.Int64 and whole(pl.Series([2**63], dtype=pl.UInt64)).dtype == pl.Float64
    assert whole(pl.Series([1.0, 2.0**60])).dtype == pl.Float64 and whole(pl.Series([1.0, float("inf")])).dtype == pl.Float64
    assert written(pl.Series(["1.234.567,5", "(12.50)", "+ 3", "1 234", "12,5 %", "CHF 7", "1,2,3", "x1"])).to_list() == [1234567.5, -12.5, 3, 1234, 12.5, 7, None, None]
    assert booleans(pl.Series(["a"])) is None and booleans(pl.Series([None], dtype=pl.String)) is None
