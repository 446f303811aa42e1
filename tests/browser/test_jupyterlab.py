"""The explorer in JupyterLab, connected to a running kernel."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import numpy as np
import pytest
from browser_help import fits, table, until

# The kernel writes down what it knows from a thread of its own: asking it by messages would tell JupyterLab of every question and
# so disturb the very traffic that is tested.
TELL = """
import json, os, threading, time
def tell():
    while True:
        with open({state!r} + ".half", "w") as file:
            json.dump([found.threshold, found.n_flagged, {str(k): v for k, v in found.verdicts.items()}], file)
        os.replace({state!r} + ".half", {state!r})
        time.sleep(0.1)
threading.Thread(target=tell, daemon=True).start()
"""
CELLS = [
    "import numpy as np, pynomaly as pyn\nfound = pyn.detect({place!r}, 'iforest', contamination=0.01)" + TELL + "found.n_flagged",
    "found",
]


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    """A JupyterLab of its own: its folder and its address."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("work", "config", "runtime", "data", "home"):
        (folder / name).mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime", "JUPYTER_DATA_DIR": "data", "IPYTHONDIR": "home", "JUPYTERLAB_SETTINGS_DIR": "settings"}
    settings = ["--ServerApp.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"]
    silent = folder / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    silent.parent.mkdir(parents=True)
    silent.write_text('{"fetchNews": "false", "checkForUpdates": false}')
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser", f"--port={port}", "--port-retries=0",
        "--ip=127.0.0.1", f"--ServerApp.root_dir={folder / 'work'}", *settings,
    ]
    log = (folder / "log.txt").open("w")
    server = subprocess.Popen(command, env={**os.environ, **{k: str(folder / v) for k, v in places.items()}}, stdout=log, stderr=log)

    def answers() -> bool:
        assert server.poll() is None, (folder / "log.txt").read_text()
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=2).status == 200
        except OSError:
            return False

    until(answers, 60, "JupyterLab's start")
    yield folder / "work", f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)
    log.close()


class Session:
    """A notebook that was opened and run, with a line of one's own to its kernel."""

    def __init__(self, lab, visit, n: int):
        folder, address = lab
        place = folder / f"data{n}.parquet"
        table(n).write_parquet(place)
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
        self.told = folder / f"state{n}.json"
        self.told.unlink(missing_ok=True)
        names = {"{place!r}": repr(str(place)), "{state!r}": repr(str(self.told))}
        for source in CELLS:
            for name, value in names.items():
                source = source.replace(name, value)
            notebook.cells.append(nbformat.v4.new_code_cell(source))
        nbformat.write(notebook, folder / f"look{n}.ipynb")
        wanted = {"path": f"look{n}.ipynb", "name": f"look{n}.ipynb", "type": "notebook", "kernel": {"name": "python3"}}
        ask = urllib.request.Request(f"{address}/api/sessions", json.dumps(wanted).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(ask, timeout=60).close()
        # JupyterLab itself asks its server for things that a fresh one does not have yet
        self.visit = visit(f"{address}/lab/tree/look{n}.ipynb?reset", width=1400, height=1000, quiet_about=r"status of 404|/api/|Failed to load resource")
        page = self.page = self.visit.page
        page.wait_for_function("window.jupyterapp && window.jupyterapp.commands.hasCommand('notebook:run-all-cells')", timeout=60_000)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
        page.wait_for_function("document.querySelector('.jp-Toolbar-kernelName')?.textContent.includes('Python')", timeout=60_000)
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
        page.locator(".jp-OutputArea-output", has_text=str(n // 100)).first.wait_for(timeout=120_000)
        self.start = time.perf_counter()
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell')")
        self.view = self.visit.explorer()

    def state(self) -> tuple[float, int, dict]:
        """Threshold, number of flagged rows and verdicts, as the kernel has them now."""
        until(self.told.is_file, 30, "the kernel's first word")
        return tuple(json.loads(self.told.read_text()))

    def arrives(self, true, what: str) -> None:
        """Wait until `true` holds of the kernel's state."""
        # What the page asks of JupyterLab's server passes through this process, to be let through or refused: while it sleeps, JupyterLab waits.
        until(lambda: true(*self.state()), 30, f"the way of {what} to Python", rest=lambda seconds: self.page.wait_for_timeout(1000 * seconds))


@pytest.mark.parametrize("n", [1_000, 100_000, 1_000_000])
def test_live_view(n, lab, visit, detections, record):
    """All that a person does in the view, with what Python must know after each step."""
    scores = detections(n).scores
    session = Session(lab, visit, n)
    view = session.view
    record(f"JupyterLab, {n:,} rows", first_paint=1000 * (time.perf_counter() - session.start))
    assert view.agrees_with(scores) == session.state()[1] == n // 100

    view.drag(0.55)
    counted = view.agrees_with(scores)
    session.arrives(lambda threshold, *_: threshold == view.threshold, "the threshold")
    assert session.state()[1] == counted != n // 100
    view.press("PageUp", 2)
    session.arrives(lambda threshold, *_: threshold == view.threshold, "the threshold")
    assert session.state()[1] == view.agrees_with(scores) < counted

    field = view.part("rows-field")
    field.fill("7")
    field.press("Enter")
    session.arrives(lambda _, flagged, said: flagged == 7, "the typed number")

    view.part("table").focus()
    view.page.keyboard.press("End" if n > 1_000 else "ArrowDown")
    until(lambda: view.chosen > 0, what="the choice of another row")
    view.explains(detections(n))
    row = int(detections(n).order[view.chosen])
    view.part("verdict-anomaly").click()
    until(lambda: view.part("verdict-anomaly").get_attribute("aria-pressed") == "true", what="the verdict in the view")
    session.arrives(lambda _, flagged, said: str(row) in said, "the verdict")
    view.part("note").fill("odd tip")
    view.part("note").press("Enter")
    session.arrives(lambda _, flagged, said: said[str(row)]["note"] == "odd tip", "the note")
    assert session.state()[2][str(row)]["verdict"] == "anomaly"

    moves = view.moves_of_threshold()
    record(f"JupyterLab, {n:,} rows", move_median=float(np.median(moves)), move_worst=max(moves), paint_median=view.paint)


def test_what_is_said_while_an_async_cell_runs_and_after_it_arrives(lab, visit):
    """ipykernel 7 never says that it was idle after such a message, and ipywidgets then keeps back all later ones."""
    session = Session(lab, visit, 1_000)
    view = session.view
    before = session.state()[0]
    run = "(code) => void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code})"
    session.page.evaluate(run, "import asyncio\nfor _ in range(30): await asyncio.sleep(0.1)")
    session.page.wait_for_timeout(500)
    view.press("PageUp", 2)
    session.arrives(lambda threshold, *_: threshold == view.threshold != before, "the threshold")
    view.press("PageDown", 1)
    session.arrives(lambda threshold, *_: threshold == view.threshold, "the threshold after it")
    view.part("verdict-anomaly").click()
    session.arrives(lambda _, flagged, said: len(said) == 1, "the verdict")


# The first message that has the threshold in it never leaves the page.
DROP = """() => {
  const send = WebSocket.prototype.send;
  window.dropped = 0;
  WebSocket.prototype.send = function (data) {
    const text = typeof data === "string" ? data : new TextDecoder().decode(data);
    if (!window.dropped && text.includes("comm_msg") && text.includes('"threshold"')) return void (window.dropped = 1);
    return send.call(this, data);
  };
}"""


def test_a_lost_message_is_sent_again(lab, visit):
    session = Session(lab, visit, 1_000)
    view = session.view
    session.page.evaluate(DROP)
    view.drag(0.55)
    session.arrives(lambda threshold, *_: threshold == view.threshold, "the threshold")
    assert session.page.evaluate("window.dropped") == 1
    view.press("PageUp", 1)
    session.arrives(lambda threshold, *_: threshold == view.threshold, "the next threshold")


def test_it_follows_jupyterlabs_theme(lab, visit, tmp_path_factory):
    session = Session(lab, visit, 1_000)
    assert session.view.host.get_attribute("data-theme") == "light"
    folder = tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(exist_ok=True)
    session.page.screenshot(path=folder / "lab-light.png")
    session.page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    until(lambda: session.view.host.get_attribute("data-theme") == "dark", what="the dark theme")
    session.page.locator("#jupyterlab-splash").wait_for(state="hidden", timeout=20_000)
    wide = "(plot) => plot.querySelector('svg').getBoundingClientRect().width"
    until(lambda: session.view.part("histogram").evaluate(wide) > 500, what="the histogram's full width after the change")
    session.page.screenshot(path=folder / "lab-dark.png")


OTHERS = {
    "explanation": "found.explain(found.order[:20])",
    "groups": "found.groups()",
    "row": "found.what_if(int(found.order[0]), amount=20)",
    "decision": "found.thresholds()",
    "comparison": "pyn.compare(data, ['ecod', 'hbos', 'iforest'], seeds=2, draws=200)",
    "learned": "found.set_verdict(int(found.order[0]), 'normal') or found.relearn().lessons()",
}


def test_every_other_view_is_shown_in_a_cell(lab, visit, tmp_path_factory):
    """Each result draws its view beside the others, connected, in light and in dark."""
    folder, address = lab
    place = folder / "others.parquet"
    table(600).write_parquet(place)
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    first = f"import polars as pl, pynomaly as pyn\ndata = pl.read_parquet({str(place)!r})\nfound = pyn.detect(data, 'iforest', contamination=0.03)"
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in (first, *OTHERS.values())]
    nbformat.write(notebook, folder / "others.ipynb")
    wanted = {"path": "others.ipynb", "name": "others.ipynb", "type": "notebook", "kernel": {"name": "python3"}}
    ask = urllib.request.Request(f"{address}/api/sessions", json.dumps(wanted).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(ask, timeout=60).close()
    seen = visit(f"{address}/lab/tree/others.ipynb?reset", width=1400, height=1000, quiet_about=r"status of 404|/api/|Failed to load resource")
    page = seen.page
    page.wait_for_function("window.jupyterapp && window.jupyterapp.commands.hasCommand('notebook:run-all-cells')", timeout=60_000)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    page.wait_for_function("document.querySelector('.jp-Toolbar-kernelName')?.textContent.includes('Python')", timeout=60_000)
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    shots = tmp_path_factory.getbasetemp() / "screenshots"
    shots.mkdir(exist_ok=True)
    for name in OTHERS:
        host = page.locator(f'[data-pyn="{name}"]').first
        host.wait_for(state="attached", timeout=180_000)
        host.scroll_into_view_if_needed()
        until(lambda host=host: host.get_attribute("data-first-ms"), 60, f"the first paint of {name}")
        assert not host.locator("[role=alert]").count(), host.inner_text()
        host.screenshot(path=shots / f"lab-{name}-light.png")
    page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    for width in (1200, 700, 400):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(300)
        for name in OTHERS:
            host = page.locator(f'[data-pyn="{name}"]').first
            host.scroll_into_view_if_needed()
            page.wait_for_timeout(150)
            fits(host)
            host.screenshot(path=shots / f"lab-{name}-{width}.png")
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    for name in OTHERS:
        host = page.locator(f'[data-pyn="{name}"]').first
        host.scroll_into_view_if_needed()
        until(lambda host=host: host.get_attribute("data-theme") == "dark", 30, f"the dark theme of {name}")
        host.screenshot(path=shots / f"lab-{name}-dark.png")
