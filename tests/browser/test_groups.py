"""The view of groups and of kinds: as saved pages and served by Panel."""

import socket
import warnings

import pytest
from browser_help import HOSTILE, until

from pynomaly.explain.kinds import MEANINGS


@pytest.fixture(scope="module")
def found():
    """Large amounts, strange hours and missing values; a hostile name among the columns."""
    import numpy as np
    import polars as pl

    import pynomaly as pyn

    rng = np.random.default_rng(4)
    n = 500
    when = np.datetime64("2026-01-01T09:00:00", "us") + (rng.integers(0, 90, n) * 86400 + rng.integers(0, 8 * 3600, n)).astype("timedelta64[s]")
    when[5:12] += np.timedelta64(13, "h")
    frame = pl.DataFrame({
        "amount": np.round(rng.gamma(3, 20, n) * np.where(np.arange(n) < 5, 12, 1), 2), "when": when,
        HOSTILE: [None if 12 <= i < 16 else HOSTILE if i % 2 else "plain" for i in range(n)], "rate": rng.normal(size=n),
    })
    return pyn.detect(frame, budget=24)


@pytest.fixture(scope="module")
def saved(found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("groups")
    return {"groups": found.groups().save(folder / "groups.html").as_uri(), "kinds": found.kinds().save(folder / "kinds.html").as_uri()}


class View:
    """Works the view as a person does."""

    def __init__(self, one):
        self.one, self.page = one, one.page
        self.host = one.page.locator('[data-pyn="groups"]').first
        self.part("title").wait_for(state="visible", timeout=60_000)
        until(lambda: self.host.get_attribute("data-first-ms"), what="the first paint")

    def part(self, name: str, index: int = 0):
        return self.host.locator(f'[data-pyn="{name}"]').nth(index)

    def all(self, name: str) -> list:
        return self.host.locator(f'[data-pyn="{name}"]').all()

    def rows(self) -> list[int]:
        return [int(row.get_attribute("data-row")) for row in self.all("row")]

    def settle(self) -> None:
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def plain(text: str) -> str:
    """Text as HTML shows it: one space for any run of them."""
    return " ".join(text.split())


def agrees(view: View, made) -> None:
    """Cards, sentences and lists are Python's."""
    cards = view.all("group")
    assert len(cards) == len(made)
    for i, one in enumerate(made):
        cards[i].click()
        view.settle()
        assert plain(one.sentence).split(": ", 1)[1] == plain(view.part("sentence", i).inner_text())
        assert view.rows() == one.rows.tolist() and cards[i].get_attribute("aria-pressed") == "true"


def test_groups_are_chosen_and_list_their_rows(saved, found, visit):
    view, made = View(visit(saved["groups"])), found.groups()
    assert view.part("count").inner_text() == "24" and f"in {len(made)} groups" in view.part("title").locator("xpath=ancestor::header").inner_text()
    agrees(view, made)


def test_a_row_is_marked_in_the_picture_and_told(saved, found, visit):
    view, made = View(visit(saved["groups"])), found.groups()
    ring = view.part("picture").locator("circle")
    assert not ring.is_visible()
    view.part("row", 1).locator("button").click()
    row = view.rows()[1]
    kind = next(one for one in made.kinds if one.row == row)
    assert ring.is_visible() and plain(view.part("evidence").inner_text()) == plain(f"{row}: {kind.kind}, {kind.reach}; {kind.evidence}")
    view.part("row", 1).locator("button").click()
    assert not ring.is_visible() and view.part("evidence").inner_text() == ""


def test_the_keyboard_alone_will_do(saved, visit):
    view = View(visit(saved["groups"]))
    view.part("group").focus()
    view.page.keyboard.press("ArrowDown")
    view.settle()
    assert view.part("group", 1).get_attribute("aria-pressed") == "true" and view.part("group").get_attribute("aria-pressed") == "false"
    view.page.keyboard.press("End")
    view.settle()
    assert view.all("group")[-1].get_attribute("aria-pressed") == "true"
    view.page.keyboard.press("Home")
    view.settle()
    view.part("row").locator("button").focus()
    view.page.keyboard.press("Enter")
    assert view.part("evidence").inner_text()
    view.page.keyboard.press("ArrowDown")
    assert view.part("row", 1).locator("button").get_attribute("aria-pressed") == "true"


def test_kinds_are_counted_and_filter(saved, found, visit):
    view, made = View(visit(saved["kinds"])), found.kinds()
    assert len(view.rows()) == len(made)
    heads = view.part("counts").inner_text()
    for words in ("odd by itself", "among rows of its category", "alike", "beyond all unflagged rows", "rare together"):
        assert words in heads
    for words in ("odd by itself", "among the rows of its category", "alike", "beyond what any unflagged row has", "rare together"):
        assert any(words in meaning for meaning in MEANINGS.values())  # and so does Python
    tried = 0
    for kind in ("point", "contextual", "collective"):
        for reach in ("global", "local"):
            true = [one.row for one in made if (one.kind, one.reach) == (kind, reach)]
            cell = view.host.locator(f'[data-kind="{kind}"][data-reach="{reach}"]')
            assert cell.inner_text() == str(len(true)) and cell.is_enabled() == bool(true)
            if true:
                cell.click()
                assert sorted(view.rows()) == sorted(true)
                tried += 1
    assert tried >= 2
    view.host.locator('[data-kind="all"][data-reach="all"]').focus()
    view.page.keyboard.press("Enter")
    assert len(view.rows()) == len(made) and plain(made[0].evidence) in plain(view.part("rows").inner_text())


@pytest.mark.parametrize("which", ["groups", "kinds"])
@pytest.mark.parametrize(("width", "dark"), [(1100, False), (1100, True), (400, False)])
def test_it_is_accessible_and_fits(saved, visit, which, width, dark):
    one = visit(saved[which], width=width, dark=dark)
    view = View(one)
    assert view.host.get_attribute("data-theme") == ("dark" if dark else "light")
    if which == "groups":
        view.part("row").locator("button").click()
    one.accessible()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width and not one.page.evaluate("window.pwned")


@pytest.fixture(scope="module")
def served(found):
    import panel as pn

    from pynomaly.views.pane import pane

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pn.serve(lambda: pn.Column(pane(found.groups())), port=port, address="localhost", show=False, threaded=True, verbose=False)

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("localhost", port)) == 0

    until(answers, what="the server's start")
    yield f"http://localhost:{port}/"
    server.stop()


def test_panel_serves_the_same(served, found, visit):
    agrees(View(visit(served)), found.groups())
