"""Whatever the table: no row moves, and the kind of frame does not matter."""

import io
import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pynomaly.errors import PynomalyError
from pynomaly.tables.conform import conform
from pynomaly.tables.read import read

NUMBER = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True, width=64), st.integers(-(10**6), 10**6).map(float))
WORD = st.one_of(st.none(), st.sampled_from(["Oslo", "Rome", "NA", "é", "a b", "<b>", '"', "x,y", "l\nf", "?"]), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6))
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def columns(draw):
    rows = draw(st.integers(1, 14))
    kinds = draw(st.lists(st.sampled_from(["number", "integer", "word", "flag"]), min_size=1, max_size=4))
    values = {"number": NUMBER, "integer": st.integers(-(2**40), 2**40), "word": WORD, "flag": st.one_of(st.none(), st.booleans())}
    return {f"{kind} {i}": draw(st.lists(values[kind], min_size=rows, max_size=rows)) for i, kind in enumerate(kinds)}


def outcome(source):
    """The table, or the sentence that says why there is none."""
    try:
        return read(source)
    except PynomalyError as error:
        assert "\n" not in str(error).replace("l\\nf", "")
        return type(error)


@quick
@given(columns())
def test_every_kind_of_frame_gives_the_same_table(data):
    frame = pl.DataFrame(data, strict=False)
    first = outcome(frame)
    for other in (frame.lazy(), frame.to_arrow(), frame.to_pandas(), frame.to_pandas(use_pyarrow_extension_array=True)):
        second = outcome(other)
        if isinstance(first, type):
            assert second is first
            continue
        assert second.kinds == first.kinds and second.roles == first.roles and second.frame.equals(first.frame) and second.fingerprint == first.fingerprint


@quick
@given(columns())
def test_rows_stay_where_they_were(data):
    frame = pl.DataFrame(data, strict=False)
    table = outcome(frame)
    if isinstance(table, type):
        return
    assert table.frame.columns == frame.columns and table.n == frame.height
    for name in table.roles.features:
        if table.kinds[name] == "number" and frame[name].dtype.is_numeric():
            for before, after in zip(frame[name], table.frame[name]):
                assert after is None if before is None or math.isnan(before) else after == before
    order = np.arange(frame.height)[::-1]
    back = table.give_back({"n": np.arange(frame.height)}, rows=order)
    assert back["n"].to_list() == order.tolist() and back.drop("n").equals(frame.reverse())
    for column in table.frame.get_columns():
        if column.dtype.is_float():
            assert column.is_not_nan().all(), "what is not a number is missing"


@quick
@given(columns(), st.integers(0, 10))
def test_a_table_conforms_to_itself(data, seed):
    frame = pl.DataFrame(data, strict=False)
    table = outcome(frame)
    if isinstance(table, type):
        return
    features = list(table.roles.features)
    assert conform(frame, table).frame.select(features).equals(table.frame.select(features))
    shuffled = np.random.default_rng(seed).permutation(frame.width)
    again = conform(frame[:, [int(i) for i in shuffled]], table)
    assert again.frame.select(features).equals(table.frame.select(features))
    assert conform(frame.head(1), table).frame.select(features).equals(table.frame.head(1).select(features)), "one row is read as among others"


@quick
@given(st.integers(2, 12), st.integers(1, 4), st.integers(0, 1000))
def test_arrays_and_frames_of_numbers(rows, width, seed):
    values = np.random.default_rng(seed).integers(-3, 3, (rows, width)) * 0.5
    frame = pl.DataFrame(values, schema=[f"x{i}" for i in range(width)])
    tables = [outcome(source) for source in (values, np.asfortranarray(values), frame, frame.to_pandas(), pa.table(frame.to_dict(as_series=False)), values.tolist(), io.StringIO(frame.write_csv()))]
    if isinstance(tables[0], type):
        assert set(tables) == {tables[0]}
    else:
        assert len({table.fingerprint for table in tables}) == 1 and all(table.frame.equals(tables[0].frame) for table in tables)


@quick
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(data):
    table = outcome(io.BytesIO(data))
    assert isinstance(table, type) or table.n >= 2


@quick
@given(st.text(st.sampled_from('ab1.,;"\n\t\r|-é '), max_size=60))
def test_any_text_is_a_table_or_a_sentence(text):
    table = outcome(io.StringIO(text))
    assert isinstance(table, type) or table.n >= 2


def test_pandas_without_rows_order_is_kept():
    df = pd.DataFrame({"v": [3.0, 1.0, 2.0]}, index=[9, 4, 7])
    assert read(df).give_back({"s": [1, 2, 3]}).index.tolist() == [9, 4, 7]
