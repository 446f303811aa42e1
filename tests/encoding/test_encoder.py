"""The encoder: fitted on one table, replayed on another, row by row the same."""

import pickle
from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pynomaly.encoding.encoder import Encoder
from pynomaly.errors import ColumnError, NotFittedError, ParameterError
from pynomaly.tables.read import read
from pynomaly.tables.table import Column, Roles, Table

KINDS = {"amount": "number", "flag": "boolean", "city": "category", "paid": "datetime", "note": "text"}


def tabled(frame: pl.DataFrame, kinds: dict[str, str] = KINDS) -> Table:
    return Table(frame, Roles(tuple(kinds)), {name: Column(kind, kind, kind) for name, kind in kinds.items()})


def expenses(n: int = 300, missing: bool = False, seed: int = 0) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pl.DataFrame({
        "amount": rng.lognormal(4, 0.5, n),
        "flag": rng.random(n) < 0.3,
        "city": rng.choice(["Oslo", "Paris", "Rome"], n, p=[0.6, 0.3, 0.1]),
        "paid": [datetime(2024, 1, 1) + timedelta(hours=float(h)) for h in rng.uniform(0, 1000, n)],
        "note": [f"Remark {'!' * int(i)} {'WELL' if i > 3 else 'so'}" for i in rng.integers(0, 9, n)],
    })
    if not missing:
        return frame
    gone = rng.random((n, frame.width)) < 0.1
    return frame.with_columns(pl.when(pl.Series(~gone[:, j])).then(pl.col(name)).alias(name) for j, name in enumerate(frame.columns))


@pytest.mark.parametrize("missing", [False, True])
def test_contract(missing):
    table = tabled(expenses(missing=missing))
    encoder = Encoder()
    matrix = encoder.fit_transform(table)
    assert matrix.values.dtype == np.float64 and matrix.values.flags.c_contiguous
    assert matrix.values.shape == (300, len(matrix.features)) and np.isfinite(matrix.values).all()
    assert matrix.columns == tuple(KINDS) and matrix.repairs == ()
    assert sum(feature.kind == "missing" for feature in matrix.features) == (5 if missing else 0)
    for again in (encoder.transform(table), pickle.loads(pickle.dumps(encoder)).transform(table), Encoder().fit(table).transform(table)):
        np.testing.assert_array_equal(again.values, matrix.values)
        assert again.features == matrix.features


def test_columns_weigh_alike():
    matrix = Encoder().fit_transform(tabled(expenses(3000)))
    for group in matrix.groups:
        assert matrix.values[:, group].var(axis=0).sum() == pytest.approx(1, abs=1e-9)


def test_permuting_rows_permutes_rows_to_the_last_bit():
    frame, order = expenses(missing=True), np.random.default_rng(3).permutation(300)
    straight, permuted = Encoder().fit_transform(tabled(frame)), Encoder().fit_transform(tabled(frame[order]))
    assert straight.features == permuted.features
    np.testing.assert_array_equal(straight.values[order], permuted.values)


def test_a_row_is_the_same_whatever_stands_beside_it():
    frame = expenses(40, missing=True)
    encoder = Encoder().fit(tabled(expenses(300, missing=True, seed=1)))
    together = encoder.transform(tabled(frame)).values
    for row in range(40):
        np.testing.assert_array_equal(encoder.transform(tabled(frame[row])).values[0], together[row])
    assert encoder.transform(tabled(frame[:0])).values.shape == (0, len(encoder.features))


def test_offset_of_a_billion():
    frame = expenses().with_columns(pl.col("amount").round(3))
    moved = frame.with_columns(pl.col("amount") + 1e9)
    np.testing.assert_allclose(Encoder().fit_transform(tabled(moved)).values, Encoder().fit_transform(tabled(frame)).values, atol=1e-6)


def test_newly_missing_is_typical_and_told():
    encoder = Encoder().fit(tabled(expenses()))
    nothing = expenses(3).with_columns(pl.when(pl.int_range(3) == 1).then(None).otherwise(pl.col(name)).alias(name) for name in KINDS)
    matrix = encoder.transform(tabled(nothing))
    assert np.isfinite(matrix.values).all()
    assert [(repair.kind, repair.column, repair.count) for repair in matrix.repairs] == [("newly missing", name, 1) for name in KINDS]
    assert "amount: 1 value is missing, first in row 1" in matrix.repairs[0].message
    assert np.abs(matrix.values[1]).max() < 1


def test_missing_that_training_knew_is_not_reported():
    encoder = Encoder().fit(tabled(expenses(missing=True)))
    assert encoder.transform(tabled(expenses(50, missing=True, seed=5))).repairs == ()


def test_unseen_category_is_the_rarest_and_told():
    encoder = Encoder().fit(tabled(expenses()))
    matrix = encoder.transform(tabled(expenses(4).with_columns(city=pl.Series(["Rome", "Oslo", "Atlantis", "Atlantis"]))))
    place = [feature.name for feature in encoder.features].index("city rarity")
    assert matrix.values[2, place] == matrix.values[3, place] > matrix.values[0, place] > matrix.values[1, place]
    [repair] = matrix.repairs
    assert repair.count == 2 and "'Atlantis' in row 2" in repair.message


def test_many_categories_are_told():
    frame = pl.DataFrame({"x": [1.0, 2.0] * 500, "user": [f"u{i % 500}" for i in range(1000)]})
    matrix = Encoder().fit_transform(tabled(frame, {"x": "number", "user": "category"}))
    assert matrix.values.shape == (1000, 2) and "500 categories" in matrix.repairs[0].message


def test_only_features_are_encoded():
    frame = expenses().with_columns(fraud=pl.Series([0, 1] * 150))
    table = tabled(frame)
    assert Encoder().fit_transform(table).columns == tuple(KINDS)


def test_bad_tables():
    encoder = Encoder()
    with pytest.raises(NotFittedError, match="fit"):
        encoder.transform(tabled(expenses()))
    encoder.fit(tabled(expenses()))
    with pytest.raises(ColumnError, match="'city' is missing"):
        encoder.transform(tabled(expenses().drop("city")))
    with pytest.raises(ColumnError, match="'flag' is of the kind 'text'; in training it was 'boolean'"):
        encoder.transform(tabled(expenses(), KINDS | {"flag": "text"}))
    with pytest.raises(ColumnError, match="'flag' is of the kind 'constant'"):
        encoder.fit(tabled(expenses(), KINDS | {"flag": "constant"}))


@pytest.mark.parametrize("parameters", [{"max_levels": -1}, {"max_levels": "lots"}, {"max_identity": 2.5}, {"max_levels": True}])
def test_bad_parameters(parameters):
    [(name, value)] = parameters.items()
    with pytest.raises(ParameterError, match=f"{name} is {value!r}"):
        Encoder(**parameters)


def test_rarity_only():
    assert [f.name for f in Encoder(max_levels=0).fit(tabled(expenses())).features if f.column == "city"] == ["city rarity"]


def test_real_table(shared_data):
    table = read(shared_data / "mixed" / "taxis.csv")
    matrix = Encoder().fit_transform(table)
    assert matrix.columns == table.roles.features and np.isfinite(matrix.values).all()
    assert np.abs(matrix.values).max() < 100


texts = st.text(max_size=8)
VALUES = {
    "number": st.one_of(st.none(), st.floats(), st.integers(-(2**53), 2**53).map(float)),
    "boolean": st.one_of(st.none(), st.booleans()),
    "category": st.one_of(st.none(), st.sampled_from("abc"), texts),
    "datetime": st.one_of(st.none(), st.datetimes()),
    "text": st.one_of(st.none(), texts),
}
TYPES = {"number": pl.Float64, "boolean": pl.Boolean, "category": pl.String, "datetime": pl.Datetime("us"), "text": pl.String}


@st.composite
def pairs(draw):
    """A training table and a new one of the same kinds."""
    kinds = {f"{kind} {i}": kind for i, kind in enumerate(draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=4)))}

    def table(rows: int) -> Table:
        columns = {name: draw(st.lists(VALUES[kind], min_size=rows, max_size=rows)) for name, kind in kinds.items()}
        return tabled(pl.DataFrame(columns, schema={name: TYPES[kind] for name, kind in kinds.items()}), kinds)

    return table(draw(st.integers(1, 12))), table(draw(st.integers(1, 5)))


@settings(max_examples=150, deadline=None)
@given(pairs(), st.randoms())
def test_any_table(pair, random):
    train, new = pair
    encoder = Encoder()
    matrix = encoder.fit_transform(train)
    for table, encoded in ((train, matrix), (new, encoder.transform(new))):
        assert encoded.values.shape == (table.n, len(encoded.features)) and np.isfinite(encoded.values).all()
        assert encoded.columns == train.roles.features
    np.testing.assert_array_equal(encoder.transform(train).values, matrix.values)
    order = list(range(train.n))
    random.shuffle(order)
    permuted = Encoder().fit_transform(tabled(train.frame[order], train.kinds))
    np.testing.assert_array_equal(permuted.values, matrix.values[order])


def test_being_missing_counts_only_where_it_is_rare():
    frame = pl.DataFrame({"a": [None] * 10 + [float(i) for i in range(90)], "b": [None] + [float(i % 7) for i in range(99)]})
    encoder = Encoder(max_missing=0.05)
    table = tabled(frame, {"a": "number", "b": "number"})
    matrix = encoder.fit_transform(table)
    assert [f.name for f in matrix.features] == ["a", "b", "b is missing"]
    assert [r.kind for r in matrix.repairs] == ["commonly missing"] and "a: 10 %" in matrix.repairs[0].message
    assert encoder.transform(table).repairs == ()
    for wrong in (-0.1, 1.5, True, "x"):
        with pytest.raises(ParameterError, match="max_missing"):
            Encoder(max_missing=wrong)
