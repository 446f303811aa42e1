"""The change that is found is enough, plausible, small and always the same; where there is none, that is said."""

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.encoding.encoder import Encoder
from pynomaly.encoding.typical import Typical, typical
from pynomaly.errors import ColumnError, ParameterError
from pynomaly.explain.changed import as_value, changed, check_columns
from pynomaly.explain.counterfactual import counterfactual
from pynomaly.explain.replacements import nicer, replacements, size_of, towards
from pynomaly.explain.search import Search
from pynomaly.tables.read import read


def line(rows=200, seed=0):
    """Tips of a tenth of the amount, and one far too large."""
    rng = np.random.default_rng(seed)
    amount = rng.uniform(10, 100, rows)
    return read(pl.DataFrame({"amount": [*amount, 50.0], "tip": [*(amount / 10 + rng.normal(0, 0.1, rows)), 25.0]}))


def distance(part):
    return np.abs(part.frame["tip"].to_numpy() - part.frame["amount"].to_numpy() / 10)


def ask(table, score, threshold, row=-1, **options):
    row = row % len(table)
    return counterfactual(table, row, score, threshold, table, np.flatnonzero(score(table) <= threshold), typical(table), **options)


def test_the_change_lies_at_the_boundary_and_repeats():
    made, again = ask(line(), distance, 1.0), ask(line(), distance, 1.0)
    assert made.enough and made.after <= 1.0 < made.before and made == again
    assert [one.column for one in made.changes] == ["tip"] and 5.9 < made.changes[0].after <= 6.0
    assert "would not be flagged if tip were" in made.sentence and made.frame()["column"].tolist() == ["tip"]
    assert made.values == {"tip": made.changes[0].after} and "typical" in repr(made)
    assert max(map(len, repr(made).splitlines())) <= 100 and made.sentence in " ".join(repr(made).split())


def test_a_score_just_under_the_threshold_is_told_with_as_many_digits_as_tell_them_apart():
    threshold = 1.0 + 1e-6
    table = read(pl.DataFrame({"tip": [1.0] * 200 + [25.0]}))
    made = ask(table, lambda part: part.frame["tip"].to_numpy(), threshold)
    assert made.enough and made.after < threshold and f"{made.after:.4g}" == f"{threshold:.4g}"
    assert made.sentence.endswith("its score would be 1 instead of 25, and the threshold is 1.000001.")


def test_fixed_columns_stay_and_none_is_said():
    made = ask(line(), distance, 1.0, fixed=["tip"])
    assert not made.enough and made.after > 1.0
    assert "No change of up to 3 columns other than tip" in made.sentence and "closest found" in made.sentence


def test_two_columns_where_one_is_not_enough():
    rng = np.random.default_rng(1)
    table = read(pl.DataFrame({name: [*rng.normal(0, 1, 300), 9.0] for name in "abc"} | {"d": [*rng.normal(0, 1, 300), 0.0]}))

    def second(part):  # the second largest of the columns: one change cannot lower it
        return np.sort(np.abs(part.frame.select("a", "b", "c", "d").to_numpy()), axis=1)[:, -2]

    made = ask(table, second, 3.0)
    assert made.enough and len(made.changes) == 2 and {one.column for one in made.changes} < {"a", "b", "c"}
    assert not ask(table, second, 3.0, max_columns=1).enough
    normal = table.frame[:300]
    for one in made.changes:
        assert normal[one.column].min() <= one.after <= normal[one.column].max()


def test_a_column_that_need_not_change_is_given_back():
    table = line()
    search = Search(table, 200, lambda part: part.frame["tip"].to_numpy(), typical(table), {"amount": (10.0, 100.0), "tip": (1.0, 10.0)})
    assert search.drawn_back([{"amount": 60.0, "tip": 5.0}], 8.0).keys() == {"tip"}


def test_the_values_of_the_rows_most_like_it_are_tried():
    amount = [*np.linspace(1, 9, 60), 100.0, 100.0]  # the last but one is like the row, and what it paid with is no common way
    paid = [f"card {i % 20}" for i in range(60)] + ["cheque", "shells"]
    table = read(pl.DataFrame({"amount": amount, "paid": paid}))

    def odd(part):
        frame = part.frame
        return ((frame["amount"] == 100.0) & (frame["paid"] != "cheque")).cast(pl.Float64).to_numpy()

    made = ask(table, odd, 0.5, fixed=["amount"])
    assert made.enough and made.values == {"paid": "cheque"}


def test_a_row_that_is_not_flagged_is_normal_already():
    made = ask(line(), distance, 1.0, row=3)
    assert made.enough and made.changes == () and "is not flagged as it is" in made.sentence and made.tried == 1


def test_bad_questions_are_told():
    with pytest.raises(ParameterError, match="fixed names 'tips', but there is no such column; did you mean 'tip'"):
        ask(line(), distance, 1.0, fixed=["tips"])
    with pytest.raises(ParameterError, match="nothing is left to change"):
        ask(line(), distance, 1.0, fixed=["tip", "amount"])
    for most in (0, 1.5, True):
        with pytest.raises(ParameterError, match="max_columns is .* at least 1"):
            ask(line(), distance, 1.0, max_columns=most)
    with pytest.raises(ParameterError, match="not analysed"):
        check_columns(["amount"], ["tip"], line(), "fixed")


@pytest.mark.parametrize("name", [None, "ecod", "hbos", "pca", "iforest", "knn", "pyod.loda"])
def test_every_detector_finds_changes_that_python_confirms(name):
    found = pyn.detect(pyn.sample(), **({"detector": name} if name else {}), contamination=0.01)
    usual = found.table.frame.filter(pl.Series(found.flags == 0))
    for row in found.order[:3]:
        made = found.counterfactual(row)
        assert made.enough, made.sentence
        after = found.what_if(row, made.values)
        assert after.score == pytest.approx(made.after, abs=1e-9) and not after.flagged
        for one in made.changes:
            known = usual[one.column].drop_nulls()
            assert one.after in known.to_list() or known.min() <= one.after <= known.max()


def test_versions_of_a_row_are_encoded_as_the_encoder_does():
    table = pyn.detect(pyn.sample(), contamination=0.01).table
    encoder = Encoder().fit(table)
    columns = table.roles.features
    versions = changed(table, 3, {name: table.frame[name].to_list() for name in columns})
    assert np.array_equal(encoder.transform(versions).values, encoder.transform(table).values)
    assert changed(table, 3, {}, 2).frame.height == 2


def test_values_of_another_kind_are_refused():
    table = read(pl.DataFrame({"x": [1.5, 2.5, 3.5, 9.0], "n": [1, 2, 3, 9], "yes": [True, False, True, True], "paid": ["card", "cash", "card", "card"],
                               "when": [datetime(2024, 1, d, 3) for d in range(1, 5)]}))
    assert as_value(np.float32(2), "x", table) == 2.0 and as_value(3, "n", table) == 3 and as_value(1, "yes", table) is True
    assert as_value("2024-05-01", "when", table) == as_value(date(2024, 5, 1), "when", table) == as_value(np.datetime64("2024-05-01"), "when", table)
    assert as_value(float("nan"), "x", table) is None and as_value("x", "paid", table) == "x"
    for name, value, kind in (("x", "3", "numbers"), ("x", True, "numbers"), ("x", float("inf"), "numbers"), ("yes", "yes", "true or false"),
                              ("paid", 3, "categories"), ("when", "soon", "dates"), ("when", 3, "dates")):  # fmt: skip
        with pytest.raises(ColumnError, match=f"{name} is .*, but the column holds {kind}.*None for missing"):
            as_value(value, name, table)
    assert changed(table, 0, {"n": [1.5]}).frame["n"].to_list() == [1.5]


def test_the_way_back():
    assert towards(10.0, 0.0, 3, (0.0, 20.0)) == [7.5, 5.0, 2.5]
    assert towards(100.0, 0.0, 1, (0.0, 20.0)) == [20.0, 10.0]
    assert towards(9, 5, 10, None) == [8, 7, 6] and towards(True, False, 3, None) == [] and towards(None, 3.0, 3, None) == []
    assert towards(date(2024, 1, 1), date(2024, 1, 3), 1, None) == [date(2024, 1, 2)]
    assert towards(datetime(2024, 1, 1), datetime(2024, 1, 1, 2), 1, None) == [datetime(2024, 1, 1, 1)]
    assert nicer(7.123456, 0.0)[0] == 7.0 and all(value < 7.123456 for value in nicer(7.123456, 0.0))
    assert all(value > 7.123456 for value in nicer(7.123456, 20.0)) and nicer(2, 3) == []


def test_sizes_and_replacements():
    usual = Typical("number", 10.0, 30.0, 20.0, [], "10 – 30")
    assert size_of(20.0, 30.0, usual) == 0.5 and size_of(None, 30.0, usual) == 1.0 and size_of(3.0, 3.0, usual) == 0.0
    frame = pl.DataFrame({"city": ["A"] * 5 + ["B"] * 3 + ["C"], "when": [datetime(2024, 1, d, 9) for d in range(1, 10)], "flag": [True] * 8 + [False]})
    table = read(frame)
    rows, about = np.arange(9), typical(table)
    assert replacements("C", table, rows, rows, "city", about["city"]) == ["A", "B"]
    assert replacements(True, table, rows, rows, "flag", about["flag"]) == [False]
    assert datetime(2024, 1, 5, 9) in replacements(datetime(2024, 1, 5, 3), table, rows, rows, "when", about["when"])


def test_a_row_that_its_detector_knows_is_told_apart():
    made = counterfactual(line(), 3, distance, 1.0, line(), np.arange(200), typical(line()), given=2.5)
    assert made.enough and not made.changes and "flagged, with a score of 2.5 among the rows learned from" in made.sentence


def test_a_row_is_told_by_its_name_and_position_and_that_it_is_scored_anew():
    made = ask(line(), distance, 1.0)
    assert made.sentence.startswith("row 200 would not be flagged if tip were") and made.notes == []
    named = read(pl.DataFrame({"who": [f"C-{i}" for i in range(201)], **line().frame.to_dict()}))
    given = ask(named, distance, 1.0, given=27.5)
    assert given.sentence.startswith("C-200 (row 200) would not be flagged") and given.notes == ["Both are scored as new rows; among the rows learned from this row's score is 27.5."]
    assert repr(given).endswith(given.notes[0]) and ask(named, distance, 1.0, given=given.before).notes == []


def test_a_column_of_whole_numbers_stays_whole_also_where_it_is_held_as_fractions():
    rng = np.random.default_rng(0)
    days = [*rng.integers(1, 60, 200).astype(float), 900.0]
    days[7] = None
    table = read(pl.DataFrame({"days": days, "x": rng.normal(size=201)}))

    def late(part):
        return part.frame["days"].fill_null(0).to_numpy() / 41.5

    made = ask(table, late, 1.0)
    assert made.values == {"days": 41.0}


@pytest.mark.parametrize("name", ["expenses", "taxis", "ai4i2020"])
@pytest.mark.parametrize("detector", ["ecod", "knn"])
def test_every_suggestion_is_within_what_unflagged_rows_have(name, detector, request):
    data = pyn.sample() if name == "expenses" else request.getfixturevalue("shared_data") / "mixed" / f"{name}.csv"
    found = pyn.detect(data, detector, budget=40)
    normal = found.table.frame.filter(pl.Series(found.flags == 0))
    changes = [change for row in found.order[:6] for change in found.counterfactual(row).changes]
    assert changes
    for one in changes:
        usual = normal[one.column].drop_nulls()
        if found.table.kinds[one.column] in ("number", "datetime"):
            assert usual.min() <= one.after <= usual.max() and (not usual.dtype.is_integer() or isinstance(one.after, int))
        else:
            assert one.after in set(usual.to_list())
