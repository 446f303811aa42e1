/** Where a group lies: all flagged rows as dots along the columns that are its reasons, with what is typical behind them. */
import { h, put, s } from "./dom.js";
import { rows as rowsOf } from "./format.js";
import { clamp, floor, max, min } from "./maths.js";
import { scaleOf } from "./scale.js";

const [LEFT, RIGHT, TOP, BOTTOM, GONE, LETTER] = [64, 12, 20, 36, 14, 6.4];
const MISSING = 65535;
/** A number in 0..1 for a row, spread evenly with that of the other direction (`turn` 0 or 1) and always the same: Roberts' R2 sequence. */
const jitter = (i, turn) => ((i + 1) * (turn ? 0.5698402910 : 0.7548776662)) % 1;

export function place(spec, data) {
  const svg = s("svg.pyn-svg", { role: "img" });
  const element = h("figure.pyn-picture", { pyn: "picture" }, svg, h("figcaption.pyn-legend", null,
    h("span", h("i.pyn-dot"), "this group"), h("span", h("i.pyn-dot.pyn-dot-rest"), "other flagged rows"), h("span", { pyn: "band" }, h("i.pyn-band-key"), "typical")));
  const band = element.querySelector("[data-pyn=band]");
  const groupOf = data.get("of");
  const axes = Object.fromEntries(spec.axes.map((axis) => [axis.name, { ...axis, at: data.get(axis.buffer), scale: scaleOf(axis), slots: axis.labels?.length }]));
  let at = 0;
  let ring = null;
  let where = null;

  /** Position 0..1 of a row along an axis; null where the value is missing. */
  function along(axis, i, turn) {
    const code = axis.at[i];
    if (code === MISSING) return null;
    return axis.slots ? (Math.round((code / 65534) * max(1, axis.slots - 1)) + 0.5 + 0.56 * (jitter(i, turn) - 0.5)) / axis.slots : code / 65534;
  }

  function draw() {
    const wide = element.clientWidth;
    const [x, y] = spec.groups[at].axes.map((name) => axes[name]);
    put(element, { hidden: !x });
    if (!wide || !x) return;
    const high = y ? 270 : 96;
    const left = y ? clamp(20 + LETTER * max(0, ...(y.labels ?? []).map(({ length }) => length)), LEFT, wide / 4) : 14;
    const lost = (axis) => (axis && !axis.slots && axis.at.includes(MISSING) ? GONE + 6 : 0);
    const [gx, gy] = [lost(x), lost(y)];
    const across = (u) => (u == null ? left + GONE / 2 : left + gx + 6 + u * (wide - left - gx - RIGHT - 12));
    const up = (u) => (u == null ? high - BOTTOM - GONE / 2 : high - BOTTOM - gy - 6 - u * (high - BOTTOM - gy - TOP - 12));
    const spot = (i) => [across(along(x, i, 0)), up(y ? along(y, i, 1) : 0.15 + 0.7 * jitter(i, 1))];
    where = spot;
    const dots = ["", ""];
    for (let i = 0; i < groupOf.length; i++) {
      const [px, py] = spot(i);
      dots[+(groupOf[i] === at)] += `M${px.toFixed(1)} ${py.toFixed(1)}h0`;
    }
    const span = (axis) => (axis && axis.low != null ? [axis.scale.of(axis.low), axis.scale.of(axis.high)].map((u) => max(0, min(1, u))) : null);
    const [bx, by] = [span(x), span(y)];
    const shade = (bx || by) && (() => {
      const [x0, x1] = bx ? bx.map(across) : [left, wide - RIGHT];
      const [y1, y0] = by ? by.map(up) : [high - BOTTOM, TOP];
      return s("rect.pyn-band", { x: x0 - 3, y: y0 - 3, width: x1 - x0 + 6, height: y1 - y0 + 6, rx: 3 });
    })();
    put(band, { hidden: !shade });
    const marks = x.scale.ticks(0, 1, wide / 110, 14).map(({ u, text }) => s("text", { x: across(u), y: high - BOTTOM + 14, "text-anchor": "middle" }, text));
    if (gx) marks.push(s("text", { x: left, y: high - BOTTOM + 14 }, "none"));
    if (y) marks.push(...y.scale.ticks(0, 1, 5, floor((left - 14) / LETTER)).flatMap(({ u, text }) => [s("line.pyn-gridline", { x1: left, x2: wide - RIGHT, y1: up(u), y2: up(u) }), s("text", { x: left - 6, y: up(u) + 4, "text-anchor": "end" }, text)]));
    if (gy) marks.push(s("text", { x: left - 6, y: up(null) + 4, "text-anchor": "end" }, "none"));
    ring = s("circle.pyn-ring", { r: 7, hidden: true });
    put(svg, { width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, "aria-label": `${rowsOf(spec.groups[at].count)} of this group among ${rowsOf(groupOf.length)}, by ${x.name}${y ? ` and ${y.name}` : ""}; the table below lists their values` });
    svg.replaceChildren(...[...marks, shade, s("path.pyn-base", { d: `M${left} ${y ? TOP : high - BOTTOM}V${high - BOTTOM}H${wide - RIGHT}` }),
      s("path.pyn-spots.pyn-spots-rest", { d: dots[0] }), s("path.pyn-spots", { d: dots[1] }), ring,
      s("text.pyn-axis", { x: wide - RIGHT, y: high - 4, "text-anchor": "end" }, x.name), y && s("text.pyn-axis", { x: left, y: 12 }, y.name)].filter(Boolean));
  }
  return {
    element,
    show(group) {
      at = group;
      draw();
    },
    mark(row) {
      if (!ring || !where) return;
      put(ring, { hidden: !row });
      if (!row) return;
      const [cx, cy] = where(row.place);
      put(ring, { cx, cy });
    },
    resize: draw,
  };
}
