"""The documentation: what is public is documented, its examples run, and the pages are made of what they should be.

The whole build takes longer and is a step of its own in ``tests/run``.
"""

import doctest
import importlib
import importlib.util
import inspect
import json
import pkgutil
import re
from pathlib import Path

import pytest

import pynomaly as pyn

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(found.name for found in pkgutil.walk_packages(pyn.__path__, "pynomaly.") if not found.name.endswith(("__main__", "_modidx")))


@pytest.fixture(scope="module")
def build():
    """docs/build.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- docstrings ------------------------------------------------------------------------------------------------


def named(name: str):
    """A public object by its name; for one that is no class or function, its class."""
    thing = getattr(importlib.import_module(f"pynomaly.{pyn._HOME[name]}"), name)
    return thing if callable(thing) else type(thing)


def sections(thing) -> dict[str, str]:
    """A numpydoc docstring by its sections; the text before them under ''."""
    parts = re.split(r"^(\w[\w ]*)\n-{3,}\n", inspect.getdoc(thing) or "", flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2]))}


def public() -> list:
    """Every public object and the methods that our own classes give it, as (name, object)."""
    out = []
    for name in pyn.__all__:
        thing = named(name)
        out.append(pytest.param(thing, id=name))
        if inspect.isclass(thing):
            for owner in thing.__mro__:
                if owner.__module__.startswith("pynomaly."):
                    out += [pytest.param(it, id=f"{name}.{key}") for key, it in vars(owner).items() if key[0] != "_" and inspect.isfunction(it)]
    return out


@pytest.mark.parametrize("thing", public())
def test_what_is_public_is_documented(thing):
    has = sections(thing)
    assert re.match(r"\S.*[.?:]($|\n)", has[""], re.DOTALL), "the docstring needs a first sentence"
    if inspect.isclass(thing):
        assert issubclass(thing, Exception) or {"Parameters", "Attributes"} & set(has)
        return
    signature = inspect.signature(thing)
    for parameter in signature.parameters.values():
        if parameter.name != "self":
            assert re.search(rf"^[\w*, ]*\b{parameter.name}\b.*:|^\*+{parameter.name}$", has.get("Parameters", ""), re.MULTILINE), f"{parameter.name} is not described"
    if signature.return_annotation not in (None, "None", inspect.Signature.empty):
        assert {"Returns", "Yields"} & set(has), "what it returns is not described"


@pytest.mark.parametrize("name", ["card", "dashboard", "detect", "Detection", "detector", "detectors", "options", "read", "register", "report", "sample"])
def test_the_main_names_have_an_example(name):
    assert ">>> " in sections(named(name)).get("Examples", "")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    wrong = []
    runner = doctest.DocTestRunner(verbose=False)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        runner.run(test, out=wrong.append)
    assert not runner.failures, "".join(wrong)


def test_every_module_has_a_docstring_and_its_public_names_too():
    bare = []
    for name in MODULES:
        module = importlib.import_module(name)
        things = [getattr(module, key) for key in getattr(module, "__all__", [])]
        bare += [name] if not module.__doc__ else []
        bare += [f"{name}.{it.__name__}" for it in things if (inspect.isclass(it) or inspect.isfunction(it)) and not it.__doc__ and it.__module__ == name]
    assert bare == []


# -- pages -----------------------------------------------------------------------------------------------------


def test_gathered_pages_fetch_nothing_and_lie_as_in_the_checkout(build, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "SOURCE", tmp_path / "source")
    build.gather()
    pages = {page.relative_to(tmp_path / "source").as_posix() for page in (tmp_path / "source").rglob("*.*")}
    assert {"index.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/conformance.md", "docs/explorer.png", "tutorials/01_first_look.ipynb"} <= pages
    tutorial = (tmp_path / "source" / "tutorials" / "01_first_look.ipynb").read_text(encoding="utf-8")
    assert "colab-badge" not in tutorial and "[Open in Colab](https://colab.research.google.com/github/" in tutorial


def test_links_of_the_pages_lead_somewhere():
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "tutorials").glob("*.ipynb")):
        text = page.read_text(encoding="utf-8")
        if page.suffix == ".ipynb":
            text = "".join("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown")
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_code_gives_way_to_its_documentation(build):
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# Threshold"}, *({**code, "source": s} for s in ("#| echo: false\nshow_doc(threshold)", "show_doc(Cut)", "1 + 1"))]
    made = build.documented({"cells": cells, "metadata": {}}, "pynomaly.thresholds.threshold")["cells"]
    assert [cell["cell_type"] for cell in made] == ["markdown", "markdown", "markdown", "code"]
    assert ".. autofunction:: pynomaly.thresholds.threshold.threshold" in made[1]["source"]
    assert ".. autoclass:: pynomaly.thresholds.threshold.Cut" in made[2]["source"] and made[3]["source"] == "1 + 1"


def test_every_notebook_names_the_module_it_generates(build):
    for notebook in (ROOT / "nbs").rglob("*.ipynb"):
        if ".ipynb_checkpoints" not in notebook.parts:
            assert build.module_of(notebook) in MODULES


def test_every_detector_is_on_the_page_of_cards(build, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "SOURCE", tmp_path)
    build.detectors()
    text = (tmp_path / "detectors.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(pyn.detectors().index)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)


def test_a_page_that_needs_a_network_is_noticed(build):
    assert build.fetched('<a href="https://example.org">there</a> <img src="local.png"> <script>"//"</script>') == []
    for wrong in ('<script src="https://example.org/x.js"></script>', "<img alt='' src='//example.org/x.png'>", "@import url(https://example.org/x.css)"):
        assert build.fetched(wrong), wrong
