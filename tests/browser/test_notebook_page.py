"""A notebook that papermill ran and nbconvert made a page of: the explorer in it still works."""

import json
import re
import time

import nbformat
import numpy as np
import papermill
import pytest
from browser_help import table
from nbconvert import HTMLExporter

CELLS = [
    ("parameters", "place = ''"),
    (None, "import pynomaly as pyn\nfound = pyn.detect(place, 'iforest', contamination=0.01)\nfound"),
    (None, "import json\nprint('STATE', json.dumps({'threshold': found.threshold, 'flagged': found.n_flagged}))"),
    (None, "pyn.detect(place, 'iforest', contamination=0.05)"),
]


@pytest.fixture(scope="module", params=[1_000, 100_000, 1_000_000])
def ran(request, tmp_path_factory):
    """A page, the notebook it came from, and the detection made from the same data here."""
    import pynomaly as pyn

    folder = tmp_path_factory.mktemp("ran")
    place = folder / "data.parquet"
    table(request.param).write_parquet(place)
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    for tag, source in CELLS:
        notebook.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": [tag]} if tag else {}))
    nbformat.write(notebook, folder / "in.ipynb")
    papermill.execute_notebook(folder / "in.ipynb", folder / "out.ipynb", {"place": str(place)}, progress_bar=False)
    done = nbformat.read(folder / "out.ipynb", as_version=4)
    # the page's own template asks for three libraries of other hosts; none of them is ours or needed
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    page = folder / "out.html"
    page.write_text(exporter.from_notebook_node(done)[0], encoding="utf-8")
    return page, done, pyn.detect(place, 'iforest', contamination=0.01)


def outputs(notebook) -> list[dict]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def test_each_output_is_a_page_and_no_widget(ran):
    _, notebook, _ = ran
    kinds = [set(output["data"]) for output in outputs(notebook) if "data" in output]
    assert kinds == [{"text/html", "text/plain"}] * 2
    assert "widgets" not in notebook.metadata


def test_it_works_in_the_page(ran, visit, record):
    page, notebook, found = ran
    n = len(found)
    told = next(json.loads(re.search(r"STATE (.*)", o["text"])[1]) for o in outputs(notebook) if "STATE" in o.get("text", ""))
    start = time.perf_counter()
    one = visit(page.as_uri())
    view = one.explorer()
    record(f"papermill, {n:,} rows", first_paint=1000 * (time.perf_counter() - start))
    assert view.flagged == view.agrees_with(found.scores) == told["flagged"]
    view.press("ArrowLeft", 2)
    assert view.agrees_with(found.scores) != told["flagged"]
    view.drag(0.6)
    view.agrees_with(found.scores)
    view.part("table").focus()
    view.page.keyboard.press("ArrowDown")
    view.settle()
    view.explains(found)
    moves = view.moves_of_threshold()
    record(f"papermill, {n:,} rows", move_median=float(np.median(moves)), move_worst=max(moves), paint_median=view.paint)
    other = one.explorer(index=1)
    assert abs(other.flagged - n // 20) <= 1


@pytest.mark.parametrize("width, dark", [(1100, True), (400, False)])
def test_it_fits_small_and_dark_windows(ran, width, dark, visit, tmp_path_factory):
    page, _, found = ran
    one = visit(page.as_uri(), width=width, dark=dark)
    view = one.explorer()
    assert view.host.bounding_box()["width"] <= width
    folder = tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(exist_ok=True)
    one.page.screenshot(path=folder / f"papermill-{len(found)}-{width}-{'dark' if dark else 'light'}.png", full_page=True)
