"""One row in the browser: changed values give Python's numbers, with and without a kernel."""

import json
import socket

import numpy as np
import pytest
from browser_help import until

import pynomaly as pyn

CHANGES = [{"tip": 9.25}, {"amount": -3.5, "payment": "card"}, {"submitted": "2023-02-03T04:05:06", "category": "hotel", "days_to_submit": 40},
           {"amount": 1e9, "merchant": None, "tip": None}, {"employee": "nobody known", "city": "Berlin"}]  # fmt: skip


def shown(visit, address, **options):
    """The view of the row, painted."""
    one = visit(address, **options)
    host = one.page.locator('[data-pyn="row"]').first
    host.locator('[data-pyn="score"]').wait_for(state="visible", timeout=60_000)
    until(lambda: host.get_attribute("data-first-ms"), what="the first paint")
    return one, host


def put(host, column, value):
    field = host.locator(f'[data-column="{column}"] [data-pyn="field"]')
    if field.evaluate("(at) => at.tagName") == "SELECT":
        if value is None:
            field.select_option(label="missing")
        else:
            field.select_option(value)
    else:
        field.fill("" if value is None else str(value))
        field.press("Enter")


def told(host):
    return float(host.get_attribute("data-score")), np.array(json.loads(host.get_attribute("data-parts")))


def agrees(host, made):
    score, parts = told(host)
    return np.isclose(score, made.score, rtol=1e-9, atol=1e-6) and np.allclose(parts, made.why.values[1], rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("name", [None, "ecod", "copod", "hbos", "pca", "iforest", "gaussian"])
def test_a_page_without_a_kernel_has_pythons_numbers(name, visit, tmp_path):
    from pynomaly.detectors.gaussian import Gaussian

    chosen = {} if name is None else {"detector": Gaussian() if name == "gaussian" else name}
    found = pyn.detect(pyn.sample(), **chosen, contamination=0.01)
    at = int(found.order[1])
    found.what_if(at).save(tmp_path / "row.html")
    _, host = shown(visit, (tmp_path / "row.html").as_uri())
    assert agrees(host, found.what_if(at))
    for changes in CHANGES:
        for column, value in changes.items():
            put(host, column, value)
        made = found.what_if(at, changes)
        assert agrees(host, made), (changes, told(host)[0], made.score)
        assert host.locator('[data-pyn="verdict"]').inner_text() == ("flagged" if made.flagged else "not flagged")
        host.locator('[data-pyn="reset"]').click()
        assert agrees(host, found.what_if(at))
    host.locator('[data-pyn="apply"]').click()
    assert agrees(host, found.what_if(at, found.counterfactual(at).values)) and host.locator('[data-pyn="verdict"]').inner_text() == "not flagged"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    found = pyn.detect(pyn.sample(), contamination=0.01)
    path = tmp_path_factory.mktemp("row") / "row.html"
    found.counterfactual(int(found.order[0])).save(path)
    return path.as_uri()


@pytest.mark.parametrize("width, dark", [(1100, False), (1100, True), (400, False)])
def test_it_fits_and_is_accessible(width, dark, page, visit):
    one, host = shown(visit, page, width=width, dark=dark)
    assert host.get_attribute("data-theme") == ("dark" if dark else "light")
    host.locator('[data-pyn="apply"]').click()
    one.accessible()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


def test_by_keyboard_alone(page, visit):
    one, host = shown(visit, page)
    before = told(host)[0]
    host.locator('[data-pyn="apply"]').focus()
    one.page.keyboard.press("Enter")
    assert told(host)[0] < before and "changed the score is" in host.locator('[data-pyn="status"]').inner_text()
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")  # reset
    assert told(host)[0] == before


def test_a_page_that_needs_a_kernel_says_so(visit, tmp_path):
    found = pyn.detect(pyn.sample(), "knn", contamination=0.01)
    found.neighbours(int(found.order[0])).save(tmp_path / "row.html")
    one, host = shown(visit, (tmp_path / "row.html").as_uri())
    assert "needs a kernel" in host.locator('[data-pyn="needs-kernel"]').inner_text()
    assert host.locator('[data-pyn="apply"]').count() == 0 and host.locator('[data-pyn="field"]:enabled').count() == 0
    one.accessible()


def test_python_answers_where_it_is_connected(visit):
    import panel

    from pynomaly.views.pane import pane

    found = pyn.detect(pyn.sample(), "knn", contamination=0.01)
    at = int(found.order[0])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = found.what_if(at)
    server = panel.serve(lambda: pane(made), port=port, show=False, threaded=True, verbose=False)
    try:
        def there():
            with socket.socket() as probe:
                return probe.connect_ex(("localhost", port)) == 0

        until(there, what="the server's start")
        _, host = shown(visit, f"http://localhost:{port}/", quiet_about="favicon")
        assert agrees(host, made)
        put(host, "tip", 2)
        until(lambda: agrees(host, found.what_if(at, tip=2)), what="Python's answer")
        host.locator('[data-pyn="apply"]').click()
        until(lambda: host.locator('[data-pyn="verdict"]').inner_text() == "not flagged", what="the counterfactual")
    finally:
        server.stop()
