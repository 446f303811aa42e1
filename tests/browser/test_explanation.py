"""The view of an explanation in a saved page and in a Panel app, by mouse and keyboard."""

import re
import socket

import numpy as np
import pytest
from browser_help import HOSTILE, until


class Why:
    """Works one view of an explanation as a person does."""

    def __init__(self, visit):
        self.page, self.host = visit.page, visit.page.locator('[data-pyn="explanation"]')
        self.host.wait_for(state="attached", timeout=60_000)
        until(lambda: self.host.get_attribute("data-first-ms"), what="the first paint")

    def part(self, name: str):
        return self.host.locator(f'[data-pyn="{name}"]').first

    def text(self, name: str) -> str:
        return self.part(name).inner_text()

    def keys(self, name: str, *keys: str) -> None:
        self.part(name).focus()
        for key in keys:
            self.page.keyboard.press(key)
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.fixture(scope="module")
def why(detections):
    found = detections(1_000)
    return found.explain(found.order[:300])


@pytest.fixture(scope="module")
def saved(why, tmp_path_factory):
    return why.save(tmp_path_factory.mktemp("why") / "why.html").as_uri()


@pytest.fixture(scope="module")
def served(why):
    import panel as pn

    from pynomaly.views.pane import pane

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    thread = pn.serve({"/": lambda: pane(why)}, port=port, show=False, verbose=False, threaded=True, title="why")

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("localhost", port)) == 0

    until(answers, what="the server's start")
    yield f"http://localhost:{port}/"
    thread.stop()


def signed(text: str) -> float:
    """The contribution in a text: its last number with a sign."""
    return float(re.findall(r"[+−]\d[\d.]*", text)[-1].replace("−", "-"))


@pytest.mark.parametrize("host", ["saved", "served"])
def test_rows_and_columns_are_walked_by_keyboard_and_say_pythons_numbers(host, why, visit, request):
    view = Why(visit(request.getfixturevalue(host)))
    order, means = np.argsort(-why.scores, kind="stable"), why.importance()
    names = means.index.tolist()
    view.keys("heat", "ArrowRight", "ArrowRight", "ArrowDown")
    row, column = order[2], why.columns.index(names[1])
    assert view.text("row-title") == f"Row {why.ids[row]}" and "3 of 300" in view.text("row-place")
    said = view.text("heat-readout")
    assert said.startswith(f"Row {why.ids[row]}, score") and abs(signed(said) - why.values[row, column]) < 6e-3
    total = why.base + why.values[row].sum()
    assert abs(float(view.text("sum").split("=")[1].replace("−", "-")) - total) < 2e-4 * abs(total)
    first = int(np.abs(why.values[row]).argmax())
    assert abs(signed(view.text("reason")) - why.values[row, first]) < 6e-3
    assert view.part("dependence-column").input_value() == "1"
    view.keys("heat", "End")
    assert view.text("row-title") == f"Row {why.ids[order[-1]]}"
    view.keys("dependence", "Home")
    view.keys("dependence", "ArrowRight")
    assert view.text("dependence-readout").startswith(view.text("row-title"))


def test_a_row_is_found_by_its_name(saved, why, visit):
    view = Why(visit(saved))
    wanted = str(why.ids[int(np.argsort(-why.scores, kind="stable")[9])])
    view.part("row-field").fill(wanted)
    view.part("row-field").press("Enter")
    assert view.text("row-title") == f"Row {wanted}"
    view.part("previous-row").click()
    assert "9 of 300" in view.text("row-place")
    view.part("row-field").fill("nobody")
    view.part("row-field").press("Enter")
    assert "There is no row nobody" in view.text("one")


def test_pointing_and_choosing_in_the_pictures(saved, visit):
    view = Why(visit(saved, height=1600))
    box = view.part("heat").bounding_box()
    view.page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + 60)
    assert " 1 of 300" not in view.text("row-place")
    before = view.text("row-title")
    box = view.part("dependence").bounding_box()
    ring = view.host.locator('[data-pyn="dependence"] circle').first.bounding_box()
    view.page.mouse.move(box["x"] + 5, box["y"] + 5)
    assert ring["x"] > box["x"] and before in view.text("dependence-readout")


def test_importance_opens_a_column_and_colours_show_a_second(saved, why, visit):
    view = Why(visit(saved))
    names = why.importance().index.tolist()
    view.host.locator('[data-pyn="weight"]').nth(2).click()
    until(lambda: view.part("dependence-column").input_value() == "2", what="the choice of a column")
    assert view.host.locator('[data-pyn="weight"]').nth(2).get_attribute("aria-pressed") == "true"
    other = names.index("city") if names[2] != "city" else names.index("amount")
    view.part("dependence-colour").select_option(str(other))
    until(lambda: ("Oslo" in view.text("dependence-legend")) == (names[other] == "city"), what="the second column's colours")
    view.part("dependence-colour").select_option("-1")
    until(lambda: view.text("dependence-legend") == "", what="one colour")


def test_tables_say_what_the_pictures_show(saved, why, visit):
    view = Why(visit(saved))
    view.part("heat-table").locator("summary").click()
    view.part("heat-table").locator("tbody tr").first.wait_for()
    cells = view.part("heat-table").locator("tbody tr").first.locator("td").all_inner_texts()
    order, names = np.argsort(-why.scores, kind="stable"), why.importance().index.tolist()
    true = [why.values[order[0], why.columns.index(name)] for name in names]
    assert cells[0] == str(why.ids[order[0]])
    assert np.allclose([float(cell.replace("−", "-")) for cell in cells[2:]], true, atol=0.01)
    view.part("heat-table").get_by_text("Next page").click()
    assert "26 to 50 of 300" in view.text("heat-table")
    view.part("dependence-table").locator("summary").click()
    until(lambda: view.part("dependence-table").locator("tbody tr").count() == 25, what="the table of the plot")
    assert HOSTILE.split("\n")[0] in view.part("heat-table").text_content() and view.host.locator("script").count() == 0


@pytest.mark.parametrize("width, dark", [(1100, False), (1100, True), (400, False), (400, True)])
def test_it_is_accessible_at_any_width_by_day_and_night(width, dark, saved, visit, tmp_path_factory):
    one = visit(saved, width=width, dark=dark)
    view = Why(one)
    assert view.host.get_attribute("data-theme") == ("dark" if dark else "light")
    for name in ("heat-table", "dependence-table"):
        view.part(name).locator("summary").click()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.accessible()
    folder = tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(exist_ok=True)
    one.page.screenshot(path=folder / f"explanation-{width}-{'dark' if dark else 'light'}.png", full_page=True)


def test_one_sampled_row_shows_its_standard_error(detections, visit, tmp_path):
    found = detections(1_000)
    path = found.explain(found.order[:1], method="shapley", budget=300).save(tmp_path / "one.html")
    one = visit(path.as_uri(), width=700)
    view = Why(one)
    assert "±" in view.text("reasons") and view.part("heat").count() == 0 and "evaluations a row" in view.text("about")
    one.accessible()


