"""Categories: rarity, identity, weight, and levels never seen."""

import pickle

import numpy as np
import polars as pl
import pytest

from pynomaly.encoding.categorical import Categorical
from pynomaly.encoding.missing import LOUDEST


def encode(coder: Categorical, values: list) -> tuple[np.ndarray, list]:
    out = np.empty((len(values), len(coder.features)))
    repairs = coder.write(pl.Series("c", values, dtype=pl.String), out)
    return out, repairs


def column(**counts: int) -> pl.Series:
    return pl.Series("c", [level for level, count in counts.items() for _ in range(count)])


def test_rarer_is_higher_and_unseen_highest():
    coder = Categorical.fit(column(a=50, b=30, c=19, d=1))
    out, repairs = encode(coder, ["a", "b", "c", "d", "zzz"])
    assert (np.diff(out[:, 0]) > 0).all()
    assert [repair.kind for repair in repairs] == ["unseen category"]


def test_rarity_is_the_log_of_the_frequency():
    coder = Categorical.fit(column(a=79, b=19), max_levels=0)
    rarity = coder.lookup[:3, 0]
    assert rarity[1] - rarity[0] == pytest.approx(np.log(80 / 20))
    assert rarity[2] - rarity[1] == pytest.approx(np.log(20 / 1))


@pytest.mark.parametrize("levels", [2, 3, 5, 13, 14, 40, 64])
def test_weighs_like_one_number_whatever_the_cardinality(levels):
    rng = np.random.default_rng(levels)
    p = rng.dirichlet(np.full(levels, 5.0))
    values = [f"level {i}" for i in rng.choice(levels, 4000, p=p)]
    coder = Categorical.fit(pl.Series("c", values))
    out, _ = encode(coder, values)
    assert out.var(axis=0).sum() == pytest.approx(1, abs=1e-9)
    np.testing.assert_allclose(out.mean(axis=0), 0, atol=1e-9)
    a, b = out[:2000], out[2000:]
    assert np.square(a - b).sum(axis=1).mean() == pytest.approx(2, rel=0.15)  # as two standard normal numbers


def test_one_row_in_100_000_is_not_deafening():
    coder = Categorical.fit(column(a=99_999, b=1))
    distance = np.linalg.norm(coder.lookup[0] - coder.lookup[1])
    assert LOUDEST <= distance < 1.5 * LOUDEST


def test_names():
    def named(series, **kw):
        return [feature.name for feature in Categorical.fit(series, **kw).features]

    assert named(column(a=3, b=2)) == ["c rarity", "c = b"]
    assert named(column(a=3, b=2, d=1)) == ["c rarity", "c = a", "c = b", "c = d"]
    assert named(column(a=4, b=3, d=2, e=1), max_levels=2) == ["c rarity", "c = a", "c = b", "c is another"]
    assert named(column(a=4, b=3, d=2), max_levels=2) == ["c rarity", "c = a", "c = b", "c = d"]
    assert named(column(a=4, b=3, d=2), max_levels=0) == ["c rarity"]
    assert named(column(a=4, b=3, d=2), max_identity=2) == ["c rarity"]


def test_a_single_category():
    coder = Categorical.fit(column(a=5))
    out, repairs = encode(coder, ["a", None, "b"])
    assert out.shape == (3, 1) and out[0, 0] == out[1, 0] == 0 and out[2, 0] > 1
    assert repairs[0].count == 1


def test_no_category_at_all():
    coder = Categorical.fit(pl.Series("c", [None, None], dtype=pl.String))
    out, _ = encode(coder, [None, "a"])
    assert np.isfinite(out).all()


def test_missing_is_neutral():
    coder = Categorical.fit(pl.Series("c", ["a", "a", "b", "d", None]))
    out, repairs = encode(coder, [None, "a"])
    assert (out[0] == 0).all() and (out[1] != 0).any() and repairs == []


def test_unseen_joins_the_pool_and_is_told():
    coder = Categorical.fit(column(a=9, b=5, d=3, e=1), max_levels=2)
    out, [repair] = encode(coder, ["a", "e", "Mars", "Venus", "Mars"])
    np.testing.assert_array_equal(out[1, 1:], out[2, 1:])
    assert repair.column == "c" and repair.count == 3
    assert "3 values are" in repair.message and "'Mars' in row 2" in repair.message
    _, [one] = encode(coder, ["x" * 500])
    assert "1 value is" in one.message and len(one.message) < 250


def test_equals_are_in_alphabetical_order_whatever_the_rows():
    values = ["d", "b", "a", "c"] * 3
    one, two = Categorical.fit(pl.Series("c", values)), Categorical.fit(pl.Series("c", values[::-1]))
    assert one.levels.to_list() == two.levels.to_list() == ["a", "b", "c", "d"]
    np.testing.assert_array_equal(one.lookup, two.lookup)


def test_a_hundred_thousand_levels():
    values = [f"user {i}" for i in range(100_000)] + ["user 5"] * 10
    coder = Categorical.fit(pl.Series("c", values))
    out, repairs = encode(coder, values)
    assert out.shape == (100_010, 1) and not repairs
    assert out[5, 0] == out[:, 0].min() and np.unique(out).size == 2
    restored = pickle.loads(pickle.dumps(coder))
    np.testing.assert_array_equal(encode(restored, ["user 5", "user 6", "?"])[0], encode(coder, ["user 5", "user 6", "?"])[0])


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["x", "y", "z"]), pl.String])
def test_any_type_of_category(dtype):
    series = pl.Series("c", ["x", "y", "x", "z"]).cast(dtype)
    np.testing.assert_array_equal(Categorical.fit(series).lookup, Categorical.fit(series.cast(pl.String)).lookup)


def test_numbers_as_categories():
    coder = Categorical.fit(pl.Series("c", [1, 1, 2, 3]))
    assert coder.features[1].name == "c = 1"


def test_odd_names_are_only_text():
    values = ["<script>", "", "a\nb", "'\"", "é", "is another"]
    coder = Categorical.fit(pl.Series("c", values))
    out, repairs = encode(coder, values)
    assert not repairs and len({feature.name for feature in coder.features}) == 7
