"""The view-model holds what the detection holds."""

import json

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.views import model
from pynomaly.views.axes import category_axis, column_axis, number_axis, projection_axes
from pynomaly.views.model import contributions, explorer, plain
from pynomaly.views.packing import MISSING
from pynomaly.views.rows import names, sort_keys


@pytest.mark.parametrize("mode", ["static", "live"])
def test_scores_rows_and_contributions_are_those_of_the_detection(found, mode):
    view = explorer(found, mode)
    spec, order = view.spec, found.order
    assert spec["n"] == len(found) and spec["live"] == (mode == "live") and spec["threshold"]["flagged"] == found.n_flagged
    scores = view.buffer("scores")
    assert np.allclose(scores, found.scores[order], rtol=1e-6)
    assert (scores.astype(float) > view.state["threshold"]).sum() == found.n_flagged
    count = spec["rows"]["count"]
    assert (view.buffer("row") == order[:count]).all()
    assert spec["rows"]["ids"] == [f"R{row:06d}" for row in order[:count]]
    city = [column["name"] for column in spec["columns"]].index("city")
    assert spec["rows"]["cells"][city] == found.table.frame["city"].gather(order[:count]).to_list()
    why = view.buffer("explained")
    assert why.shape == (count, 4) and np.allclose(why, found.matrix.values[order[:count]] ** 2, rtol=1e-3)
    assert spec["explained"]["columns"] == list(found.columns)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_axes_hold_the_values_of_the_points(found):
    view = explorer(found)
    axis = next(a for a in view.spec["axes"] if a["name"] == "c1")
    steps = view.buffer(axis["buffer"])
    back = axis["min"] + steps / 65534 * (axis["max"] - axis["min"])
    true = found.table.frame["c1"].to_numpy()[found.order]
    assert abs(back - true).max() < (axis["max"] - axis["min"]) / 1000
    assert [a["group"] for a in view.spec["axes"][-2:]] == ["projection"] * 2
    assert "name" not in [a["name"] for a in view.spec["axes"]]
    assert all(view.spec["axes"][i]["buffer"] for i in view.spec["axes_start"])


def test_columns_carry_role_kind_and_typical_range(found):
    by_name = {column["name"]: column for column in explorer(found).spec["columns"]}
    assert by_name["name"] == {"name": "name", "kind": "text", "role": "id", "typical": ""}
    assert by_name["when"]["role"] == "time" and by_name["city"]["role"] == "ignored"
    assert by_name["c0"] == {"name": "c0", "kind": "number", "role": "feature", "typical": "usual c0"}


def test_a_large_table_is_sampled_and_says_so(a_detection):
    found = a_detection(70_000, 2)
    view = explorer(found)
    assert view.spec["points"] == {"exact": 20_000, "sample": 40_000, "of": 70_000}
    ranks = view.buffer("point_rank")
    axis = view.spec["axes"][0]
    assert len(view.buffer(axis["buffer"])) == len(ranks) == 60_000
    true = found.table.frame[axis["name"]].to_numpy()[found.order[ranks]]
    back = axis["min"] + view.buffer(axis["buffer"]) / 65534 * (axis["max"] - axis["min"])
    assert abs(back - true).max() < (axis["max"] - axis["min"]) / 1000


def test_axes_that_find_no_room_are_left_out_of_a_page_and_offered_live(a_detection, monkeypatch):
    found = a_detection(500, 6)
    real = model.allowance
    monkeypatch.setattr(model, "allowance", lambda *a, **k: type(real(*a, **k))(500, 0, 300, 9, 0))
    static, live = explorer(found), explorer(found, "live")
    assert [a["group"] for a in static.spec["axes"]] == ["projection"] * 2 and static.spec["axes_start"] == [0, 1]
    assert any("0 of 8 columns are offered as axes" in text for text in static.spec["repairs"])
    assert sum(a["buffer"] is None for a in live.spec["axes"]) == 8


def test_a_wide_table_shows_its_analysed_columns(a_detection):
    found = a_detection(50, 230)
    view = explorer(found)
    assert len(view.spec["columns"]) == 200 and any("200 of the 233 columns" in text for text in view.spec["repairs"])
    assert {"name", "when"} <= {column["name"] for column in view.spec["columns"]}


@pytest.mark.parametrize("n, d", [(1, 1), (2, 1), (3, 2)])
def test_the_smallest_tables_have_a_view(a_detection, n, d):
    view = explorer(a_detection(n, d, contamination=0.4))
    assert view.spec["n"] == n and len(view.spec["axes_start"]) == 2


def test_rows_scored_against_another_table_carry_their_severity(found):
    found.trained = found
    view = explorer(found)
    assert view.spec["severity_at"][0] == ["critical", int((found.p_values <= 0.001).sum())]
    assert view.spec["severity_at"][-1] == ["low", len(found)]


def test_verdicts_travel_with_the_view(found):
    found.replace_verdicts({3: {"verdict": "normal", "note": "ours", "at": "2026-01-01T00:00:00+00:00"}})
    assert explorer(found).state["verdicts"] == {"3": {"verdict": "normal", "note": "ours", "at": "2026-01-01T00:00:00+00:00"}}


def test_sampled_explanations_stop_when_time_is_up(found, monkeypatch):
    found.explains_exactly = False
    values, _ = contributions(found, 300)
    assert len(values) == model.SAMPLED_ROWS
    assert np.allclose(values, found.matrix.values[found.order[: len(values)]] ** 2)
    monkeypatch.setattr(model, "SECONDS", 0.0)
    values, _ = contributions(found, 300)
    assert len(values) == 2


def test_what_json_cannot_hold_is_told_as_text():
    assert plain({"a": np.float64(1.5), 2: [np.int64(3), float("nan")], "c": (None, True), "d": object}) == {
        "a": 1.5, "2": [3, "nan"], "c": [None, True], "d": str(object)}


def test_heavy_tails_get_a_scale_that_shows_the_bulk():
    values = np.append(np.random.default_rng(0).normal(size=2000), [1e6, -1e6])
    axis = number_axis("x", values)
    kind, centre, width = axis.scale
    low, high = (np.arcsinh((v - centre) / width) for v in (axis.low, axis.high))
    back = centre + width * np.sinh(low + axis.steps / 65534 * (high - low))
    assert kind == "asinh" and np.abs(back[:2000] - values[:2000]).max() < 0.05
    assert number_axis("x", values[:2000]).scale is None


def test_many_categories_keep_the_frequent_ones():
    text = pl.Series("c", [f"v{i}" for i in range(100)] + ["often"] * 5 + [None])
    axis = category_axis("c", text)
    assert axis.labels[0] == "often" and axis.labels[-1] == "other (72 values)" and len(axis.labels) == 30
    assert axis.steps[-1] == MISSING and axis.steps[101] == 0 and axis.steps[99] in (65534, round(65534 * 28 / 29))
    empty = category_axis("c", pl.Series("c", [None, None], dtype=pl.String))
    assert empty.labels == () and (empty.steps == MISSING).all()


def test_booleans_and_dates_have_axes():
    flags = column_axis("b", "boolean", pl.Series([True, False, None]))
    assert set(flags.labels) == {"true", "false"} and flags.steps[2] == MISSING
    day = column_axis("t", "datetime", pl.Series(["1970-01-01", "1970-01-02"]).str.to_datetime(time_unit="us"))
    assert (day.low, day.high) == (0.0, 86_400_000.0)


def test_the_projection_is_the_principal_components():
    rng = np.random.default_rng(1)
    data = rng.normal(size=(400, 3)) * [5, 2, 0.1]
    first, second = projection_axes(data, np.arange(400), fine=True)
    back = first.low + first.steps / 65534 * (first.high - first.low)
    assert abs(np.corrcoef(back, data[:, 0])[0, 1]) > 0.999
    wide = projection_axes(rng.normal(size=(10, 4000)), np.arange(10))
    assert len(wide) == 2 and len(wide[0].steps) == 10
    assert projection_axes(data[:, :1], np.arange(400)) == [] and first.group == second.group == "projection"


def test_rows_are_called_by_id_index_or_position(a_detection):
    table = a_detection(5, 2).table
    assert names(table, np.array([4, 0])) == ["R000004", "R000000"]
    table.roles = type(table.roles)(table.roles.features)
    assert names(table, np.array([4, 0])) == ["4", "0"]
    table.index = ["a", "b", "c", "d", "e"]
    assert names(table, np.array([4, 0])) == ["e", "a"]


@pytest.mark.parametrize("values, ranks", [
    ([3.5, None, float("nan"), 1.0], [2, None, None, 1]), (["b", "a", None], [2, 1, None]), ([True, False], [2, 1]), ([None, None], [None, None])])
def test_values_sort_as_they_are(values, ranks):
    got = sort_keys(pl.Series("x", values), np.arange(len(values)))
    assert [None if np.isnan(v) else int(v) for v in got] == ranks


def test_the_gap_to_the_scores_is_the_largest_of_all_rows_explained():
    X = np.random.default_rng(0).normal(size=(300, 3))
    X[0] = 9.0
    out = pyn.detect(X, "knn", n_neighbors=3).control(0.05)
    assert not out.explains_exactly
    told = explorer(out).spec["explained"]
    assert told["count"] > 2 and told["rule"] == out.explain(out.order[: told["count"]]).rule != out.explain(out.order[told["count"] - 2 : told["count"]]).rule


def test_what_wraps_the_detector_is_not_told_as_its_settings():
    found = pyn.detect(np.random.default_rng(0).normal(size=(60, 2)), "gaussian")
    found.set_verdict(0, "normal")
    one, *others = (explorer(each).spec["detector"] for each in (found, found.control(0.1), found.relearn()))
    assert others == [one, one] and "ridge" in one["params"]
