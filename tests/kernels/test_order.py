"""The radix sort of a column."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pynomaly.kernels.cpu.order import sort_column, workspace

finite = st.floats(allow_nan=False, allow_infinity=False)


def check(values):
    column, space = np.empty(len(values)), workspace(len(values))
    order = sort_column(values, column, space)
    assert np.array_equal(column, np.sort(values))
    assert np.array_equal(values[order], column)
    assert np.array_equal(np.sort(order), np.arange(len(values)))


@pytest.mark.interpreted
@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, st.integers(1, 30), elements=finite))
def test_any_finite_numbers(values):
    check(values)


@pytest.mark.interpreted
def test_extremes_and_both_zeros():
    check(np.array([0.0, -0.0, 5e-324, -5e-324, 1.7e308, -1.7e308, 0.0, 1.0, -1.0]))


@pytest.mark.parametrize(
    "values",
    [
        np.arange(5000.0)[::-1],
        np.repeat([3.0, 1.0, 2.0], 2000),
        1.7e9 + np.random.default_rng(0).random(20_000),
        np.append(1 + np.random.default_rng(1).random(20_000) * 1e-9, [1e300, -1e300]),
        np.random.default_rng(2).normal(size=20_000),
    ],
    ids=["falling", "ties", "timestamps", "one far away", "normal"],
)
def test_hard_columns(values):
    check(values)


def test_a_strided_column_and_a_workspace_used_twice():
    X = np.random.default_rng(3).normal(size=(1000, 4))
    space, column = workspace(1000), np.empty(1000)
    for j in range(4):
        order = sort_column(X[:, j], column, space)
        assert np.array_equal(X[order, j], np.sort(X[:, j])) and np.array_equal(column, np.sort(X[:, j]))
