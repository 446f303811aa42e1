"""The front end that ships is the one its sources give, and small."""

import hashlib
import re
from pathlib import Path

import pytest

import pynomaly

STATIC = Path(pynomaly.__file__).parent / "views" / "static"
SHIPPED = sorted(path for path in STATIC.glob("*.js") if path.name != "host.js")
SOURCES = Path(__file__).parents[2] / "frontend" / "src"

each = pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)


def reach(name: str, seen: set[str]) -> set[str]:
    """What a source file needs, itself included."""
    if name not in seen:
        seen.add(name)
        for found in re.findall(r'(?m)^import [^"]*"\./([\w.-]+)";$', (SOURCES / name).read_text(encoding="utf-8")):
            reach(found, seen)
    return seen


def test_every_view_is_there():
    if not SOURCES.is_dir():
        pytest.skip("no frontend sources beside the tests")
    assert {path.stem for path in SHIPPED} == {path.name.removesuffix(".view.js") for path in SOURCES.glob("*.view.js")} >= {"explorer"}


@each
def test_bundle_belongs_to_its_sources(shipped):
    if not SOURCES.is_dir():
        pytest.skip("no frontend sources beside the tests")
    digest = hashlib.sha256()
    for name in sorted(reach(f"{shipped.stem}.view.js", set())):
        digest.update(f"{name}\0{(SOURCES / name).read_text(encoding='utf-8')}\0".encode())
    noted = re.match(r"// frontend/src.*sha256 ([0-9a-f]{16})\n", shipped.read_text(encoding="utf-8"))
    assert noted, f"{shipped.name} does not say which sources it was made from"
    assert noted[1] == digest.hexdigest()[:16], f"run `make frontend`: {shipped.name} is older than its sources"


@each
def test_bundle_is_small(shipped):
    assert shipped.stat().st_size <= 50_000


@each
def test_bundle_asks_nothing_from_outside_and_evaluates_no_text(shipped):
    text = shipped.read_text(encoding="utf-8")
    outside = set(re.findall(r"https?://[^\"'`\s]+", text))
    assert outside == {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}  # names of namespaces, never fetched
    for word in ("innerHTML", "eval(", "new Function", "fetch(\"", "XMLHttpRequest", "document.querySelector"):
        assert word not in text


def test_sources_are_short():
    if not SOURCES.is_dir():
        pytest.skip("no frontend sources beside the tests")
    long = {path.name: n for path in SOURCES.iterdir() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 350}
    assert not long
