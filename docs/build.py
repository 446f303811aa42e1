"""Build the documentation into docs/_build/html, with neither network nor Quarto.

    python docs/build.py [--quiet]

The pages are gathered in docs/_build/source as they lie in the checkout, so that links between them hold:

- README as the start page, CONTRIBUTING, CHANGELOG, the tutorials and the pages of docs/ as they are;
- the notebooks of nbs/ through nbdev's own preprocessor, each exported name replaced by its documentation;
- a page for each room, the table of detectors, and the explorer of the sample, made here.

Then Sphinx makes HTML of them. Any warning is an error, and so is a page that fetches something from another machine.
"""

import argparse
import json
import os
import re
import shutil
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BUILD = DOCS / "_build"
SOURCE = BUILD / "source"

# These nbdev processors run a notebook or reach for other projects' documentation; the last two only decorate for Quarto.
SKIPPED = "exec_show_docs,add_links,FrontmatterProc,insert_warning"
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}  # lines that begin with ! are coloured too
TITLES = {"cli": "Command line"}
BADGE = re.compile(r"\[!\[([^\]]*)\]\([^)]*\)\]\(([^)]*)\)")  # a picture that is fetched, as a link


def gather() -> None:
    """Copy what is a page as it stands."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    (SOURCE / "docs").mkdir(parents=True)
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, SOURCE)
    for name in ("conf.py", "index.md"):
        shutil.copy(DOCS / name, SOURCE)
    for page in [*DOCS.glob("*.md"), *DOCS.glob("*.png")]:
        if page.name != "index.md":
            shutil.copy(page, SOURCE / "docs")
    for tutorial in (ROOT / "tutorials").glob("*.ipynb"):
        notebook = json.loads(tutorial.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = BADGE.sub(r"[\1](\2)", "".join(cell["source"])).replace("../README.md", "../index.md")
        notebook["metadata"]["language_info"] = LANGUAGE
        _write(SOURCE / "tutorials" / tutorial.name, notebook)


def notebooks() -> None:
    """nbdev's view of the notebooks, with documentation where the code was."""
    from nbdev.serve import proc_nbs

    shutil.copytree(ROOT / "nbs", SOURCE / "nbs", ignore=shutil.ignore_patterns(".*", "_*"))
    (SOURCE / "pyproject.toml").write_text(f'[tool.nbdev]\nlib_path = "pynomaly"\nnbs_path = "nbs"\nskip_procs = "{SKIPPED}"\n', encoding="utf-8")
    here = Path.cwd()
    os.chdir(SOURCE)  # where nbdev looks for its settings
    try:
        made = proc_nbs(str(SOURCE / "nbs"), n_workers=0, force=True)
    finally:
        os.chdir(here)
    modules = {path.relative_to(SOURCE / "nbs"): module_of(path) for path in (SOURCE / "nbs").rglob("*.ipynb")}
    shutil.rmtree(SOURCE / "nbs")
    Path(made).rename(SOURCE / "nbs")
    for path, module in modules.items():
        notebook = json.loads((SOURCE / "nbs" / path).read_text(encoding="utf-8"))
        _write(SOURCE / "nbs" / path, documented(notebook, module))
    rooms(sorted(modules))


def module_of(path: Path) -> str:
    """The module that a notebook generates, such as ``pynomaly.tables.read``."""
    found = re.search(r"#\| *default_exp +([\w.]+)", path.read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"{path.name} has no '#| default_exp', so nothing is generated from it")
    return f"pynomaly.{found.group(1)}"


def documented(notebook: dict, module: str) -> dict:
    """Replace nbdev's calls of ``show_doc`` by Sphinx's directives, and mark what is left as Python."""
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{number}"
        shown = re.search(r"^show_doc\((\w+)\)$", "".join(cell["source"]), re.MULTILINE)
        if cell["cell_type"] == "code" and shown:
            name = f"{module}.{shown.group(1)}"
            text = f"```{{eval-rst}}\n{directive(module, name)}\n```"
            notebook["cells"][number] = {"cell_type": "markdown", "id": cell["id"], "metadata": {}, "source": text}
    notebook["metadata"]["source_map"] = list(range(len(notebook["cells"])))  # else myst-nb numbers lines by ten thousands, and pads as many
    notebook["metadata"]["language_info"] = LANGUAGE
    return notebook


def directive(module: str, name: str) -> str:
    """How Sphinx is asked for the documentation of a name."""
    if isinstance(getattr(import_module(module), name.rpartition(".")[2]), type):
        return f".. autoclass:: {name}\n   :members:"
    return f".. autofunction:: {name}"


def rooms(pages: list[Path]) -> None:
    """A page for each room, in the order of the data's way, and one for what all rooms use."""
    for folder in sorted({page.parts[0] for page in pages if len(page.parts) > 1}):
        room = folder.partition("_")[2]
        says = str(import_module(f"pynomaly.{room}").__doc__).partition("\n")[0]
        _room(SOURCE / "nbs" / folder, TITLES.get(room, room.capitalize()), says, [page.relative_to(folder) for page in pages if page.parts[0] == folder])
    _room(SOURCE / "nbs", "Used by all rooms", "Errors, files, progress and settings.", [page for page in pages if len(page.parts) == 1])


def _room(folder: Path, title: str, says: str, pages: list[Path]) -> None:
    """The page of a room: what it does, and its notebooks with what each says of itself."""
    lines = [f"# {title}", "", says, ""]
    for page in pages:
        first = "".join(json.loads((folder / page).read_text(encoding="utf-8"))["cells"][0]["source"])
        heading, _, rest = first.partition("\n")
        told = " ".join(line[2:] for line in rest.splitlines() if line.startswith("> "))
        lines.append(f"- [{heading.removeprefix('# ')}]({page.as_posix()}): {told}")
    hidden = ["", "```{toctree}", ":hidden:", ":titlesonly:", "", *(page.with_suffix("").as_posix() for page in pages), "```", ""]
    (folder / "index.md").write_text("\n".join(lines + hidden), encoding="utf-8")


def detectors() -> None:
    """The registry's cards as tables."""
    import pynomaly as pyn

    cards = pyn.detectors().fillna("").astype(str)
    families = list(dict.fromkeys(cards["family"]))
    lines = ["# Detectors", "", f"`pyn.detectors()` lists these {len(cards)} as a table, with more columns. `pyn.detector(name, ...)` makes one, and `pyn.detect(data, name, ...)` uses it.", ""]
    for family in families:
        lines += [f"## {family.capitalize()}", "", "| name | method | cost | explains |", "|---|---|---|---|"]
        for name, card in cards[cards["family"] == family].iterrows():
            method = f"**{card['title']}**. {card['summary']} {card['source']}. {card['notes']}"
            cost = card["cost"] + (f"; memory {card['memory']} bytes" if card["memory"] else "")
            lines.append("| " + " | ".join([f"`{name}`", *(_cell(text) for text in (method, cost, card["explains"]))]) + " |")
        lines.append("")
    (SOURCE / "detectors.md").write_text("\n".join(lines), encoding="utf-8")


def _cell(text: str) -> str:
    """Text that a table of Markdown can hold."""
    return re.sub(r"([|*_<$\[\]])", r"\\\1", " ".join(text.split())).replace(r"\*\*", "**")


def explorer() -> None:
    """The sample's explorer, as a user would save it."""
    import pynomaly as pyn

    pyn.options.progress = False
    (SOURCE / "extra").mkdir()
    pyn.detect(ROOT / "pynomaly" / "data" / "expenses.csv", contamination=0.01).save(SOURCE / "extra" / "explorer.html")


def sphinx(quiet: bool) -> int:
    """HTML of all pages; the exit status."""
    from sphinx.cmd.build import build_main

    arguments = ["-b", "html", "-W", "--keep-going", "-E", "-d", str(BUILD / "doctrees"), str(SOURCE), str(BUILD / "html")]
    return build_main([*(["-q"] if quiet else []), *arguments])


def fetched(html: str) -> list[str]:
    """What a page would fetch from another machine as it opens."""
    tags = re.findall(r"<(?:script|img|iframe|source|link|embed|video|audio)\b[^>]*>", html)
    asked = [tag for tag in tags if re.search(r"""(?:src|href|srcset|data)=["']?(?:https?:)?//""", tag) and 'rel="canonical"' not in tag]
    return asked + re.findall(r"""(?:@import\s+|url\()["']?(?:https?:)?//[^)"'\s]+""", html)


def check() -> int:
    """Refuse pages that need a network; the exit status."""
    pages = [page for kind in ("*.html", "*.css") for page in (BUILD / "html").rglob(kind)]
    wrong = [f"{page.relative_to(BUILD)}: {what}" for page in pages for what in fetched(page.read_text(encoding="utf-8"))]
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return 1 if wrong else 0


def _write(path: Path, notebook: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def main() -> int:
    """Gather, make, build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quiet", action="store_true", help="print warnings and errors only")
    asked = parser.parse_args()
    for step in (gather, notebooks, detectors, explorer):
        step()
    status = sphinx(asked.quiet) or check()
    if status == 0 and not asked.quiet:
        print(f"The documentation: {BUILD / 'html' / 'index.html'}")
    return status


if __name__ == "__main__":
    sys.exit(main())
