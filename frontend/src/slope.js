/** Ranks before and after: a line for each row that moved, and one for the threshold; a line that crosses it changed sides. */
import { h, press, put, s } from "./dom.js";
import { clip, compact, count } from "./format.js";
import { abs, clamp, log10, max, min } from "./maths.js";

const [HEIGHT, TOP, BOTTOM, LEFT] = [400, 26, 14, 48];

/** @param {{spec: object, picked: number, shown: (i: number) => boolean, pick: (i: number) => void}} state */
export function slope(state) {
  const { rows, flagged } = state.spec;
  const svg = s("svg.pyn-svg", { pyn: "slope", role: "img", height: HEIGHT, tabindex: "0", click: (event) => state.pick(nearest(event)), keydown: onKey });
  const holder = h("div.pyn-slope", svg);
  const key = (way, text) => h("span", h("i.pyn-key", { "data-way": way }), text);
  const all = [...rows.flatMap((row) => [row.rank_before, row.rank_after]), ...flagged.map((k) => k + 0.5)];
  const [low, high] = [0.8 * min(...all), 1.2 * max(...all)];
  let width = 0;

  const y = (rank) => TOP + ((HEIGHT - TOP - BOTTOM) * log10(rank / low)) / log10(high / low);
  const right = () => width - (width > 560 ? 112 : 84);
  const inside = () => rows.map((_, i) => i).filter(state.shown);

  function ticks() {
    const parts = high > 3000 * low ? [1] : high > 100 * low ? [1, 3] : high > 10 * low ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7];
    const out = [];
    for (let v = 1; v <= high; v *= 10) out.push(...parts.map((part) => part * v));
    return out.filter((v) => v >= low && v <= high && Number.isInteger(v));
  }

  function trail(i) {
    const row = rows[i];
    const up = row.rank_after < row.rank_before;
    const [y1, y2] = [y(row.rank_before), y(row.rank_after)];
    const group = s("g.pyn-trail", { "data-way": up ? "up" : "down", class: `pyn-trail${i === state.picked ? " pyn-on" : ""}${state.shown(i) ? "" : " pyn-off"}` },
      s("path", { d: `M${LEFT} ${y1.toFixed(1)}L${right()} ${y2.toFixed(1)}` }),
      s("circle", { cx: LEFT, cy: y1, r: 4, "data-flagged": String(row.flagged_before) }), s("circle", { cx: right(), cy: y2, r: 4, "data-flagged": String(row.flagged_after) }));
    group.append(s("title", `${row.id}: rank ${count(row.rank_before)} to ${count(row.rank_after)}`));
    return group;
  }

  /** Names beside the lines, as many as keep apart: the picked one first, then those that changed sides. */
  function names() {
    const order = inside().sort((a, b) => (b === state.picked) - (a === state.picked) || changed(rows[b]) - changed(rows[a]) || a - b);
    const taken = [];
    return order.flatMap((i) => {
      const at = y(rows[i].rank_after);
      if (taken.some((other) => abs(other - at) < 13)) return [];
      taken.push(at);
      return [s("text.pyn-named", { x: right() + 10, y: at + 4, class: i === state.picked ? "pyn-named pyn-strong" : "pyn-named" }, clip(rows[i].id, width > 560 ? 15 : 10))];
    });
  }

  function draw() {
    if (!width) return;
    const picked = rows[state.picked];
    put(svg, { viewBox: `0 0 ${width} ${HEIGHT}`, width, "aria-label":
      `Ranks of ${inside().length} rows before and after learning, the highest score at the top; the dashed line is the threshold. Up and down choose a row${picked ? `; chosen: ${picked.id}, rank ${count(picked.rank_before)} to ${count(picked.rank_after)}` : ""}. The table of moved rows says the same.` });
    const [cut0, cut1] = flagged.map((k) => y(k + 0.5));
    const [x0, x1] = [LEFT, right()];
    svg.replaceChildren(
      s("path.pyn-above", { d: `M${x0} ${TOP - 8}H${x1}V${cut1}L${x0} ${cut0}Z` }),
      s("g", { "aria-hidden": "true" },
        ticks().flatMap((v) => [s("line.pyn-gridline", { x1: x0, x2: x1, y1: y(v), y2: y(v) }), s("text", { x: x0 - 10, y: y(v) + 4, "text-anchor": "end" }, v >= 1e4 ? compact(v) : count(v))]),
        [x0, x1].map((x) => s("line.pyn-post", { x1: x, x2: x, y1: TOP - 8, y2: HEIGHT - BOTTOM })),
        s("text.pyn-axis", { x: x0, y: 11 }, "rank before"), s("text.pyn-axis", { x: x1, y: 11, "text-anchor": "end" }, "rank after")),
      ...rows.map((_, i) => i).filter((i) => i !== state.picked && (i < state.spec.first || state.shown(i))).map(trail),
      s("line.pyn-cut", { x1: x0, x2: x1, y1: cut0, y2: cut1 }),
      ...(picked ? [trail(state.picked)] : []),
      ...names());
  }

  /** The row whose line runs closest to the pointer. */
  function nearest(event) {
    const box = svg.getBoundingClientRect();
    const share = clamp((((event.clientX - box.left) * width) / box.width - LEFT) / (right() - LEFT), 0, 1);
    const at = ((event.clientY - box.top) * HEIGHT) / box.height;
    const off = (i) => abs(y(rows[i].rank_before) + share * (y(rows[i].rank_after) - y(rows[i].rank_before)) - at);
    return inside().reduce((best, i) => (best < 0 || off(i) < off(best) ? i : best), -1);
  }

  /** From the highest new rank to the lowest. */
  function onKey(event) {
    const order = inside().sort((a, b) => rows[a].rank_after - rows[b].rank_after);
    const at = order.indexOf(state.picked);
    const go = (to) => () => order.length && state.pick(order[clamp(to, 0, order.length - 1)]);
    press(event, { ArrowDown: go(at + 1), ArrowUp: go(at - 1), Home: go(0), End: go(order.length - 1), Escape: () => state.pick(-1) });
  }

  return {
    element: h("figure", holder, h("figcaption.pyn-legend", key("up", "rises"), key("down", "sinks"), key("cut", "threshold: flagged above it"), h("span", h("i.pyn-dot.pyn-full"), "flagged"), h("span", h("i.pyn-dot"), "not flagged"))),
    draw,
    resize() {
      const now = min(1000, holder.clientWidth);
      if (now) width = now;
      draw();
    },
  };
}

/** Whether a row is on the other side of the threshold now. */
export const changed = (row) => row.flagged_before !== row.flagged_after;
