"""Where to cut: the view of thresholds and of uncertainty, saved and served."""

import socket

import numpy as np
import pandas as pd
import pytest
from browser_help import until

import pynomaly as pyn


@pytest.fixture(scope="module")
def found():
    return pyn.detect(pyn.sample(), "ecod", contamination=0.01)


@pytest.fixture(scope="module")
def saved(found, tmp_path_factory):
    return found.uncertainty(n=4).save(tmp_path_factory.mktemp("decision") / "decision.html").as_uri()


class Hand:
    """Works the view as a person does."""

    def __init__(self, one):
        self.page = one.page
        self.host = one.page.locator('[data-pyn="decision"]')
        self.host.locator('[data-pyn="flagged-count"]').wait_for(state="visible", timeout=60_000)
        until(lambda: self.host.get_attribute("data-first-ms"), what="the first paint")

    def part(self, name):
        return self.host.locator(f'[data-pyn="{name}"]').first

    @property
    def flagged(self) -> int:
        return int(self.part("flagged-count").inner_text().replace(",", ""))

    def rows_of(self, rule: str) -> int | None:
        text = self.host.locator(f'[data-rule="{rule}"] td').nth(2).inner_text()
        return None if text == "–" else int(text.replace(",", ""))

    def costs(self) -> list[str]:
        """What each rule costs, as the page says it; empty where it says nothing of costs."""
        shown = self.host.locator('td[data-pyn="cost"]:visible')
        assert shown.count() in (0, self.host.locator('[data-pyn="rule"]').count()) and bool(shown.count()) == self.part("cost-head").is_visible()
        return shown.all_inner_texts()

    def enter(self, field: str, value: str) -> None:
        self.part(field).fill(value)
        self.settle()

    def settle(self) -> None:
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def labels(self) -> list[dict]:
        return self.part("plot").evaluate("(at) => [...at.querySelectorAll('svg > g:last-child text')].map((t) => ((b) => ({text: t.textContent, x: b.x, y: b.y, w: b.width, h: b.height}))(t.getBoundingClientRect()))")


def test_budget_and_costs_give_what_python_gives(saved, found, visit):
    hand = Hand(visit(saved))
    assert hand.flagged == 20 and hand.rows_of("budget") is None and hand.rows_of("cost") is None
    for amount in (1, 3, 20):
        hand.enter("budget-field", str(amount))
        assert hand.rows_of("budget") == found.thresholds(budget=f"{amount} a week").lines[-1].flagged
    hand.part("budget-unit").select_option("in all")
    hand.settle()
    assert hand.rows_of("budget") == 20
    for miss, alarm in ((20, 1), (1, 1), (500, 2)):
        hand.enter("miss-field", str(miss))
        hand.enter("alarm-field", str(alarm))
        assert hand.rows_of("cost") == found.thresholds(cost=(miss, alarm)).lines[-1].flagged
    hand.enter("alarm-field", "much")
    assert hand.rows_of("cost") is None


def in_page(compared) -> list[str]:
    """Python's costs as the page tells them, the least with its word."""
    costs = compared.frame()["cost"]
    return [f"{'least ' if cost == costs.min() else ''}{cost:,.6g}" if cost == cost else "–" for cost in costs]


def test_every_rule_has_its_cost_where_costs_are_given(found, visit, tmp_path):
    hand = Hand(visit(found.thresholds(budget=40).save(tmp_path / "a.html").as_uri()))
    assert hand.costs() == [] and "cost" not in hand.host.locator("header").inner_text()
    for miss, alarm, unit in ((20, 1, "Cost, in false alarms"), (1234.5, 2, "Cost, in the unit of the costs")):
        hand.enter("miss-field", str(miss))
        hand.enter("alarm-field", str(alarm))
        assert hand.costs() == in_page(found.thresholds(budget=40, cost=(miss, alarm)))
        assert hand.part("cost-head").inner_text() == unit
    hand.enter("budget-field", "100")
    compared = found.thresholds(budget=100, cost=(1234.5, 2))
    assert hand.costs() == in_page(compared)
    for rule in ("budget", "cost", "mad"):
        hand.part(f"rule-{rule}").check()
        hand.settle()
        cost = compared.frame().set_index("method")["cost"][rule]
        assert f"cost {cost:,.6g}" in hand.host.locator("header").inner_text()
    hand.enter("miss-field", "")
    assert hand.costs() == []


def test_a_rule_without_a_cut_has_no_cost(visit, tmp_path):
    data = np.random.default_rng(0).normal(size=(30, 3))
    data[:, 2] = np.arange(30) == 3
    compared = pyn.detect(pd.DataFrame(data, columns=["a", "b", "known"]), "ecod", label="known").thresholds(cost=(20, 1))
    hand = Hand(visit(compared.save(tmp_path / "a.html").as_uri()))
    assert "–" in in_page(compared)
    assert hand.costs() == [*in_page(compared), "–"]  # no budget was named


def test_without_labels_the_chances_are_the_mixtures(visit, tmp_path):
    rng = np.random.default_rng(0)
    found = pyn.detect(np.append(rng.normal(size=3000), np.linspace(30, 90, 30))[:, None], "knn")
    compared = found.thresholds(cost=(7, 1))
    hand = Hand(visit(compared.save(tmp_path / "a.html").as_uri()))
    assert abs(hand.rows_of("cost") - compared.lines[-1].flagged) <= 1
    told = [float(text.removeprefix("least ").replace(",", "")) for text in hand.costs()[:-2]]
    assert np.allclose(told, compared.frame()["cost"][:-1], atol=2e-4)
    assert "There are no labels" in hand.part("told").inner_text() and hand.part("budget-unit").count() == 0


def test_a_mixture_that_does_not_carry_a_decision_recommends_no_cut(visit, tmp_path):
    found = pyn.detect(np.random.default_rng(0).normal(size=(300, 2)), "ecod")
    compared = found.thresholds(cost=(50, 1))
    hand = Hand(visit(compared.save(tmp_path / "a.html").as_uri()))
    assert hand.costs() == [] and "cost" not in compared.frame()
    assert hand.rows_of("cost") is None and compared.lines[-1].rule in hand.host.locator('[data-rule="cost"]').inner_text()
    hand.enter("miss-field", "2")
    assert hand.rows_of("cost") is None and "no recommendation" in hand.host.locator('[data-rule="cost"]').inner_text()


def test_a_rule_is_chosen_by_keyboard_and_its_code_is_shown(saved, found, visit):
    hand = Hand(visit(saved))
    hand.part("rule-now").focus()
    hand.page.keyboard.press("ArrowDown")
    hand.page.keyboard.press("ArrowDown")
    hand.settle()
    line = found.thresholds(methods=["mad"]).lines[1]
    assert hand.flagged == line.flagged and hand.part("code").inner_text() == 'found.cut_at(method="mad")'
    assert "no kernel" in hand.part("rule-note").inner_text()
    assert f"{line.flagged} rows flagged" in hand.part("status").inner_text()
    assert hand.host.locator('[data-pyn="spread-row"]').count() == 30
    flagged = hand.host.locator('[data-pyn="spread-row"][data-flagged="true"]').count()
    assert flagged == min(30, line.flagged)


@pytest.mark.parametrize("width", [400, 1100])
def test_costs_are_seen_without_scrolling(width, found, visit, tmp_path):
    one = visit(found.thresholds(budget="3 a week", cost=(20, 1)).save(tmp_path / "a.html").as_uri(), width=width)
    hand = Hand(one)
    assert all(box["x"] + box["width"] <= width for box in (cell.bounding_box() for cell in hand.host.locator('[data-pyn="cost"]').all()))
    assert hand.host.locator('[data-pyn="cost"]:visible', has_text="least").count() == 1
    one.accessible()


@pytest.mark.parametrize("width, dark", [(1100, False), (1100, True), (400, False), (400, True)])
def test_labels_keep_apart_and_it_is_accessible(width, dark, saved, visit):
    one = visit(saved, width=width, dark=dark)
    hand = Hand(one)
    assert hand.host.get_attribute("data-theme") == ("dark" if dark else "light")
    hand.enter("budget-field", "2")
    labels = hand.labels()
    assert len(labels) == 7
    for i, a in enumerate(labels):
        for b in labels[:i]:
            apart = a["x"] >= b["x"] + b["w"] or b["x"] >= a["x"] + a["w"] or abs(a["y"] - b["y"]) >= 10
            assert apart, f"{a['text']} lies on {b['text']}"
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.accessible()


def test_served_a_choice_sets_the_threshold_in_python(visit):
    import panel as pn

    from pynomaly.views.pane import pane

    found = pyn.detect(pyn.sample(), "ecod", contamination=0.01)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = pn.serve(lambda: pane(found.thresholds()), port=port, show=False, threaded=True, verbose=False)
    try:

        def answers() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("localhost", port)) == 0

        until(answers, what="the server's start")
        hand = Hand(visit(f"http://localhost:{port}/", quiet_about="favicon"))
        hand.part("rule-mad").click()
        until(lambda: found.threshold_text.startswith("mad"), what="the rule's way to Python")
        until(lambda: "Set in Python: mad" in hand.part("rule-note").inner_text(), what="the answer")
        assert hand.flagged == found.n_flagged
        hand.enter("budget-field", "1")
        hand.part("rule-budget").click()
        until(lambda: found.threshold_text.startswith("budget"), what="the budget's way to Python")
        assert hand.flagged == found.n_flagged
    finally:
        server.stop()


def test_a_budget_cuts_where_python_cuts(saved, found, visit):
    hand = Hand(visit(saved))
    hand.part("budget-unit").select_option("in all")
    for rows in (0, 1, 5, 17, len(found)):
        hand.enter("budget-field", str(rows))
        line = found.thresholds(budget=rows).lines[-1]
        shown = hand.host.locator('[data-rule="budget"] td').nth(1).inner_text()
        assert hand.rows_of("budget") == line.flagged and float(shown.replace(",", "").replace("−", "-")) == pytest.approx(float(f"{line.threshold:.4g}"))
