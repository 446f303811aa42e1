"""Input checks: what is accepted, and one sentence naming the column for everything else."""

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from pynomaly.detectors import checks
from pynomaly.errors import ColumnError, DataError, ParameterError

COLUMNS = {"amount": [1.5, 2.0, 3.0], "paid": [True, False, True], "count": [1, 2, 3]}
EXPECTED = np.array([[1.5, 1, 1], [2, 0, 2], [3, 1, 3]])


@pytest.mark.parametrize(
    "make",
    [pd.DataFrame, pl.DataFrame, pa.table, lambda c: EXPECTED.copy(), lambda c: EXPECTED.tolist(), lambda c: EXPECTED.astype(object), lambda c: np.asfortranarray(EXPECTED)],
    ids=["pandas", "polars", "arrow", "numpy", "list", "object", "fortran"],
)
def test_every_kind_of_table_gives_the_same_matrix(make):
    X = checks.check_matrix(make(COLUMNS))
    assert X.dtype == np.float64 and X.flags.carray
    np.testing.assert_array_equal(X, EXPECTED)


def test_a_torch_tensor_is_taken():
    torch = pytest.importorskip("torch")
    np.testing.assert_array_equal(checks.check_matrix(torch.tensor(EXPECTED, dtype=torch.float32, requires_grad=True)), EXPECTED)


def test_a_good_array_is_itself_and_a_frozen_one_is_copied():
    good = EXPECTED.copy()
    assert checks.check_matrix(good) is good
    frozen = EXPECTED.copy()
    frozen.flags.writeable = False
    got = checks.check_matrix(frozen)
    assert got is not frozen and got.flags.writeable
    got[:] = 0
    np.testing.assert_array_equal(frozen, EXPECTED)


def test_nullable_and_odd_columns():
    frame = pd.DataFrame({"a": pd.array([1, 2], dtype="Int64"), "b": pd.array([True, False], dtype="boolean"), "c": [Decimal("1.5"), 2]})
    np.testing.assert_array_equal(checks.check_matrix(frame), [[1, 1, 1.5], [2, 0, 2]])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([1.0, 2.0], ["1 dimension", "reshape(-1, 1)"]),
        (np.zeros((2, 2, 2)), ["3 dimensions"]),
        (np.float64(3), ["0 dimensions"]),
        ([[1, 2], [3]], ["different lengths"]),
        (np.empty((0, 3)), ["no rows"]),
        (np.empty((3, 0)), ["without columns"]),
        (scipy.sparse.eye(3), ["sparse", "toarray"]),
        (pl.LazyFrame(COLUMNS), ["LazyFrame", "collect"]),
        (pl.Series([1.0, 2.0]), ["1 dimension"]),
        (pd.Series([1.0, 2.0]), ["1 dimension"]),
    ],
)
def test_the_wrong_shape_is_told(data, words):
    with pytest.raises(DataError) as told:
        checks.check_matrix(data, "knn")
    assert str(told.value).startswith("knn got") and all(word in str(told.value) for word in words)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "arrow"])
@pytest.mark.parametrize(
    ("values", "word"),
    [(["x", "y"], "'x'"), ([1.0, None], "missing value in row 1"), ([datetime.date(2020, 1, 1)] * 2, "2020"), ([1.0, float("inf")], "infinite")],
    ids=["text", "missing", "date", "infinite"],
)
def test_the_column_is_named(make, values, word):
    with pytest.raises(ColumnError, match="'city'") as told:
        checks.check_matrix(make({"good": [1.0, 2.0], "city": values}), "knn")
    assert word in str(told.value)


def test_columns_without_names_are_counted():
    with pytest.raises(ColumnError, match=r"Column 1 \(counting from 0\) holds 'a' in row 0"):
        checks.check_matrix([[1, "a"], [2, "b"]])
    with pytest.raises(ColumnError, match="Column 0.*infinite value .-inf. in row 1 .2 such rows"):
        checks.check_matrix([[1.0], [-np.inf], [-np.inf]])
    with pytest.raises(ColumnError, match="too large"):
        checks.check_matrix(np.array([[10**400]], dtype=object))
    with pytest.raises(ColumnError, match="1j"):
        checks.check_matrix(np.array([[1j]]))
    with pytest.raises(ColumnError, match="missing"):
        checks.check_matrix(np.array([[None, 1.0]], dtype=object))
    assert checks.names_of(pd.DataFrame(np.eye(2))) is None  # names that are not text cannot be matched


def test_a_sum_that_overflows_is_not_an_infinity():
    X = np.full((3, 2), 1e308)
    assert checks.check_matrix(X) is X


@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=2), elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_finite_or_refused(X):
    kept = X.copy()
    if np.isfinite(X).all():
        np.testing.assert_array_equal(checks.check_matrix(X), kept)
    else:
        with pytest.raises(ColumnError):
            checks.check_matrix(X)
    np.testing.assert_array_equal(X, kept)


@pytest.mark.parametrize(
    ("names", "words"),
    [(("age",), ["'amount'", "missing"]), (("age", "amount", "new"), ["'new'", "leave it out"]), (("amount", "age"), ["another order"]), (("age", "amuont"), ["did you mean 'amuont'"])],
)
def test_other_columns_are_told_by_name(names, words):
    with pytest.raises(ColumnError) as told:
        checks.check_columns(len(names), names, 2, ("age", "amount"), "knn")
    assert all(word in str(told.value) for word in words)


def test_other_columns_are_told_by_number():
    with pytest.raises(ColumnError, match="fitted on 1 column and got 3"):
        checks.check_columns(3, None, 1, None, "knn")
    checks.check_columns(2, None, 2, ("a", "b"), "knn")


@pytest.mark.parametrize("bad", [0, 0.0, 0.51, 1, -0.1, "lots", None, True, float("nan"), [0.1]])
def test_contamination_is_refused(bad):
    with pytest.raises(ParameterError, match="contamination is .* at most 0.5"):
        checks.check_contamination(bad)


@pytest.mark.parametrize("good", [0.5, 0.01, np.float32(0.1), np.float64(0.2)])
def test_contamination_is_taken(good):
    assert checks.check_contamination(good) is good


def test_parameters():
    assert checks.check_integer("k", np.int64(3), 1, 5) == 3 and checks.check_integer("k", None, 1, unless=None) is None
    for bad in (0, 6, 2.0, True, "3"):
        with pytest.raises(ParameterError, match="k is .* from 1 to 5"):
            checks.check_integer("k", bad, 1, 5)
    with pytest.raises(ParameterError, match="at least 1, or None"):
        checks.check_integer("k", 0, 1, unless=None)
    with pytest.raises(ParameterError, match="did you mean 'mean'"):
        checks.check_choice("method", "meen", ["mean", "largest"])
    assert checks.is_real(np.float32(1)) and not checks.is_real(True) and not checks.is_real("1")


def test_seeds():
    assert checks.seed_of(5) == 5 and checks.seed_of(np.int64(5)) == 5
    assert checks.seed_of(np.random.RandomState(1)) == checks.seed_of(np.random.RandomState(1))
    assert checks.seed_of(np.random.default_rng(1)) == checks.seed_of(np.random.default_rng(1))
    np.random.seed(3)
    first = checks.seed_of(None)
    np.random.seed(3)
    assert checks.seed_of(None) == first
    for bad in (-1, 1.5, "0", True):
        with pytest.raises(ParameterError, match="random_state is"):
            checks.seed_of(bad)
