/** Who agrees with whom: a matrix of readable numbers. */
import { h, put, say } from "./dom.js";
import { count } from "./format.js";
import { abs } from "./maths.js";

const KINDS = { correlation: "Rank correlation", overlap: "Overlap at the top" };

export function agreement({ table, detectors }) {
  const { order, top } = table.agreement;
  let kind = "correlation";
  const holder = h("div.pyn-wide", { tabindex: "0", role: "region", "aria-label": "Agreement of detectors" });
  const note = h("p.pyn-note");
  const buttons = Object.entries(KINDS).map(([key, name]) => h("button.pyn-tool", { pyn: `agree-${key}`, click: () => {
    kind = key;
    draw();
  } }, name));

  function cell(i, j) {
    if (i === j) return h("td.pyn-self", "–");
    const x = table.agreement[kind][i][j];
    const td = h("td", { title: `${detectors[i].name} and ${detectors[j].name}` }, x == null ? "–" : x.toFixed(2).replace("-", "−"));
    td.style.setProperty("--pyn-tint", x < 0 ? "var(--pyn-red)" : "var(--pyn-blue)");
    td.style.setProperty("--pyn-deep", `${(abs(x ?? 0) * 48).toFixed(0)}%`);
    return td;
  }

  function draw() {
    buttons.forEach((button) => put(button, { "aria-pressed": button.dataset.pyn === `agree-${kind}` }));
    holder.replaceChildren(h("table.pyn-matrix", { pyn: "agreement", "aria-label": KINDS[kind] },
      h("thead", h("tr", h("td.pyn-self"), order.map((j) => h("th", { scope: "col" }, h("span", detectors[j].name))))),
      h("tbody", order.map((i) => h("tr", h("th", { scope: "row" }, detectors[i].name), order.map((j) => cell(i, j)))))));
    say(note, kind === "overlap" ? `Share of the ${count(top)} highest scores that two detectors have in common.`
      : "1: the same order of all rows; 0: no relation. Detectors that agree stand side by side. Agreement is no proof of being right.");
  }
  draw();
  return h("section", { pyn: "agree", "aria-label": "Agreement" }, h("div.pyn-bar", h("h3", "Who agrees with whom"), h("div.pyn-tools", buttons)), holder, note);
}
