"""The rows most like a row, by Gower's coefficient, and what differs."""

from datetime import datetime

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.encoding.typical import Typical, typical
from pynomaly.errors import ParameterError
from pynomaly.explain.neighbours import gaps, neighbours, width
from pynomaly.tables.read import read


@pytest.fixture(scope="module")
def table():
    rng = np.random.default_rng(0)
    return read(pl.DataFrame({
        "amount": [*rng.normal(50, 9, 40), 51.0, 400.0, 390.0],
        "paid": [*["card", "cash"] * 20, "card", "card", None],
        "when": [datetime(2024, 1, 1 + i % 28, i % 24) for i in range(43)],
    }))  # fmt: skip


def test_differences_are_gowers(table):
    usual = typical(table)
    apart = gaps(table, None, table, 42, usual)
    amount = table.frame["amount"].to_numpy()
    assert np.allclose(apart[:, 0], np.abs(amount - amount[42]) / width(usual["amount"]))
    assert apart[:, 1].tolist() == [1.0] * 42 + [0.0] and np.all(apart[42] == 0)
    assert gaps(table, np.array([3, 42]), table, 0, usual)[:, 1].tolist() == [1.0, 1.0]
    assert width(Typical("number", 5.0, 5.0, 5.0, [], "5")) == 1.0 and width(Typical("category", None, None, None, [], "")) == 1.0


def test_the_nearest_come_first_and_what_differs_is_named(table):
    scores = np.abs(table.frame["amount"].to_numpy() - 50)
    usual = typical(table)
    near = neighbours(table, 41, scores[41], table, scores, 100.0, usual, k=3)
    apart = np.minimum(gaps(table, None, table, 41, usual), 1).mean(axis=1)
    expected = [i for i in np.argsort(apart, kind="stable") if scores[i] <= 100 and i != 41][:3]
    assert [one.row for one in near.normal] == expected and [one.row for one in near.alike] == [42]
    assert near.flagged and near.normal[0].differs[0] == "amount" and not near.normal[0].flagged and near.alike[0].flagged
    frame = near.frame()
    assert len(frame) == 5 and frame["which"].tolist() == ["this row", *["not flagged"] * 3, "flagged"] and frame["amount"][0] == "400"
    assert "differs in amount" in repr(near) and repr(near).startswith("row 41: score") and "\n  not flagged\n    row " in repr(near)


def test_one_detection_asks_another_table_for_its_neighbours():
    found = pyn.detect(pyn.sample(), contamination=0.01)
    row = int(found.order[0])
    new = found.score(pyn.sample())
    assert row not in [one.row for one in found.neighbours(row).alike]
    assert new.neighbours(row).alike[0].row == row and new.neighbours(row).alike[0].distance == 0
    assert "hardly differs" in repr(new.neighbours(row))


def test_bad_questions_are_told():
    found = pyn.detect(pyn.sample(), contamination=0.01)
    for k in (0, 1.5, True):
        with pytest.raises(ParameterError, match="k is .* at least 1"):
            found.neighbours(0, k=k)
    with pytest.raises(ParameterError, match="row 2000 does not exist"):
        found.neighbours(2000)
    with pytest.raises(ParameterError, match="question about one row"):
        found.neighbours([1, 2])
