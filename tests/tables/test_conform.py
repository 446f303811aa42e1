"""New rows are read as the table was that a detector learned from."""

import datetime as dt
import io

import pandas as pd
import polars as pl
import pytest

from pynomaly.errors import ColumnError, DataError
from pynomaly.tables.conform import conform
from pynomaly.tables.read import read

OLD = pd.DataFrame(
    {
        "amount": [12.5, 9.0, 31.5, 7.0], "city": ["Oslo", "Rome", "Oslo", "Bern"], "paid": [True, False, True, True], "when": pd.to_datetime(["2024-01-03", "2024-01-01", "2024-01-02", "2024-01-07"]),
        "flag": ["x", None, "x", None], "kind": [3, 4, 4, 3], "constant": [1, 1, 1, 1], "is_anomaly": [0, 0, 1, 0],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def old():
    return read(OLD, types={"kind": "category"})


def test_the_same_rows_are_the_same(old):
    new = conform(OLD, old)
    assert new.fingerprint == old.fingerprint and new.roles == old.roles and new.kinds == old.kinds and new.label.tolist() == [0, 0, 1, 0]
    assert conform(old, old).fingerprint == old.fingerprint


def test_text_is_read_as_the_frame_was(old):
    text = io.BytesIO(OLD.to_csv(index=False).encode())
    new = conform(text, old)
    features = list(old.roles.features)
    assert new.frame.select(features).equals(old.frame.select(features))


def test_one_row_without_label_or_constant(old):
    new = conform([{"amount": 3, "city": "Paris", "paid": None, "when": dt.date(2024, 5, 1), "flag": None, "kind": 3}], old)
    assert new.frame.rows() == [(3.0, "Paris", None, dt.datetime(2024, 5, 1), None, "3")] and new.label is None and new.roles.label is None
    assert new.frame.schema == {name: old.frame.schema[name] for name in old.roles.features}


def test_reordered_and_extra_columns_are_told_and_given_back_as_they_came(old):
    new = conform(OLD[reversed(OLD.columns)].assign(note="n"), old)
    assert new.frame.columns == [*OLD.columns, "note"] and "note" in new.roles.ignored
    messages = " ".join(str(repair) for repair in new.repairs)
    assert "in another order than in 'table'" in messages and "The column 'note' of 'table' was not in 'table' and is ignored" in messages
    assert list(new.give_back({"score": [0, 0, 0, 0]}).columns) == [*reversed(OLD.columns), "note", "score"]
    text = conform(io.StringIO(OLD[reversed(OLD.columns)].to_csv(index=False)), old)
    assert text.give_back({}).columns == list(reversed(OLD.columns))


@pytest.mark.parametrize(
    "change, says",
    [
        (lambda df: df.drop(columns="city"), "'table' has no column 'city', which the detector learned from in 'table'; it has"),
        (lambda df: df.rename(columns={"city": "cty"}), "no column 'city'.*did you mean 'cty'"),
        (lambda df: df[["amount"]], "no columns 'city', 'paid', 'when', 'flag' and 'kind'"),
        (lambda df: df.assign(city=5), "Column 'city' of 'table' is a number \\('5' in row 0\\); in 'table' it was a category"),
        (lambda df: df.assign(amount=df["when"]), "'amount' of 'table' is a date or time .* it was a number"),
        (lambda df: df.assign(amount="many"), "holds 4 values that cannot be read as a number \\('many' in row 0\\)"),
        (lambda df: df.assign(amount=["1", "2", "x", "3"]), "holds 1 value that cannot be read as a number \\('x' in row 2\\), which it was in 'table'; mend it"),
        (lambda df: df.assign(when="soon"), "cannot be read as a date or time"),
        (lambda df: df.assign(paid="maybe"), "cannot be read as true or false"),
        (lambda df: df.assign(when=5), "'when' of 'table' is a number"),
        (lambda df: df.assign(amount=[1, "b", 3, 4]), "'amount' mixes int values"),
        (lambda df: df.assign(is_anomaly=[0, 1, 2, 0]), "label column 'is_anomaly' holds 3 different values"),
        (lambda df: df.head(0), "and no rows; there is nothing to analyse"),
    ],
)
def test_what_does_not_conform(old, change, says):
    with pytest.raises(DataError, match=says) as caught:
        conform(change(OLD), old)
    assert "\n" not in str(caught.value)


def test_infinities_missing_words_and_empty_columns(old):
    new = conform(OLD.assign(amount=[float("inf"), 1, 2, 3], city=["NA", None, "Oslo", "Rome"]), old)
    assert new.frame["amount"].to_list() == [float("inf"), 1.0, 2.0, 3.0] and new.frame["city"].null_count() == 2
    assert {repair.kind for repair in new.repairs} == {"infinities", "missing values"}
    assert conform(OLD.assign(amount=None, when=None), old).frame.schema["when"] == pl.Datetime("us")
    assert conform(OLD.assign(is_anomaly=0), old).label.tolist() == [0, 0, 0, 0], "one class is enough in new rows"


def test_layouts_are_used_again():
    text = "d;x;at\n3/4/2024;1,5;7:30\n1/2/2024;2,5;8:00\n5/6/2024;9;9:15\n"
    old = read(io.StringIO(text), types={"d": "datetime day-first"})
    new = conform(io.StringIO("d;x;at\n1/2/2024;7,5;23:30\n"), old)
    assert new.frame.rows() == [(dt.datetime(2024, 2, 1), 7.5, 23.5)]
    assert conform({"d": ["1/2/2024"], "x": ["7,5"], "at": ["6:00"]}, old).frame.rows() == [(dt.datetime(2024, 2, 1), 7.5, 6.0)]


def test_values_that_the_user_lets_go_are_let_go_again():
    old = read({"x": ["1", "2", "bad", "4"], "v": [1, 2, 3, 9]}, types={"x": "number"})
    new = conform({"x": ["worse", "3"], "v": [1, 2]}, old)
    assert new.frame["x"].to_list() == [None, 3] and "1 value could not be read as a number ('worse' in row 0)" in new.repairs[0].message
    money = read({"x": ["$1,200", "$7"], "v": [1, 2]}, types={"x": "number"})
    assert conform({"x": ["$3,000"], "v": [1]}, money).frame["x"].to_list() == [3000]


def test_categories_from_numbers_and_ids():
    old = read({"shop_id": [i % 3 for i in range(12)], "v": [i * i % 7 for i in range(12)]})
    assert conform(pd.DataFrame({"shop_id": [2.0, None], "v": [1, 2]}), old).frame["shop_id"].to_list() == ["2", None]
    named = read({"code": [f"A{i}" for i in range(12)], "v": [i * i % 7 for i in range(12)]})
    new = conform({"code": ["B1"], "v": [3]}, named)
    assert list(new.row_ids) == ["B1"]
    with pytest.raises(ColumnError, match="no column 'v'"):
        conform({"code": ["B1"], "w": [3]}, named)


def test_a_word_means_missing_in_new_rows_when_it_did_in_training():
    signs = read({"sign": ["-", "+", "-"], "v": [1, 2, 4]})
    assert conform({"sign": ["-"], "v": [1]}, signs).frame["sign"][0] == "-"
    cities = read({"city": ["-", "Oslo", "Rome"], "v": [1, 2, 4]})
    assert conform({"city": ["-", "Oslo"], "v": [1, 2]}, cities).frame["city"].to_list() == [None, "Oslo"]


def test_columns_that_are_not_analysed_are_read_as_they_were():
    old = read({"day": [f"2024-01-{i:02}" for i in range(1, 13)], "x": list(range(3, 36, 3)) + [1], "n": ["7"] * 12}, features=["x"], time="day")
    new = conform({"day": ["2024-02-01"], "x": [2], "n": ["8"]}, old)
    assert new.frame["day"][0] == dt.datetime(2024, 2, 1) and new.kinds == old.kinds
    odd = conform({"day": ["soon"], "x": [2], "more": [dt.time(3)]}, old)
    assert odd.frame["day"].to_list() == ["soon"] and odd.kinds["day"] == "category" and odd.kinds["more"] == "number"


def test_the_anomalous_class_of_a_label_is_that_of_training():
    old = read({"x": [1.0, 2.5, 3.0, 9.0], "state": ["ok", "ok", "ok", "broken"]}, label="state")
    assert old.label.tolist() == [0, 0, 0, 1]
    assert conform({"x": [1.0, 2.0], "state": ["ok", "ok"]}, old).label.tolist() == [0, 0]
    assert conform({"x": [1.0, 2.0, 3.0], "state": ["broken", "broken", "ok"]}, old).label.tolist() == [1, 1, 0]


def test_a_label_that_is_not_known_yet_is_left_aside():
    old = read({"x": [1.0, 2.5, 3.0, 9.0], "state": ["ok", "ok", "ok", "broken"]}, label="state")
    for state in ([None, None], ["ok", None]):
        new = conform({"x": [1.0, 2.0], "state": state}, old)
        assert new.label is None and "left aside" in new.repairs[-1].message


def test_moments_of_another_zone_come_to_the_clock_of_training():
    when = pd.date_range("2024-06-01", periods=20, freq="7h", tz="Europe/Oslo")
    old = read(pd.DataFrame({"when": when, "x": range(3, 63, 3)}))
    moved = conform(pd.DataFrame({"when": when.tz_convert("UTC"), "x": range(3, 63, 3)}), old)
    assert moved.frame["when"].equals(old.frame["when"]) and any("brought from UTC" in str(one) for one in moved.repairs)
    bare = conform(pd.DataFrame({"when": when.tz_localize(None), "x": range(3, 63, 3)}), old)
    assert bare.frame["when"].equals(old.frame["when"]) and any("no time zone" in str(one) for one in bare.repairs)
    again = conform(pd.DataFrame({"when": when.tz_convert("Asia/Tokyo"), "x": range(3, 63, 3)}), moved)
    assert again.frame["when"].equals(old.frame["when"])
