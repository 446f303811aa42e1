"""Rows are gathered by their reasons, told in words that hold, and their kinds rest on evidence."""

import re

import numpy as np
import pandas as pd
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.encoding.typical import Typical, typical
from pynomaly.errors import ParameterError
from pynomaly.explain.evidence import beyond, collectives, spans
from pynomaly.explain.groups import _unlike, gather, group, reasons, set_apart, shared
from pynomaly.explain.kinds import MEANINGS, kinds
from pynomaly.explain.reasons import directions, say
from pynomaly.tables.read import read
from pynomaly.views.view import view_of


@pytest.fixture(scope="module")
def odd():
    """300 usual rows; then five with a large amount, five with a small age, two from nowhere."""
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({
        "amount": [*rng.normal(100, 10, 300), *rng.normal(900, 5, 5), *rng.normal(100, 10, 7)],
        "age": [*rng.normal(40, 5, 305), *rng.normal(1, 0.1, 5), *rng.normal(40, 5, 2)],
        "land": [*np.array(["A", "B"])[rng.integers(0, 2, 310)], "Z", "Z"],
    })
    return pyn.detect(frame, budget=12)


def whole(found):
    rows = found.order[: found.n_flagged]
    return group(found.explain(rows), found.table, found.typical())


def test_reasons_are_shares_with_a_direction():
    shares = reasons(np.array([[3.0, 1.0, -2.0], [0.0, -1.0, 0.0]]), np.array([[1, -1, 0], [0, 0, 0]]))
    assert shares.shape == (2, 12) and shares.sum(1).tolist() == [1.0, 0.0]
    assert shares[0, 3 * 2 + 0] == 0.75 and shares[0, 1] == 0.25


def test_rows_flagged_for_one_reason_are_one_group(odd):
    made = whole(odd)
    by_row = {int(row): g for g, one in enumerate(made.groups) for row in one.rows}
    assert len({by_row[r] for r in range(300, 305)}) == 1 and len({by_row[r] for r in range(305, 310)}) == 1
    assert by_row[300] != by_row[305]
    sentence = made[by_row[300]].sentence
    assert "amount far above typical" in sentence and "age far below typical" in made[by_row[305]].sentence
    assert sorted(by_row) == sorted(odd.order[:12].tolist())
    assert len(made.frame()) == len(made) and "flagged rows of" in repr(made)


def test_the_number_of_groups_can_be_given_and_is_checked(odd):
    why = odd.explain(odd.order[:12])
    assert len(group(why, odd.table, odd.typical(), n=2)) == 2 and len(group(why, odd.table, odd.typical(), n=1)) == 1
    for n in (0, 13, 1.5, True):
        with pytest.raises(ParameterError, match="number of groups between 1 and the 12 rows"):
            group(why, odd.table, odd.typical(), n=n)
    assert "5 flagged rows with lower scores were not looked at" in repr(group(why, odd.table, odd.typical(), left_out=5))


def test_groups_repeat_and_the_largest_comes_first(odd):
    shares = np.random.default_rng(1).dirichlet(np.ones(6) / 4, 60)
    one = gather(shares, 4)
    assert (one == gather(shares, 4)).all() and (np.diff(np.bincount(one)) <= 0).all()
    assert (gather(np.ones((5, 2)) / 2) == 0).all() and (gather(np.array([[1.0, 0.0]])) == 0).all()


def test_no_two_groups_say_the_same():
    rng = np.random.default_rng(0)
    near = [[0.6, 0.4, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]
    shares = np.repeat(near, [30, 30, 40], axis=0) + rng.uniform(0, 1e-6, (100, 3))
    assert np.bincount(gather(shares)).tolist() == [60, 40]


def test_alike_rows_are_not_parted():
    shares = np.array([0.5, 0.3, 0.2]) + np.random.default_rng(0).normal(0, 0.001, (40, 3))
    assert (gather(np.abs(shares) / np.abs(shares).sum(1, keepdims=True)) == 0).mean() > 0 and gather(np.tile([0.5, 0.5], (30, 1))).max() == 0


@pytest.mark.parametrize("values, usual, words", [
    ([900.0, 910.0], Typical("number", 13.0, 129.0, 40.0, [], "13 – 129"), "amount far above typical (about 910, typical 13 – 129)"),
    ([150.0, 150.0], Typical("number", 13.0, 129.0, 40.0, [], "13 – 129"), "amount above typical (150, typical 13 – 129)"),
    ([1.0], Typical("number", 13.0, 29.0, 20.0, [], "13 – 29"), "amount below typical (1, typical 13 – 29)"),
    ([-90.0], Typical("number", 13.0, 29.0, 20.0, [], "13 – 29"), "amount far below typical (-90, typical 13 – 29)"),
    ([20.0], Typical("number", 13.0, 29.0, 20.0, [], "13 – 29"), "amount usual by itself, unusual beside the other columns (20, typical 13 – 29)"),
    ([None, None], Typical("number", 13.0, 29.0, 20.0, [], "13 – 29", 0.02), "amount is missing (2 % of unflagged rows)"),
    (["x", "x"], Typical("category", None, None, None, [("x", 0.03)], "x"), "amount is x (3 % of unflagged rows)"),
    (["x", "x", "y"], Typical("category", None, None, None, [("x", 0.03)], "x"), "amount mostly x (3 % of unflagged rows)"),
    (["q", "x", "y"], Typical("category", None, None, None, [("x", 0.03)], "x"), "amount unusual in several ways (q and others)"),
    (["q"], Typical("category", None, None, None, [("x", 0.03)], "x"), "amount is q (rare among unflagged rows)"),
    ([7.0, 7.0, 8.0], Typical("number", 0.0, 0.0, 0.0, [], "0"), "amount is mostly 7 (typical 0)"),
    ([-500.0, 20.0, 900.0], Typical("number", 13.0, 29.0, 20.0, [], "13 – 29"), "amount above typical in some, below in others (-500 to 900, typical 13 – 29)"),
    ([None, None], Typical("number", 13.0, 29.0, 20.0, [], "13 – 29"), "amount is missing (no unflagged row)"),
    ([None, None, 14.0], Typical("number", 13.0, 29.0, 20.0, [], "13 – 29"), "amount is mostly missing (no unflagged row)"),
    (["a b c d e"], Typical("text", 1.0, 3.0, 2.0, [], "1 – 3 characters"), "amount far above typical (9 characters, typical 1 – 3 characters)"),
    ([5.0], Typical("number", None, None, None, [], "no values"), "amount has a value, where unflagged rows have none"),
])
def test_words_hold(values, usual, words):
    assert say("amount", pl.Series(values), usual).words == words


def test_moments_are_told_by_date_or_by_hour():
    days = pl.datetime_range(pl.datetime(2024, 1, 1, 10), pl.datetime(2024, 3, 1, 10), "1d", eager=True)
    usual = typical(read(pl.DataFrame({"when": days, "x": np.arange(61.0)})))["when"]
    assert say("when", pl.Series([days[-1].replace(year=2025)]), usual).words.startswith("when much later than typical (2025-03-01 10:00, typical")
    assert "when much earlier than typical (for example 2014" in say("when", pl.Series([days[0].replace(year=2014), days[1].replace(year=2014)]), usual).words
    assert "unusual time of the day" in say("when", pl.Series([days[30].replace(hour=3)]), usual).words
    shift = pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2024, 3, 1), "1h", eager=True)
    office = typical(read(pl.DataFrame({"when": shift.filter(shift.dt.hour().is_between(9, 17))})))["when"]
    night = pl.Series([days[20].replace(hour=2, minute=21), days[30].replace(hour=3), days[33].replace(hour=11)])
    assert say("when", night, office).words == "when at unusual hours (02:21 – 03:00, typical 09:00 – 17:00)"


def test_directions_know_rare_and_missing_values():
    table = read(pl.DataFrame({"land": ["A"] * 50 + ["B"] * 49 + ["C"], "x": [1.0] * 99 + [None]}))
    ways = directions(table, np.array([0, 99]), typical(table))
    assert ways.tolist() == [[0, 0], [1, 2]]


def test_kinds_rest_on_evidence(odd):
    rows = odd.order[: odd.n_flagged]
    made = kinds(odd.explain(rows), odd.table, odd.matrix.values, odd.flags, odd.typical())
    by_row = {one.row: one for one in made}
    for row in (*range(300, 310),):
        assert (by_row[row].kind, by_row[row].reach) == ("collective", "global") and "5 flagged rows" in by_row[row].evidence
    assert by_row[310].reach == "global" and "land is Z, as in no unflagged row" in by_row[310].evidence
    assert made.frame()["kind"].tolist() == [one.kind for one in made] and "Kinds of 12 rows" in repr(made)


def test_each_pair_of_kind_and_reach_is_told_in_one_sentence(odd):
    made = odd.kinds()
    assert max(map(len, repr(made).splitlines())) <= 100
    lines, text = repr(made).splitlines(), " ".join(repr(made).split())
    pairs = {(one.kind, one.reach) for one in made}
    assert set(MEANINGS) == {(kind, reach) for kind in ("point", "contextual", "collective") for reach in ("global", "local")} - {("contextual", "global")}
    assert all(one.meaning == MEANINGS[one.kind, one.reach] for one in made)
    for kind, reach in pairs:
        many = sum((one.kind, one.reach) == (kind, reach) for one in made)
        assert f" {many} {kind}, {reach}: {MEANINGS[kind, reach]} " in text
    assert 0 < len({line for line in lines if line.startswith("    row ")}) <= 2 * len(pairs) and lines[-1] == "  (each row in .frame())"


def test_a_local_row_names_the_values_that_are_rare_together():
    rng = np.random.default_rng(0)
    x = rng.normal(size=400)
    found = pyn.detect(pl.DataFrame({"x": [*x, 1.5], "y": [*x + rng.normal(size=400) * 0.01, -1.5]}), "mcd", budget=1)
    made = found.kinds()
    assert (made[0].kind, made[0].reach) == ("point", "local")
    assert made[0].evidence.startswith("no value by itself is beyond what unflagged rows have; most of the score comes from ") and "x 1.5" in made[0].evidence


def test_several_missing_columns_are_told_at_once():
    rng = np.random.default_rng(0)
    letters = np.array(["u", "v"])
    frame = pl.DataFrame({"a": [*letters[rng.integers(0, 2, 300)], *[None] * 4], "b": [*letters[rng.integers(0, 2, 300)], *[None] * 4], "c": rng.normal(size=304).clip(-1, 1)})
    made = whole(pyn.detect(frame, "iforest", budget=4))
    assert made[0].sentence.endswith(("rows: a and b are missing", "rows: b and a are missing")) and len(made[0].words) == 2


def test_many_rows_are_gathered_from_a_sample():
    shares = np.repeat(np.eye(3), [1500, 900, 600], axis=0)
    assert np.bincount(gather(shares[[0, 1, 2, 2000]])).tolist() == [3, 1]  # two reasons, nothing between
    assert np.bincount(gather(shares)).tolist() == [1500, 900, 600] and np.bincount(gather(shares, 2)).tolist()[0] >= 1500


def test_what_a_context_has_is_asked_once():
    table = read(pl.DataFrame({"sort": ["apple"] * 50 + ["pear"] * 50 + ["fig"] * 2, "grams": [*np.linspace(170, 190, 50), *np.linspace(5, 9, 50), 7.0, 900.0]}))
    flags = np.r_[np.zeros(101, int), 1]
    ranges = spans(table, "grams", "sort", flags)
    assert ranges["apple"][0] == 50 and np.allclose(ranges["pear"][1], np.quantile(np.linspace(5, 9, 50), [0.005, 0.05, 0.95, 0.995])) and ranges["fig"][0] == 1


def test_evidence_says_on_which_side_of_all_others():
    n = 120
    rng = np.random.default_rng(0)
    when = pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2024, 1, 1 + 29), "6h", eager=True)[: n - 4]
    frame = pl.DataFrame({"x": [*rng.normal(size=n - 4), -90.0, 80.0, 0.0, None], "when": [*when, when[3], when[9], when[0].replace(year=2030), when[5]], "y": rng.normal(size=n)})
    flags = np.r_[np.zeros(n - 4, int), np.ones(4, int)]
    found = pyn.detect(frame, "ecod", budget=4)
    rows = np.arange(n - 4, n)
    usual = typical(found.table, flags == 0)
    told = [one.evidence for one in kinds(found.explain(rows), found.table, found.matrix.values, flags, usual)]
    assert "x is -90, less than in any unflagged row" in told[0] and "x is 80, more than" in told[1]
    assert "later than in any unflagged row" in told[2] and "x is missing, as in no unflagged row" in told[3]


def test_beyond_is_outside_all_unflagged_values():
    table = read(pl.DataFrame({"x": [1.0, 2.0, 3.0, 9.0, None, 2.5, 1.0, 3.0], "g": ["a", "a", "b", "c", "a", "a", "a", "a"]}))
    flags = np.array([0, 0, 0, 1, 1, 1, 1, 1])
    assert beyond(table, np.arange(3, 8), flags, "x").tolist() == [True, True, False, False, False]
    assert beyond(table, np.array([3, 4, 5]), flags, "g").tolist() == [True, False, False]


def test_far_rows_that_are_not_alike_are_no_collective():
    X = np.r_[np.random.default_rng(0).normal(size=(50, 1)), [[100.0], [200.0], [400.0]]]
    flags = np.r_[np.zeros(50, int), 1, 1, 1]
    assert collectives(X, np.array([50, 51, 52]), flags).tolist() == [1, 1, 1]
    assert collectives(X[:3], np.arange(3), np.ones(3, int)).tolist() == [3, 3, 3]


@pytest.mark.parametrize(("second", "alike"), [(14.9, 2), (15.1, 1)])
def test_rows_are_alike_up_to_half_the_distance_to_unflagged_rows(second, alike):
    X = np.array([[-1.0], [0.0], [10.0], [second]])
    assert collectives(X, np.array([2, 3]), np.array([0, 0, 1, 1])).tolist() == [alike, alike]


def wide():
    X = pd.DataFrame(np.random.default_rng(0).normal(size=(500, 200))).add_prefix("w")
    X.iloc[10, :20] += 8
    X.iloc[20, 5] = 40
    return pyn.detect(X, contamination=0.02)


def test_a_column_is_a_reason_only_where_most_of_the_rows_have_it():
    made = wide().groups()
    rest, own = made
    assert own.rows.tolist() == [20] and own.columns == ("w5",) and own.common and "w5 far above typical (40" in own.sentence
    assert len(rest.rows) == 9 and not rest.common and rest.words == () and len(rest.shares) == len(rest.columns) == 3
    assert re.fullmatch(r"9 rows: no column in common \(strongest in one or another: w\d+, w\d+, w\d+ and 6 more\)", rest.sentence)
    assert made.frame()["reasons"].tolist() == ["", "w5"]
    spec = view_of(made).spec
    assert spec["groups"][0]["sentence"].startswith("no column in common") and sum(spec["groups"][0]["shares"]) < 0.2


def test_as_many_groups_as_were_asked_for_whatever_they_have_in_common():
    assert [len(one.rows) for one in wide().groups(n=1)] == [10]


def test_rows_whose_score_nothing_raises_have_no_reason():
    one = _unlike(np.array([4]), np.zeros((1, 2)), ("a", "b"))
    assert shared(np.zeros((1, 2))) == [] and one.columns == () and one.sentence == "1 row: no column in common, as nothing raises their scores"


def test_at_most_so_many_groups_are_set_apart():
    shares = np.zeros((12, 48))
    shares[np.arange(12), np.arange(12)] = 1.0
    of = set_apart(shares, np.zeros(12, dtype=int))
    assert np.bincount(of).tolist() == [5] + [1] * 7
    same = np.zeros((3, 8))
    same[:, 1] = 1.0
    assert set_apart(same, np.zeros(3, dtype=int)).tolist() == [0, 0, 0]
