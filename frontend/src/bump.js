/** How the first rows of one list stand with every detector: a rank-shift chart, and the same as a table. */
import { closing, h, press, put, s } from "./dom.js";
import { called } from "./figures.js";
import { compact, count } from "./format.js";
import { clamp, log10, max, min, round } from "./maths.js";

const HEIGHT = 380;
const [TOP, BOTTOM, SIDE] = [14, 40, 44];

export function bump(store, frames) {
  const { table, detectors } = store;
  const { rows } = table;
  let list = rows.lists.together;
  let width = 0;
  let lines = [];
  const svg = s("svg.pyn-svg", { pyn: "bump-chart", role: "img", height: HEIGHT, click: (event) => store.pick(nearest(event)), keydown: onKey, tabindex: "0" });
  const holder = h("div.pyn-chart.pyn-bump", svg);
  const sheet = h("div.pyn-wide", { tabindex: "0", role: "region", "aria-label": "Ranks of these rows" });
  const select = h("select.pyn-select", { "aria-label": "Which rows", pyn: "bump-list", change: () => {
    list = rows.lists[select.value];
    fill();
    if (!list.includes(store.picked)) store.pick(list[0]);
    else draw();
  } }, ["together", "disputed", ...detectors.keys()].filter((key) => rows.lists[key]).map((key) => h("option", { value: key }, { together: "all detectors together", disputed: "rows in dispute" }[key] ?? `top rows of ${detectors[key].name}`)));

  const x = (i) => (detectors.length > 1 ? SIDE + (i * (width - SIDE - 30)) / (detectors.length - 1) : width / 2);
  const y = (rank) => TOP + ((HEIGHT - TOP - BOTTOM) * log10(rank)) / max(1e-9, log10(max(2, table.n)));

  function ticks() {
    const out = [];
    for (let v = 1; v <= table.n; v *= 10) out.push(v);
    return out;
  }

  function trail(row) {
    const on = row === store.picked;
    const line = s(`path.pyn-trail${on ? ".pyn-on" : ""}`, { d: `M${detectors.map((_, i) => `${x(i).toFixed(1)} ${y(store.rank(i, row)).toFixed(1)}`).join("L")}`, "data-known": rows.known?.[row] ?? null });
    line.append(s("title", rows.ids[row]));
    return line;
  }

  /** The table is made once for a list, so that its button keeps the focus when it is pressed. */
  function fill() {
    lines = list.map((row) => h("tr", h("th", { scope: "row" }, h("button.pyn-open", { click: () => store.open(row) }, called(rows, row).replace(/^row /, ""))), detectors.map((_, i) => h("td.pyn-right", count(store.rank(i, row))))));
    sheet.replaceChildren(h("table.pyn-plain", h("thead", h("tr", h("th", { scope: "col" }, "row"), detectors.map(({ name }) => h("th.pyn-right", { scope: "col" }, name)))), h("tbody", lines)));
  }

  function draw() {
    lines.forEach((line, i) => put(line, { class: list[i] === store.picked ? "pyn-picked" : null }));
    if (!width) return;
    put(svg, { viewBox: `0 0 ${width} ${HEIGHT}`, width, "aria-label":
      `Ranks of ${list.length} rows by ${detectors.length} detectors, the highest score at the top. Up and down choose a row; chosen: ${called(rows, store.picked)}. The table below says the same.` });
    const letters = (width - SIDE) / detectors.length > 62;
    svg.replaceChildren(
      s("g", { "aria-hidden": "true" },
        ticks().map((v) => [s("line.pyn-gridline", { x1: SIDE - 6, x2: width, y1: y(v), y2: y(v) }), s("text", { x: SIDE - 12, y: y(v) + 4, "text-anchor": "end" }, v >= 1e4 ? compact(v) : count(v))]).flat(),
        detectors.map(({ name }, i) => [s("line.pyn-post", { x1: x(i), x2: x(i), y1: TOP, y2: HEIGHT - BOTTOM }),
          s("text", letters ? { x: x(i), y: HEIGHT - 20, "text-anchor": i && i === detectors.length - 1 ? "end" : "middle", dx: i && i === detectors.length - 1 ? 28 : 0 }
            : { transform: `translate(${x(i) + 4} ${HEIGHT - BOTTOM + 10}) rotate(-28)`, "text-anchor": "end" }, name.length > 12 ? `${name.slice(0, 11)}…` : name)]).flat()),
      ...list.filter((row) => row !== store.picked).map(trail),
      ...(list.includes(store.picked) ? [trail(store.picked), ...detectors.map((_, i) => s("circle.pyn-stop", { cx: x(i), cy: y(store.rank(i, store.picked)), r: 5 }))] : []));
  }

  /** The row whose line runs closest to the pointer. */
  function nearest(event) {
    const box = svg.getBoundingClientRect();
    const [mx, my] = [((event.clientX - box.left) * width) / box.width, event.clientY - box.top];
    const gap = detectors.length > 1 ? x(1) - x(0) : 1;
    const at = clamp((mx - SIDE) / gap, 0, detectors.length - 1);
    const [i, j] = [Math.floor(at), Math.ceil(at)];
    const off = (row) => Math.abs(y(store.rank(i, row)) + (at - i) * (y(store.rank(j, row)) - y(store.rank(i, row))) - my);
    return list.reduce((best, row) => (off(row) < off(best) ? row : best));
  }

  function onKey(event) {
    const at = list.indexOf(store.picked);
    const go = (to) => () => store.pick(list[clamp(to, 0, list.length - 1)]);
    press(event, { ArrowDown: go(at + 1), ArrowUp: go(at - 1), Home: go(0), End: go(list.length - 1) });
  }
  fill();
  store.onPick(() => frames.ask(draw));
  const key = (red, text) => {
    const mark = h("span.pyn-key");
    mark.style.background = red ? "var(--pyn-red)" : "var(--pyn-blue)";
    return h("span", mark, text);
  };
  return {
    element: h("section", { pyn: "bump", "aria-label": "Ranks" },
      h("div.pyn-bar", h("h3", "Where the top rows stand"), h("label.pyn-label", "Rows", select)), ...(detectors.length < 2 ? [sheet] : [holder,
      h("div.pyn-legend", h("span", "rank, 1 = highest score; each step is ten times further down"), rows.known && key(true, "known anomaly"), rows.known && key(false, "normal")),
      closing(h("details", { pyn: "bump-table" }, h("summary", "The same as a table"), sheet))])),
    resize() {
      const now = round(min(1600, holder.clientWidth));
      if (now) width = now;
      draw();
    },
  };
}
