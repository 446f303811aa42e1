"""What the view of a decision shows and what it may ask."""

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.thresholds.methods import METHODS
from pynomaly.views.decision import STEPS, TOP, decision
from pynomaly.views.html import page
from pynomaly.views.view import answers_of, view_of


@pytest.fixture(scope="module")
def found():
    return pyn.detect(pyn.sample(), "ecod", contamination=0.01)


def test_scores_and_chances_travel_in_descending_order(found):
    compared = found.thresholds(budget=40, cost=(20, 1))
    view = view_of(compared)
    assert view.module == "decision" and view.title.startswith("Where to cut")
    scores, chance = view.buffer("scores"), view.buffer("chance")
    assert np.allclose(scores, found.scores[found.order], rtol=1e-6) and (np.diff(scores) <= 0).all()
    assert np.abs(np.cumsum(chance) / STEPS - np.cumsum(compared.probability[found.order])).max() < 0.6 / STEPS
    for line in view.spec["lines"]:
        assert (scores > np.float32(line["threshold"])).sum() == line["flagged"]
    assert [line["name"] for line in view.spec["lines"]] == ["now", *METHODS, "budget", "cost"]
    assert view.spec["budget"] == {"amount": 40, "unit": "in all"} and view.spec["cost"] == (20.0, 1.0) and view.spec["spread"] is None


@pytest.mark.parametrize("asked, shown", [("3 a week", {"amount": 3.0, "unit": "a week"}), ("72 a year", {"amount": 71, "unit": "in all"}), (None, None)])
def test_the_budget_is_put_into_the_fields(found, asked, shown):
    assert decision(found.thresholds(budget=asked)).spec["budget"] == shown


def spikes(n=3000):
    """Scores of two kinds, without labels, so that a mixture of them carries a decision."""
    rng = np.random.default_rng(0)
    return pyn.detect(np.append(rng.normal(size=n), np.linspace(30, 90, 30))[:, None], "knn")


def test_rounded_chances_of_a_mixture_add_up():
    compared = spikes().thresholds(cost=(7, 1))
    caught = np.append(0, np.cumsum(view_of(compared).buffer("chance"), dtype=np.float64)) / STEPS
    priced = 7 * (caught[-1] - caught) + np.arange(len(caught)) - caught
    assert np.abs(priced - compared.expected).max() < 14 / STEPS  # rounded one by one, 3,030 chances would be off by more


def test_what_each_rule_costs_stands_in_the_table_where_costs_were_given(found):
    compared = found.thresholds(budget=40, cost=(20, 1))
    plain = view_of(compared).plain
    assert plain.heads == ["rule", "threshold", "rows flagged", "cost", "what it does"]
    assert [line[3] for line in plain.lines] == [f"{cost:,.6g}" for cost in compared.frame()["cost"]]
    assert "cost" not in view_of(found.thresholds(budget=40)).plain.heads
    doubted = pyn.detect(np.random.default_rng(0).normal(size=(300, 2)), "ecod").thresholds(cost=(50, 1))
    assert doubted.doubt and "cost" not in view_of(doubted).plain.heads


def test_uncertainty_adds_intervals_of_the_highest_scores(found):
    sure = found.uncertainty(n=3)
    spread = view_of(sure).spec["spread"]
    assert spread["refits"] == 3 and spread["level"] == 90 and len(spread["rows"]) == TOP
    top = found.order[0]
    assert spread["rows"][0] == {"id": found.table.ids_of([top])[0], "score": found.scores[top], "low": sure.low[top], "high": sure.high[top], "kept": sure.kept[top]}


def test_a_rule_that_cannot_be_applied_has_no_threshold():
    view = view_of(pyn.detect(np.random.default_rng(0).normal(size=(30, 2)), "ecod").thresholds())
    pot = next(line for line in view.spec["lines"] if line["name"] == "pot")
    assert pot["threshold"] is None and pot["code"] == "" and "–" in [line[1] for line in view.plain.lines]
    assert view.spec["days"] is None


def test_without_scripts_there_is_a_table(found):
    text = page(view_of(found.thresholds()))
    assert "Where every rule cuts the 2,000 scores" in text and "Peaks over threshold" in text and "needs scripts" in text


def test_a_choice_arrives_and_the_first_can_be_had_back(found):
    view = view_of(found.thresholds(), "live")
    answers = answers_of(found.thresholds(), view)
    assert view.spec["live"]
    try:
        told = answers.reply({"id": 7, "kind": "use", "rule": "mad"})
        assert told["id"] == 7 and told["flagged"] == found.n_flagged and found.threshold_text.startswith("mad")
        assert answers.reply({"id": 8, "kind": "use", "rows": 33})["flagged"] == found.n_flagged == 33
        assert "no rule is called so" in answers.reply({"id": 9, "kind": "use", "rule": "none"})["error"]
        assert "whole number of rows" in answers.reply({"id": 9, "kind": "use", "rows": -1})["error"]
        assert "cannot ask for 'sing'" in answers.reply({"id": 10, "kind": "sing"})["error"]
        assert found.n_flagged == 33
    finally:
        assert answers.reply({"id": 11, "kind": "use", "rule": "now"})["flagged"] == 20
    assert found.threshold_text.startswith("contamination = 0.01")
