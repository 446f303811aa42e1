"""A hand that works the explorer as a person does, and the table it works on."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
HOSTILE = "<script>window.pwned=1</script> \"q\" & 'a'\nline <b onmouseover=pwned=1>"


def until(true, seconds: float = 15.0, what: str = "it", every: float = 0.05, rest=time.sleep) -> None:
    """Wait until `true()` holds, and `rest` between two looks."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what} did not happen within {seconds:g} s"
        rest(every)


# Elements that reach beyond their view to the right and are in nothing that scrolls or clips, and how much wider the view is than its place.
WIDER = """(at) => {
  const root = at.shadowRoot.firstElementChild, edge = root.getBoundingClientRect().right + 0.5;
  const kept = (one) => { for (let up = one.parentElement; up && up !== root; up = up.parentElement) if (getComputedStyle(up).overflowX !== "visible") return true; return false; };
  const out = [...root.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().width > 1 && one.getBoundingClientRect().right > edge && !kept(one));
  const squeezed = [...root.querySelectorAll("[data-pyn=part]")].filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth);
  const told = (one) => `<${one.tagName.toLowerCase()} ${one.dataset.pyn ?? ""}> ${(one.textContent ?? "").slice(0, 40)}`;
  return [root.scrollWidth - root.clientWidth, out.map(told).slice(0, 5), squeezed.map(told).slice(0, 5)];
}"""


def fits(host) -> None:
    """Nothing in a view is wider than its place."""
    wider, out, squeezed = host.evaluate(WIDER)
    assert wider <= 0 and not out and not squeezed, f"{wider} pixels too wide: {out}; text too long for its place: {squeezed}"


@dataclass
class Visit:
    """A page, what it asked of other machines and what it complained of."""

    page: object
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def explorer(self, timeout: float = 60, index: int = 0) -> "Explorer":
        """An explorer in the page, once it has painted."""
        host = self.page.locator('[data-pyn="explorer"]').nth(index)
        host.locator('[data-pyn="flagged-count"]').wait_for(state="visible", timeout=1000 * timeout)
        until(lambda: host.get_attribute("data-first-ms"), what="the first paint")
        return Explorer(self.page, host)

    def accessible(self) -> None:
        """axe-core finds nothing serious or critical inside the explorer."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        bad = [
            f"{one['id']} ({one['impact']}): {one['help']}: {node['target']}"
            for one in found["violations"] if one["impact"] in ("serious", "critical") for node in one["nodes"]
        ]
        assert found["passes"] and not bad, "\n".join(bad)


class Explorer:
    """Works one explorer as a person does, by mouse and keyboard."""

    def __init__(self, page, host):
        self.page, self.host, self.slider = page, host, host.locator('[data-pyn="threshold-slider"]')

    def part(self, name: str):
        return self.host.locator(f'[data-pyn="{name}"]').first

    @property
    def threshold(self) -> float:
        return float(self.slider.get_attribute("aria-valuenow"))

    @property
    def flagged(self) -> int:
        return int(self.part("flagged-count").inner_text().replace(",", ""))

    @property
    def chosen(self) -> int:
        """Rank of the row in the panel."""
        return int(self.part("panel").get_attribute("data-rank"))

    @property
    def paint(self) -> float:
        """Milliseconds of script that the last frame took."""
        return float(self.host.get_attribute("data-paint-ms"))

    def explains(self, found) -> None:
        """The panel's strongest reason for the chosen row is the one that Python gives."""
        why = found.explain([found.order[self.chosen]])
        first = int(np.abs(why.values[0]).argmax())

        def told() -> bool:
            text = self.part("contribution").inner_text()
            numbers = re.findall(r"[+−]\d[\d.,]*(?:e[+-]?\d+)?", text)
            number = float(numbers[-1].replace("−", "-").replace(",", "")) if numbers else np.nan
            return text.split()[0] == why.columns[first].split()[0] and np.isclose(number, why.values[0, first], rtol=0.05)

        until(told, what=f"the explanation by {why.columns[first]!r}, {why.values[0, first]:+.4g},")

    def click_point(self) -> None:
        """Click into the middle of the scatter plot: the nearest point is chosen."""
        plot = self.part("scatter")
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        for share in (0.5, 0.4, 0.6, 0.3, 0.7):
            before = self.chosen
            self.page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.55)
            self.settle()
            if self.chosen != before:
                return

    def settle(self) -> None:
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def press(self, key: str, times: int = 1) -> None:
        self.slider.focus()
        for _ in range(times):
            self.page.keyboard.press(key)
        self.settle()

    def drag(self, share: float) -> None:
        """Take the threshold and let go of it `share` of the way across the histogram."""
        plot = self.part("histogram")
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        middle = box["y"] + box["height"] / 2
        self.page.mouse.move(self.slider.evaluate("(at) => at.getBoundingClientRect().left"), middle)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] * share, middle, steps=8)
        self.page.mouse.up()
        self.settle()

    def agrees_with(self, scores: np.ndarray) -> int:
        """The number on show is numpy's; gives it."""
        shown, true = self.flagged, int((scores > self.threshold).sum())
        assert shown == true, f"{shown} rows shown as flagged above {self.threshold!r}, but numpy counts {true}"
        assert f"{true:,} of {len(scores):,}" in self.slider.get_attribute("aria-valuetext")
        return true

    def moves_of_threshold(self, times: int = 15) -> list[float]:
        """Milliseconds from each of some pointer moves to the frame painted after it."""
        return self.part("histogram").evaluate(
            """async (plot, times) => {
                const box = plot.getBoundingClientRect(), out = [];
                const fire = (type, x) => plot.dispatchEvent(new PointerEvent(type, {clientX: x, clientY: box.top + 60, button: 0, buttons: 1, pointerId: 1, bubbles: true, composed: true}));
                const painted = () => new Promise((done) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
                plot.setPointerCapture = () => {};
                fire("pointerdown", box.left + box.width * 0.3);
                await painted();
                for (let i = 0; i < times; i++) {
                    const start = performance.now();
                    fire("pointermove", box.left + box.width * (0.25 + 0.6 * i / times));
                    await painted();
                    out.push(performance.now() - start);
                }
                fire("pointerup", box.left + box.width * 0.8);
                delete plot.setPointerCapture;
                return out;
            }""", times)


def table(n: int, seed: int = 0) -> pl.DataFrame:
    """`n` rows of amounts, a city, a time and a column whose name and values are hostile; about one in a hundred is odd."""
    rng = np.random.default_rng(seed)
    odd = rng.random(n) < 0.01
    amount = np.round(rng.gamma(3, 20, n) * np.where(odd, 8, 1), 2)
    words = np.array(["plain", HOSTILE, "other"])
    return pl.DataFrame({
        "amount": amount,
        "tip": np.round(amount * rng.normal(0.15, 0.03, n) + np.where(odd, 30, 0), 2),
        "distance": np.round(rng.gamma(2, 3, n), 2),
        "city": np.array(["Oslo", "Rome", "Bern", "Kyiv"])[rng.integers(0, 4, n)],
        HOSTILE: words[rng.integers(0, 3, n)],
        "when": np.datetime64("2026-01-01T00:00:00", "us") + rng.integers(0, 10**7, n).astype("timedelta64[s]"),
    })
