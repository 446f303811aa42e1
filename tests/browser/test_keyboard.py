"""Every view worked by keyboard alone: each path a person has, the focus always in sight, never lost and never caught."""

import pytest
from browser_help import table
from keyboard_help import Keys


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Five views as pages, of a table with more columns than a view shows at first."""
    import numpy as np
    import polars as pl

    import pynomaly as pyn

    folder = tmp_path_factory.mktemp("keyboard")
    rng = np.random.default_rng(1)
    data = table(600).with_columns(pl.Series(f"more {j}", rng.normal(size=600).round(3)) for j in range(14))
    data = data.with_columns(pl.Series("odd", (data["tip"] > 30).cast(pl.Int8)))
    found = pyn.detect(data.drop("odd"), "iforest", contamination=0.03)
    made = {
        "explanation": found.explain(found.order[:60]), "row": found.counterfactual(int(found.order[0])), "kinds": found.kinds(),
        "groups": pyn.detect(pyn.sample(), contamination=0.02).groups(), "decision": pyn.detect(pyn.sample(), "ecod", contamination=0.01).thresholds(), "comparison": pyn.compare(data, ["ecod", "hbos", "iforest"], label="odd", seeds=2, n_jobs=1, draws=100),
    }
    return {name: one.save(folder / f"{name}.html").as_uri() for name, one in made.items()}


@pytest.fixture
def keys(saved, visit, request):
    name = request.param
    return Keys(visit(saved[name]), "groups" if name == "kinds" else name)


@pytest.mark.parametrize("keys", ["explanation", "row", "groups", "kinds", "decision", "comparison"], indirect=True)
def test_tab_goes_through_every_control_and_out_at_both_ends(keys):
    free = keys.host.evaluate(
        """(at) => [...at.shadowRoot.querySelectorAll('button, input, select, summary, [tabindex="0"]')].filter((one) => !one.disabled && one.checkVisibility()
           && !(one.type === "radio" && !one.checked)).length"""
    )
    stops = keys.out()
    named = [stop for stop in stops if stop["tag"] != "input" or stop["part"]]
    assert len(stops) >= free and len(named) == len(stops)
    assert all(stop["text"] or stop["value"] or stop["tag"] in ("input", "select") for stop in stops), "a control without a name"
    keys.press("Shift+Tab")
    assert keys.here()["key"] == stops[-1]["key"]
    for _ in stops:
        last = keys.press("Shift+Tab")
    assert last["part"] == "before"


@pytest.mark.parametrize("keys", ["explanation"], indirect=True)
def test_explanation(keys):
    first = keys.text("row-title")
    keys.to("heat")
    said = keys.text("heat-readout")
    keys.press("ArrowRight", "ArrowDown")
    assert keys.text("row-title") != first and keys.text("heat-readout") != said and keys.part("dependence-column").input_value() == "1"
    keys.to("heat-all")
    keys.press("Enter")
    assert "most important" in keys.text("heat-all")
    keys.press("Space")
    assert "Show all" in keys.text("heat-all")

    keys.press("Tab", "Enter")  # the table beside the picture
    sheet = keys.part("heat-table")
    assert sheet.locator("tbody tr").count() == 25
    keys.to("", text="Next page")
    keys.press("Enter", "Enter", "Enter")  # two more pages; then the button has nothing left to do, and keeps the focus
    assert "51 to 60 of 60" in sheet.inner_text() and keys.here()["text"] == "Next page"
    assert sheet.get_by_text("Next page").get_attribute("aria-disabled") == "true"
    assert keys.press("Escape")["tag"] == "summary" and sheet.get_attribute("open") is None

    keys.to("row-field")
    keys.type("nobody")
    assert "There is no row nobody" in keys.text("one")
    keys.press("Tab", "Tab")
    place = keys.text("row-place")
    keys.press("Enter")
    assert keys.text("row-place") != place
    for _ in range(3):
        keys.to("previous-row", back=True)
        keys.press("Enter")
        keys.to("next-row")
    keys.to("previous-row", back=True)
    keys.press("Enter")
    assert "1 of 60" in keys.text("row-place") and keys.here()["part"] == "previous-row"
    keys.to("show-all")
    keys.press("Enter")
    assert keys.part("show-all").get_attribute("aria-expanded") == "true" and keys.host.locator('[data-pyn="reason"]').count() == 20
    keys.to("weight", 2)
    keys.press("Enter")
    assert keys.part("weight", 2).get_attribute("aria-pressed") == "true" and keys.part("dependence-column").input_value() == "2"
    keys.to("all-columns")
    keys.press("Enter")
    assert keys.host.locator('[data-pyn="weight"]').count() == 20
    keys.to("dependence-column")
    keys.press("ArrowDown")
    assert keys.part("weight", 3).get_attribute("aria-pressed") == "true"
    keys.to("dependence-colour")
    keys.press("Home")
    assert keys.text("dependence-legend") == ""
    keys.press("ArrowDown")
    assert keys.text("dependence-legend")
    keys.to("dependence")
    keys.press("Home")
    said = keys.text("dependence-readout")
    keys.press("ArrowRight")
    assert keys.text("dependence-readout") != said
    keys.out()


@pytest.mark.parametrize("keys", ["row"], indirect=True)
def test_row(keys):
    def score():
        return float(keys.host.get_attribute("data-score"))

    first, verdict = score(), keys.text("verdict")
    keys.to("apply")
    keys.press("Enter")
    assert score() < first and keys.text("verdict") == "not flagged" and "changed the score is" in keys.text("status")
    assert keys.part("reset").get_attribute("aria-disabled") == "false"
    keys.to("reset")
    keys.press("Space")
    assert score() == first and keys.text("verdict") == verdict and keys.here()["part"] == "reset"
    assert keys.part("reset").get_attribute("aria-disabled") == "true"

    amount = keys.host.locator('[data-column="amount"]')
    keys.to("field")
    while keys.page.evaluate("document.activeElement.shadowRoot.activeElement.closest('tr').dataset.column") != "amount":
        keys.to("field")
    was = amount.locator("input").input_value()
    keys.type("50")
    assert score() != first and "was " in amount.inner_text() and keys.here()["value"] == "50"
    typed = score()
    keys.press("ArrowUp")
    assert keys.here()["value"] == "51"
    keys.page.keyboard.press("Control+a")
    keys.page.keyboard.type("12")
    keys.press("Escape")  # not taken over
    assert keys.here()["value"] == "51"
    keys.type(was)
    assert score() == first != typed and "was " not in amount.inner_text()

    keys.home()
    keys.to("field")
    while keys.here()["tag"] != "select":
        keys.to("field")
    before = keys.here()["value"]
    keys.press("ArrowDown" if before != "Rome" else "ArrowUp")
    assert keys.here()["value"] != before and score() != first
    keys.to("show-all")
    keys.press("Enter")
    assert keys.host.locator('[data-pyn="column"]').count() == 20 and keys.part("show-all").get_attribute("aria-expanded") == "true"
    keys.to("", text="Similar rows")
    keys.out()


@pytest.mark.parametrize("keys", ["groups"], indirect=True)
def test_groups(keys):
    keys.to("group")
    keys.press("ArrowDown")
    assert keys.part("group", 1).get_attribute("aria-pressed") == "true"
    title = keys.text("detail-title")
    keys.press("Home")
    assert keys.part("group").get_attribute("aria-pressed") == "true"
    keys.press("Tab", "Enter")  # each group is a stop of its own too
    assert keys.part("group", 1).get_attribute("aria-pressed") == "true" and keys.text("detail-title") == title
    keys.to("", text="Rows of this group")
    first = keys.press("Tab")
    keys.press("Enter")
    assert keys.text("evidence").startswith(first["text"]) and keys.part("picture").locator("circle").is_visible()
    keys.press("ArrowDown")
    assert not keys.text("evidence").startswith(f"{first['text']}:")
    keys.press("Escape")
    assert keys.text("evidence") == "" and not keys.part("picture").locator("circle").is_visible()
    keys.press("Space", "Space")  # opened, closed
    assert keys.text("evidence") == ""
    keys.out()


@pytest.mark.parametrize("keys", ["kinds"], indirect=True)
def test_kinds(keys):
    keys.to("filter")
    rows = keys.host.locator('[data-pyn="row"]')
    everything = rows.count()
    stop = keys.press("Enter")
    assert keys.page.evaluate("document.activeElement.shadowRoot.activeElement.getAttribute('aria-pressed')") == "true" and rows.count() == int(stop["text"].split(": ")[1].split()[0])
    keys.press("Enter")
    assert rows.count() == everything
    keys.out()


@pytest.mark.parametrize("keys", ["decision"], indirect=True)
def test_decision(keys):
    keys.to("budget-field")
    keys.page.keyboard.type("6")
    keys.to("budget-unit")
    keys.press("Home")
    assert keys.host.locator('[data-rule="budget"] td').nth(2).inner_text() == "6"
    keys.to("miss-field")
    keys.page.keyboard.type("20")
    keys.to("alarm-field")
    keys.page.keyboard.type("1")
    keys.press("Tab")
    assert keys.host.locator('[data-rule="cost"] td').last.inner_text() != ""
    keys.home()
    keys.to("rule-now")
    seen = set()
    for _ in range(4):
        stop = keys.press("ArrowDown")
        rule = stop["part"].removeprefix("rule-")
        flagged = keys.host.locator(f'[data-rule="{rule}"] td').nth(2).inner_text()
        assert keys.text("flagged-count") == flagged and f"{flagged} row" in keys.text("status") and keys.part("code").is_visible()
        seen.add(rule)
    assert len(seen) == 4
    while keys.here()["part"] != "rule-budget":
        keys.press("ArrowDown")
    assert keys.text("flagged-count") == "6" and keys.text("code") == "found.cut_at(budget=6)"
    keys.to("budget-field", back=True)
    keys.press("Control+a", "Delete")  # the rule in force has lost its number
    assert keys.part("rule-now").is_checked() and keys.text("flagged-count") != "6"
    keys.out()


@pytest.mark.parametrize("keys", ["comparison"], indirect=True)
def test_comparison(keys):
    keys.to("", text="AUROC")
    order = keys.host.locator('[data-pyn="detector"]').all_inner_texts()
    keys.press("Enter")
    assert keys.part("sort-auroc").get_attribute("aria-sort") == "descending"
    keys.press("Enter")
    assert keys.part("sort-auroc").get_attribute("aria-sort") == "ascending" and keys.host.locator('[data-pyn="detector"]').all_inner_texts() != order
    keys.to("", text="What the figures mean")
    assert keys.press("Enter", "Tab")["text"] == "What the figures mean"
    assert keys.press("Escape")["tag"] == "summary"
    keys.to("pair-first")
    said = keys.text("test")
    keys.press("End")
    assert keys.text("test") != said
    keys.to("pair-second")
    keys.press("Home")
    keys.to("cut-all")
    keys.type("20")
    assert all(int(text.split()[0].replace(",", "")) <= 20 for text in keys.host.locator('[data-pyn="cut-flagged"]').all_inner_texts())
    keys.to("cut-reset")
    keys.press("Enter")
    keys.to("cut-slider")
    flagged = keys.text("cut-flagged")
    keys.press("End")
    assert keys.text("cut-flagged") != flagged and keys.text("cut-flagged").split()[0] in keys.part("cut-slider").get_attribute("aria-valuetext")
    keys.press("Home", "ArrowRight", "ArrowRight")
    keys.to("go-on")
    keys.press("Enter")
    assert "comparison.pick(" in keys.text("code")
    keys.to("bump-list")
    keys.press("End")
    keys.to("bump-chart")
    title = keys.text("card-title")
    keys.press("End")
    assert keys.text("card-title") != title
    keys.press("Tab", "Enter")  # the same as a table
    keys.press("Tab", "Tab")
    chosen = keys.press("Enter")
    assert keys.here()["tag"] == "button" and keys.text("card-title").startswith(f"Row {chosen['text']}")
    keys.press("Escape")
    assert keys.part("bump-table").get_attribute("open") is None
    keys.to("", text="Rows in dispute")
    chosen = keys.press("Tab", "Tab", "Enter")
    assert keys.text("card-title").startswith(f"Row {chosen['text']}")
    keys.to("agree-overlap")
    keys.press("Space")
    assert keys.part("agree-overlap").get_attribute("aria-pressed") == "true" and "highest scores" in keys.text("agree")
    keys.out()
