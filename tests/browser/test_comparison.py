"""The view of a comparison: as a saved page and served by Panel."""

import socket
import warnings

import pytest
from browser_help import HOSTILE, until


@pytest.fixture(scope="module")
def held():
    """Four detectors on a small table with labels, a hostile name among its columns."""
    import numpy as np
    import polars as pl

    import pynomaly as pyn

    rng = np.random.default_rng(4)
    y = (rng.random(600) < 0.05).astype(int)
    frame = pl.DataFrame({
        "amount": np.round(rng.gamma(3, 20, 600) * np.where(y == 1, 3, 1), 2), "distance": np.round(rng.gamma(2, 3, 600) + 2 * y, 2),
        HOSTILE: np.array([HOSTILE, "plain"])[rng.integers(0, 2, 600)], "y": y,
    })
    return pyn.compare(frame, ["ecod", "hbos", "knn", "pca"], label="y", seeds=2, n_jobs=1, draws=200)


@pytest.fixture(scope="module")
def saved(held, tmp_path_factory):
    path = tmp_path_factory.mktemp("comparison") / "comparison.html"
    held.save(path)
    return path.as_uri()


class View:
    """Works the view as a person does."""

    def __init__(self, one):
        self.one, self.page = one, one.page
        self.host = one.page.locator('[data-pyn="comparison"]').first
        self.part("title").wait_for(state="visible", timeout=60_000)
        until(lambda: self.host.get_attribute("data-first-ms"), what="the first paint")

    def part(self, name: str, index: int = 0):
        return self.host.locator(f'[data-pyn="{name}"]').nth(index)

    def all(self, name: str) -> list[str]:
        return self.host.locator(f'[data-pyn="{name}"]').all_inner_texts()

    def settle(self) -> None:
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def shown(view: View, line: int) -> int:
    return int(view.part("cut-flagged", line).inner_text().split()[0].replace(",", ""))


def test_sliders_count_as_numpy_does(saved, held, visit):
    view = View(visit(saved))
    names = [text.split()[0] for text in view.all("cut")]
    assert names == list(held.table.index)
    for line, name in enumerate(names):
        assert shown(view, line) == held.table.loc[name, "flagged"]
    y = held.field.y
    slider = view.part("cut-slider")
    slider.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "PageUp", "End", "Home", "ArrowRight"):
        view.page.keyboard.press(key)
        view.settle()
        k = shown(view, 0)
        scores = held.field.scores[names[0]]
        assert k in {0, len(scores)} or (scores >= sorted(scores)[-k]).sum() == k
        if 0 < k < len(scores):
            flagged = scores >= sorted(scores)[-k]
            assert f"precision {y[flagged].mean():.3f}, recall {flagged[y == 1].mean():.3f}" in slider.get_attribute("aria-valuetext")
    assert k == 1
    view.part("cut-all").fill("20")
    view.part("cut-all").press("Enter")
    view.settle()
    assert all(10 <= shown(view, line) <= 20 for line in range(4))
    view.part("cut-reset").click()
    view.settle()
    assert shown(view, 0) == held.table["flagged"].iloc[0]


def test_the_table_of_detectors_is_sorted_by_keyboard(saved, held, visit):
    view = View(visit(saved))
    head = view.part("sort-auroc")
    head.locator("button").focus()
    view.page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert [text.split()[0] for text in view.all("detector")] == list(held.table.sort_values("auroc", ascending=False).index)
    view.page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert [text.split()[0] for text in view.all("detector")] == list(held.table.sort_values("auroc").index)


def test_a_row_with_a_name_is_called_by_it_and_by_its_position(tmp_path, visit):
    import numpy as np
    import pandas as pd

    import pynomaly as pyn

    runs = pd.DataFrame(np.random.default_rng(0).normal(size=(200, 2)), columns=["a", "b"]).assign(run_id=[f"R{i}" for i in range(200)])
    held = pyn.compare(runs, ["ecod", "knn"], id="run_id", seeds=1, n_jobs=1)
    held.save(tmp_path / "named.html")
    view = View(visit((tmp_path / "named.html").as_uri()))
    row = held.disputed(1).index[0]
    button = view.part("disputed-row", 0).locator("button")
    assert button.inner_text() == f"R{row} (row {row})" and held.disputed(1)["id"].tolist() == [f"R{row}"]
    button.press("Enter")
    view.settle()
    assert view.part("card-title").inner_text() == f"R{row} (row {row})"
    assert f"chosen: R{row} (row {row})." in view.part("bump-chart").get_attribute("aria-label")


def test_a_row_in_dispute_is_opened(saved, held, visit):
    view = View(visit(saved))
    view.part("disputed-row", 1).locator("button").press("Enter")
    view.settle()
    row = held.disputed(2).index[1]
    assert view.part("card-title").inner_text().startswith(f"Row {row},")
    assert HOSTILE.split()[0] in view.part("card").inner_text() and "needs a kernel" in view.part("card").inner_text()
    view.part("bump-list").select_option("disputed")
    view.part("bump-chart").focus()
    view.page.keyboard.press("Home")
    view.settle()
    assert view.part("card-title").inner_text().startswith(f"Row {held.disputed(1).index[0]},")
    box = view.part("bump-chart").bounding_box()
    before = view.part("card-title").inner_text()
    for share in (0.3, 0.5, 0.7):
        view.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * share)
    view.settle()
    assert view.part("card-title").inner_text() != before


def test_pairs_matrix_and_code(saved, held, visit):
    view = View(visit(saved))
    names = [text.split()[0] for text in view.all("cut")]
    view.part("pair-first").select_option(label=names[3])
    view.part("pair-second").select_option(label=names[0])
    told = view.part("test").inner_text()
    assert f"{names[3]} is " in told and f"than {names[0]}" in told and "DeLong" in told and "paired bootstrap" in told
    for metric, name in (("auroc", "AUROC"), ("average_precision", "AP")):
        pairs = held.pairs(metric)
        [pair] = pairs[pairs["first"].isin([names[0], names[3]]) & pairs["second"].isin([names[0], names[3]])].to_dict("records")
        [line] = [line for line in told.splitlines() if line.startswith(f"{name}: ")]
        holm = pair["p (Holm)"]
        assert line.endswith(f"p (Holm) {'< 0.001' if holm < 0.001 else f'= {holm:.2g}'}, differ: {'yes' if pair['differ'] else 'no'}).")
        table = view.host.locator('[data-pyn="pairs"]', has_text=f"Every pair by {name}")
        table.locator("summary").click()
        assert table.locator("thead th").all_inner_texts() == list(pairs.columns)
        for cells, true in zip((one.locator("th, td").all_inner_texts() for one in table.locator("tbody tr").all()), pairs.to_dict("records"), strict=True):
            assert cells[:2] == [true["first"], true["second"]] and cells[-1] == ("yes" if true["differ"] else "no")
            assert float(cells[-2].replace("−", "-")) == pytest.approx(true["p (Holm)"], rel=6e-3)
    view.part("agree-overlap").click()
    cells = view.host.locator('[data-pyn="agreement"] td').all_inner_texts()
    values = sorted({f"{x:.2f}" for x in held.field.overlap.to_numpy()[~(held.field.overlap.to_numpy() == 1)]})
    assert set(values) <= set(cells)
    view.part("go-on", 2).click()
    assert view.part("code").inner_text() == f'found = comparison.pick("{names[2]}")' and "no kernel" in view.part("cutoffs").inner_text()


def test_a_verdict_that_takes_long_is_left_to_python_and_said(held, visit, tmp_path, monkeypatch):
    monkeypatch.setattr("pynomaly.views.field.QUICK", 0)
    monkeypatch.setattr(held.field, "_drawn", {})  # as before any pair was asked for
    held.save(tmp_path / "late.html")
    view = View(visit((tmp_path / "late.html").as_uri()))
    area, precision = view.part("test").inner_text().splitlines()
    assert "differ: " in area and "differ: " not in precision
    assert precision.endswith('p (Holm) takes 600 resamples, which comparison.pairs("average_precision") draws).')


@pytest.mark.parametrize(("width", "dark"), [(1100, False), (1100, True), (400, False)])
def test_it_is_accessible_and_fits(saved, visit, width, dark):
    one = visit(saved, width=width, dark=dark)
    view = View(one)
    assert view.host.get_attribute("data-theme") == ("dark" if dark else "light")
    for name in ("bump-table", "figures"):
        view.part(name).locator("summary").last.click()
    one.accessible()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module")
def served(held):
    import panel as pn

    from pynomaly.views.pane import pane

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pn.serve(lambda: pane(held), port=port, address="localhost", show=False, threaded=True, verbose=False)

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("localhost", port)) == 0

    until(answers, what="the server's start")
    yield f"http://localhost:{port}/"
    server.stop()


def test_with_python_behind_it_rows_are_explained_and_a_detector_is_chosen(served, held, visit):
    view = View(visit(served))
    names = [text.split()[0] for text in view.all("cut")]
    row = int(view.part("card-title").inner_text().split()[1].rstrip(","))
    view.part("explain-by").select_option(label="hbos")
    view.part("explain").click()
    contribution = view.part("contribution")
    contribution.wait_for(state="visible", timeout=60_000)
    why = held.pick("hbos").explain([row])
    first = why.columns[abs(why.values[0]).argmax()]
    assert contribution.inner_text().split()[0] == first.split()[0]
    view.part("cut-slider", names.index("pca")).focus()
    view.page.keyboard.press("Home")
    for _ in range(3):
        view.page.keyboard.press("ArrowRight")
    view.settle()
    k = shown(view, names.index("pca"))
    view.part("go-on", names.index("pca")).click()
    until(lambda: held.chosen is not None, what="the choice's way to Python")
    until(lambda: "comparison.chosen" in view.part("code").inner_text(), what="the answer")
    assert held.chosen.card.name == "pca" and held.chosen.n_flagged == k
