"""A notebook with every other view in it, run by papermill and made a page of by nbconvert: each is there, works without a kernel, and is accessible."""

import nbformat
import papermill
import pytest
from browser_help import AXE, table, until
from nbconvert import HTMLExporter

VIEWS = {
    "explanation": "found.explain(found.order[:20])",
    "groups": "found.groups()",
    "row": "found.counterfactual(int(found.order[0]))",
    "decision": "found.thresholds()",
    "comparison": "pyn.compare(data, ['ecod', 'hbos', 'iforest'], seeds=2, draws=200)",
    "learned": "found.set_verdict(int(found.order[0]), 'normal') or found.relearn().lessons()",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("views")
    place = folder / "data.parquet"
    table(600).write_parquet(place)
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    first = f"import polars as pl, pynomaly as pyn\ndata = pl.read_parquet({str(place)!r})\nfound = pyn.detect(data, 'iforest', contamination=0.03)"
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in (first, *VIEWS.values())]
    nbformat.write(notebook, folder / "in.ipynb")
    papermill.execute_notebook(folder / "in.ipynb", folder / "out.ipynb", progress_bar=False)
    done = nbformat.read(folder / "out.ipynb", as_version=4)
    out = folder / "out.html"
    out.write_text(HTMLExporter(mathjax_url="", require_js_url="", jquery_url="").from_notebook_node(done)[0], encoding="utf-8")
    return out


@pytest.mark.parametrize("width, dark", [(1100, False), (400, True)])
def test_every_view_is_drawn_without_a_kernel(page, visit, width, dark):
    seen = visit(page.as_uri(), width=width, dark=dark)
    for name in VIEWS:
        host = seen.page.locator(f'[data-pyn="{name}"]').first
        host.scroll_into_view_if_needed()
        until(lambda host=host: host.get_attribute("data-first-ms"), 60, f"the first paint of {name}")
        assert not host.locator("[role=alert]").count(), host.inner_text()
        wide = host.evaluate("(at) => at.shadowRoot.firstElementChild.scrollWidth - at.getBoundingClientRect().width")
        assert wide <= 2, f"{name} is {wide} pixels wider than its place"


@pytest.mark.parametrize("name", VIEWS)
def test_each_is_accessible_and_reached_by_keyboard(page, visit, name):
    seen = visit(page.as_uri())
    host = seen.page.locator(f'[data-pyn="{name}"]').first
    until(lambda: host.get_attribute("data-first-ms"), 60, f"the first paint of {name}")
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = seen.page.evaluate(f"axe.run('[data-pyn=\"{name}\"]', {{resultTypes: ['violations']}})")
    bad = [f"{one['id']} ({one['impact']}): {node['target']}" for one in found["violations"] if one["impact"] in ("serious", "critical") for node in one["nodes"]]
    assert found["passes"] and not bad, "\n".join(bad)
    reached = host.evaluate(
        """(at) => { const all = at.shadowRoot.querySelectorAll('button, input, select, summary, [tabindex="0"]'); const free = [...all].filter((one) => !one.disabled && one.offsetParent);
           for (const one of free) { one.focus(); if (at.shadowRoot.activeElement === one) return free.length; } return 0; }"""
    )
    assert reached > 0
