"""What verdicts taught: the view of lessons, saved and served."""

import json
import socket

import numpy as np
import pytest
from browser_help import until
from keyboard_help import Keys

import pynomaly as pyn
from pynomaly.detection.lessons import LISTED
from pynomaly.views.view import view_of


def judged(found, k=8):
    """An auditor who does not mind late claims."""
    late = found.table.frame["days_to_submit"].to_numpy() > 90
    for row in found.next_questions(k)["row"]:
        found.set_verdict(row, "normal" if late[row] else "anomaly", "late, that is all" if late[row] else "")
    return found


@pytest.fixture(scope="module")
def taught():
    return judged(pyn.detect(pyn.sample(), "iforest", contamination=0.01)).relearn()


@pytest.fixture(scope="module")
def saved(taught, tmp_path_factory):
    return taught.lessons().save(tmp_path_factory.mktemp("learned") / "learned.html").as_uri()


class Hand:
    """Works the view as a person does."""

    def __init__(self, one):
        self.page = one.page
        self.host = one.page.locator('[data-pyn="learned"]')
        self.part("title").wait_for(state="visible", timeout=60_000)
        until(lambda: self.host.get_attribute("data-first-ms"), what="the first paint")

    def part(self, name):
        return self.host.locator(f'[data-pyn="{name}"]').first

    def all(self, name):
        return self.host.locator(f'[data-pyn="{name}"]:visible')

    def settle(self) -> None:
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def bright(self) -> int:
        """Lines of the picture that are not dimmed."""
        return self.part("slope").evaluate("(at) => [...at.querySelectorAll('g[data-way]')].filter((one) => getComputedStyle(one).opacity === '1').length")

    def labels_keep_apart(self) -> bool:
        boxes = self.part("slope").evaluate("(at) => [...at.children].filter((one) => one.tagName === 'text').map((one) => one.getBoundingClientRect().y).sort((a, b) => a - b)")
        return len(boxes) > 3 and all(b - a >= 12 for a, b in zip(boxes, boxes[1:], strict=False))


def test_it_tells_what_python_tells(saved, taught, visit):
    lessons, hand = taught.lessons(), Hand(visit(saved))
    assert hand.part("told").inner_text().strip() == lessons.told
    assert (hand.part("flagged-before").inner_text(), hand.part("flagged-after").inner_text()) == ("20", str(taught.n_flagged))
    for shown, line in zip(hand.all("verdict-row").all(), lessons.verdicts.itertuples(), strict=True):
        cells = shown.locator("td").all_inner_texts()
        assert cells[:4] == [line.verdict, f"{line.rank_before} → {line.rank_after}", str(line.moved), str(line.changed)]
        assert cells[4] == (line.common or "–") and line.note in cells[5]
    frame = lessons.tell(lessons.moved[:LISTED])
    assert hand.all("moved-row").count() == len(frame) == hand.bright()
    assert hand.part("moved-row").inner_text().endswith(frame["because"][0])
    assert hand.part("columns").inner_text().startswith(lessons.columns.index[0]) and hand.all("question").count() == len(lessons.questions)


def test_a_verdict_shows_its_rows_by_keyboard(saved, taught, visit):
    lessons, hand = taught.lessons(), Hand(visit(saved))
    rows = lessons.tell(lessons.moved[:LISTED])
    listed = view_of(lessons).spec["rows"]
    reached = [sum(j in row["by"] for row in listed) for j in range(len(lessons.verdicts))]
    hand.part("verdict").focus()
    hand.page.keyboard.press("Enter")
    hand.settle()
    assert hand.all("moved-row").count() == hand.bright() == reached[0] < len(rows)
    assert f"{reached[0]} of the {lessons.verdicts['moved'][0]}" in hand.part("which").inner_text()
    hand.page.keyboard.press("ArrowDown")
    hand.settle()
    assert hand.all("moved-row").count() == reached[1] and "moved" in hand.part("status").inner_text()
    hand.part("slope").focus()
    hand.page.keyboard.press("End")
    hand.settle()
    assert "chosen: " in hand.part("slope").get_attribute("aria-label")
    assert hand.host.locator('[data-pyn="moved-row"] button[aria-pressed="true"]').count() == 1
    hand.part("all-rows").click()
    hand.settle()
    assert hand.all("moved-row").count() == len(rows) and not hand.part("all-rows").is_visible()
    hand.all("moved-row").nth(1).locator("button").click()
    hand.settle()
    assert lessons.tell(lessons.moved[:LISTED])["id"][1] in hand.part("slope").get_attribute("aria-label")


def test_the_keyboard_goes_through_all_of_it(saved, taught, visit):
    keys = Keys(visit(saved), "learned")
    stops = [stop["part"] for stop in keys.out()]
    lessons = taught.lessons()
    assert stops.count("verdict") == len(lessons.verdicts) and stops.count("verdict-normal") == len(lessons.questions) and "slope" in stops
    keys.home()
    keys.to("verdict")
    keys.press("Enter", "ArrowDown", "ArrowDown")
    chosen = keys.here()["text"]
    assert keys.host.locator('[data-pyn="verdict"][aria-pressed="true"]').inner_text() == chosen
    keys.to("all-rows")
    assert keys.press("Enter")["text"] == chosen and not keys.part("all-rows").is_visible()
    keys.press("Enter", "Escape")
    assert keys.host.locator('[data-pyn="verdict"][aria-pressed="true"]').count() == 0
    keys.to("slope")
    keys.press("ArrowDown", "End", "Escape")
    assert "chosen" not in keys.part("slope").get_attribute("aria-label")
    keys.to("verdict-unsure", 3)
    keys.press("Space")
    assert "is not sure, which teaches nothing" in keys.text("kept")
    keys.to("", text="How it is counted")
    keys.press("Enter", "Escape")
    assert keys.part("counted").get_attribute("open") is None


def test_answers_leave_a_saved_page_as_a_file(saved, taught, visit, tmp_path):
    hand = Hand(visit(saved))
    assert "no kernel" in hand.part("kept").inner_text() and hand.part("download-verdicts").is_disabled()
    asked = [int(one.get_attribute("data-row")) for one in hand.all("question").all()]
    hand.all("verdict-normal").nth(0).click()
    hand.all("verdict-anomaly").nth(1).click()
    hand.all("verdict-unsure").nth(2).click()
    hand.all("verdict-unsure").nth(2).click()
    assert "Taken back" in hand.part("kept").inner_text() and hand.part("download-verdicts").inner_text() == "Download 2 verdicts"
    with hand.page.expect_download() as coming:
        hand.part("download-verdicts").click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    assert json.loads(path.read_text())["fingerprint"] == taught.table.fingerprint
    fresh = pyn.detect(pyn.sample(), "iforest", contamination=0.01)
    assert fresh.merge_verdicts(path, by="Ada").empty
    assert {row: one["verdict"] for row, one in fresh.verdicts.items()} == {asked[0]: "normal", asked[1]: "anomaly"}


@pytest.mark.parametrize("width, dark", [(1200, False), (1200, True), (400, False), (400, True)])
def test_it_fits_and_is_accessible(width, dark, saved, visit):
    one = visit(saved, width=width, dark=dark)
    hand = Hand(one)
    assert hand.host.get_attribute("data-theme") == ("dark" if dark else "light")
    hand.part("verdict").click()
    hand.all("verdict-normal").first.click()
    hand.settle()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.accessible()
    hand.part("all-rows").click()
    hand.settle()
    assert hand.labels_keep_apart()


def test_nothing_moved_is_said(visit, tmp_path):
    found = pyn.detect(pyn.sample(), "ecod", contamination=0.01)
    found.set_verdict(found.order[0], "normal")
    one = visit(found.relearn(strength=0).lessons().save(tmp_path / "none.html").as_uri())
    hand = Hand(one)
    assert hand.host.get_by_text("No other row has moved.").is_visible() and hand.part("slope").count() == 0
    one.accessible()


def test_served_a_verdict_arrives_in_python(visit):
    import panel as pn

    from pynomaly.views.pane import pane

    taught = judged(pyn.detect(pyn.sample(), "ecod", contamination=0.01), 4).relearn()
    said = dict(taught.verdicts)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = pn.serve(lambda: pane(taught.lessons()), port=port, show=False, threaded=True, verbose=False)
    try:

        def answers() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("localhost", port)) == 0

        until(answers, what="the server's start")
        hand = Hand(visit(f"http://localhost:{port}/", quiet_about="favicon"))
        assert hand.part("download-verdicts").count() == 0
        row = int(hand.part("question").get_attribute("data-row"))
        hand.part("verdict-anomaly").click()
        until(lambda: taught.verdicts.get(row, {}).get("verdict") == "anomaly", what="the verdict's way to Python")
        until(lambda: "1 verdict waits for relearn()" in hand.part("kept").inner_text(), what="the answer")
        assert hand.part("verdict-anomaly").get_attribute("aria-pressed") == "true"
        hand.part("verdict-anomaly").click()
        until(lambda: taught.verdicts == said, what="taking it back")
        until(lambda: "No verdict waits" in hand.part("kept").inner_text(), what="the answer")
    finally:
        server.stop()


@pytest.mark.parametrize("width", [1200, 400])
def test_a_row_that_is_not_where_its_verdict_says_says_why(width, visit, tmp_path):
    X = np.random.default_rng(0).normal(size=(500, 5))
    X[0] = 12.0
    found = pyn.detect(X)
    found.set_verdict(0, "normal")
    lessons = found.relearn().lessons()
    hand = Hand(visit(lessons.save(tmp_path / "a.html").as_uri(), width=width))
    side = hand.part("side")
    assert side.inner_text() == f"still flagged: {lessons.verdicts['why_not'][0]}" and side.bounding_box()["width"] <= 260
