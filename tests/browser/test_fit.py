"""Every view in narrow and wide windows, zoomed, with the colours a person has set for the whole machine, and without motion."""

import io

import pytest
from browser_help import AXE, HOSTILE, fits, until

NAMES = ("explanation", "row", "groups", "kinds", "decision", "comparison", "learned")
MARKS = {"explanation": "reason", "row": "part", "groups": "group", "kinds": "counts", "decision": "rule", "comparison": "cut", "learned": "moved-row"}


@pytest.fixture(scope="module", params=["few", "many"])
def saved(request, tmp_path_factory):
    """The views as pages: of a small table, and of one with sixty columns, long names, long values and twelve detectors."""
    import numpy as np
    import polars as pl

    import pynomaly as pyn

    rng = np.random.default_rng(2)
    n, c = (200, 1) if request.param == "few" else (300, 60)
    values = rng.normal(size=(n, c))
    values[:5] += 5
    names = [f"column {j}" if j % 9 else f"a long name of what was measured in column {j}, in millimetres per second {HOSTILE}" for j in range(c)]
    data = pl.DataFrame({name: values[:, j] * (1e8 if j == 3 else 1) for j, name in enumerate(names)})
    if c > 1:
        data = data.with_columns(pl.Series("words", [f"a value of many words that goes on and on without an end, {i % 3}" for i in range(n)]))
    found = pyn.detect(data, "ecod", contamination=0.03)
    detectors = ["ecod"] if c == 1 else ["ecod", "hbos", "copod", "pca", "loda", "iforest", "knn", "lof", "gmm", "kde", "mcd", "inne"]
    labelled = data.with_columns(pl.Series("odd", (np.arange(n) < 5).astype(int)))
    row = int(found.order[0])
    made = {
        "explanation": found.explain(found.order[:40]), "row": found.what_if(row, {names[0]: 0.123456789}), "groups": found.groups(), "kinds": found.kinds(),
        "decision": found.uncertainty(n=2), "comparison": pyn.compare(labelled, detectors, label="odd", seeds=1, n_jobs=1, draws=100),
    }
    found.set_verdict(row, "normal")
    made["learned"] = found.relearn().lessons()
    folder = tmp_path_factory.mktemp(request.param)
    return {name: one.save(folder / f"{name}.html").as_uri() for name, one in made.items()}


def shown(one, name):
    host = one.page.locator(f'[data-pyn="{"groups" if name == "kinds" else name}"]').first
    until(lambda: host.get_attribute("data-first-ms"), 60, what=f"the first paint of {name}")
    return host


def unfold(host) -> None:
    """Open and show all there is."""
    for part in ("show-all", "all-columns", "heat-all"):
        for button in host.locator(f'[data-pyn="{part}"]:visible').all():
            button.click()
    for summary in host.locator("summary:visible").all():
        summary.click()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_its_place(name, saved, visit):
    """400, 700 and 1200 pixels, and 640: a window of 1280 at twice the size."""
    one = visit(saved[name], width=1200)
    host = shown(one, name)
    for width in (1200, 700, 640, 400):
        one.page.set_viewport_size({"width": width, "height": 900})
        if width == 640:
            unfold(host)
        one.page.evaluate("new Promise((done) => setTimeout(done, 80))")
        fits(host)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = one.page.evaluate("axe.run({resultTypes: ['violations']})")
    bad = [f"{rule['id']}: {node['target']}" for rule in found["violations"] if rule["impact"] in ("serious", "critical") for node in rule["nodes"]]
    assert found["passes"] and not bad, "\n".join(bad)


def colours(element) -> int:
    """How many colours an element shows that are neither grey nor rare."""
    from PIL import Image

    seen = Image.open(io.BytesIO(element.screenshot())).convert("RGB").getcolors(1 << 20)
    return sum(1 for times, rgb in seen if times > 5 and max(rgb) - min(rgb) > 40)


# What is drawn, and what the person has chosen.
DRAWN = {
    "explanation": ('[data-pyn="reason"] >> nth=0', '[data-pyn="weight"][aria-pressed="true"]'), "row": ('[data-pyn="gauge"]', None),
    "groups": ('[data-pyn="group"] >> nth=0', '[data-pyn="group"][aria-pressed="true"]'), "kinds": (None, '[data-pyn="filter"][aria-pressed="true"]'),
    "decision": ('[data-pyn="spread-row"] >> nth=0', None), "comparison": ('[data-pyn="detector"] >> nth=0', '[data-pyn^="agree-"][aria-pressed="true"]'),
}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("saved", ["many"], indirect=True)
@pytest.mark.parametrize("name", DRAWN)
def test_marks_and_choices_are_seen_in_the_colours_of_the_machine(name, dark, saved, visit):
    one = visit(saved[name], dark=dark, forced_colors="active")
    host = shown(one, name)
    drawn, chosen = DRAWN[name]
    assert not drawn or colours(host.locator(drawn)) >= 1
    assert not chosen or host.locator(chosen).first.evaluate("(at) => getComputedStyle(at).borderTopStyle + getComputedStyle(at).borderTopWidth") == "solid2px"


@pytest.mark.parametrize("saved", ["many"], indirect=True)
def test_nothing_moves_for_who_wants_no_motion(saved, visit):
    """A column chosen by mouse scrolls its plot into sight; at once, where motion is not wanted."""
    one = visit(saved["explanation"], height=500, reduced_motion="reduce")
    host = shown(one, "explanation")
    asked = one.page.evaluate_handle("() => { window.asked = []; const old = Element.prototype.scrollIntoView; Element.prototype.scrollIntoView = function (how) { window.asked.push(how.behavior); return old.call(this, how); }; return window.asked; }")
    host.locator('[data-pyn="weight"]').nth(1).click()
    assert asked.json_value() == ["auto"]
    moving = host.evaluate("(at) => [...at.shadowRoot.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration !== '0s' || getComputedStyle(one).animationName !== 'none').length")
    assert moving == 0
