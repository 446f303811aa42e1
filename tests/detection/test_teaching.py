"""Verdicts teach, tell what they moved, and are kept with their provenance."""

import json

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.errors import DataError, ParameterError


@pytest.fixture
def found():
    return pyn.detect(pyn.sample(), contamination=0.01)


def answered(found, k=6):
    for row in found.next_questions(k)["row"]:
        found.set_verdict(row, "anomaly" if found.table.label[row] else "normal")
    return found


def test_verdicts_move_scores_and_the_threshold_stays(found):
    answered(found)
    taught = found.relearn()
    assert taught.threshold == found.threshold and "after learning from 6 verdicts" in taught.threshold_text
    assert taught.verdicts == found.verdicts and taught.provenance["taught"]["verdicts"] == 6
    normal = [row for row, said in found.verdicts.items() if said["verdict"] == "normal"]
    assert (taught.scores[normal] < found.scores[normal]).all()
    assert (taught.scores != found.scores).any() and len(taught.table.frame) == len(found.table.frame)


def test_learning_twice_starts_from_the_first_scores(found):
    answered(found)
    once = found.relearn()
    assert np.array_equal(once.relearn().scores, once.scores)
    assert once.relearn().threshold_text.count("after learning") == 1


def test_a_taught_detection_explains_scores_and_shows(found, tmp_path):
    taught = answered(found).relearn()
    why = taught.explain(taught.order[:3])
    assert np.allclose(why.base + why.values.sum(axis=1), taught.scores[taught.order[:3]])
    new = taught.score(pyn.sample().head(5))
    assert np.allclose(new.scores, taught.scores[:5])
    assert taught.save(tmp_path / "a.html").stat().st_size > 50_000 and "after learning from" in repr(taught)


def test_moved_rows_say_because_of_whom(found):
    taught = answered(found).relearn()
    moved = taught.moved(5)
    assert 0 < len(moved) <= 5 and not set(moved["row"]) & set(found.verdicts)
    assert (moved["rank_before"] != moved["rank_after"]).all() and moved["because"].str.contains("judged").all()
    with pytest.raises(DataError, match="nothing was learned from verdicts here"):
        found.moved()


def test_the_view_tells_what_moved_and_why(found):
    from pynomaly.views.view import view_of

    taught = answered(found).relearn()
    told = view_of(taught).spec["repairs"]
    first = next(i for i, text in enumerate(told) if text.startswith("Learned from 6 verdicts"))
    changed = (found.flags != taught.flags).sum()
    numbers = [int(word.replace(",", "")) for word in told[first].split(":")[1].split() if word.replace(",", "").isdigit()]
    assert sum(numbers) == changed and "judged" in told[first + 1] and told[first + 1].startswith("Row ")
    again = taught.relearn()
    assert sum(repair.kind == "learned" for repair in again.repairs) == sum(repair.kind == "learned" for repair in taught.repairs)


def test_unsure_teaches_nothing_and_no_verdict_is_told(found):
    with pytest.raises(DataError, match="no verdict to learn from"):
        found.relearn()
    found.set_verdict(3, "unsure")
    with pytest.raises(DataError, match="no verdict to learn from"):
        found.relearn()


def test_questions_are_not_asked_twice(found):
    first = found.next_questions(5)["row"].tolist()
    for row in first:
        found.set_verdict(row, "normal")
    assert not set(first) & set(found.next_questions(5)["row"])
    for k in (0, 1.5, True):
        with pytest.raises(ParameterError, match="k is"):
            found.next_questions(k)


def test_questions_give_positions_in_every_kind_of_frame():
    import polars as pl

    frame = pyn.sample()
    frame.index = frame.index[::-1]
    by_index, by_polars = pyn.detect(frame, "ecod").next_questions(4), pyn.detect(pl.from_pandas(pyn.sample()), "ecod").next_questions(4)
    assert by_index["row"].tolist() == by_polars["row"].to_list()
    assert "row_position" in pyn.detect(pl.from_pandas(pyn.sample()).rename({"amount": "row"}), "ecod").next_questions(2).columns


def test_what_refits_on_parts_cannot_take_verdicts_along(found):
    taught = answered(found, 2).relearn()
    for call in (taught.control, taught.uncertainty):
        with pytest.raises(DataError, match="ask the detection from before relearn"):
            call()
    for call in (found.control, found.uncertainty):
        with pytest.raises(ParameterError, match="seed is -1"):
            call(seed=-1)


def test_new_rows_cannot_teach(found):
    new = found.score(pyn.sample().head(20))
    for call in (new.relearn, new.next_questions):
        with pytest.raises(DataError, match="needs rows that the detector was trained on"):
            call()


def test_verdicts_travel_with_their_provenance(found, tmp_path):
    found.set_verdict(3, "anomaly", "odd")
    path = found.save_verdicts(tmp_path / "mine.json", by="Ada")
    content = json.loads(path.read_text())
    assert found.verdicts[3]["by"] == "Ada"
    assert content["fingerprint"] == found.table.fingerprint and content["verdicts"]["3"]["by"] == "Ada"
    other = pyn.detect(pyn.sample(), "ecod")
    assert other.merge_verdicts(path).empty and other.verdicts[3]["by"] == "Ada" and other.verdicts[3]["note"] == "odd"
    with pytest.raises(ParameterError, match=r"must end in \.json"):
        found.save_verdicts(tmp_path / "mine.csv")


@pytest.mark.parametrize("keep, holds", [("newest", "normal"), ("mine", "anomaly"), ("theirs", "normal")])
def test_conflicts_are_shown(found, keep, holds):
    found.replace_verdicts({3: {"verdict": "anomaly", "at": "2026-01-01T00:00:00+00:00"}, 4: {"verdict": "normal", "at": "2026-01-01T00:00:00+00:00"}})
    theirs = {"verdicts": {"3": {"verdict": "normal", "at": "2026-02-01T00:00:00+00:00"}, "4": {"verdict": "normal", "at": "2026-02-01T00:00:00+00:00"}}}
    conflicts = found.merge_verdicts(theirs, by="Bo", keep=keep)
    assert conflicts["row"].tolist() == [3] and conflicts["theirs_by"].tolist() == ["Bo"]
    assert found.verdicts[3]["verdict"] == holds and conflicts["kept"].tolist() == ["mine" if holds == "anomaly" else "theirs"]


def test_verdicts_that_do_not_belong_are_refused(found, tmp_path):
    with pytest.raises(DataError, match=f"given on other data .fingerprint 0 instead of {found.table.fingerprint}"):
        found.merge_verdicts({"fingerprint": "0", "verdicts": {}})
    with pytest.raises(DataError, match="cannot be read"):
        found.merge_verdicts(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(DataError, match="holds no verdicts"):
        found.merge_verdicts(tmp_path / "bad.json")
    (tmp_path / "list.json").write_text("[1, 2]")
    with pytest.raises(DataError, match="it is a list in JSON"):
        found.merge_verdicts(tmp_path / "list.json")
    with pytest.raises(ParameterError, match="keep is 'both'"):
        found.merge_verdicts({}, keep="both")
    with pytest.raises(ParameterError, match="a verdict is on row"):
        found.merge_verdicts({"verdicts": {"99999": {"verdict": "normal"}}})
    assert not found.verdicts
