"""A browser that may talk to this machine only."""

import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browser_help import Visit, table  # noqa: E402

CHROMIUM = Path("/usr/bin/chromium")
TIMINGS: dict[str, dict[str, float]] = {}
_WHERE: list[Path] = []


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter):
    if TIMINGS:
        terminalreporter.section("measured in the browser, milliseconds")
        for name, values in TIMINGS.items():
            terminalreporter.write_line(f"{name:<28}" + "  ".join(f"{key} {value:,.0f}" if value >= 10 else f"{key} {value:.1f}" for key, value in values.items()))
        terminalreporter.write_line(f"kept in {_WHERE[0]}")


@pytest.fixture(scope="session")
def record(tmp_path_factory):
    """``record(name, key=milliseconds, …)`` keeps what was measured; timings are never asserted."""
    _WHERE[:] = [Path(os.environ.get("PYNOMALY_TIMINGS") or tmp_path_factory.getbasetemp() / "browser-timings.json")]

    def keep(name: str, **values: float) -> None:
        TIMINGS.setdefault(name, {}).update({key: round(value, 2) for key, value in values.items()})
        _WHERE[0].write_text(json.dumps(TIMINGS, indent=1))

    return keep


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for all tests."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"there is no browser at {CHROMIUM}, and CI must test with one")
        pytest.skip(f"there is no browser at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        )
        yield browser
        browser.close()


LOCAL = {"127.0.0.1", "localhost", "::1"}


@pytest.fixture
def visit(chromium):
    """``visit(url, width=…, dark=…)`` opens a page in a fresh context; at the end nothing may have gone out or gone wrong."""
    visits, contexts = [], []

    def open_page(url: str, width: int = 1100, height: int = 900, dark: bool = False, quiet_about: str | None = None, **machine: str) -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", accept_downloads=True, **machine)
        contexts.append(context)
        one = Visit(None)

        def guard(route):
            parts = urlsplit(route.request.url)
            if parts.scheme in ("file", "data", "blob", "about") or parts.hostname in LOCAL:
                return route.continue_()
            one.outside.append(route.request.url)
            return route.abort()

        context.route("**/*", guard)
        context.route_web_socket(lambda url: urlsplit(url).hostname not in LOCAL, lambda socket: (one.outside.append(socket.url), socket.close()))
        one.page = context.new_page()
        one.page.on("pageerror", lambda error: one.errors.append(f"page error: {error}"))

        def heard(message):
            if message.type == "error" and not (quiet_about and re.search(quiet_about, message.text)):
                one.errors.append(message.text)

        one.page.on("console", heard)
        one.page.goto(url, wait_until="commit")
        visits.append(one)
        return one

    yield open_page
    left = [(one.outside, one.errors, one.page.evaluate("window.pwned ?? null")) for one in visits]
    for context in contexts:
        context.close()
    for outside, errors, pwned in left:
        assert outside == [] and errors == [] and pwned is None


@pytest.fixture(scope="session")
def detections():
    """``detections(n)``: the anomalies of `table(n)`, found once."""
    import pynomaly as pyn

    kept: dict[int, object] = {}

    def find(n: int):
        if n not in kept:
            kept[n] = pyn.detect(table(n), "iforest", contamination=0.01)
        return kept[n]

    return find
