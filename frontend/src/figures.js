/** The table of detectors: figures with their intervals, sorted by any of them. */
import { closing, h, put } from "./dom.js";
import { count, number } from "./format.js";
import { clamp, max, min } from "./maths.js";

const SCALED = new Set(["auroc", "average_precision"]);
const decimals = { megabytes: 0, mean_rank: 2 };

/** A figure as text. */
export function told(key, x) {
  if (x == null) return "–";
  if (key === "flagged") return count(x);
  if (key === "mass_volume") return number(x, 3);
  if (key === "seconds") return number(x, 2);
  return x.toFixed(decimals[key] ?? 3).replace("-", "−");
}

/** A figure as a mark on a line from 0 to 1, with its interval; `chance` is where a coin would be. */
function range(x, low, high, chance) {
  const at = (v) => `${100 * clamp(v, 0, 1)}%`;
  const line = h("span.pyn-range", { "aria-hidden": true });
  if (chance != null) line.append(place(h("u"), { left: at(chance) }));
  if (low != null) line.append(place(h("i"), { left: at(low), width: `${max(0.5, 100 * (min(1, high) - max(0, low)))}%` }));
  line.append(place(h("b"), { left: at(x) }));
  return line;
}

/** Sets style properties; policies on inline styles do not mind. */
export function place(element, styles) {
  Object.assign(element.style, styles);
  return element;
}

export function figures(spec) {
  const { columns, lines } = spec.figures;
  const [only] = spec.tables;
  const chance = { auroc: 0.5, average_precision: spec.tables.length === 1 && only.anomalies != null ? only.anomalies / only.n : null };
  const best = Object.fromEntries(columns.map(({ key, better }) => [key, better ? max(...lines.map(({ values }) => (values[key] ?? -Infinity * better) * better)) * better : null]));
  let by = null;
  let direction = 1;

  const body = h("tbody");
  const head = (key, name, about, right) => {
    const cell = h("th", { scope: "col", class: right ? "pyn-right" : null, pyn: `sort-${key}` }, h("button.pyn-sort", { title: about, click: () => sort(key) }, name));
    return { key, cell };
  };
  const heads = [head("detector", "detector", "Sort by name"), ...columns.map(({ key, name, about }) => head(key, name, about, true))];

  function cell({ key }, { values, detector }) {
    const x = values[key];
    const text = h("span", { class: x != null && x === best[key] && lines.length > 1 ? "pyn-best" : null }, told(key, x));
    const [low, high] = [values[`${key}_low`], values[`${key}_high`]];
    const spoken = low == null ? null : `${detector}: ${told(key, x)}, 95 % interval ${told(key, low)} to ${told(key, high)}`;
    if (!SCALED.has(key) || x == null) return h("td.pyn-right", text);
    return h("td.pyn-right", { title: spoken }, h("span.pyn-figure", range(x, low, high, chance[key]), text),
      low == null ? null : h("span.pyn-hidden", `, interval ${told(key, low)} to ${told(key, high)}`));
  }

  function draw() {
    const sorted = [...lines];
    const value = ({ detector, values }) => (by === "detector" ? detector : values[by]);
    if (by) {
      sorted.sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        if (x == null || y == null) return (x == null) - (y == null);
        return direction * (by === "detector" ? x.localeCompare(y) : x - y);
      });
    }
    body.replaceChildren(...sorted.map((line) => h("tr", { pyn: "detector" }, h("th", { scope: "row" }, line.detector),
      line.failed && columns.every(({ key }) => line.values[key] == null)
        ? h("td.pyn-lost", { colspan: columns.length }, line.failed)
        : columns.map((column, i) => {
          const made = cell(column, line);
          if (line.failed && i === columns.length - 1) made.append(h("span.pyn-lost", { title: line.failed }, " (in part)"));
          return made;
        }))));
    for (const { key, cell: th } of heads) put(th, { "aria-sort": key === by ? (direction > 0 ? "ascending" : "descending") : null });
  }

  function sort(key) {
    if (by === key) direction *= -1;
    else {
      by = key;
      direction = key === "detector" || (columns.find((column) => column.key === key).better < 0) ? 1 : -1;
    }
    draw();
  }
  draw();
  const partly = lines.filter(({ failed, values }) => failed && columns.some(({ key }) => values[key] != null));
  return h("section", { pyn: "figures", "aria-label": "Detectors" },
    h("div.pyn-bar", h("h3", "Detectors"), h("span.pyn-note", spec.labelled && spec.tables.length === 1 ? "bars: 95 % intervals; dashed: chance" : "best figure of each column in blue")),
    h("div.pyn-wide", { tabindex: "0", role: "region", "aria-label": "Figures by detector" }, h("table.pyn-plain", { pyn: "detectors" }, h("thead", h("tr", heads.map(({ cell: th }) => th))), body)),
    partly.map(({ detector, failed }) => h("p.pyn-note", `${detector}: ${failed}`)),
    closing(h("details", h("summary", "What the figures mean"), h("div.pyn-wide", { tabindex: "0", role: "region", "aria-label": "What the figures mean" },
      h("table.pyn-plain", h("tbody", columns.map(({ name, about }) => h("tr", h("th", { scope: "row" }, name), h("td", about)))))))));
}

/** What a row is called, as in Python: by its position, or by the user's name for it and its position. */
export const called = ({ ids, row }, i) => (`${ids[i]}` === `${row[i]}` ? `row ${ids[i]}` : `${ids[i]} (row ${row[i]})`);
