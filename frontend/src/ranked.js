/** Several tables: mean ranks with the critical difference, and every pair. */
import { h, put, s } from "./dom.js";
import { number } from "./format.js";
import { ceil, max } from "./maths.js";
import { everyPair, HOLM } from "./pairs.js";

const [LEFT, LINE, FIRST] = [120, 20, 44];

/** Detectors hang from an axis of mean ranks, the better half on the left; bars join those not told apart. */
function diagram({ ranks, cliques, critical, metric }) {
  const W = 700;
  const k = ranks.length;
  const x = (rank) => LEFT + ((rank - 1) * (W - 2 * LEFT)) / max(1, k - 1);
  const half = ceil(k / 2);
  const bars = cliques.length * 8 + 12;
  const height = FIRST + bars + half * LINE + 6;
  const svg = s("svg.pyn-svg", { viewBox: `0 0 ${W} ${height}`, role: "img", "aria-label":
    `Mean ranks by ${metric}: ${ranks.map(([name, rank]) => `${name} ${number(rank, 3)}`).join(", ")}. ${cliques.length ? `Not told apart: ${cliques.map((group) => group.join(", ")).join("; ")}.` : "All are told apart."}` });
  const at = Object.fromEntries(ranks);
  svg.append(
    s("line.pyn-rank-line", { x1: x(1), x2: x(1 + critical), y1: 8, y2: 8 }), s("text.pyn-dim", { x: x(1 + critical) + 6, y: 12 }, `critical difference ${number(critical, 3)}`),
    s("line.pyn-rank-line", { x1: x(1), x2: x(k), y1: FIRST - 8, y2: FIRST - 8 }),
    ...Array.from({ length: k }, (_, i) => [s("line.pyn-rank-line", { x1: x(i + 1), x2: x(i + 1), y1: FIRST - 12, y2: FIRST - 8 }),
      s("text.pyn-dim", { x: x(i + 1), y: FIRST - 16, "text-anchor": "middle" }, i + 1)]).flat(),
    ...ranks.map(([name, rank], i) => {
      const left = i < half;
      const y = FIRST + bars + (left ? i : k - 1 - i) * LINE + 8;
      const end = left ? LEFT - 8 : W - LEFT + 8;
      return [s("path.pyn-rank-line", { d: `M${x(rank)} ${FIRST - 8}V${y}H${end}` }), s("text", { x: left ? end - 6 : end + 6, y: y + 4, "text-anchor": left ? "end" : "start" }, `${name.length > 14 ? `${name.slice(0, 13)}…` : name} `,
        s("tspan.pyn-dim", number(rank, 3)))];
    }).flat(),
    ...cliques.map((group, i) => s("line.pyn-clique", { x1: x(at[group[0]]) - 3, x2: x(at[group.at(-1)]) + 3, y1: FIRST + i * 8, y2: FIRST + i * 8 })));
  return svg;
}

export function ranked(spec) {
  if (!spec.ranked.length) return null;
  const holder = h("div");
  const buttons = spec.ranked.map((one) => h("button.pyn-tool", { click: () => draw(one) }, one.metric));
  function draw(one) {
    buttons.forEach((button, i) => put(button, { "aria-pressed": spec.ranked[i] === one }));
    const { ranks, pairs, p, tables, level } = one;
    holder.replaceChildren(...[
      ranks && h("div.pyn-wide", { tabindex: "0", role: "region", "aria-label": "Mean ranks" }, h("div.pyn-chart.pyn-cd", { pyn: "critical" }, diagram(one))),
      ranks && h("p.pyn-said", `Friedman's test over ${tables} tables: ${p < 0.001 ? "p < 0.001" : `p = ${number(p, 2)}`}. ${p < level ? "The detectors are not all alike." : "It cannot be said that any detector differs."} A thick bar joins detectors that Nemenyi's test does not tell apart.`),
      one.refused && h("p.pyn-said", { pyn: "refused" }, `${one.refused}.`.replace("..", ".")),
      one.left_out.length && h("p.pyn-note", `Left out, with no figure for some table: ${one.left_out.join(", ")}.`),
      ...(pairs ? [everyPair(pairs, one.metric), h("p.pyn-note", HOLM)] : []),
    ].filter(Boolean));
  }
  draw(spec.ranked[0]);
  return h("section", { pyn: "ranked", "aria-label": "Over all tables" }, h("div.pyn-bar", h("h3", "Over all tables"), buttons.length > 1 && h("div.pyn-tools", buttons)), holder);
}
