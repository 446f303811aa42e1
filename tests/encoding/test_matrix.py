"""The matrix remembers which column each feature came from."""

import numpy as np
import pytest

from pynomaly.encoding.matrix import Feature, Matrix

FEATURES = (Feature("b", "b", "number"), Feature("a rarity", "a", "rarity"), Feature("a = x", "a", "identity"))


def test_columns_keep_the_users_order():
    matrix = Matrix(np.zeros((2, 3)), FEATURES)
    assert matrix.columns == ("b", "a")
    assert [group.tolist() for group in matrix.groups] == [[0], [1, 2]]


def test_by_column_keeps_sums():
    contributions = np.random.default_rng(0).normal(size=(7, 3))
    by_column = Matrix(np.zeros((2, 3)), FEATURES).by_column(contributions)
    assert by_column.shape == (7, 2)
    np.testing.assert_allclose(by_column.sum(axis=1), contributions.sum(axis=1))
    np.testing.assert_array_equal(by_column[:, 0], contributions[:, 0])


@pytest.mark.parametrize("shape", [(3,), (4, 2), (1, 4)])
def test_by_column_refuses_other_shapes(shape):
    with pytest.raises(ValueError, match=r"expected \(rows, 3\)"):
        Matrix(np.zeros((2, 3)), FEATURES).by_column(np.zeros(shape))
