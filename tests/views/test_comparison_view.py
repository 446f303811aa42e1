"""What the view of a comparison is made of: exact counts, readable rows, sentences instead of exceptions."""

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata
from sklearn.metrics import f1_score

from pynomaly.comparisons.comparison import Comparison
from pynomaly.comparisons.field import Entry, Field
from pynomaly.comparisons.metrics import bootstrap
from pynomaly.comparisons.trial import Tried
from pynomaly.tables.read import read
from pynomaly.views.comparison import Answers, comparison
from pynomaly.views.field import COLUMNS, TOP, alike, cuts
from pynomaly.views.html import page
from pynomaly.views.packing import unpack
from pynomaly.views.view import view_of

NAMES = ("ecod", "hbos", "pca")


def tried(scores):
    return Tried(scores=scores, fit_seconds=0.1, score_seconds=0.2, megabytes=3.0, wrapped=None)


def make(n=500, labels=True, tables=1, lost=(), names=NAMES, seed=0, columns=3):
    """A comparison whose detectors are noise around the truth; those in `lost` failed."""
    rng = np.random.default_rng(seed)
    fields, data = {}, {}
    for t in range(tables):
        y = (rng.random(n) < 0.05).astype(int)
        entries = {}
        for i, name in enumerate(names):
            entry = Entry(name)
            if name in lost:
                entry.failed["whole 0"] = f"{name} took too long"
            else:
                entry.whole[0] = tried(np.round(rng.normal(size=n) + (3 - i) * y, 2))
                entry.half = {s: tried(entry.whole[0].scores + rng.normal(size=n)) for s in range(2)}
            entries[name] = entry
        frame = pl.DataFrame({f"c{j}": rng.normal(size=n).round(3) for j in range(columns)} | {"y": y})
        table = read(frame, label="y" if labels else None)
        key = f"table {t}"
        fields[key] = Field(key, n, y if labels else None, entries, draws=100)
        data[key] = table
    return Comparison(fields, data, {name: name for name in names}, 2)


@pytest.mark.parametrize("labels", [True, False])
def test_every_step_of_a_slider_counts_as_numpy_does(labels):
    held = make(labels=labels)
    view = view_of(held)
    assert view.module == "comparison" and view.state == {} and view.spec["labelled"] is labels
    one = view.spec["tables"][0]
    for detector in one["detectors"]:
        scores = held.field.scores[detector["name"]]
        count, at = view.buffer(detector["count"]), view.buffer(detector["score"])
        assert count[0] == 0 and count[-1] == 500 and detector["flagged"] in count
        assert [(scores > t).sum() for t in at.astype(float)] == count.tolist()
        if labels:
            hits = view.buffer(detector["hits"])
            assert [held.field.y[scores > t].sum() for t in at.astype(float)] == hits.tolist()
            start = count.tolist().index(detector["flagged"])
            f1 = 2 * hits[start] / (count[start] + held.field.y.sum())
            assert f1 == pytest.approx(f1_score(held.field.y, scores > held.field.cuts[detector["name"]].value))
        else:
            assert "hits" not in detector


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=60), st.integers(0, 60))
def test_cuts_stand_between_different_scores_only(values, wanted):
    scores = np.array(values, float)
    found = cuts(scores, None, wanted)
    assert [(scores > t).sum() for t in found["score"].astype(float)] == found["count"].tolist()
    assert (np.diff(found["count"].astype(int)) > 0).all()
    assert set(found["count"].tolist()) == {int((scores > t).sum()) for t in [*scores, -99]}  # few rows: every place there is


def test_a_million_rows_take_no_more_room():
    rng = np.random.default_rng(0)
    found = cuts(rng.normal(size=1_000_000), None, 12_345)
    assert len(found["count"]) < 600 and 12_345 in found["count"]
    assert found["count"][:100].tolist() == list(range(100))


def test_rows_and_their_ranks():
    held = make()
    spec = view_of(held).spec
    one = spec["tables"][0]
    names = [detector["name"] for detector in one["detectors"]]
    assert names == list(held.table.index)  # best first
    rows = one["rows"]
    ranks = unpack(spec["buffers"], view_of(held).blob, rows["ranks"])
    assert ranks.shape == (3, len(rows["row"]))
    for i, name in enumerate(names):
        true = rankdata(-held.field.scores[name], method="min")
        assert ranks[i].tolist() == true[rows["row"]].tolist()
        assert [ranks[i][k] for k in rows["lists"][str(i)]] == sorted(true)[:TOP]
    assert [rows["row"][k] for k in rows["lists"]["disputed"]] == held.disputed(20).index.tolist()
    assert rows["columns"] == ["c0", "c1", "c2"] and rows["left_out"] == 0 and rows["known"] == held.field.y[rows["row"]].tolist()
    frame = held.tables["table 0"].frame
    assert float(rows["cells"][1][4]) == pytest.approx(frame["c1"][rows["row"][4]])


def test_wide_tables_say_what_is_left_out():
    rows = view_of(make(n=80, columns=COLUMNS + 5)).spec["tables"][0]["rows"]
    assert len(rows["columns"]) == COLUMNS and rows["left_out"] == 5


def test_agreement_and_tests_are_those_of_the_comparison():
    held = make()
    one = view_of(held).spec["tables"][0]
    names = [detector["name"] for detector in one["detectors"]]
    assert sorted(one["agreement"]["order"]) == [0, 1, 2] and one["agreement"]["top"] == held.field.top
    assert one["agreement"]["correlation"][0][1] == pytest.approx(held.field.agreement.loc[names[0], names[1]], abs=1e-4)
    assert one["agreement"]["overlap"][2][0] == pytest.approx(held.field.overlap.loc[names[2], names[0]], abs=1e-4)
    for metric in ("auroc", "average_precision"):
        told = one["tests"][metric]
        assert told["heads"] == list(held.pairs(metric).columns) and told["heads"][-2:] == ["p (Holm)", "differ"]
        for line, true in zip(told["lines"], held.pairs(metric).to_dict("records"), strict=True):
            true["differ"] = "yes" if true["differ"] else "no"
            assert line == [value if isinstance(value, str) else pytest.approx(value, rel=1e-5) for value in true.values()]
    assert alike(np.eye(2)) == [0, 1]


def test_pairs_are_drawn_once_as_often_as_their_number_needs(monkeypatch):
    held = make(n=120, names=("a", "b", "c"), seed=3)  # three pairs need 300 resamples, and 100 were asked for
    drawn = []
    monkeypatch.setattr("pynomaly.comparisons.field.bootstrap", lambda *given: drawn.append(given[3]) or bootstrap(*given))
    view_of(held)
    held.pairs()
    view_of(held)
    assert drawn == [100, 100, 300]


def test_resamples_that_would_take_long_are_left_to_python(monkeypatch):
    held = make(n=120)
    monkeypatch.setattr("pynomaly.views.field.QUICK", 300 * 120 * 3 - 1)
    shown = view_of(held).spec["tables"][0]["tests"]
    assert shown["average_precision"]["awaited"] == 300 == held.field.awaited() and "differ" not in shown["average_precision"]["heads"]
    assert shown["auroc"]["heads"][-1] == "differ"
    held.pairs()
    assert held.field.awaited() == 0 and view_of(held).spec["tables"][0]["tests"]["average_precision"]["heads"][-1] == "differ"


@pytest.mark.parametrize("labels", [None, 1])
def test_without_labels_or_with_one_anomaly_there_is_no_test(labels):
    held = make(n=60, labels=labels is not None)
    if labels:
        held.field.y[:] = 0
        held.field.y[7] = 1
    assert view_of(held).spec["tables"][0]["tests"] == {}
    assert view_of(make(names=("ecod",))).spec["tables"][0]["tests"] == {}


def test_figures_hold_intervals_and_failures():
    held = make(lost=("pca",))
    spec = view_of(held).spec
    lines = {line["detector"]: line for line in spec["figures"]["lines"]}
    assert lines["pca"]["failed"] == "pca took too long" and set(lines["pca"]["values"].values()) == {None}
    good = lines["ecod"]["values"]
    assert good["auroc_low"] <= good["auroc"] <= good["auroc_high"] and good["seconds"] == pytest.approx(0.3)
    assert [one["name"] for one in spec["tables"][0]["detectors"]] == ["ecod", "hbos"]
    keys = [column["key"] for column in spec["figures"]["columns"]]
    assert "mass_volume" not in keys and "stability_seeds" not in keys  # nothing was measured, so there is no column
    assert "auroc" not in [column["key"] for column in view_of(make(labels=False)).spec["figures"]["columns"]]


def test_one_detector_alone():
    spec = view_of(make(names=("ecod",))).spec
    assert "disputed" not in spec["tables"][0]["rows"]["lists"] and spec["tables"][0]["agreement"]["order"] == [0]


def test_several_tables_are_ranked_or_refused():
    held = make(tables=4)
    spec = view_of(held).spec
    first = spec["ranked"][0]
    assert first["metric"] == "AP" and dict(first["ranks"]) == pytest.approx(held.ranked("average_precision").ranks.to_dict())
    assert len(first["pairs"]["lines"]) == 3 and first["pairs"]["lines"][0][-4] in ("yes", "no") and first["left_out"] == []
    assert len(spec["tables"]) == 4 and "auroc_low" not in spec["figures"]["lines"][0]["values"]
    few = view_of(make(tables=2)).spec["ranked"][0]
    assert "3 detectors on 3 tables" in few["refused"] and "ranks" not in few and few["pairs"]
    lost = view_of(make(tables=3, lost=("pca", "hbos"))).spec["ranked"][0]
    assert lost["left_out"] == ["hbos", "pca"] and "refused" in lost
    assert [one["metric"] for one in view_of(make(tables=3, labels=False)).spec["ranked"]] == ["consensus"]


def test_a_table_that_nobody_finished_on():
    held = make(tables=2)
    for entry in held.fields["table 1"].entries.values():
        entry.whole.clear()
        entry.half.clear()
    spec = view_of(held).spec
    assert spec["tables"][1]["detectors"] == [] and "rows" not in spec["tables"][1]


def test_it_is_json_and_a_page_and_plain():
    view = view_of(make(lost=("hbos",)))
    json.dumps(view.spec, allow_nan=False)
    assert "Comparison of 3 detectors" in page(view) and "hbos took too long" in page(view)
    assert all(len(line) == len(view.plain.heads) for line in view.plain.lines)


def test_size_for_twelve_detectors_on_many_rows():
    held = make(n=49_000, names=tuple(f"d{i}" for i in range(12)), columns=10)
    assert len(page(view_of(held)).encode()) < 500_000


def test_answers():
    held = make()
    view = comparison(held, "live")
    assert view.spec["live"] is True
    answers = Answers(held, view)
    why = answers.reply({"id": 1, "kind": "explain", "table": 0, "detector": "ecod", "row": 3})
    true = held.pick("ecod").explain([3])
    assert why["row"] == 3 and why["id"] == 1 and {part["name"]: part["part"] for part in why["parts"]} == pytest.approx(dict(zip(true.columns, true.values[0])))
    sizes = [abs(part["part"]) for part in why["parts"]]
    assert sizes == sorted(sizes, reverse=True)
    assert held.chosen is None
    assert answers.reply({"id": 2, "kind": "choose", "table": 0, "detector": "ecod"})["n"] == 500
    first = held.chosen
    told = answers.reply({"id": 3, "kind": "choose", "table": 0, "detector": "ecod", "flagged": 7})
    assert held.chosen is first and told["flagged"] == first.n_flagged == 7  # learned once
    assert answers.reply({"id": 4, "kind": "choose", "table": 0, "detector": "hbos", "flagged": 0})["flagged"] == 0
    assert held.chosen.card.name == "hbos"


@pytest.mark.parametrize(("asked", "told"), [
    ({"kind": "explain", "table": 0, "detector": "ecod", "row": 500}, "row 500 does not exist: there are 500 rows"),
    ({"kind": "explain", "table": 3, "detector": "ecod", "row": 0}, "table 3 does not exist"),
    ({"kind": "choose", "table": 0, "detector": "nobody"}, "There is no detector 'nobody'"),
    ({"kind": "choose", "table": 0, "detector": "ecod", "flagged": 501}, "501 rows cannot be flagged"),
    ({"kind": "else"}, "cannot ask for 'else'"),
])
def test_what_cannot_be_answered_is_a_sentence(asked, told):
    held = make()
    reply = Answers(held, comparison(held, "live")).reply({"id": 9, **asked})
    assert told in reply["error"] and reply["id"] == 9 and held.chosen is None
