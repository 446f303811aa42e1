"""A saved page: one file, opened from the disk, with no kernel and no network."""

import json
import time

import numpy as np
import pytest
from browser_help import HOSTILE


@pytest.fixture(scope="module")
def saved(detections, tmp_path_factory, record):
    """``saved(n)``: the address of a saved page of `n` rows and the detection in it."""
    kept = {}

    def make(n: int):
        if n not in kept:
            found = detections(n)
            path = tmp_path_factory.mktemp("pages") / f"{n}.html"
            start = time.perf_counter()
            found.save(path)
            record(f"saved file, {n:,} rows", save=1000 * (time.perf_counter() - start), kilobytes=path.stat().st_size / 1000)
            kept[n] = path.as_uri(), found
        return kept[n]

    return make


@pytest.mark.parametrize("n", [1_000, 100_000, 1_000_000])
def test_threshold_by_mouse_and_keyboard_counts_as_numpy(n, saved, visit, record):
    address, found = saved(n)
    start = time.perf_counter()
    one = visit(address)
    view = one.explorer()
    record(f"saved file, {n:,} rows", first_paint=1000 * (time.perf_counter() - start))
    assert view.flagged == found.n_flagged and view.agrees_with(found.scores) == found.n_flagged
    seen = set()
    for key, times in (("ArrowLeft", 3), ("ArrowRight", 1), ("PageDown", 2), ("PageUp", 1), ("Home", 1), ("End", 1)):
        view.press(key, times)
        seen.add(view.agrees_with(found.scores))
    assert {0, n} <= seen and len(seen) >= 5
    for share in (0.3, 0.55, 0.8):
        view.drag(share)
        seen.add(view.agrees_with(found.scores))
    assert len(seen) >= 7
    field = view.part("rows-field")
    field.fill(str(n // 50))
    field.press("Enter")
    view.settle()
    assert abs(view.agrees_with(found.scores) - n // 50) <= max(2, n // 1000)
    moves = view.moves_of_threshold()
    record(f"saved file, {n:,} rows", move_median=float(np.median(moves)), move_worst=max(moves), paint_median=view.paint)


@pytest.mark.parametrize("n", [1_000, 100_000])
def test_a_row_is_selected_everywhere_and_explained(n, saved, visit):
    address, found = saved(n)
    view = visit(address).explorer()
    view.part("table").focus()
    for _ in range(3):
        view.page.keyboard.press("ArrowDown")
    view.settle()
    rank = view.chosen
    assert rank in (2, 3)
    row = found.order[rank]
    assert view.part("panel-title").inner_text() == f"Row {row}" and view.part("panel-facts").inner_text()
    view.explains(found)
    view.click_point()
    assert view.chosen != rank


def test_verdicts_are_given_and_downloaded_without_a_kernel(saved, visit):
    address, found = saved(1_000)
    view = visit(address).explorer()
    view.part("verdict-anomaly").click()
    view.part("note").fill("seen it")
    view.part("note").press("Enter")
    view.part("next-row").click()
    view.part("verdict-normal").click()
    with view.page.expect_download() as caught:
        view.part("download-verdicts").click()
    said = json.loads(caught.value.path().read_text(encoding="utf-8"))["verdicts"]
    first, second = (str(row) for row in found.order[:2])
    assert {row: (one["verdict"], one["note"]) for row, one in said.items()} == {first: ("anomaly", "seen it"), second: ("normal", "")}
    found.replace_verdicts(said)
    assert found.verdicts[int(first)]["note"] == "seen it"
    found.replace_verdicts({})


def test_hostile_names_and_values_are_text(saved, visit):
    address, found = saved(1_000)
    view = visit(address).explorer()
    shown = view.part("table").inner_text()
    assert "window.pwned=1" in shown
    assert view.host.locator("script").count() == 0 and view.host.locator("[onmouseover]").count() == 0
    assert HOSTILE.split("\n")[0] in view.part("table").text_content()


@pytest.mark.parametrize("width, dark", [(1100, False), (1100, True), (400, False), (400, True)])
def test_it_is_accessible_at_any_width_by_day_and_night(width, dark, saved, visit, tmp_path_factory):
    address, _ = saved(1_000)
    one = visit(address, width=width, dark=dark)
    view = one.explorer()
    assert view.host.get_attribute("data-theme") == ("dark" if dark else "light")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.accessible()
    folder = tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(exist_ok=True)
    one.page.screenshot(path=folder / f"saved-{width}-{'dark' if dark else 'light'}.png", full_page=True)


def test_without_scripts_the_highest_scores_are_there(saved, chromium):
    address, found = saved(1_000)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    text = page.inner_text("main")
    context.close()
    assert f"{found.n_flagged} of 1,000 rows flagged" in text and "needs scripts" in text


def test_several_views_in_one_page_do_not_disturb_each_other(detections, visit, tmp_path):
    from pynomaly.views.html import fragment
    from pynomaly.views.model import explorer

    found = detections(1_000)
    piece = fragment(explorer(found))
    path = tmp_path / "two.html"
    path.write_text(f'<!doctype html><html lang="en"><meta charset="utf-8"><title>two</title><body>{piece}<hr>{piece}</body></html>', encoding="utf-8")
    one = visit(path.as_uri())
    first = one.explorer()
    second = one.explorer(index=1)
    first.press("End")
    assert first.flagged == 0 and second.flagged == found.n_flagged
