/** All scores as a histogram with a line where each rule cuts; labels step aside for each other. */
import { put, s } from "./dom.js";
import { compact } from "./format.js";
import { clamp, floor, log10, log1p, max, min } from "./maths.js";
import { scaleOf, scoreAxis } from "./scale.js";

const LEFT = 40;
const RIGHT = 10;
const LANE = 16;
const TALL = 110;
const LETTER = 6.2;

/** Gives each label the highest lane with room for it: [{x, wide}] from left to right → lanes. */
export function lanes(labels, gap = 8) {
  const ends = [];
  return labels.map(({ from, to }) => {
    let lane = ends.findIndex((end) => end + gap <= from);
    if (lane < 0) lane = ends.length;
    ends[lane] = to;
    return lane;
  });
}

/**
 * @param {import("./cut.js").Cuts} cuts
 * @param {string} label of the axis
 */
export function plot(cuts, label) {
  const axis = scoreAxis(cuts, label);
  const scale = scaleOf(axis);
  const [low, high] = [-0.02, 1.02];
  const svg = s("svg.pyn-svg", { "aria-hidden": true });
  let width = 0;

  /** @param {{title: string, t: number|null, k: number, chosen: boolean}[]} lines */
  function draw(lines) {
    if (!width) return 0;
    const xOf = (t) => LEFT + clamp((scale.of(t) - low) / (high - low), 0, 1) * width;
    const placed = lines.filter(({ t }) => t != null).map((line) => {
      const x = xOf(line.t);
      const wide = line.title.length * LETTER;
      const left = x + 4 + wide > LEFT + width + RIGHT; // no room on the right of its line
      const from = max(0, left ? x - 4 - wide : x + 4);
      return { ...line, x, from, to: from + wide };
    }).sort((a, b) => b.to - a.to); // from the right: rules crowd at the high end
    const rows = lanes(placed.map(({ from, to }) => ({ from: -to, to: -from })));
    const top = LANE * (max(0, ...rows) + 1) + 6;
    const base = top + TALL;
    const bins = clamp(floor(width / 6), 20, 140);
    const part = width / bins;
    const counts = new Array(bins);
    for (let i = bins - 1, above = 0; i >= 0; i--) {
      const to = i === 0 ? cuts.n : cuts.count(scale.back(low + (i / bins) * (high - low)));
      counts[i] = to - above;
      above = to;
    }
    const most = max(1, ...counts);
    const tall = (c) => (log1p(c) / log1p(most)) * (TALL - 4);
    const path = counts.map((c, i) => (c ? `M${(i * part).toFixed(2)} ${base}v${-tall(c).toFixed(2)}h${(part - 1).toFixed(2)}V${base}z` : "")).join("");
    const split = xOf(placed.find(({ chosen }) => chosen)?.t ?? cuts.max) - LEFT;
    const levels = Array.from({ length: floor(log10(most)) + 1 }, (_, i) => 10 ** i);
    put(svg, { width: LEFT + width + RIGHT, height: base + 20 });
    svg.replaceChildren(
      s("g.pyn-grid", ...levels.map((c) => s("g", { transform: `translate(0 ${base - tall(c)})` },
        s("line", { x1: LEFT, x2: LEFT + width }), s("text", { x: LEFT - 6, y: 3.5, "text-anchor": "end" }, compact(c)))),
      s("line.pyn-base", { x1: LEFT, x2: LEFT + width, y1: base + 0.5, y2: base + 0.5 }),
      ...scale.ticks(max(low, 0), min(high, 1), max(4, width / 90)).map(({ u, text }) => s("text", { x: LEFT + ((u - low) / (high - low)) * width, y: base + 16, "text-anchor": "middle" }, text))),
      s("svg", { x: LEFT, y: 0, width: max(0, split), height: base }, s("path.pyn-bar-blue", { d: path })),
      s("svg", { x: LEFT + split, y: 0, width: max(0, width - split), height: base }, s("path.pyn-bar-red", { d: path, transform: `translate(${-split} 0)` })),
      s("g.pyn-lines",
        ...placed.map(({ x, chosen }, i) => s("line", { class: chosen ? "pyn-cut pyn-chosen" : "pyn-cut", x1: x, x2: x, y1: LANE * rows[i] + 4, y2: base })),
        ...placed.map(({ from, title, chosen }, i) => s("text", { class: chosen ? "pyn-chosen" : "", x: from, y: LANE * rows[i] + 13 }, title))));
    return base + 20;
  }

  return { svg, bent: Boolean(axis.scale), draw, resize: (wide) => (width = max(60, wide - LEFT - RIGHT)) };
}
