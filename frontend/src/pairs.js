/** Every two detectors and whether they differ, as Python's `pairs` has them. */
import { closing, h } from "./dom.js";
import { number } from "./format.js";

const text = (x) => (x == null ? "–" : typeof x === "string" ? x : number(x, 3));

export const HOLM = "p (Holm) is p made stricter for the number of pairs, and differ whether it is below 0.05.";

export function everyPair({ heads, lines }, metric) {
  const title = `Every pair by ${metric}`;
  const right = heads.map((_, i) => (lines.some((line) => typeof line[i] === "number") ? "pyn-right" : null));
  const row = (line) => h("tr", line.map((x, i) => (i ? h("td", { class: right[i] }, text(x)) : h("th", { scope: "row" }, x))));
  return closing(h("details", { pyn: "pairs" }, h("summary", title),
    h("div.pyn-wide", { tabindex: "0", role: "region", "aria-label": title }, h("table.pyn-plain",
      h("thead", h("tr", heads.map((name, i) => h("th", { scope: "col", class: right[i] }, name)))), h("tbody", lines.map(row))))));
}
