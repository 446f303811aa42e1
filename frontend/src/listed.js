/** Rows in a table, any of which can be opened. */
import { h, press, put } from "./dom.js";
import { fourDigits } from "./format.js";

/**
 * @param {{id: string, score: number}[]} rows
 * @param {{name: string, sub?: string, wide?: boolean, cell: (row: object) => string | Element}[]} columns
 * @param {((row: object | null) => void) | null} choose a row was opened, or closed again; null where there is nothing to open
 */
export function tableOf(rows, columns, choose, label) {
  let open = -1;
  const buttons = rows.map((row, i) => h("button.pyn-open", { "aria-pressed": "false", click: () => pick(i === open ? -1 : i) }, row.id));
  const lines = rows.map((row, i) => h("tr", { pyn: "row", "data-row": row.row }, h("th", { scope: "row" }, choose ? buttons[i] : row.id),
    h("td.pyn-right", fourDigits(row.score)), columns.map(({ cell, wide }) => h(wide ? "td.pyn-wide" : "td", cell(row)))));
  function pick(i) {
    open = i;
    lines.forEach((line, j) => put(line, { class: j === i ? "pyn-picked" : null }));
    buttons.forEach((button, j) => put(button, { "aria-pressed": j === i }));
    choose(rows[i] ?? null);
  }
  const step = (by) => {
    pick(Math.max(0, Math.min(rows.length - 1, open + by)));
    buttons[open].focus();
  };
  return h("div.pyn-scroll", { tabindex: "0", role: "region", "aria-label": label, keydown: (event) => choose && press(event, { ArrowDown: () => step(1), ArrowUp: () => step(-1), ...(open < 0 ? {} : { Escape: () => pick(-1) }) }) },
    h("table.pyn-plain", h("thead", h("tr", h("th", { scope: "col" }, "row"), h("th.pyn-right", { scope: "col" }, "score"),
      columns.map(({ name, sub }) => h("th", { scope: "col" }, h("span", { title: name }, name), sub && h("span.pyn-typical", { title: sub }, sub))))), h("tbody", lines)));
}
