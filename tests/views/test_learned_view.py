"""What the view of lessons shows, and the verdicts that it takes."""

import json

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.detection.lessons import LISTED
from pynomaly.views.html import page
from pynomaly.views.learned import EACH
from pynomaly.views.view import answers_of, view_of


@pytest.fixture(scope="module")
def taught():
    found = pyn.detect(pyn.sample(), "iforest", contamination=0.01)
    late = found.table.frame["days_to_submit"].to_numpy() > 90
    for row in found.next_questions(8)["row"]:
        found.set_verdict(row, "normal" if late[row] else "anomaly")
    return found.relearn()


def test_all_of_it_is_told_and_small(taught):
    lessons = taught.lessons()
    view = view_of(lessons)
    assert view.module == "learned" and view.spec["live"] is False and len(json.dumps(view.spec)) < 40_000
    spec = view.spec
    assert spec["told"] == lessons.told and spec["flagged"] == [20, taught.n_flagged] and spec["moved"] == len(lessons.moved)
    assert [row["row"] for row in spec["rows"][: spec["first"]]] == list(lessons.moved[:LISTED])
    assert [one["changed"] for one in spec["verdicts"]] == list(lessons.verdicts["changed"])
    assert spec["columns"][0]["name"] == lessons.columns.index[0] and all(one["verdict"] is None for one in spec["questions"])
    assert spec["file"]["fingerprint"] == taught.table.fingerprint


def test_each_row_names_the_verdicts_that_moved_it(taught):
    spec = view_of(taught.lessons()).spec
    for row in spec["rows"]:
        named = row["because"].removeprefix("like ").split(", judged")[0].split(", ")
        by = [spec["verdicts"][j] for j in row["by"]]
        assert set(named) <= {one["id"] for one in by} and len(named) == min(3, len(by))
        assert {one["verdict"] for one in by} == {"anomaly" if row["rank_after"] < row["rank_before"] else "normal"}
    for j, one in enumerate(spec["verdicts"]):
        assert sum(j in row["by"] for row in spec["rows"]) >= min(one["moved"], EACH)


def test_a_verdict_that_moved_none_of_the_first_has_rows_of_its_own():
    X = np.random.default_rng(0).normal(size=(3000, 4))
    X[:60] *= 4
    found = pyn.detect(X, "ecod", contamination=0.1)
    for row in found.order[:300:25]:
        found.set_verdict(int(row), "normal")
    spec = view_of(found.relearn().lessons()).spec
    first = {j for row in spec["rows"][: spec["first"]] for j in row["by"]}
    later = [j for j, one in enumerate(spec["verdicts"]) if one["moved"] and j not in first]
    assert spec["moved"] > spec["first"] == LISTED and later
    assert all(sum(j in row["by"] for row in spec["rows"]) >= min(EACH, spec["verdicts"][j]["moved"]) for j in later)


def test_without_scripts_there_is_a_table(taught):
    text = page(view_of(taught.lessons()))
    assert "What verdicts taught about" in text and "rank before" in text and "needs scripts" in text


def test_a_verdict_arrives_waits_and_can_be_taken_back(taught):
    lessons = taught.lessons()
    view = view_of(lessons, "live")
    answers, row = answers_of(lessons, view), view.spec["questions"][0]["row"]
    said = dict(taught.verdicts)
    try:
        assert answers.reply({"id": 7, "kind": "verdict", "row": row, "verdict": "normal"}) == {"id": 7, "kind": "verdict", "row": row, "verdict": "normal", "waiting": 1}
        assert taught.verdicts[row]["verdict"] == "normal" and taught.verdicts.keys() - {row} == said.keys()
        assert view_of(lessons, "live").spec["questions"][0]["verdict"] == "normal" and view_of(taught.lessons()).spec["waiting"] == 1
        taught.set_verdict(row, "anomaly", "a note")
        assert answers.reply({"id": 8, "kind": "verdict", "row": row, "verdict": "unsure"})["waiting"] == 0 and taught.verdicts[row]["note"] == "a note"
        assert answers.reply({"id": 9, "kind": "verdict", "row": row, "verdict": None})["verdict"] is None and taught.verdicts == said
        assert "'odd'" in answers.reply({"id": 10, "kind": "verdict", "row": row, "verdict": "odd"})["error"]
        assert "99999" in answers.reply({"id": 10, "kind": "verdict", "row": 99999, "verdict": "normal"})["error"]
        assert "cannot ask for 'sing'" in answers.reply({"id": 11, "kind": "sing"})["error"]
        assert taught.verdicts == said
    finally:
        taught.replace_verdicts(said)


def test_nothing_moved_is_shown_as_well():
    found = pyn.detect(pyn.sample(), "ecod", contamination=0.01)
    found.set_verdict(found.order[0], "normal")
    spec = view_of(found.relearn(strength=0).lessons()).spec
    assert spec["rows"] == [] and spec["columns"] == [] and spec["verdicts"][0]["moved"] == 0 and spec["questions"]
