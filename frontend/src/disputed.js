/** The rows that detectors disagree on most, and the row that was opened. */
import { bars } from "./bars.js";
import { h, put, say } from "./dom.js";
import { count, rows as rowsOf } from "./format.js";
import { called, place } from "./figures.js";
import { log10, max, min } from "./maths.js";

export function disputed(store) {
  const { table, detectors } = store;
  const { rows } = table;
  const list = rows.lists.disputed ?? [];
  const far = (rank) => (rank - 1) / max(1, table.n - 1);
  const lines = list.map((row) => {
    const ranks = detectors.map((_, i) => store.rank(i, row));
    const [high, low] = [min(...ranks), max(...ranks)];
    const who = (rank) => detectors[ranks.indexOf(rank)].name;
    const strip = h("span.pyn-strip", { "aria-hidden": true }, ranks.map((rank, i) => place(h("i", { title: `${detectors[i].name}: ${count(rank)}` }), { left: `${3 + 94 * far(rank)}%` })));
    return { row, tr: h("tr", { pyn: "disputed-row" }, h("th", { scope: "row" }, h("button.pyn-open", { click: () => store.open(row) }, called(rows, row).replace(/^row /, ""))),
      h("td", `${count(high)} by ${who(high)}`), h("td", strip), h("td", `${count(low)} by ${who(low)}`), rows.known && h("td", rows.known[row] ? "anomaly" : "normal")) };
  });
  const draw = () => lines.forEach(({ row, tr }) => put(tr, { class: row === store.picked ? "pyn-picked" : null }));
  store.onPick(draw);
  draw();
  if (!list.length) return null;
  return h("section", { pyn: "disputed", "aria-label": "Rows in dispute" }, h("div.pyn-bar", h("h3", "Rows they disagree on most"), h("span.pyn-note", "left: anomalous; open a row to see more")),
    h("div.pyn-wide.pyn-scroll", { tabindex: "0", role: "region", "aria-label": "Rows in dispute" }, h("table.pyn-plain",
      h("thead", h("tr", ["row", "highest rank", "each dot a detector", "lowest rank", rows.known && "known as"].filter(Boolean).map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", lines.map(({ tr }) => tr)))));
}

/** What is known of the chosen row. */
export function card(store, link, live) {
  const { table, detectors } = store;
  const { rows } = table;
  const title = h("h3", { pyn: "card-title", tabindex: "-1" });
  const ranks = h("div.pyn-ranks");
  const values = h("dl.pyn-values", { tabindex: "0", "aria-label": "Values" });
  const why = h("div");
  const select = h("select.pyn-select", { "aria-label": "Detector that explains", pyn: "explain-by" }, detectors.map(({ name }, i) => h("option", { value: i }, name)));
  const button = h("button.pyn-button", { pyn: "explain", click: ask }, "Explain");
  let all = false;
  let answer = null;

  function ask() {
    const row = store.picked;
    const { name } = detectors[select.value];
    all = false;
    answer = null;
    why.replaceChildren(h("p.pyn-note", { role: "status" }, `${name} learns and explains …`));
    link.ask("explain", { table: store.at, detector: name, row: rows.row[row] }).then((reply) => {
      if (row !== store.picked) return;
      answer = reply;
      explain();
    }, (error) => row === store.picked && why.replaceChildren(h("p.pyn-note", { role: "alert" }, error.message)));
  }

  function explain() {
    why.replaceChildren(h("h4", `Why, by ${answer.detector}`), ...bars(answer.parts, all, () => {
      all = !all;
      explain();
      why.querySelector("button").focus();
    }).filter(Boolean), h("p.pyn-note", `${answer.rule} · ${answer.method}`));
  }

  function drawRanks() {
    const row = store.picked;
    ranks.replaceChildren(...detectors.flatMap((one, i) => {
      const rank = store.rank(i, row);
      const flagged = rank <= one.counts[one.at];
      const bar = place(h("i", { class: flagged ? "pyn-flag" : null }), { width: `${max(1, 100 * (1 - log10(rank) / max(1e-9, log10(max(2, table.n)))))}%` });
      return [h("span", one.name), h("span.pyn-gauge", { "aria-hidden": true }, bar), h("span", { class: flagged ? "pyn-flagged" : null }, `${count(rank)}${flagged ? ", flagged" : ""}`)];
    }));
  }

  function draw() {
    const row = store.picked;
    const known = rows.known ? (rows.known[row] ? ", a known anomaly" : ", known as normal") : "";
    say(title, `${called(rows, row).replace(/^row /, "Row ")}${known}`);
    drawRanks();
    values.replaceChildren(...rows.columns.map((name, c) => h("div", h("dt", name), h("dd", rows.cells[c][row] || "(empty)"))));
    answer = null;
    why.replaceChildren();
  }
  draw();
  store.onPick(draw);
  store.on(drawRanks);
  store.reveal = () => title.scrollIntoView({ block: "nearest" });
  return h("section.pyn-card", { pyn: "card", "aria-label": "The chosen row" }, title,
    h("h4", `Rank of ${rowsOf(table.n)}; the top is a full bar`), ranks,
    h("h4", rows.left_out ? `Values, the first ${rows.columns.length} columns` : "Values"), values,
    live ? h("div.pyn-fields.pyn-go", select, button) : h("p.pyn-note", "An explanation needs a kernel: open the comparison in a running notebook."), why);
}

