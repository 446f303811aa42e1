"""A person without a mouse: Tab, arrows, Enter, Space and Escape, and what must hold at each stop."""

from browser_help import until

# Where the keyboard is, through shadow roots: the part's name, its text, whether its focus can be seen and nothing lies over it.
STOP = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const inner = (host, x, y) => { let hit = host.elementFromPoint(x, y); return hit?.shadowRoot && hit.shadowRoot !== host ? inner(hit.shadowRoot, x, y) : hit; };
  const shown = (one) => { const style = getComputedStyle(one); return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none"; };
  const box = at.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const seen = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
  const hit = seen ? inner(document, x, y) : null;
  window.stops ??= new Map();
  if (!window.stops.has(at)) window.stops.set(at, window.stops.size);
  return {
    key: window.stops.get(at), part: at.dataset.pyn ?? "", tag: at.tagName.toLowerCase(), text: (at.getAttribute("aria-label") ?? at.textContent ?? "").trim().slice(0, 60),
    value: at.value ?? "", visible: at.matches(":focus-visible") && shown(at), seen, free: !hit || at.contains(hit) || hit.contains(at), size: [box.width, box.height],
  };
}"""
FENCES = """() => {
  for (const [name, place] of [["before", "prepend"], ["after", "append"]]) {
    const fence = document.createElement("button");
    fence.dataset.pyn = fence.textContent = name;
    document.body[place](fence);
  }
}"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
MOST = 400


class Keys:
    """Walks one view by keyboard alone; a button stands before and one after the view."""

    def __init__(self, one, name: str):
        self.page = one.page
        self.host = one.page.locator(f'[data-pyn="{name}"]').first
        until(lambda: self.host.get_attribute("data-first-ms"), 60, what=f"the first paint of {name}")
        self.page.evaluate(FENCES)
        self.page.locator('[data-pyn="before"]').focus()

    def part(self, name: str, index: int = 0):
        return self.host.locator(f'[data-pyn="{name}"]').nth(index)

    def text(self, name: str, index: int = 0) -> str:
        return self.part(name, index).inner_text()

    def here(self) -> dict:
        """Where the keyboard is; it is somewhere, and that can be seen."""
        stop = self.page.evaluate(STOP)
        assert stop, "the focus is lost: it is on the body of the page"
        assert stop["part"] in ("before", "after") or stop["visible"], f"nothing shows that the focus is on {stop}"
        assert stop["seen"] and stop["free"] and min(stop["size"]) > 0, f"the focus is where nobody sees it: {stop}"
        return stop

    def press(self, *keys: str) -> dict:
        """Press keys, one after the other; after each the focus is still somewhere."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.evaluate(SETTLED)
            stop = self.here()
        return stop

    def type(self, text: str) -> None:
        """Write over what a field holds."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.press("Enter")

    def to(self, part: str, index: int = 0, back: bool = False, text: str | None = None) -> dict:
        """Go on by Tab until the keyboard is on a part; of several of that name the `index`-th met, or the one that says `text`."""
        for _ in range(MOST):
            stop = self.press("Shift+Tab" if back else "Tab")
            if stop["part"] == part and (text is None or text in stop["text"]):
                if not index:
                    return stop
                index -= 1
            assert stop["part"] not in ("before", "after"), f"no {part!r} was met"
        raise AssertionError(f"no {part!r} within {MOST} stops")

    def out(self) -> list[dict]:
        """Tab through to the end of the view: every stop is another one. Gives the stops."""
        stops = []
        for _ in range(MOST):
            stop = self.press("Tab")
            if stop["part"] == "after":
                return stops
            assert stop["key"] not in {one["key"] for one in stops}, f"Tab goes round in circles at {stop}"
            stops.append(stop)
        raise AssertionError(f"the keyboard is still in the view after {MOST} stops")

    def home(self) -> None:
        """Back to before the view."""
        self.page.locator('[data-pyn="before"]').focus()
