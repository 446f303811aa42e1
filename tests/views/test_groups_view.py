"""The view of groups and kinds: what it holds, that it stays small, and that it needs no kernel."""

import json

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.views.groups import HOUR, LISTED, groups, kinds, listed
from pynomaly.views.html import page
from pynomaly.views.packing import MISSING
from pynomaly.views.pane import pane
from pynomaly.views.view import answers_of, view_of
from pynomaly.views.widget import widget


@pytest.fixture(scope="module")
def found():
    return pyn.detect(pyn.sample(), contamination=0.02)


@pytest.fixture(scope="module")
def made(found):
    return found.groups()


def test_groups_bring_counts_shares_and_their_highest_rows(found, made):
    view = view_of(made)
    spec = json.loads(json.dumps(view.spec, allow_nan=False))
    assert view.module == "groups" and spec["flavour"] == "groups" and spec["rows"] == found.n_flagged
    assert [one["count"] for one in spec["groups"]] == [len(one.rows) for one in made]
    for g, one in enumerate(spec["groups"]):
        assert sum(k for _, k in one["mix"]) == one["count"] and 0 < sum(one["shares"]) <= 1 + 1e-9 and not one["sentence"][0].isdigit()
        rows = [row for row in spec["listed"] if row["group"] == g]
        assert [row["row"] for row in rows] == made[g].rows.tolist() and set(one["axes"]) <= {axis["name"] for axis in spec["axes"]}
        assert len(one["axes"]) == 2
    assert (view.buffer("of") == made.of).all()
    for row in spec["listed"]:
        assert made.why.rows[row["place"]] == row["row"] and row["score"] == made.why.scores[row["place"]]
        assert {"severity", "kind", "reach", "evidence"} <= set(row) and len(row["cells"]) == len(spec["columns"])
    assert all(len(line) == len(view.plain.heads) for line in view.plain.lines)


def test_an_axis_holds_the_rows_values_and_what_is_typical(made):
    view = view_of(made)
    axis = next(axis for axis in view.spec["axes"] if axis["name"] == "amount")
    at = made.why.columns.index("amount")
    steps = view.buffer(axis["buffer"])
    low, high = (np.arcsinh((axis[end] - axis["scale"][1]) / axis["scale"][2]) if "scale" in axis else axis[end] for end in ("min", "max"))
    seen = low + steps / 65534 * (high - low)
    seen = np.sinh(seen) * axis["scale"][2] + axis["scale"][1] if "scale" in axis else seen
    assert np.allclose(seen, made.why.numbers[:, at], rtol=1e-3, atol=0.05)
    assert axis["min"] <= axis["low"] < axis["high"] <= axis["max"]


def test_moments_are_placed_by_their_hour_too(made):
    axis = next(axis for axis in view_of(made).spec["axes"] if axis["name"].endswith(HOUR))
    assert (axis["min"], axis["max"]) == (0, 24) and 8 < axis["low"] < 10 and 17 < axis["high"] < 18


def test_missing_numbers_have_no_place():
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({"a": [*rng.normal(size=200), *[None] * 3, 60.0], "b": [*rng.normal(size=203), 50.0]})
    found = pyn.detect(frame, "iforest", budget=4)
    found.cut_at(budget=20)
    view = groups(found.groups(1))
    steps = {axis["name"]: view.buffer(axis["buffer"]) for axis in view.spec["axes"]}
    gone = np.isnan(found.groups(1).why.numbers[:, 0])
    assert "a" in steps and ((steps["a"] == MISSING) == gone).all()


def test_rows_are_listed_to_a_limit_and_pages_stay_small():
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({"a": [*rng.normal(size=9000), *rng.normal(60, 3, 900)], "b": rng.normal(size=9900)})
    found = pyn.detect(frame, "ecod", contamination=0.09)
    made = found.groups(1)
    view = groups(made)
    assert len(view.spec["listed"]) == LISTED < found.n_flagged == len(view.buffer("of"))
    assert view.spec["listed"][0]["row"] == found.order[0] and len(page(view).encode()) < 150_000
    assert listed(np.array([1, 0, 1, 1, 0]), 1).tolist() == [0, 1]
    assert len(kinds(found.kinds()).spec["listed"]) <= 6 * LISTED


def test_kinds_bring_counts_and_evidence(found):
    made = found.kinds()
    view = view_of(made)
    spec = json.loads(json.dumps(view.spec, allow_nan=False))
    assert sum(one["count"] for one in spec["counts"]) == len(made) == len(spec["listed"])
    true = {one.row: one for one in made}
    assert all((row["kind"], row["reach"], row["evidence"]) == (true[row["row"]].kind, true[row["row"]].reach, true[row["row"]].evidence) for row in spec["listed"])
    scores = [row["score"] for row in spec["listed"]]
    assert scores == sorted(scores, reverse=True) and view.module == "groups" and spec["flavour"] == "kinds"


def test_without_severities_or_kinds_there_is_still_a_view(found):
    from pynomaly.explain.groups import group

    bare = group(found.explain(found.order[:10]), found.table, found.typical())
    spec = groups(bare).spec
    assert spec["groups"][0]["mix"] == [] and "kind" not in spec["listed"][0] and "severity" not in spec["listed"][0]


@pytest.mark.parametrize("host", [widget, pane])
def test_every_host_shows_both(found, made, host):
    assert host(made).spec["flavour"] == "groups" and host(found.kinds()).spec["flavour"] == "kinds"


def test_cells_and_files_show_them(found, made, tmp_path):
    assert "flagged rows of" in made._repr_mimebundle_()["text/plain"]
    text = found.kinds().save(tmp_path / "kinds.html").read_text(encoding="utf-8")
    assert "kinds of anomalies" in text and "<script" in text


def test_hostile_names_are_data(tmp_path):
    hostile = "</script><script>window.pwned=1</script>"
    rng = np.random.default_rng(0)
    found = pyn.detect(pl.DataFrame({hostile: [*rng.normal(size=100), 90.0], "b": rng.normal(size=101)}), "ecod", budget=1)
    assert hostile not in page(view_of(found.groups())) and hostile not in page(view_of(found.kinds()))


def test_a_view_asks_for_nothing(made, found):
    assert "the view of Groups holds all there is and cannot ask for 'x'" in answers_of(made, view_of(made)).reply({"id": 3, "kind": "x"})["error"]
    assert answers_of(found.kinds(), view_of(made)).reply({"id": 3, "kind": "x"})["id"] == 3
