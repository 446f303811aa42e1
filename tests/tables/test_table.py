"""Table: what later rooms get, and what the user gets back."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from pynomaly.tables.read import read
from pynomaly.tables.table import Repair, count_of, listing

ROWS = {"x": [1.0, 2.5, 9.0], "city": ["Oslo", "Rome", "Oslo"]}
SCORE = {"score": np.array([0.1, 0.2, 0.9])}


def test_pandas_keeps_its_index_and_dtypes():
    df = pd.DataFrame({"x": [1.0, 2.5, 9.0], "city": pd.Categorical(["Oslo", "Rome", "Oslo"])}, index=["p", "q", "r"])
    back = read(df).give_back(SCORE)
    assert list(back.index) == ["p", "q", "r"] and str(back["city"].dtype) == "category"
    assert "score" not in df, "the user's frame stays as it was"
    assert list(read(df).give_back(SCORE, rows=np.array([2, 0])).index) == ["r", "p"]


def test_a_later_change_of_the_users_frame_does_not_reach_the_table():
    df = pd.DataFrame(ROWS)
    table = read(df)
    df.loc[0, "x"] = 77.0
    assert table.frame["x"][0] == 1.0 and table.give_back(SCORE)["x"].iloc[0] == 1.0


def test_polars_eager_and_lazy_give_polars():
    for frame in (pl.DataFrame(ROWS), pl.LazyFrame(ROWS)):
        back = read(frame).give_back(SCORE, rows=[1])
        assert isinstance(back, pl.DataFrame) and back.rows() == [(2.5, "Rome", 0.2)]


def test_arrow_gives_arrow():
    back = read(pa.table(ROWS)).give_back({**SCORE, "why": np.array(["a", "b", "c"], dtype=object)}, rows=np.array([2]))
    assert isinstance(back, pa.Table) and back.to_pylist() == [{"x": 9.0, "city": "Oslo", "score": 0.9, "why": "c"}]


@pytest.mark.parametrize("source", [ROWS, [dict(zip(ROWS, row)) for row in zip(*ROWS.values())]])
def test_everything_else_gives_polars(source):
    assert read(source).give_back(SCORE).rows()[0] == (1.0, "Oslo", 0.1)


@pytest.mark.parametrize("frame", [pd.DataFrame(ROWS), pl.DataFrame(ROWS), pa.table(ROWS), ROWS])
def test_a_taken_name_gets_an_underscore(frame):
    back = read(frame).give_back({"x": np.zeros(3), "x_": np.ones(3)})
    names = back.column_names if isinstance(back, pa.Table) else list(back.columns)
    assert names == ["x", "city", "x_", "x__"]


def test_extra_columns_of_another_length_are_refused():
    with pytest.raises(ValueError, match="'score' has 2 values for 3 rows"):
        read(ROWS).give_back({"score": [1, 2]})


def test_row_ids():
    numbers = {"v": [float(i * i % 7) for i in range(12)]}
    assert list(read(numbers).row_ids) == list(range(12))
    assert list(read(pd.DataFrame(numbers, index=list("abcdefghijkl"))).row_ids)[:2] == ["a", "b"]
    named = {"code": [f"A{i}" for i in range(12)], **numbers}
    assert list(read(named).row_ids)[:2] == ["A0", "A1"]
    assert list(read(pd.DataFrame(named, index=range(100, 112))).row_ids)[:2] == [100, 101]
    assert list(read(pd.DataFrame(named, index=range(100, 112)), id="code").row_ids)[:2] == ["A0", "A1"]


def test_repr_tells_the_repairs():
    table = read({**ROWS, "k": [1, 1, 1]}).with_repairs(Repair("note", "One thing more."))
    text = repr(table)
    assert "3 rows, 2 features (1 number, 1 category)" in text and "'k' is '1' in every row" in text and "One thing more." in text
    assert len(table) == table.n == 3 and str(table.repairs[-1]) == "One thing more."


def test_words():
    assert count_of(1, "row") == "1 row" and count_of(2000, "city", "cities") == "2,000 cities"
    assert listing(["a"]) == "'a'" and listing(list("abc"), 2) == "'a', 'b' and 1 more"
