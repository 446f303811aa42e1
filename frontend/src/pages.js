/** A table beside a picture: the same numbers, a page at a time. */
import { closing, h, put, say } from "./dom.js";
import { count } from "./format.js";
import { min } from "./maths.js";

const ROWS = 25;

/** @param {() => {heads: string[], n: number, line: (i: number) => string[]}} content asked whenever the table is on show and may have changed */
export function pages(title, pyn, content) {
  let [start, total] = [0, 0];
  const body = h("div.pyn-scroll", { tabindex: "0", role: "region", "aria-label": title });
  const where = h("span.pyn-muted", { role: "status" });
  const step = (by, text) => h("button.pyn-button", { click: () => start + by >= 0 && start + by < total && ((start += by), draw()) }, text);
  const [back, on] = [step(-ROWS, "Previous page"), step(ROWS, "Next page")];
  const element = closing(h("details.pyn-notes.pyn-pages", { pyn, toggle: draw }, h("summary", title), body, h("div.pyn-fields", back, on, where)));

  function draw() {
    if (!element.open) return;
    const { heads, n, line } = content();
    total = n;
    if (start >= n) start = 0;
    const end = min(start + ROWS, n);
    const lines = Array.from({ length: end - start }, (_, i) => line(start + i));
    body.replaceChildren(h("table.pyn-table", h("thead", h("tr", heads.map((text) => h("th", { scope: "col", title: text }, text)))),
      h("tbody", lines.map((cells) => h("tr.pyn-row", cells.map((text) => h("td", { title: text }, text)))))));
    put(back, { "aria-disabled": start === 0 });
    put(on, { "aria-disabled": end >= n });
    say(where, `${count(start + 1)} to ${count(end)} of ${count(n)}`);
  }
  return { element, draw };
}
