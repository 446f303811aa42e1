/** Rows across, columns down: who raised and who lowered the scores of many rows. */
import { h, press, put, s, say } from "./dom.js";
import { clip, count, fourDigits, number, signed } from "./format.js";
import { inks, sheet } from "./ink.js";
import { ceil, clamp, floor, max, min, round } from "./maths.js";
import { pages } from "./pages.js";

const FIRST = 16;
const LINE = 20;
const SCORES = 34; // the strip of scores above

/** @param {import("./explained.js").Explained} data */
export function heat(data, frames) {
  const { spec, n } = data;
  let [width, left, all, at, colours] = [0, 0, false, 0, null]; // `at` is the line of the cursor
  const canvas = h("canvas.pyn-sheet", { "aria-hidden": true, pyn: "heat-canvas" });
  const svg = s("svg", { class: "pyn-svg", "aria-hidden": true });
  const plot = h("div.pyn-heat", { tabindex: "0", role: "group", pyn: "heat", keydown: onKey, pointermove: onMove, pointerleave: () => said(data.row, at), click: onClick }, canvas, svg);
  const readout = h("p.pyn-readout", { pyn: "heat-readout", "aria-live": "polite" });
  const more = h("button.pyn-button", { pyn: "heat-all", hidden: data.c <= FIRST, click: () => ((all = !all), frames.ask(draw)) });
  const ramp = h("span.pyn-ramp", { "aria-hidden": true });
  const note = h("p.pyn-note");
  const table = pages("The heat map as a table", "heat-table", () => ({
    heads: ["row", "score", ...spec.columns.map(({ name }) => name)], n,
    line: (i) => [String(spec.ids[i]), fourDigits(data.scores[i]), ...spec.columns.map((_, j) => signed(data.value(i, j), data.most))],
  }));
  const element = h("section.pyn-wide", { "aria-label": "All rows", pyn: "all-rows" },
    h("div.pyn-bar", h("h3", "All rows", h("small", "highest score on the left")),
      h("p.pyn-legend", h("span", `lowers −${number(data.full, 2)}`), ramp, h("span", `+${number(data.full, 2)} raises`))),
    plot, readout, more, note, table.element);
  put(plot, { "aria-label": `Heat map of the contributions of ${data.c} columns to ${count(n)} rows. Arrow keys move over rows and columns, Home and End go to the highest and lowest score. The table below holds the same numbers.` });

  const lines = () => (all ? data.c : min(data.c, FIRST));
  const stripes = () => min(n, max(1, floor(width - left)));
  const wide = () => min(28, (width - left) / stripes());
  const rowAt = (x) => clamp(floor(((x - left) / (wide() * stripes())) * n), 0, n - 1);

  function onMove({ offsetX, offsetY }) {
    if (offsetX >= left) said(rowAt(offsetX), clamp(floor((offsetY - SCORES) / LINE), 0, lines() - 1));
  }

  function onClick({ offsetX, offsetY }) {
    go(offsetX >= left ? rowAt(offsetX) : data.row, clamp(floor((offsetY - SCORES) / LINE), 0, lines() - 1));
  }

  function onKey(event) {
    const page = max(1, round(n / 10));
    press(event, {
      ArrowRight: () => go(data.row + 1, at), ArrowLeft: () => go(data.row - 1, at), ArrowDown: () => go(data.row, at + 1), ArrowUp: () => go(data.row, at - 1),
      PageDown: () => go(data.row + page, at), PageUp: () => go(data.row - page, at), Home: () => go(0, at), End: () => go(n - 1, at),
    });
  }

  function go(row, line) {
    at = clamp(line, 0, lines() - 1);
    data.look(clamp(row, 0, n - 1), at);
    said(data.row, at);
    frames.ask(mark);
  }

  const said = (i, j) => say(readout, `${data.name(i)}, score ${fourDigits(data.scores[i])}: ${spec.columns[j].name} = ${data.cell(i, j)} gives ${signed(data.value(i, j), data.most)}`);

  function draw() {
    if (!width || !colours) return;
    left = clamp(width * 0.24, 84, 190);
    const [shown, many] = [lines(), stripes()];
    const [span, height] = [wide(), SCORES + shown * LINE];
    plot.style.height = `${height}px`;
    const pen = sheet(canvas, width, height);
    const [top, low] = [data.scores[0], data.scores[n - 1]];
    for (let b = 0; b < many; b++) {
      const [from, to] = [floor((b * n) / many), max(floor((b * n) / many) + 1, floor(((b + 1) * n) / many))];
      const x = left + b * span;
      const broad = span > 6 ? span - 1 : ceil(span * 2) / 2;
      const size = top > low ? (data.scores[from] - low) / (top - low) : 1;
      pen.fillStyle = colours.soft;
      pen.fillRect(x, SCORES - 6 - 2 - size * 24, broad, 2 + size * 24);
      for (let j = 0; j < shown; j++) {
        let mean = 0;
        for (let i = from; i < to; i++) mean += data.value(i, j) / (to - from);
        pen.fillStyle = colours.diverging(mean / data.full);
        pen.fillRect(x, SCORES + j * LINE, broad, LINE - 1);
      }
    }
    say(more, all ? `Show the ${FIRST} most important columns` : `Show all ${data.c} columns`);
    say(note, [
      spec.of > n ? `The ${count(n)} highest scores of ${count(spec.of)} explained rows.` : "",
      many < n ? `Each stripe is the mean of about ${round(n / many)} rows next to each other by score.` : "",
      spec.all > data.c ? `The ${data.c} most important of ${count(spec.all)} columns.` : "",
    ].filter(Boolean).join(" "));
    mark();
  }

  function mark() {
    const [span, x] = [wide(), left + (data.row / n) * stripes() * wide()];
    at = min(at, lines() - 1);
    put(svg, { width, height: SCORES + lines() * LINE });
    const letters = floor(left / 7);
    svg.replaceChildren(
      s("text", { x: left - 8, y: SCORES - 9, "text-anchor": "end" }, "score"),
      ...spec.columns.slice(0, lines()).map(({ name }, j) => s(j === at ? "text.pyn-picked" : "text", { x: left - 8, y: SCORES + j * LINE + 14, "text-anchor": "end" }, clip(name, letters))),
      s("path.pyn-cross", { d: `M${x + min(span, 28) / 2} 0V${SCORES - 4}` }),
      s("rect.pyn-cursor", { x: x - 1, y: SCORES + at * LINE - 1, width: max(span, 4) + 1, height: LINE + 1, rx: 2 }));
  }

  data.on(() => {
    at = min(data.column, lines() - 1);
    said(data.row, at);
    frames.ask(mark);
  });
  said(data.row, at);
  return {
    element,
    resize(outer) {
      width = plot.clientWidth || outer;
      draw();
    },
    recolour(look) {
      colours = inks(look);
      ramp.style.background = `linear-gradient(90deg, ${[-1, -0.5, 0, 0.5, 1].map(colours.diverging).join(", ")})`;
      frames.ask(draw);
    },
  };
}
