"""The dashboard is a page that Panel serves; what it shows is tested in the browser."""

import re
import socket
import urllib.request

import panel as pn
import pytest

import pynomaly as pyn
from pynomaly.dashboards.app import dashboard, serve


@pytest.fixture(scope="module")
def found():
    return pyn.detect(pyn.sample(), contamination=0.01)


def test_a_table_or_a_detection_makes_a_page(found):
    assert isinstance(dashboard(found), pn.Template)
    page = dashboard(pyn.sample(), contamination=0.02)
    assert page.servable() is page


def test_wrong_data_are_told_as_by_detect():
    with pytest.raises(pyn.PynomalyError, match="contamination is 2"):
        dashboard(pyn.sample(), contamination=2)


def test_the_served_page_has_title_language_and_one_main(found, capfd):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    thread = serve(found, port=port, show=False, quiet=True, threaded=True)
    try:
        text = ""
        for _ in range(100):
            try:
                text = urllib.request.urlopen(f"http://localhost:{port}/", timeout=20).read().decode()
                break
            except OSError:
                thread.join(0.1)
    finally:
        thread.stop()
    assert '<html lang="en"' in text and f"<title>{found.table.name}: anomalies by {found.card.title}</title>" in text
    assert text.count("<main>") == 1 and 'name="viewport"' in text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)
    assert capfd.readouterr().out == ""
