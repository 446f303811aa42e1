"""What the view of an explanation holds."""

import json

import numpy as np
import pandas as pd
import pytest

import pynomaly as pyn
from pynomaly.explain.explanation import Explanation
from pynomaly.views.explanation import MOST_ROWS, explanation
from pynomaly.views.html import packed, page
from pynomaly.views.pane import pane
from pynomaly.views.view import NoAnswers, answers_of, view_of
from pynomaly.views.widget import widget


@pytest.fixture(scope="module")
def found():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"amount": rng.gamma(3, 20, 400), "city": rng.choice(["Oslo", "Rome", "<b>"], 400), "day": pd.date_range("2026-01-01", periods=400)})
    frame.loc[7, "amount"] = 9e3
    frame.loc[3, "amount"] = None
    return pyn.detect(frame, "ecod", contamination=0.05)


def by_hand(k: int, c: int = 2, **more) -> Explanation:
    rng = np.random.default_rng(1)
    cells = [[f"{i}" for _ in range(c)] for i in range(k)]
    return Explanation(np.arange(k), list(range(k)), tuple(f"c{j}" for j in range(c)), rng.normal(size=(k, c)), 0.5, rng.random(k), "score",
                       "base + contributions = score", "exact", cells, ("usual",) * c, **more)  # fmt: skip


def test_rows_come_by_score_and_columns_by_importance(found):
    why = found.explain([0, 7, 3, 50])
    view = view_of(why)
    order = np.argsort(-why.scores)
    columns = [why.columns.index(column["name"]) for column in view.spec["columns"]]
    assert [why.columns[j] for j in columns] == why.importance().index.tolist()
    assert np.allclose(view.buffer("values"), why.values[np.ix_(order, columns)], rtol=1e-6)
    assert view.spec["ids"] == [str(why.ids[i]) for i in order] and view.spec["ids"][0] == "7"
    assert view.spec["cells"][columns.index(0)] == [why.cells[i][0] for i in order]
    assert view.buffer("row").tolist() == why.rows[order].tolist()
    assert np.allclose(view.buffer("scores"), why.scores[order]) and np.allclose(view.buffer("sums"), why.values[order].sum(axis=1))
    assert [column["importance"] for column in view.spec["columns"]] == pytest.approx(why.importance().tolist())


def test_it_states_method_rule_and_base(found):
    why = found.explain([0, 7], method="shapley", budget=100)
    spec = explanation(why).spec
    assert (spec["method"], spec["rule"], spec["unit"], spec["base"]) == (why.method, why.rule, why.unit, why.base)
    assert "evaluations a row" in spec["method"] and "stderr" in spec["buffers"] and spec["detector"] == found.card.title


def test_axes_are_in_the_users_values(found):
    why = found.explain(np.arange(0, 60))
    view = explanation(why)
    axes = {axis["name"]: axis for axis in view.spec["axes"]}
    assert axes["amount"]["kind"] == "number" and axes["amount"]["max"] == 9e3
    assert axes["day"]["kind"] == "datetime" and axes["day"]["min"] == pd.Timestamp("2026-01-01").timestamp() * 1000
    assert set(axes["city"]["labels"]) == {"Oslo", "Rome", "<b>"}
    place = view.spec["ids"].index("3")
    assert view.buffer(axes["amount"]["buffer"])[place] == 65535  # missing


def test_one_row_has_bars_only(found):
    view = explanation(found.explain(7))
    assert view.spec["axes"] == [] and view.spec["n"] == 1 and view.spec["title"] == f"Why row 7 of {found.table.name} has its score"


def test_an_explanation_made_by_hand_is_shown():
    view = explanation(by_hand(3))
    assert [axis["kind"] for axis in view.spec["axes"]] == ["category"] * 2 and view.spec["title"] == "Why 3 rows have their scores"


def test_a_long_one_is_cut_and_says_so():
    view = explanation(by_hand(MOST_ROWS + 10))
    assert view.spec["n"] == MOST_ROWS and view.spec["of"] == MOST_ROWS + 10
    wide = explanation(by_hand(20, 130))
    assert len(wide.spec["columns"]) == 100 and wide.spec["all"] == 130


def test_no_rows_are_no_rows():
    assert explanation(by_hand(0)).spec["n"] == 0


def test_3500_rows_make_a_small_page():
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(3500, 9)), columns=[f"c{j}" for j in range(9)])
    why = pyn.detect(frame, "ecod").explain(np.arange(3500))
    assert len(page(view_of(why))) < 1_500_000
    assert np.allclose(explanation(why).buffer("values").sum(axis=1), np.sort(why.scores - why.base)[::-1], atol=0.02)


def test_hosts_carry_it(found, tmp_path):
    why = found.explain([7, 3])
    assert "text/html" in why._repr_mimebundle_() and packed(view_of(why)) in why.save(tmp_path / "why.html").read_text(encoding="utf-8")
    for host in (widget, pane):
        live = host(why)
        assert live.spec["live"] and live.chosen == 0
        live.chosen = 1
        live.request = {"id": 4, "kind": "rows"}
        assert live.reply == {"id": 4, "kind": "rows", "error": "the view of Explanation holds all there is and cannot ask for 'rows'"}
    assert isinstance(answers_of(why, view_of(why)), NoAnswers)


def test_json_is_strict_and_plain_tells_the_reasons(found):
    view = explanation(found.explain([7, 3]))
    json.dumps(view.spec, allow_nan=False)
    assert view.plain.lines[0][0] == "7" and "amount" in view.plain.lines[0][2] and "exact" in view.plain.caption
