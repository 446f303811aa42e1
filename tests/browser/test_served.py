"""The explorer in a Panel app, served on this machine."""

import socket
import time

import numpy as np
import pytest
from browser_help import until

VERDICT = "verdict-unsure"


@pytest.fixture(scope="module")
def served(detections):
    """``served(n)``: the address of a running app and the detection in it."""
    from pynomaly.dashboards.app import serve

    threads, kept = [], {}

    def start(n: int):
        if n not in kept:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            found = detections(n)
            found.cut_at(0.01)
            threads.append(serve(found, port=port, show=False, quiet=True, threaded=True))

            def answers() -> bool:
                with socket.socket() as probe:
                    return probe.connect_ex(("localhost", port)) == 0

            until(answers, what="the server's start")
            kept[n] = f"http://localhost:{port}/", found
        return kept[n]

    yield start
    for thread in threads:
        thread.stop()


@pytest.mark.parametrize("n", [1_000, 100_000, 1_000_000])
def test_threshold_moves_in_the_browser_and_arrives_in_python(n, served, visit, record):
    address, found = served(n)
    found.cut_at(0.01)
    start = time.perf_counter()
    view = visit(address).explorer()
    record(f"Panel, {n:,} rows", first_paint=1000 * (time.perf_counter() - start))
    assert view.agrees_with(found.scores) == found.n_flagged == n // 100
    view.drag(0.5)
    counted = view.agrees_with(found.scores)
    assert counted != n // 100
    until(lambda: found.threshold == view.threshold, what="the threshold's way to Python")
    assert found.n_flagged == counted
    view.press("PageUp", 2)
    until(lambda: found.threshold == view.threshold, what="the threshold's way to Python")
    assert found.n_flagged == view.agrees_with(found.scores) < counted
    moves = view.moves_of_threshold()
    record(f"Panel, {n:,} rows", move_median=float(np.median(moves)), move_worst=max(moves), paint_median=view.paint)


def test_a_row_beyond_those_sent_is_explained_and_judged(served, visit):
    address, found = served(100_000)
    view = visit(address).explorer()
    view.part("table").focus()
    view.page.keyboard.press("End")
    until(lambda: view.chosen >= 2_000, what="the choice of a row far down")
    view.explains(found)
    row = int(found.order[view.chosen])
    view.part(VERDICT).click()
    until(lambda: row in found.verdicts, what="the verdict's way to Python")
    assert found.verdicts[row]["verdict"] == "unsure"
    found.replace_verdicts({})


def test_it_is_accessible(served, visit):
    address, _ = served(1_000)
    one = visit(address)
    one.explorer()
    assert one.page.title() == "table: anomalies by Isolation forest" and one.page.locator("html").get_attribute("lang") == "en"
    one.accessible()


@pytest.mark.parametrize("width, dark", [(400, False), (1100, True)])
def test_it_fits_small_and_dark_windows(width, dark, served, visit, tmp_path_factory):
    address, _ = served(1_000)
    one = visit(address, width=width, dark=dark)
    view = one.explorer()
    assert view.host.get_attribute("data-theme") == ("dark" if dark else "light")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.accessible()
    folder = tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(exist_ok=True)
    one.page.screenshot(path=folder / f"panel-{width}-{'dark' if dark else 'light'}.png", full_page=True)
