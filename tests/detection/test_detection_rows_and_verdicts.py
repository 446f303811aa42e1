"""Rows by name, verdicts, thresholds and copies of a detection, as people give them."""

import copy
import pickle
import re

import numpy as np
import pandas as pd
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.detection.verdicts import moment
from pynomaly.errors import ParameterError
from pynomaly.thresholds.threshold import threshold


@pytest.fixture
def frame():
    rng = np.random.default_rng(0)
    return pd.DataFrame({"a": np.append(rng.normal(size=29), 40.0), "b": rng.normal(size=30)})


def test_rows_of_every_kind_of_index_by_name(frame):
    levels = pyn.detect(frame.set_index(pd.MultiIndex.from_product([list("pqr"), range(10)])), "ecod")
    assert levels.explain(id=("r", 9)).rows.tolist() == [29] and levels.explain(id=[("p", 0), ("r", 9)]).rows.tolist() == [0, 29]
    days = frame.set_index(pd.date_range("2024-01-01", periods=30))
    dated = pyn.detect(days, "ecod")
    assert dated.explain(id=days.index[3]).rows.tolist() == [3] and dated.explain(id=days.index[2:4]).rows.tolist() == [2, 3]
    assert dated.frame().index.equals(days.index) and dated.explain(id=pl.Series([days.index[5]])).rows.tolist() == [5]
    twice = pyn.detect(frame.set_index(pd.Index([1, 2] * 15)), "ecod")
    assert twice.explain(id=1).rows.tolist() == list(range(0, 30, 2))
    with pytest.raises(ParameterError, match=r"no row is called '1', but one is called 1; give it as that, of type int"):
        twice.explain(id="1")


def test_nothing_to_explain_is_said(frame):
    found = pyn.detect(frame, "iforest")
    found.threshold = found.scores.max() + 1
    with pytest.raises(ParameterError, match="no row is flagged at this threshold"):
        found.explain()
    with pytest.raises(ParameterError, match="no row was asked for"):
        found.explain([])


@pytest.mark.parametrize("value", [None, [1.0], np.array([1.0]), "1", True, np.True_, float("nan"), 1j])
def test_a_threshold_is_a_number(frame, value):
    found = pyn.detect(frame, "ecod")
    with pytest.raises(ParameterError, match="must be a finite number"):
        found.threshold = value


@pytest.mark.parametrize("value", [3, np.float32(3), np.int64(3), np.array(3.0)])
def test_a_threshold_is_any_number(frame, value):
    found = pyn.detect(frame, "ecod")
    found.threshold = value
    assert found.threshold == 3.0 and type(found.threshold) is float


def test_a_verdict_is_on_one_row(frame):
    found = pyn.detect(frame, "ecod")
    found.set_verdict(np.int64(-1), "anomaly")
    assert list(found.verdicts) == [29]
    for rows in ([1, 2], [], slice(0, 3)):
        with pytest.raises(ParameterError, match="a verdict is on one row"):
            found.set_verdict(rows, "normal")


def test_a_downloaded_file_of_verdicts_is_taken(frame):
    found = pyn.detect(frame, "ecod")
    file = {"schema": 1, "n": 30, "verdicts": {"29": {"verdict": "anomaly", "note": "seen", "at": "2026-01-01", "id": "29", "score": 1.0, "rank": 0}}}
    found.replace_verdicts(file)
    assert found.verdicts[29]["note"] == "seen"
    with pytest.raises(ParameterError, match="a table of 31 rows, and this one has 30"):
        found.replace_verdicts({**file, "n": 31})


@pytest.mark.parametrize("wrong, says", [({3: "anomaly"}, "must be a mapping"), ([3], "must be a mapping"), ({"²": {"verdict": "normal"}}, "rows are numbered")])
def test_verdicts_that_are_none(frame, wrong, says):
    with pytest.raises(ParameterError, match=says):
        pyn.detect(frame, "ecod").replace_verdicts(wrong)


@pytest.mark.parametrize("again", [lambda one: pickle.loads(pickle.dumps(one)), copy.deepcopy, copy.copy])
def test_copies_score_alike_and_their_scores_stay_read_only(frame, again):
    found = pyn.detect(frame, "iforest")
    other = again(found)
    assert not other.scores.flags.writeable and np.array_equal(other.score(frame).scores, found.score(frame).scores)
    other.set_verdict(1, "normal")
    assert not found.verdicts


def test_one_rule_sets_the_threshold():
    with pytest.raises(ParameterError, match="give one of them"):
        threshold(np.arange(9.0), 0.1, budget=2)


def test_new_rows_of_new_rows_tell_the_rule_once(frame):
    found = pyn.detect(frame, "ecod").score(frame.head(5)).score(frame.head(2))
    assert found.threshold_text.count("as in training") == 1


def test_a_detection_is_asked_for_its_ids_row_by_row_only(frame):
    named = pyn.detect(frame.assign(key=[f"K{i}" for i in range(30)]), "ecod", id="key").table
    assert named.ids_of(np.array([3, 1])) == ["K3", "K1"] == [named.row_ids[3], named.row_ids[1]]


def test_verdicts_of_one_second_have_an_order_and_times_are_compared_as_times(frame):
    found = pyn.detect(frame, "ecod")
    found.set_verdict(1, "anomaly")
    found.set_verdict(2, "normal")
    one, two = (found.verdicts[row]["at"] for row in (1, 2))
    assert moment(one) < moment(two) and re.search(r"\.\d{6}\+00:00$", one)
    assert moment("2026-01-01T12:00:00.250Z") > moment("2026-01-01T12:00:00+00:00") > moment("2026-01-01T12:30:00+01:00") > moment("2026-01-01")
    assert moment("2026-01-01T12:00:00") == moment("2026-01-01T12:00:00Z") and moment("") == moment("soon") < moment("1990-01-01")


def test_the_later_of_two_verdicts_is_kept_whatever_its_time_zone(frame):
    found = pyn.detect(frame, "ecod")
    found.replace_verdicts({3: {"verdict": "normal", "at": "2026-01-01T12:00:00+00:00"}})
    found.merge_verdicts({"fingerprint": found.table.fingerprint, "n": 30, "verdicts": {"3": {"verdict": "anomaly", "at": "2026-01-01T13:00:00.5+01:00"}}}, by="Bo")
    assert found.verdicts[3]["verdict"] == "anomaly"
    found.merge_verdicts({"fingerprint": found.table.fingerprint, "n": 30, "verdicts": {"3": {"verdict": "normal", "at": "2026-01-01T12:59:00+01:00"}}}, by="Cy")
    assert found.verdicts[3]["verdict"] == "anomaly"


def test_one_row_is_asked_for_in_one_line():
    found = pyn.detect(pyn.sample(), "ecod", contamination=0.01)
    name, row = found.table.row_ids[12], 12
    asks = (found.counterfactual, found.neighbours, found.what_if)
    for ask in asks:
        with pytest.raises(ParameterError, match=f"row is {name!r}, but this question takes a row's position: that row is {row}$"):
            ask(name)
        for wrong, told in ((3.0, "3.0"), ("nobody", "'nobody'"), (float("nan"), "nan")):
            with pytest.raises(ParameterError, match=f"row is {told}, but it must be the position of a row, from 0 to 1999"):
                ask(wrong)
        for wrong in (None, True, np.True_, {1}, {1: 2}, pd.Series([1], index=["a"]), pd.Series(found.flags == 1), pl.Series([1]), np.arange(500), []):
            with pytest.raises(ParameterError, match="but this is a question about one row") as caught:
                ask(wrong)
            assert "\n" not in str(caught.value) and len(str(caught.value)) < 180
    for wrong in (pd.DataFrame({"a": [1.5] * 3}), pd.Series([True, None] * 1000, dtype="boolean"), np.ones((90, 2))):
        with pytest.raises(ParameterError) as caught:
            found.explain(wrong)
        assert "\n" not in str(caught.value) and len(str(caught.value)) < 180
    with pytest.raises(ParameterError, match="rows is True, but the table has 2000 rows"):
        found.explain(True)
    one = found.explain([12]).values
    assert all(np.array_equal(found.explain(rows).values, one) for rows in (12, 12 - 2000, np.int32(12), pd.Series([12]), pd.Index([12]), pl.Series([12]), (12,)))


def test_wrong_calls_are_one_sentence():
    found = pyn.detect(pyn.sample(), "knn", contamination=0.01)
    wrong = {
        "rows is 5 and id is 'C-40100', but one of them says which rows": lambda: found.explain(5, id="C-40100"),
        "seed is 'a', and must be": lambda: found.explain(5, seed="a"),
        "seed is -1, and must be": lambda: found.explain(5, seed=-1),
        "background is a DataFrame, but it must be a number of rows or a list": lambda: found.explain(5, background=pyn.sample()),
        "background is a str, but it must be": lambda: found.explain(5, background="all"),
        "fixed is None, but it must be the name of a column": lambda: found.counterfactual(5, fixed=None),
        "methods is 3, but it must be the name of a rule": lambda: found.thresholds(methods=3),
        "method is \\['bh'\\], but it must be 'bh' or 'storey'": lambda: found.control(0.1, method=["bh"]),
    }
    for sentence, call in wrong.items():
        with pytest.raises(ParameterError, match=f"^{sentence}") as caught:
            call()
        assert "\n" not in str(caught.value)
    assert found.what_if(5, days_to_submit=10**30).changes == {"days_to_submit": 1e30}
