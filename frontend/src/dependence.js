/** How a column's contribution goes with its value, and with a second column. */
import { h, press, put, s, say } from "./dom.js";
import { clip, count, signed } from "./format.js";
import { inks, sheet } from "./ink.js";
import { abs, clamp, floor, hypot, max, min } from "./maths.js";
import { pages } from "./pages.js";
import { scaleOf } from "./scale.js";

const [LEFT, BOTTOM, HEIGHT, GUTTER, NEAR] = [58, 26, 320, 22, 16];

/** @param {import("./explained.js").Explained} data */
export function dependence(data, frames) {
  const { spec, n } = data;
  let [width, colours, drawn, second, span, ofY, ticksY] = [0, null, -1, -1, [0, 1], null, []];
  const atX = new Float32Array(n);
  const atY = new Float32Array(n);
  let order = [];
  const canvas = h("canvas.pyn-sheet", { "aria-hidden": true, pyn: "dependence-canvas" });
  const under = s("svg", { class: "pyn-svg", "aria-hidden": true });
  const over = s("svg", { class: "pyn-svg pyn-over", "aria-hidden": true });
  const plot = h("div.pyn-dots", { tabindex: "0", role: "group", pyn: "dependence", keydown: onKey, click: (event) => pickNear(event, true), pointermove: (event) => pickNear(event, false), pointerleave: () => said(data.row) }, under, canvas, over);
  const readout = h("p.pyn-readout", { pyn: "dependence-readout", "aria-live": "polite" });
  const option = (j) => h("option", { value: String(j) }, spec.columns[j].name);
  const first = h("select.pyn-select", { "aria-label": "Column", pyn: "dependence-column", change: () => data.look(data.row, Number(first.value)) }, spec.columns.map((_, j) => option(j)));
  const colour = h("select.pyn-select", { "aria-label": "Colour by", pyn: "dependence-colour", change: () => ((second = Number(colour.value)), frames.ask(draw)) });
  const legend = h("p.pyn-legend", { pyn: "dependence-legend" });
  const note = h("p.pyn-note");
  const table = pages("The plot as a table", "dependence-table", () => {
    const j = data.column;
    return {
      heads: ["row", spec.columns[j].name, "contribution", ...(second >= 0 ? [spec.columns[second].name] : [])], n,
      line: (at) => [order[at]].flatMap((i) => [String(spec.ids[i]), data.cell(i, j), signed(data.value(i, j), data.most), ...(second >= 0 ? [data.cell(i, second)] : [])]),
    };
  });
  const element = h("section.pyn-wide", { "aria-label": "Contribution by value", pyn: "by-value" },
    h("div.pyn-bar", h("h3", "Contribution by value"), h("div.pyn-fields", h("label.pyn-label", "Column", first), h("label.pyn-label", "Colour by", colour))),
    legend, plot, readout, note, table.element);

  /** A shift within a category's strip, the same for a row each time. */
  const shift = (i) => (((i * 0.618034) % 1) - 0.5) * 0.6;

  function choose() {
    const partners = data.partners(data.column);
    second = partners[0] ?? -1;
    colour.replaceChildren(h("option", { value: "-1" }, "nothing"), ...partners.map(option));
    colour.value = String(second);
    first.value = String(data.column);
    drawn = data.column;
    order = Array.from(data.places[drawn], (u, i) => [u === u ? u : -1, i]).sort(([a], [b]) => a - b).map(([, i]) => i);
  }

  function layOut() {
    const [j, places, axis] = [data.column, data.places[data.column], spec.axes[data.column]];
    let [low, high] = [0, 0];
    for (let i = 0; i < n; i++) {
      low = min(low, data.value(i, j));
      high = max(high, data.value(i, j));
    }
    const pad = (high - low || 1) * 0.06;
    span = [low - pad, high + pad];
    const scale = scaleOf({ kind: "number", min: span[0], max: span[1] });
    ofY = (v) => 6 + (1 - scale.of(v)) * (HEIGHT - BOTTOM - 12);
    ticksY = scale.ticks(0, 1, 5);
    const gap = places.some((u) => u !== u) ? GUTTER : 0;
    const [start, broad] = [LEFT + gap + 8, width - LEFT - gap - 20];
    const strip = axis.kind === "category" ? 1 / axis.labels.length : 0;
    for (let i = 0; i < n; i++) {
      const u = places[i];
      atX[i] = u === u ? start + (u + strip * shift(i)) * broad : LEFT + 11 + 8 * shift(i);
      atY[i] = ofY(data.value(i, j));
    }
    return { gap, start, broad };
  }

  function draw() {
    if (!width || !colours) return;
    if (drawn !== data.column) choose();
    const { gap, start, broad } = layOut();
    const [axis, scale] = [spec.axes[data.column], data.scales[data.column]];
    const across = scale.ticks(0, 1, broad / 90, floor(max(broad / 70, broad / 7 / (axis.labels?.length || 1)))).filter(({ u }) => u >= 0 && u <= 1);
    const text = (x, y, anchor, content) => s("text", { x, y, "text-anchor": anchor }, content);
    put(under, { width, height: HEIGHT });
    put(over, { width, height: HEIGHT });
    const bottom = HEIGHT - BOTTOM;
    under.replaceChildren(
      ...ticksY.map(({ u }) => 6 + (1 - u) * (bottom - 12)).map((y) => s("line.pyn-gridline", { x1: LEFT, x2: width - 4, y1: y, y2: y })),
      s("path.pyn-base", { d: `M${LEFT} ${ofY(0)}H${width - 4}` }),
      ...ticksY.map(({ u, text: content }) => text(LEFT - 6, 6 + (1 - u) * (bottom - 12) + 4, "end", content)),
      gap ? text(LEFT + 11, bottom + 18, "middle", "∅") : "",
      ...across.map((t) => text(clamp(start + t.u * broad, LEFT + gap + 12, width - 18), bottom + 18, "middle", clip(t.text, 14))));
    say(note, [axis.scale ? `${axis.name} on a symlog scale.` : "", gap ? "∅: the value is missing." : ""].filter(Boolean).join(" "));
    const pen = sheet(canvas, width, HEIGHT);
    pen.globalAlpha = n > 1500 ? 0.45 : n > 300 ? 0.65 : 0.85;
    const radius = n > 1500 ? 2.2 : 3.2;
    for (let at = n - 1; at >= 0; at--) {
      const i = order[at];
      pen.fillStyle = ink(i);
      pen.beginPath();
      pen.arc(atX[i], atY[i], radius, 0, 7);
      pen.fill();
    }
    put(plot, { "aria-label": `Contribution of ${axis.name} to ${count(n)} rows, by its value${second >= 0 ? `, coloured by ${spec.columns[second].name}` : ""}. Left and right arrow keys go through the rows by value. The table below holds the same numbers.` });
    tellColours();
    table.draw();
    mark();
  }

  function ink(i) {
    if (second < 0) return colours.plain;
    const [u, axis] = [data.places[second][i], spec.axes[second]];
    if (u !== u) return colours.soft;
    return axis.kind === "category" ? colours.category(floor(u * axis.labels.length)) : colours.along(u);
  }

  function tellColours() {
    if (second < 0) return legend.replaceChildren();
    const axis = spec.axes[second];
    const chip = (paint, content) => {
      const dot = h("span.pyn-dot", { "aria-hidden": true });
      dot.style.background = paint;
      return h("span", dot, content);
    };
    if (axis.kind === "category") {
      const rest = axis.labels.length > 7 ? [chip(colours.category(6), "others")] : [];
      return legend.replaceChildren(...axis.labels.slice(0, rest.length ? 6 : 7).map((label, i) => chip(colours.category(i), clip(label, 24))), ...rest);
    }
    const ramp = h("span.pyn-ramp", { "aria-hidden": true });
    ramp.style.background = `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1].map(colours.along).join(", ")})`;
    const { tell } = data.scales[second];
    return legend.replaceChildren(h("span", `${clip(axis.name, 24)} ${tell(0)}`), ramp, h("span", tell(1)));
  }

  function mark() {
    const i = data.row;
    over.replaceChildren(s("circle.pyn-halo", { cx: atX[i], cy: atY[i], r: 7 }), s("circle.pyn-ring", { cx: atX[i], cy: atY[i], r: 7 }));
    said(i);
  }

  function said(i) {
    const also = second >= 0 ? `, ${spec.columns[second].name} = ${data.cell(i, second)}` : "";
    say(readout, `${data.name(i)}: ${spec.columns[data.column].name} = ${data.cell(i, data.column)} gives ${signed(data.value(i, data.column), data.most)}${also}`);
  }

  function pickNear({ offsetX, offsetY }, choosing) {
    let [best, near] = [-1, NEAR];
    for (let i = 0; i < n; i++) {
      if (abs(atX[i] - offsetX) > near) continue;
      const far = hypot(atX[i] - offsetX, atY[i] - offsetY);
      if (far < near) [best, near] = [i, far];
    }
    if (best < 0) return said(data.row);
    if (choosing) data.look(best);
    return said(best);
  }

  function onKey(event) {
    const at = order.indexOf(data.row);
    const go = (place) => data.look(order[clamp(place, 0, n - 1)]);
    press(event, { ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), Home: () => go(0), End: () => go(n - 1) });
  }

  data.on(() => frames.ask(drawn === data.column ? mark : draw));
  return {
    element,
    show: () => element.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" }),
    resize(outer) {
      width = plot.clientWidth || outer;
      draw();
    },
    recolour(look) {
      colours = inks(look);
      frames.ask(draw);
    },
  };
}
