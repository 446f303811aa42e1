"""The front end that ships is the one its sources give, and small."""

import hashlib
import re
from pathlib import Path

import pytest

import pynomaly

SHIPPED = Path(pynomaly.__file__).parent / "views" / "static" / "explorer.js"
SOURCES = Path(__file__).parents[2] / "frontend" / "src"


def test_bundle_belongs_to_its_sources():
    if not SOURCES.is_dir():
        pytest.skip("no frontend sources beside the tests")
    digest = hashlib.sha256()
    for path in sorted(SOURCES.iterdir(), key=lambda path: path.name):
        digest.update(f"{path.name}\0{path.read_text(encoding='utf-8')}\0".encode())
    noted = re.match(r"// frontend/src.*sha256 ([0-9a-f]{16})\n", SHIPPED.read_text(encoding="utf-8"))
    assert noted, "explorer.js does not say which sources it was made from"
    assert noted[1] == digest.hexdigest()[:16], "run `make frontend`: explorer.js is older than its sources"


def test_bundle_is_small():
    assert SHIPPED.stat().st_size <= 50_000


def test_bundle_asks_nothing_from_outside_and_evaluates_no_text():
    text = SHIPPED.read_text(encoding="utf-8")
    outside = set(re.findall(r"https?://[^\"'`\s]+", text))
    assert outside == {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}  # names of namespaces, never fetched
    for word in ("innerHTML", "eval(", "new Function", "fetch(\"", "XMLHttpRequest", "document.querySelector"):
        assert word not in text


def test_sources_are_short():
    if not SOURCES.is_dir():
        pytest.skip("no frontend sources beside the tests")
    long = {path.name: n for path in SOURCES.iterdir() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 350}
    assert not long
