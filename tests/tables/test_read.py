"""read: roles, repairs, and every kind of bad input in one sentence."""

import io

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from pynomaly.errors import ColumnError, DataError, ParameterError, PynomalyError
from pynomaly.tables.read import read
from pynomaly.tables.repairs import duplicates, fingerprint, infinities
from pynomaly.tables.roles import find_time, identifier, read_label
from pynomaly.tables.sample import sample
from pynomaly.tables.table import Table

N = 40
WAVE = [float((i * 37) % 101) + 0.5 for i in range(N)]


def told(table: Table, kind: str) -> list[str]:
    return [repair.message for repair in table.repairs if repair.kind == kind]


def csv(text: str | bytes) -> io.BytesIO:
    return io.BytesIO(text.encode() if isinstance(text, str) else text)


BAD = {
    "empty file": (csv(""), {}, "is empty"),
    "header only": (csv("a,b\n"), {}, "has a header \\(2 columns\\) and no rows"),
    "one row": (csv("a,b\n1,2\n"), {}, "has one row; .* \\(at least 2\\)"),
    "all missing": (csv("a,b\n,NA\n,?\n"), {}, "no column that can be analysed: 'a' and 'b' have no values"),
    "all constant": (csv("a,b\n1,x\n1,x\n"), {}, "no column that can be analysed: 'a' and 'b' are constant"),
    "only an identifier": ({"n": range(12)}, {}, "'n' is an identifier; give a table with a column that varies"),
    "only a label": ({"y": [0, 1, 0]}, {}, "every column is a label or ignored"),
    "mixed types in text": (csv("amount,b\n" + "1,2\n" * 30 + "abc,3\n"), {}, "'amount' holds 30 numbers and 1 value that is none \\('abc' in row 30\\)"),
    "mixed types in objects": (pd.DataFrame({"a": [1, "b", 3]}), {}, "'a' mixes int values \\(1 in row 0\\) and str values \\('b' in row 1\\)"),
    "duplicate names": (csv("a,b,a\n1,2,3\n4,5,6\n"), {}, "2 columns named 'a' \\(columns 1, 3\\)"),
    "a label of one class": ({"a": [1, 2, 4], "bad": [0, 0, 0]}, {"label": "bad"}, "'bad' holds one class only, 0"),
    "a label with gaps": ({"a": [1, 2, 4], "bad": [0, 1, None]}, {"label": "bad"}, "'bad' has 1 missing value \\(row 2 is one\\)"),
    "a label of many classes": ({"a": [1, 2, 4], "bad": ["x", "y", "z"]}, {"label": "bad"}, "'bad' holds 3 different values \\('x', 'y' and 'z'\\)"),
    "undecodable": (csv("city\n東京\n大阪\n".encode("shift_jis")), {}, "in no encoding that was recognised: line 2"),
    "ragged": (csv("a,b\n1,2\n3\n4,5\n"), {}, "Line 3 of 'data' has 1 field where the first line has 2"),
    "a misspelt feature": ({"amount": [1, 2], "b": [3, 4]}, {"features": ["amuont"]}, "features=\\['amuont'\\]: 'table' has no column 'amuont'; did you mean 'amount'"),
    "a misspelt label": ({"fraud": [0, 1], "b": [3, 4]}, {"label": "frad"}, "label='frad'.*did you mean 'fraud'"),
    "a misspelt type": ({"amount": [1, 2]}, {"types": {"amout": "number"}}, "has no column 'amout'; did you mean 'amount'"),
    "lists": (pl.DataFrame({"tags": [["a"], ["b"]], "b": [3, 4]}), {}, "'tags' holds values of type list .* leave the column out with ignore=\\['tags'\\]"),
    "structs": (pl.DataFrame({"at": [{"x": 1}, {"x": 2}], "b": [3, 4]}), {}, "'at' holds values of type dict"),
    "no table": (object(), {}, "A value of type object is no table"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(case):
    source, how, says = BAD[case]
    if hasattr(source, "seek"):
        source.seek(0)
    with pytest.raises(DataError, match=says) as caught:
        read(source, **how)
    assert "\n" not in str(caught.value) and caught.value.__cause__ is None


@pytest.mark.parametrize(
    "how, says",
    [
        ({"features": ["a"], "ignore": "a"}, "'a' cannot be in features= and in ignore="),
        ({"features": ["a"], "label": "a"}, "The label 'a' cannot be a feature"),
        ({"types": {"a": "numbr"}}, "did you mean 'number'"),
        ({"sheet": 1}, "sheet=1 is for files"),
        ({"delimiter": ";"}, "delimiter=';' is for files, and the data are a dict in memory"),
    ],
)
def test_parameters_that_make_no_sense(how, says):
    with pytest.raises(ParameterError, match=says):
        read({"a": [1, 2, 4], "b": [3, 4, 4]}, **how)


def test_every_repair_is_told():
    frame = pl.DataFrame(
        {
            "row": range(1, N + 1), "amount": [float("inf")] + WAVE[1:], "country": ["DE"] * N, "nothing": [None] * N, "customer_id": [i % 7 for i in range(N)],
            "vip": [None if i % 9 else True for i in range(N)], "spare": [None if i % 2 else 5.5 for i in range(N)], "fraud": [int(i == 3) for i in range(N)],
        }
    )  # fmt: skip
    table = read(frame)
    assert table.roles.features == ("amount", "customer_id", "vip", "spare") and table.roles.id == "row" and table.roles.label == "fraud"
    assert table.roles.ignored == ("country", "nothing") and table.label.dtype == np.int8 and table.label.tolist() == frame["fraud"].to_list()
    assert table.kinds == {"row": "identifier", "amount": "number", "country": "constant", "nothing": "empty", "customer_id": "category", "vip": "category", "spare": "category", "fraud": "number"}
    assert told(table, "infinities") == ["In column 'amount' 1 infinite value was taken as far beyond all finite ones (row 0)."] and table.frame["amount"][0] == float("inf")
    assert "'DE' in every row" in told(table, "constant")[0] and "'nothing' has no values" in told(table, "empty")[0]
    assert "its values are a running number" in told(table, "identifier")[0] and "'fraud' was taken as the label" in told(table, "label")[0]
    assert "'customer_id' is named as an identifier and its numbers repeat" in told(table, "codes")[0]
    assert [message.split("'")[1] for message in told(table, "one value")] == ["vip", "spare"]
    assert table.frame["spare"].to_list()[:2] == ["5.5", None] and table.native is frame


def test_text_types_are_told_and_lost_values_counted():
    table = read(csv("a,b,c\n1,2024-01-01,yes\nx,2024-01-02,no\n3,2024-01-03,\n"), types={"a": "number"})
    assert "1 number ('a'), 1 datetime ('b'), 1 boolean ('c')" in told(table, "types parsed")[0]
    assert told(table, "types") == ["In column 'a' 1 value was no number ('x' in row 1) and is missing now."]
    assert table.columns["a"].given and not table.columns["b"].given


def test_a_mixed_column_with_the_way_out():
    df = pd.DataFrame({"a": [1, "b", 3], "v": [1, 5, 2]})
    assert read(df, types={"a": "category"}).frame["a"].to_list() == ["1", "b", "3"]
    assert read(df, types={"a": "number"}).frame["a"].to_list() == [1, None, 3]
    assert read(df, ignore="a").roles.ignored == ("a",) and read(df, features="v").roles.features == ("v",)
    text = csv("a,v\n" + "1,2\n" * 30 + "abc,3\n")
    assert read(text, ignore="a").frame["a"][30] == "abc", "what is ignored is carried along as it is"


def test_one_column_works_with_a_note():
    assert "Only 'a' is analysed" in told(read(csv("a\n1\n2\n5\n")), "one column")[0]


def test_duplicated_rows_are_counted_and_kept():
    table = read({"name": list("abcd"), "x": [1, 1, 1, 2], "y": [3, 3, 3, 4]}, id="name")
    assert table.n == 4 and told(table, "duplicates") == ["2 rows repeat an earlier one in every feature; they are kept."]
    assert not duplicates(pl.DataFrame({"a": [1, 1]})) and not duplicates(pl.DataFrame({"a": [1, 2], "b": [1, 1]}))


def test_identifiers():
    ids = {"uuid": [f"{i:x}-{i * 7}" for i in range(N)], "step": range(5, 5 + 3 * N, 3), "shuffled": [(i * 7) % N for i in range(N)], "orderId": [i * i for i in range(N)], "v": WAVE}
    table = read(ids)
    assert table.roles.features == ("v",) and table.roles.id == "uuid" and table.roles.ignored == ("step", "shuffled", "orderId")
    assert read(ids, id=False).roles.id is None and read(ids, id="step").roles.id == "step"
    assert read(ids, features=["uuid", "orderId"]).kinds["orderId"] == "number", "what the user names is analysed"
    assert read(ids, types={"step": "number"}).roles.features == ("step", "v")
    nearly = pl.Series("code", [f"C-{i}" for i in range(99)] + ["C-1"])
    assert "1 value repeats another" in identifier(nearly, "category")
    assert identifier(pl.Series("t", [float(i) / 3 for i in range(N)]), "number") is None
    assert identifier(pl.Series("t", [1, None] * N), "number") is None and identifier(pl.Series("t", ["a", "b"]), "category") is None
    assert read({"id": ["p", "p", "q"], "v": [1, 2, 4]}, id="id").roles.id == "id", "an id that the user gives may repeat"
    assert read({"id": [[1], [2], [3]], "v": [1, 2, 4]}, id="id").kinds["id"] == "identifier", "and may hold anything"


def test_labels():
    base = {"v": [1.0, 2.0, 4.0, 8.0]}
    assert read({**base, "Is-Anomaly": [False, True, False, False]}).roles.label == "Is-Anomaly"
    for other in ({"class": [1, 2, 1, 2]}, {"y": ["a", "b", "a", "b"]}, {"y": [0, 1, None, 0]}):
        assert read({**base, **other}).roles.label is None
    assert read({**base, "y": [0, 1, 0, 0]}, label=False).roles.features == ("v", "y")
    assert read({**base, "y": [0, 1, 0, 0]}, features=["v", "y"]).roles.label is None
    table = read({**base, "state": ["ok", "fault", "ok", "ok"]}, label="state")
    assert table.label.tolist() == [0, 1, 0, 0] and "'fault' was taken as the anomaly (by its name)" in told(table, "label")[0]
    assert read_label(pl.Series("y", [1, 1, -1]))[0].tolist() == [0, 0, 1] and read_label(pl.Series("y", ["a", "b", "b"]))[0].tolist() == [1, 0, 0]
    assert read_label(pl.Series("y", [True, False]))[0].tolist() == [1, 0] and read_label(pl.Series("y", [0, 0]), classes=1)[0].tolist() == [0, 0]
    with pytest.raises(ColumnError, match="holds 9 different values .* and others"):
        read_label(pl.Series("y", range(9)))


def test_time_is_found_when_the_rows_follow_it():
    when = pd.date_range("2024-01-01", periods=N, freq="h")
    df = pd.DataFrame({"when": when, "v": WAVE})
    table = read(df)
    assert table.roles.time == "when" and "when" in table.roles.features and told(table, "time") == ["Column 'when' orders the rows."]
    assert read(df, time=False).roles.time is None and read(df.sample(frac=1, random_state=1)).roles.time is None
    assert read(df.assign(step=range(N)), time="step").roles == read(df.assign(step=range(N)), time="step").roles
    assert read(df.assign(step=range(N)), time="step").roles.time == "step"
    assert find_time(pl.DataFrame({"t": [None]}), {"t": table.columns["v"]}, {"t"}) is None


def test_the_same_table_however_it_comes(tmp_path):
    text = "n,f,s,b,t\n" + "".join(f"{i % 7},{'' if i == 3 else WAVE[i]},{'xyz'[i % 3]},{'true' if i % 2 else 'false'},2024-01-{i % 28 + 1:02d}\n" for i in range(N))
    tables = [read(csv(text)), read(pd.read_csv(csv(text), parse_dates=["t"])), read(pl.read_csv(csv(text), try_parse_dates=True)), read(pl.read_csv(csv(text), try_parse_dates=True).to_arrow())]
    assert len({table.fingerprint for table in tables}) == 1
    for table in tables[1:]:
        assert table.kinds == tables[0].kinds and table.frame.equals(tables[0].frame) and table.roles == tables[0].roles


def test_a_table_can_be_read_again():
    table = read(pd.DataFrame({"a": [1, 2, 4]}, index=list("xyz")))
    assert read(table).fingerprint == table.fingerprint and list(read(table).row_ids) == list("xyz")


def test_awkward_names():
    names = ["<script>alert(1)</script>", 'a "b"', "line\nbreak", "", "ünï"]
    table = read(pd.DataFrame([[1, 2, 3, 4, 5], [2, 4, 7, 8, 11]], columns=names))
    assert table.roles.features == (*names[:3], "column 4", "ünï")
    back = table.give_back({"score": [0.1, 0.2]})
    assert list(back.columns) == [*names, "score"]
    many = pd.DataFrame([[1, 2], [3, 5]], columns=pd.MultiIndex.from_tuples([("a", 1), ("b", "")]))
    assert read(many).roles.features == ("a / 1", "b") and read(many, features=[("a", 1)]).roles.features == ("a / 1",)
    assert read(pd.DataFrame([[1, 2], [3, 5]]), label=False, features=[0]).roles.features == ("0",)


def test_fingerprint():
    one = pl.DataFrame({"a": [1, 2], "b": ["x", None]})
    assert fingerprint(one) == fingerprint(one.with_columns(pl.col("a").cast(pl.Float64)))
    others = [one.rename({"a": "c"}), one.reverse(), one.with_columns(pl.lit("").alias("b")), one.head(1), one.with_columns(pl.col("a") * 2)]
    assert len({fingerprint(frame) for frame in [one, *others]}) == 6 and len(fingerprint(one)) == 12
    assert infinities(pl.Series([1, 2])) == [] == infinities(pl.Series([1.0, None]))


def test_real_tables(shared_data):
    taxis = read(shared_data / "mixed" / "taxis.csv")
    assert taxis.n == 6433 and len(taxis.roles.features) == 14 and list(taxis.kinds.values()).count("datetime") == 2
    machines = read(shared_data / "mixed" / "ai4i2020.csv", label="Machine failure")
    assert machines.roles.id == "UDI" and machines.roles.ignored == ("Product ID",) and machines.label.sum() == 339
    series = read(shared_data / "nab" / "realKnownCause__nyc_taxi.csv")
    assert series.roles.time == "timestamp" and series.kinds == {"timestamp": "datetime", "value": "number"}
    cardio = read(shared_data / "adbench" / "6_cardio.npz")
    assert cardio.label.sum() == 176 and len(cardio.roles.features) == 21
    single = read(shared_data / "ucr" / "135_UCR_Anomaly_InternalBleeding16_1200_4187_4199.txt")
    assert single.n == 7501 and single.roles.features == ("x0",)


def test_sample():
    claims = sample()
    table = read(claims)
    assert claims.shape == (2000, 12) and table.label.sum() == 26 and table.roles.id == "claim_id" and table.roles.time == "submitted"
    with pytest.raises(ParameterError, match="no sample 'expences'; did you mean 'expenses'"):
        sample("expences")
    assert issubclass(ParameterError, PynomalyError) and isinstance(table.give_back({"s": np.zeros(2000)}), pd.DataFrame)


def test_arrow_strings_and_views():
    table = pa.table({"s": pa.array(["a", "b", "a"], pa.large_string()), "v": pa.array([1, 2, 4], pa.int8())})
    assert read(table).kinds == {"s": "category", "v": "number"} and read(table).frame["v"].dtype == pl.Int64


def test_a_name_is_what_messages_and_views_call_the_table():
    assert read(sample()).name == "table" and read(sample(), name="claims").name == "claims"
    with pytest.raises(ColumnError, match="claims"):
        read(sample(), name="claims", id="nobody")
    for name in ("", " ", 3):
        with pytest.raises(ParameterError, match="must be what to call the table"):
            read(sample(), name=name)
