"""A changed row has the score and the reasons that the detector gives it."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.errors import ColumnError, ParameterError


@pytest.fixture(scope="module")
def found():
    return pyn.detect(pyn.sample(), contamination=0.01)


def test_scores_are_those_of_a_table_with_the_change(found):
    row = int(found.order[0])
    made = found.what_if(row, tip=2.0, city="Atlantis")
    frame = pyn.sample().iloc[[row]].assign(tip=2.0, city="Atlantis")
    assert made.score == pytest.approx(found.score(frame).scores[0], abs=1e-12) and made.before == pytest.approx(found.scores[row], abs=1e-12)
    assert made.flagged_before and made.changes == {"tip": 2.0, "city": "Atlantis"}
    assert any("never saw" in str(repair) and "in row" not in str(repair) for repair in made.repairs)
    assert np.allclose(made.why.base + made.why.values.sum(axis=1), made.why.scores)
    assert max(map(len, repr(made).splitlines())) <= 100
    assert "tip 65.25 → 2" in repr(made) and "city Vienna → Atlantis" in repr(made)
    frame = made.frame()
    assert frame["column"][0] == "tip" and set(frame["column"]) == set(found.columns)


def test_nothing_changed_is_the_row_as_it_is(found):
    made = found.what_if(5)
    assert made.before == made.score and "nothing changed" in repr(made) and made.repairs == () and made.flagged is made.flagged_before


def test_missing_and_names_that_are_no_names(found):
    assert found.what_if(5, {"tip": None}).why.cells[1][found.columns.index("tip")] == "missing"


def test_sampled_explanations_differ_only_where_the_row_does():
    found = pyn.detect(pyn.sample().head(300), "knn", contamination=0.02)
    same = found.what_if(3)
    assert np.array_equal(same.why.values[0], same.why.values[1])
    assert any("among the rows learned from" in note for note in found.what_if(int(found.order[0])).notes)


def test_bad_questions_are_told(found):
    with pytest.raises(ParameterError, match="row 99999 does not exist"):
        found.what_if(99999, tip=1)
    with pytest.raises(ParameterError, match="no such column; did you mean 'tip'"):
        found.what_if(0, tips=1)
    with pytest.raises(ParameterError, match="'claim_id', which is not analysed"):
        found.what_if(0, claim_id="C-1")
    with pytest.raises(ColumnError, match="tip is 'much', but the column holds numbers"):
        found.what_if(0, tip="much")
    for changes in (3, ["tip"]):
        with pytest.raises(ParameterError, match="must be a mapping"):
            found.what_if(0, changes)
    for row in (True, slice(3), [0, 1]):
        with pytest.raises(ParameterError, match="question about one row"):
            found.counterfactual(row)


def test_no_usual_row_no_counterfactual():
    found = pyn.detect(pyn.sample(), "ecod", contamination=0.01)
    found.threshold = -1.0
    with pytest.raises(ParameterError, match="every training row lies above the threshold"):
        found.counterfactual(0)


def test_what_had_to_be_assumed_of_the_row_as_it_is_is_no_part_of_the_change():
    paid = [*("card", "cash") * 50]
    found = pyn.detect(pl.DataFrame({"amount": np.random.default_rng(0).normal(size=100), "paid": paid}), "ecod")
    new = found.score(pl.DataFrame({"amount": [5.0], "paid": ["shells"]}))
    assert new.repairs and new.what_if(0, amount=7.0).repairs == ()
    assert len(new.what_if(0, paid="stones").repairs) == 1


def test_a_column_that_is_given_twice_is_refused(found):
    with pytest.raises(ParameterError, match="tip is given twice, as 3 and as 4: give it one new value"):
        found.what_if(5, {"tip": 3}, tip=4)


def test_an_empty_text_is_told_in_quotes(found):
    assert ' → "": score' in " ".join(repr(found.what_if(5, city="")).split())


def test_a_score_just_above_the_threshold_is_told_with_as_many_digits_as_tell_them_apart(found):
    made = found.what_if(found.order[0])
    close = replace(made, threshold=made.score * (1 - 1e-6))
    assert close.flagged and f"{close.threshold:.4g}" == f"{close.score:.4g}"
    told = " ".join(repr(close).split())
    score, threshold = told.split(" → ")[1].split()[0], told.split("threshold is ")[1].split(")")[0]
    assert score != threshold and float(score) > float(threshold)
