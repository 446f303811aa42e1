/** Rows by kind of anomaly: counts that filter, and the evidence for each row. */
import { h, put, say } from "./dom.js";
import { count, rows as rowsOf } from "./format.js";
import { tableOf } from "./listed.js";

const MEANS = {
  point: "odd by itself",
  contextual: "usual elsewhere, not among rows of its category",
  collective: "one of several alike",
};
const REACH = ["global", "local"];

export function kinds(spec) {
  const rows = h("div", { pyn: "rows" });
  const note = h("p.pyn-note", { pyn: "listed", role: "status" });
  let chosen = ["", ""];
  const number = (kind, reach) => spec.counts.reduce((sum, one) => sum + ((!kind || one.kind === kind) && (!reach || one.reach === reach) ? one.count : 0), 0);
  const buttons = [];

  function button(kind, reach) {
    const k = number(kind, reach);
    const made = h("button.pyn-cell", { pyn: "filter", "data-kind": kind || "all", "data-reach": reach || "all", disabled: !k,
      "aria-label": `${[kind, reach].filter(Boolean).join(", ") || "all"}: ${rowsOf(k)}`, click: () => pick([kind, reach]) }, count(k));
    buttons.push([kind, reach, made]);
    return h("td", made);
  }

  function pick(pair) {
    chosen = pair.join() === chosen.join() ? ["", ""] : pair;
    draw();
  }

  function draw() {
    const [kind, reach] = chosen;
    for (const [k, r, one] of buttons) put(one, { "aria-pressed": k === kind && r === reach });
    const listed = spec.listed.filter((row) => (!kind || row.kind === kind) && (!reach || row.reach === reach));
    const all = number(kind, reach);
    say(note, listed.length < all ? `${rowsOf(listed.length)} of ${count(all)} are listed: of each sort those with the highest scores.` : `${rowsOf(all)}${kind || reach ? `: ${[kind, reach].filter(Boolean).join(", ")}` : ""}`);
    rows.replaceChildren(tableOf(listed, [
      ...(listed[0]?.severity ? [{ name: "severity", cell: ({ severity }) => h("span.pyn-chip", { "data-level": severity }, severity) }] : []),
      { name: "kind and evidence", wide: true, cell: (row) => h("div", h("span.pyn-strong", `${row.kind}, ${row.reach}`), h("div.pyn-muted", row.evidence)) },
    ], null, "Rows and evidence"));
  }

  const line = (kind) => h("tr", h("th", { scope: "row" }, kind || "all", kind && h("span.pyn-typical", MEANS[kind])), REACH.map((reach) => button(kind, reach)), button(kind, ""));
  const table = h("table.pyn-plain.pyn-counted", { pyn: "counts" },
    h("thead", h("tr", h("th", { scope: "col" }, "kind"), h("th", { scope: "col" }, "global", h("span.pyn-typical", "a value beyond all unflagged rows")),
      h("th", { scope: "col" }, "local", h("span.pyn-typical", "each value within theirs, rare together")), h("th", { scope: "col" }, "all"))),
    h("tbody", ["point", "contextual", "collective", ""].map(line)));
  draw();
  return { parts: [h("section", { "aria-label": "Kinds" }, h("div.pyn-sideways", { tabindex: "0", role: "region", "aria-label": "Counts by kind and reach" }, table)),
    h("section", { pyn: "detail", "aria-label": "Rows" }, h("div.pyn-bar", h("h3", "Rows and evidence"), note), rows)] };
}
