"""What verdicts taught: numbers that add up, reasons that hold, and refusals that say what to do."""

import numpy as np
import pandas as pd
import pytest

import pynomaly as pyn
from pynomaly.detection.lessons import ASKED, LISTED, Lessons
from pynomaly.detection.standing import standing
from pynomaly.encoding.typical import Typical
from pynomaly.errors import DataError, ParameterError
from pynomaly.learning.moves import own_move, places, sets_apart
from pynomaly.learning.taught import Taught
from pynomaly.views.view import view_of


def judged(found, k=8):
    """An auditor who does not mind late claims."""
    late = found.table.frame["days_to_submit"].to_numpy() > 90
    for row in found.next_questions(k)["row"]:
        found.set_verdict(row, "normal" if late[row] else "anomaly", "late" if late[row] else "")
    return found


@pytest.fixture(scope="module")
def taught():
    return judged(pyn.detect(pyn.sample(), "iforest", contamination=0.01)).relearn()


@pytest.fixture(scope="module")
def lessons(taught):
    return taught.lessons()


def test_the_head_counts_what_numpy_counts(taught, lessons):
    before = taught.model.model_.decision_scores_ > taught.model.cut_
    after = taught.scores > taught.threshold
    assert len(lessons.rose) == (~before & after).sum() and len(lessons.sank) == (before & ~after).sum() and len(lessons.rose) + len(lessons.sank) > 0
    assert f"Flagged before: {before.sum()} of 2,000 rows; after: {after.sum()}." in lessons.told
    assert lessons.told.startswith("8 verdicts (6 anomaly, 2 normal) moved ") and lessons.waiting == 0
    for ranks, scores in zip(lessons.ranks, (lessons.before, lessons.after), strict=True):
        assert sorted(ranks) == list(range(1, 2001)) and (np.diff(scores[np.argsort(ranks)]) <= 0).all()


def test_verdicts_that_agree_with_the_scores_are_told_to_teach_nothing(lessons):
    found = pyn.detect(pyn.sample(), contamination=0.01)
    for row in found.order[:3]:
        found.set_verdict(int(row), "anomaly")
    assert found.relearn().lessons().told.endswith("The verdicts are what the scores had said, so they moved nothing: those that contradict them teach.")
    assert "contradict" not in lessons.told


def test_a_row_moved_by_its_own_push_and_near_the_flagged_ones(lessons):
    assert len(lessons.moved) and not set(lessons.moved) & set(lessons.rows)
    shift = (lessons.after - lessons.before)[lessons.moved]
    assert (np.sign(shift) == np.sign(lessons.ranks[0] - lessons.ranks[1])[lessons.moved]).all()
    assert lessons.ranks[:, lessons.moved].min(axis=0).max() <= 2 * max((lessons.before > lessons.cut_before).sum(), (lessons.after > lessons.cut).sum())
    own = np.exp(np.abs(own_move(lessons.before, lessons.after)))[lessons.moved]
    assert (np.diff(own) <= 0).all() and own.min() >= 1.1 - 1e-9


def test_each_verdict_has_the_rows_that_it_pushed(taught, lessons):
    parts = taught.model.because(taught.matrix.values[lessons.moved])
    way = np.sign(parts.sum(axis=1, keepdims=True))
    gave = way * parts >= 0.1 * np.abs(parts).sum(axis=1, keepdims=True)
    changed = (lessons.before > lessons.cut_before)[lessons.moved] != (lessons.after > lessons.cut)[lessons.moved]
    for line in lessons.verdicts.itertuples():
        j = lessons.rows.tolist().index(line.row)
        assert line.moved == gave[:, j].sum() and line.changed == (gave[:, j] & changed).sum()
        assert line.verdict == taught.verdicts[line.row]["verdict"] and line.note == taught.verdicts[line.row]["note"] and line.at
        assert line.rank_before == 1 + (lessons.before > lessons.before[line.row]).sum()
    assert (lessons.verdicts["changed"].diff().dropna() <= 0).all()


def test_what_rows_have_in_common_is_true_of_nine_in_ten(taught, lessons):
    told = lessons.verdicts[lessons.verdicts["common"] != ""]
    assert len(told) and (told["moved"] >= 3).all()
    for line in told.itertuples():
        j = lessons.rows.tolist().index(line.row)
        rows = lessons.moved[lessons.gave(lessons.moved)[:, j] > 0]
        values = taught.table.frame[rows.tolist()]
        for part in line.common.split("; "):
            column = next(name for name in taught.columns if part.startswith(f"{name}: "))
            if taught.table.kinds[column] == "category":
                counts = values[column].drop_nulls().value_counts(sort=True)
                assert counts["count"][0] >= 0.75 * counts["count"].sum() and part.startswith(f"{column}: {counts[column][0]} ")


def test_moved_rows_are_those_of_moved(taught, lessons):
    frame = lessons.frame()
    assert list(frame["row"])[: len(lessons.moved)] == list(lessons.moved[:LISTED])
    pd.testing.assert_frame_equal(taught.moved(3), frame.head(3))
    assert frame["because"].str.startswith("like C-").all() and frame["because"].str.contains("judged").all()
    up = frame["rank_after"] < frame["rank_before"]
    with pytest.raises(ParameterError, match="k is -1"):
        taught.moved(-1)
    assert (up == frame["because"].str.contains("anomal")).all() and up.any() and not up.all()


def test_columns_share_the_shifts(taught, lessons):
    assert np.isclose(lessons.columns.sum(), 1) and set(lessons.columns.index) == set(taught.columns)
    assert (lessons.columns.diff().dropna() <= 0).all()
    values, base = taught.model.lesson(taught.matrix.values[lessons.moved])
    assert np.allclose(base + values.sum(axis=1), (lessons.after - lessons.before)[lessons.moved])
    own = np.abs(taught.matrix.by_column(values)).mean(axis=0)
    assert np.allclose(lessons.columns[list(taught.columns)], own / own.sum())


def test_questions_are_the_next_ones_with_reasons(taught, lessons):
    assert list(lessons.questions["row"]) == list(taught.next_questions(ASKED)["row"]) and not set(lessons.questions["row"]) & set(taught.verdicts)
    assert lessons.questions["why"].str.contains("typical").all()


def test_the_print_holds_all_of_it(taught, lessons):
    text = repr(lessons)
    for part in ("Lessons from verdicts on", "moved", "verdicts, by reach", "rows that moved most", "columns that what was learned depends on", "next questions", lessons.columns.index[0]):
        assert part in text
    assert max(map(len, text.splitlines())) <= 100
    first = lessons.questions.iloc[0]
    assert f"\n    {first['id']} (row {first['row']}), rank {first['rank']}: " in text and "…" not in text
    assert "Learned from 8 verdicts" in repr(taught).split("notes on the data")[1].splitlines()[1] and "lessons() shows" in repr(taught)


def test_later_verdicts_wait():
    taught = judged(pyn.detect(pyn.sample(), "ecod", contamination=0.01), 4).relearn()
    said = dict(taught.verdicts)
    taught.set_verdict(0, "normal")
    taught.set_verdict(1, "unsure")
    first = next(iter(said))
    taught.set_verdict(first, "unsure", "not so sure any more")
    lessons = taught.lessons()
    assert lessons.waiting == 2 and "2 verdicts given or changed since: relearn() takes them in." in repr(lessons)
    line = lessons.verdicts.set_index("row").loc[first]
    assert line["verdict"] == said[first]["verdict"] and line["note"] == "" and len(lessons.verdicts) == 4
    assert taught.relearn().lessons().waiting == 0


def test_nothing_learned_is_refused(taught):
    with pytest.raises(DataError, match=r"judge rows by set_verdict\(row, 'anomaly'\) or 'normal', call relearn\(\), and then lessons\(\) on what it returns"):
        pyn.detect(pyn.sample(), "ecod").lessons()
    with pytest.raises(DataError, match=r"scored later, so call lessons\(\) on the detection that relearn\(\) returned"):
        taught.score(pyn.sample().head(5)).lessons()


def test_a_strength_of_nothing_moves_nothing():
    found = pyn.detect(pyn.sample(), "ecod", contamination=0.01)
    found.set_verdict(found.order[0], "normal")
    lessons = Lessons(found.relearn(strength=0))
    assert not len(lessons.moved) and lessons.frame().empty and lessons.columns.sum() == 0 and "none: nothing moved" in repr(lessons)
    assert lessons.verdicts["moved"].tolist() == [0]


def test_own_moves_leave_out_those_that_made_room():
    before = np.array([9.0, 5.0, 4.0, 3.0, 3.0])
    assert own_move(before, before).tolist() == [0] * 5 and places(before).tolist() == [1, 2, 3, 4, 5]
    moved = own_move(before, np.array([2.0, 5.0, 4.0, 3.0, 6.0]))
    assert np.allclose(np.exp(moved), [1 / 5, 1, 1, 1, 3])


@pytest.mark.parametrize("own, usual, differs", [
    (Typical("category", None, None, None, [("cash", 0.9)], ""), Typical("category", None, None, None, [("card", 0.8), ("cash", 0.2)], ""), True),
    (Typical("category", None, None, None, [("card", 0.9)], ""), Typical("category", None, None, None, [("card", 0.8), ("cash", 0.2)], ""), False),
    (Typical("number", 70.0, 90.0, 80.0, [], ""), Typical("number", 5.0, 60.0, 20.0, [], ""), True),
    (Typical("number", 52.0, 60.0, 52.0, [], ""), Typical("number", 5.0, 60.0, 20.0, [], ""), True),
    (Typical("number", 1.0, 2.0, 1.0, [], ""), Typical("number", 1.0, 5.0, 1.0, [], ""), False),
    (Typical("number", 9.0, 60.0, 40.0, [], ""), Typical("number", 5.0, 60.0, 20.0, [], ""), False),
    (Typical("number", None, None, None, [], "", 1.0), Typical("number", 5.0, 60.0, 20.0, [], "", 0.1), True),
    (Typical("number", None, None, None, [], "", 1.0), Typical("number", 5.0, 60.0, 20.0, [], "", 0.7), False),
    (Typical("number", None, None, None, [], "", 0.4), Typical("number", 5.0, 60.0, 20.0, [], "", 0.1), False),
])
def test_what_sets_rows_apart(own, usual, differs):
    assert sets_apart(own, usual) == differs


@pytest.fixture(scope="module")
def stubborn():
    """A row so far off that one verdict does not bring it back, and two of the same values with opposite verdicts."""
    X = np.random.default_rng(0).normal(size=(500, 5))
    X[0] = 12.0
    X[1] = X[2] = [4.0, 0.0, 0.0, 0.0, 4.0]
    found = pyn.detect(X)
    for row, verdict in ((0, "normal"), (1, "normal"), (2, "anomaly")):
        found.set_verdict(row, verdict)
    return found.relearn()


def test_each_judged_row_says_whether_it_stands_where_its_verdict_says(stubborn):
    told = stubborn.lessons()
    by_row = told.verdicts.set_index("row")
    expected = (stubborn.scores[[0, 1, 2]] > stubborn.threshold) == np.array([False, False, True])
    assert by_row.loc[[0, 1, 2], "stands"].tolist() == expected.tolist() == [False, False, True]
    moved, need, limit = (told.before[0] - told.after[0], told.after[0] - told.cut, 4 * told.before.std())
    assert by_row.loc[0, "why_not"] == f"it moved by {moved:.3g} and would need {need:.3g} more; one verdict carries a row past the threshold from {limit / 2:.3g} away at most"
    assert by_row.loc[1, "why_not"] == "contradicted by row 2, which has the same values and was judged an anomaly"
    assert by_row.loc[2, "why_not"] == "contradicted by row 1, which has the same values and was judged normal"
    apart = "2 of 3 judged rows do not stand on the side of their verdict: lessons().verdicts says why."
    assert apart in told.told and apart in [one.message for one in stubborn.repairs]
    text = " ".join(repr(told).split())
    assert "still flagged: it moved by" in text and "still flagged: contradicted by row 2" in text
    spec = view_of(told).spec["verdicts"]
    assert {one["row"]: one["side"][:13] for one in spec} == {0: "still flagged", 1: "still flagged", 2: "contradicted "}


def test_one_verdict_moves_no_row_by_more_than_was_said(stubborn):
    for strength in (0.5, 4.0):
        found = pyn.detect(stubborn.matrix.values)
        found.set_verdict(0, "normal")
        assert np.abs(found.relearn(strength).scores - found.scores).max() <= strength * found.scores.std()


def test_a_row_between_unlike_verdicts_is_held_back_by_the_one_that_is_like_it():
    X = np.random.default_rng(0).normal(size=(300, 2))
    X[0], X[1:12] = [3.0, 3.0], [3.0, 3.0] + np.random.default_rng(1).normal(size=(11, 2)) / 1e6
    model = Taught("gaussian", rows=range(12), answers=[0] + [1] * 11, cut=25.0).fit(X)
    stands, why_not = standing(model, X, model.cut_, list(range(12)))
    assert not stands[0] and why_not[0].startswith("held back by the verdict on row") and why_not[0].endswith("which is like it and was judged an anomaly")


def test_rows_that_follow_their_verdicts_need_no_words(lessons):
    follow = lessons.verdicts[lessons.verdicts["stands"]]
    assert len(follow) and set(follow["why_not"]) == {""} and len(lessons.verdicts) - len(follow) == (~lessons.standing[0]).sum()


@pytest.mark.parametrize(("part", "crosses"), [(0.49, True), (0.51, False)])
def test_one_verdict_brings_a_row_past_the_threshold_from_within_half_of_its_reach(part, crosses):
    X = np.random.default_rng(0).normal(size=(300, 2))
    X[0] = 5.0
    scores = pyn.detector("gaussian").fit(X).decision_scores_
    model = Taught("gaussian", rows=[0], answers=[0], cut=float(scores[0] - part * 4 * scores.std())).fit(X)
    stands, why_not = standing(model, X, model.cut_, [0])
    assert stands.tolist() == [crosses] and bool(why_not[0]) is not crosses
