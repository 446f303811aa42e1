"""Tables in memory, of every kind."""

import datetime as dt
import decimal
import sys
import uuid

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from pynomaly.errors import ColumnError, DataError
from pynomaly.tables.frames import from_object
from pynomaly.tables.values import names_of, objects


def test_names_become_text():
    assert names_of([3, ("a", "b"), ("c", ""), None, " "], "t")[0] == ["3", "a / b", "c", "column 4", "column 5"]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame([[1, 2]], columns=[1, "1"]),
        pa.table([[1], [2]], names=["a", "a"]),
    ],
)
def test_duplicate_names(frame):
    with pytest.raises(ColumnError, match="2 columns named"):
        from_object(frame)


@pytest.mark.parametrize(
    "values, dtype",
    [
        ([1, None, 2], pl.Int64), ([1, 2.5, None], pl.Float64), ([True, None], pl.Boolean), (["a", float("nan")], pl.String),
        ([decimal.Decimal("1.5"), None], pl.Float64), ([2**70, 1], pl.Float64), ([True, 2], pl.Float64), ([None, None], pl.Null),
        ([dt.time(1, 30), None], pl.Time), ([uuid.UUID(int=1), None], pl.String), ([dt.timedelta(1), None], pl.Duration),
    ],
)  # fmt: skip
def test_python_objects(values, dtype):
    column, wrong = objects(values, "x")
    assert wrong is None and column.dtype.base_type() == dtype and column.null_count() == sum(pd.isna(v) for v in values)


def test_python_dates():
    column, _ = objects([dt.date(2024, 3, 1), None], "x")
    assert column.dt.date().to_list() == [dt.date(2024, 3, 1), None]
    column, _ = objects([pd.Timestamp("2024-01-01", tz="UTC"), pd.Timestamp("2024-01-01", tz="Europe/Paris")], "x")
    assert column.dt.hour().to_list() == [0, 23], "several zones are brought to UTC"


@pytest.mark.parametrize(
    "values, says",
    [
        ([1, "two"], "mixes int values \\(1 in row 0\\) and str values \\('two' in row 1\\); give types="),
        (["one", 2.5], "mixes float values \\(2.5 in row 1\\) and str values \\('one' in row 0\\)"),
        ([None, [1, 2]], "values of type list \\(\\[1, 2\\] in row 1\\)"),
        ([{"a": 1}], "type dict"), ([b"x"], "type bytes"), ([1j], "type complex"), ([object()], "type object"), ([(1, 2)], "type tuple"),
    ],
)  # fmt: skip
def test_python_objects_of_no_one_kind(values, says):
    import re

    column, wrong = objects(values, "x")
    assert re.search(says, wrong) and column.dtype == pl.String


def test_pandas_dtypes():
    df = pd.DataFrame(
        {
            "cat": pd.Categorical(["a", None, "b"]), "numcat": pd.Categorical([1.0, 2.0, 1.0]), "nocat": pd.Categorical([None, None, None]),
            "str": pd.array(["a", None, "b"], dtype="string"), "Int": pd.array([1, None, 3], dtype="Int64"), "bool": pd.array([True, None, False], dtype="boolean"),
            "tz": pd.date_range("2024-03-31", periods=3, tz="Europe/Paris"), "fixed": pd.date_range("2024-03-31", periods=3, tz=dt.timezone(dt.timedelta(hours=2))),
            "delta": pd.to_timedelta([1, 2, 3], unit="h"), "period": pd.period_range("2024-01", periods=3, freq="M"),
            "interval": pd.arrays.IntervalArray.from_breaks([0, 1, 2, 3]), "sparse": pd.arrays.SparseArray([0, 0, 1]), "half": np.array([1, 2, 3.5], dtype="f2"),
            "arrow": pd.array([1, 2, 3], dtype="int64[pyarrow]"), "object": [1, 2.5, None],
        }
    )  # fmt: skip
    source = from_object(df)
    frame = source.frame
    assert source.categories == {"cat", "numcat", "nocat"} and not source.trouble
    assert frame["cat"].to_list() == ["a", None, "b"] and frame["numcat"].to_list() == ["1", "2", "1"] and frame["nocat"].null_count() == 3
    assert frame["Int"].to_list() == [1, None, 3] and frame["bool"].to_list() == [True, None, False]
    assert frame["tz"].dtype == pl.Datetime("us", "Europe/Paris") or frame["tz"].dtype == pl.Datetime("ns", "Europe/Paris")
    assert frame["tz"].dt.hour().to_list() == [0, 0, 0] and frame["fixed"].dt.hour().to_list() == [0, 0, 0]
    assert frame["interval"][0] == "(0, 1]" and frame["sparse"].to_list() == [0, 0, 1] and frame["half"][2] == 3.5
    assert frame["period"].dt.month().to_list() == [1, 2, 3]


def test_pandas_columns_that_cannot_be_used():
    source = from_object(pd.DataFrame({"z": [1j, 2j], "b": [b"a", b"b"], "l": [[1], [2]]}))
    assert set(source.trouble) == {"z", "b", "l"}


def test_polars_and_arrow():
    frame = pl.DataFrame({"c": pl.Series(["a", "b"], dtype=pl.Categorical), "e": pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"])), "l": [[1], None], "s": [{"q": 1}, None], "b": [b"x", None], "o": pl.Series([1, "x"], dtype=pl.Object)})
    source = from_object(frame)
    assert source.categories == {"c", "e"} and set(source.trouble) == {"l", "s", "b", "o"} and source.native is frame
    assert source.frame["l"].to_list() == ["[1]", None]
    assert from_object(pa.table({"a": pa.array(["x", "y"]).dictionary_encode()})).categories == {"a"}
    assert from_object(pa.record_batch({"a": [1, 2]})).frame["a"].to_list() == [1, 2]
    assert from_object(pl.Series("a", [1, 2])).frame.columns == ["a"] and from_object(pd.Series([1, 2])).frame.columns == ["x0"]


def test_arrays():
    assert from_object(np.eye(2)).frame.columns == ["x0", "x1"] and from_object(np.arange(3)).frame.shape == (3, 1)
    assert from_object(np.arange(4.0)[::-1].reshape(2, 2).astype(">f4")).frame.rows() == [(3.0, 2.0), (1.0, 0.0)]
    named = np.array([(1, "a", [1, 2]), (2, "b", [3, 4])], dtype=[("i", "i4"), ("s", "U3"), ("v", "f8", (2,))])
    assert from_object(named[["i", "s"]]).frame.rows() == [(1, "a"), (2, "b")] and set(from_object(named).trouble) == {"v"}
    masked = np.ma.masked_array([[1.0, 2.0], [3.0, 4.0]], mask=[[0, 1], [0, 0]])
    assert from_object(masked).frame.rows() == [(1.0, None), (3.0, 4.0)]
    assert from_object(np.array(["2024-01-01", "NaT"], dtype="M8[D]")).frame["x0"].dt.year().to_list() == [2024, None]
    assert from_object(np.array([["a", 1]], dtype=object)).frame.rows() == [("a", 1)]
    assert set(from_object(np.array([b"a"])).trouble) == {"x0"} and set(from_object(np.array([1j])).trouble) == {"x0"}


def test_torch_without_importing_it():
    torch = pytest.importorskip("torch")
    assert from_object(torch.tensor([[1.0, 2.0]], requires_grad=True)).frame.rows() == [(1.0, 2.0)]
    assert from_object(torch.ones(2, 1, dtype=torch.bfloat16)).frame["x0"].to_list() == [1.0, 1.0]
    assert from_object({"a": torch.arange(2)}).frame["a"].to_list() == [0, 1]


def test_the_room_does_not_import_torch():
    import subprocess

    code = "import sys, pynomaly.tables.read, pynomaly.tables.conform; assert 'torch' not in sys.modules and 'numba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_records_and_columns():
    assert from_object([{"a": 1}, {"b": 2}]).frame.rows() == [(1, None), (None, 2)]
    assert from_object([(1, "x"), (2, "y")]).frame.columns == ["x0", "x1"] and from_object([1, 2]).frame.columns == ["x0"]
    mixed = {"a": [1, 2], "b": np.array([1.0, 2.0]), "c": pd.Series(pd.Categorical(["x", "y"])), "d": pl.Series(["x", "y"], dtype=pl.Categorical), "e": {"0": 1, "1": 2}, "f": range(2)}
    assert from_object(mixed).categories == {"c", "d"} and from_object(mixed).frame.shape == (2, 6)


class Stream:
    """A foreign frame that exports the arrow stream interface."""

    def __arrow_c_stream__(self, schema=None):
        return pa.table({"a": [1, 2]}).__arrow_c_stream__(schema)


def test_the_arrow_stream_interface():
    assert from_object(Stream()).frame["a"].to_list() == [1, 2]


@pytest.mark.parametrize(
    "source, says",
    [
        (object(), "type object is no table; give a pandas"), (5, "type int is no table"), (None, "type NoneType is no table"),
        ([], "has no columns"), (pd.DataFrame({"a": []}), "has the column 'a' and no rows"), (pd.DataFrame({"a": [], "b": []}), "has the columns 'a' and 'b' and no rows"),
        (np.zeros((2, 2, 2)), "shape \\(2, 2, 2\\) is no table"), ([[1, 2], [3]], "Row 1 has 1 values where row 0 has 2"), ([{"a": 1}, 3], "Row 1 is 3, which is no dict"),
        ({"a": [1, 2], "b": [1]}, "'a' has 2 values and column 'b' has 1"), ({"a": 1}, "'a' is 1, which is one value"), ({"a": "xyz"}, "one value"),
        (pa.table({"a": pa.array([None, None], pa.month_day_nano_interval())}), "arrow table 'table' has a column that cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_table(source, says):
    with pytest.raises(DataError, match=says):
        from_object(source)


def test_sparse_matrices_are_named():
    from scipy.sparse import eye

    with pytest.raises(DataError, match="toarray"):
        from_object(eye(3))
