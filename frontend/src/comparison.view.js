/** Detectors held against each other: one view for a widget, a Panel component and a page without a kernel. */
import { agreement } from "./agreement.js";
import { bump } from "./bump.js";
import { curves } from "./curves.js";
import { cutoffs } from "./cutoffs.js";
import { Buffers } from "./decode.js";
import { card, disputed } from "./disputed.js";
import { Frames, h } from "./dom.js";
import { figures } from "./figures.js";
import { count, rows } from "./format.js";
import { Link } from "./link.js";
import { ranked } from "./ranked.js";
import { follow, view } from "./shell.js";
import base from "./base.css.js";
import bars from "./bars.css.js";
import forced from "./forced.css.js";
import own from "./comparison.css.js";

/** One table's numbers, and who wants to know when a threshold moves or a row is opened. */
function storeOf(table, at, several, buffers) {
  const detectors = table.detectors.map((one) => {
    const counts = buffers.get(one.count);
    const start = counts.indexOf(one.flagged);
    return { name: one.name, method: one.method, counts, scores: buffers.get(one.score), hits: buffers.get(one.hits), start, at: start };
  });
  const ranks = buffers.get(table.rows.ranks);
  const wide = table.rows.row.length;
  const [moved, opened] = [[], []];
  return {
    table, at, several, detectors,
    picked: table.rows.lists.together[0],
    rank: (detector, row) => ranks[detector * wide + row],
    on: (call) => moved.push(call),
    changed: () => moved.forEach((call) => call()),
    onPick: (call) => opened.push(call),
    pick(row) {
      this.picked = row;
      opened.forEach((call) => call());
    },
    reveal() {},
    open(row) {
      this.pick(row);
      this.reveal();
    },
  };
}

function header(spec) {
  const [one] = spec.tables;
  const what = spec.tables.length > 1 ? `${spec.detectors} detectors` : `${spec.detectors} ${spec.detectors === 1 ? "detector" : "detectors"} on ${rows(one.n)}${one.anomalies == null ? ", no labels" : `, ${count(one.anomalies)} known anomalies`}`;
  return h("header", h("div.pyn-name", h("h2", { pyn: "title" }, `Comparison on ${spec.title}`), h("p.pyn-sub", what)),
    h("ul.pyn-claims", { pyn: "claims", "aria-label": "What may be said" }, spec.claims.map((text) => h("li", text))));
}

/** Fills `root` from the model's present spec; returns what undoes it. */
function build(model, root, host) {
  const spec = model.get("spec");
  const buffers = new Buffers(spec.buffers, model.get("blob"));
  const link = new Link(model, spec.live);
  const frames = new Frames((took) => (host.dataset.paintMs = took.toFixed(2)));
  const details = h("div.pyn-all");
  details.style.padding = "0";
  let shown = null;

  function show(at) {
    const table = spec.tables[at];
    shown = null;
    if (!table.detectors.length) return void details.replaceChildren(h("p.pyn-message", "No detector finished on this table."));
    const store = storeOf(table, at, spec.tables.length > 1, buffers);
    shown = bump(store, frames);
    details.replaceChildren(...[
      table.anomalies != null && curves(store),
      cutoffs(store, link, spec.live),
      h("div.pyn-two.pyn-lean", h("div.pyn-stack", shown.element, disputed(store)), card(store, link, spec.live)),
      table.detectors.length > 1 && agreement(store),
    ].filter(Boolean));
    frames.ask(() => shown?.resize());
  }

  const select = h("select.pyn-select", { pyn: "table", change: () => show(+select.value) }, spec.tables.map(({ name, n }, i) => h("option", { value: i }, `${name}, ${rows(n)}`)));
  root.replaceChildren(h("div.pyn-all", ...[header(spec), figures(spec), ranked(spec), spec.tables.length > 1 && h("label.pyn-label", h("h3", "One table:"), select), details].filter(Boolean)));
  show(0);
  const stop = follow(root, host, frames, () => shown?.resize(), () => {});
  return () => {
    stop();
    link.stop();
  };
}

export default view("comparison", base + bars + own + forced, build);
