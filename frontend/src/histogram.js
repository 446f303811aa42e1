/** All scores as a histogram, and the threshold as a slider on it. */
import { h, press, put, s, say } from "./dom.js";
import { compact, count, fourDigits, number, rows, share } from "./format.js";
import { clamp, floor, log10, log1p, max, min, round } from "./maths.js";
import { scaleOf, scoreAxis } from "./scale.js";

const HEIGHT = 132;
const TOP = 24;
const BASE = HEIGHT - 20;
const LEFT = 40;
const RIGHT = 10;

/** Bars of log counts: their outline once in each colour, cut at the threshold by nested svgs. */
function outline(cuts, scale, width, low, high) {
  const bins = clamp(floor(width / 6), 20, 140);
  const counts = new Array(bins);
  let above = 0;
  for (let i = bins - 1; i >= 0; i--) {
    const to = i === 0 ? cuts.n : cuts.count(scale.back(low + (i / bins) * (high - low)));
    counts[i] = to - above;
    above = to;
  }
  const most = max(1, ...counts);
  const tall = (c) => (log1p(c) / log1p(most)) * (BASE - TOP);
  const wide = width / bins;
  const bars = counts.map((c, i) => (c ? `M${(i * wide).toFixed(2)} ${BASE}v${-tall(c).toFixed(2)}h${(wide - 1).toFixed(2)}V${BASE}z` : ""));
  // Where the colours change: inside a bar only if it holds rows of both kinds.
  const border = (x, k) => {
    const i = clamp(floor(x / wide), 0, bins - 1);
    const higher = counts.slice(i + 1).reduce((a, b) => a + b, 0);
    return k <= higher ? max(x, (i + 1) * wide) : k >= higher + counts[i] ? min(x, i * wide) : x;
  };
  return { path: bars.join(""), most, tall, border };
}

/** @param {import("./store.js").Store} store */
export function histogram(store, frames) {
  const { spec, cuts, n } = store;
  const axis = scoreAxis(cuts, spec.score.label);
  const scale = scaleOf(axis);
  const low = -0.02;
  const high = 1.02;
  let width = 0;
  let shape = null;

  const [below, over] = [s("path.pyn-bar-blue"), s("path.pyn-bar-red")];
  const belowClip = s("svg", { x: LEFT, y: 0, height: HEIGHT }, below);
  const overClip = s("svg", { y: 0, height: HEIGHT }, over);
  const grid = s("g.pyn-grid");
  const mark = s("path.pyn-mark", { d: "M-5 7L0 1L5 7Z" });
  const line = s("line.pyn-line", { y1: TOP - 4, y2: BASE });
  const svg = s("svg.pyn-svg", { height: HEIGHT, "aria-hidden": true }, grid, belowClip, overClip, line, mark);
  const flag = h("span.pyn-flag", { "aria-hidden": true });
  const slider = h("div.pyn-slider", {
    role: "slider", tabindex: "0", pyn: "threshold-slider", "aria-orientation": "horizontal",
    "aria-label": "Threshold on the anomaly score", keydown: onKey, keyup: () => pending && settle(),
  }, h("span.pyn-knob"), flag);
  const plot = h("div.pyn-hist", { pyn: "histogram", pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onUp }, svg, slider);

  const field = (label, pyn, attributes, read) => {
    const input = h("input.pyn-field", { inputmode: "decimal", autocomplete: "off", spellcheck: "false", pyn, ...attributes,
      change: () => enter(input, read), keydown: (e) => e.key === "Escape" && draw() });
    return [input, h("label.pyn-label", h("span", label), input)];
  };
  const plain = (text) => Number(text.replace(/[,\s%_]/g, "").replace("−", "-") || NaN);
  const [value, valueLabel] = field("Threshold", "threshold-field", {}, (x) => cuts.from(x, true));
  const [rowsField, rowsLabel] = field("Rows", "rows-field", {}, (x) => cuts.near(x));
  const [shareField, shareLabel] = field("Share, %", "share-field", {}, (x) => cuts.near((x / 100) * n));
  const reset = h("button.pyn-button", { pyn: "threshold-reset", click: () => (store.move(store.start), store.commit()) }, "Reset");
  const method = h("p.pyn-note", { pyn: "threshold-method" });
  let pending = false;

  function enter(input, read) {
    const x = plain(input.value);
    const cut = Number.isFinite(x) ? read(x) : null;
    if (!cut) {
      store.announce(`“${input.value}” is not a number.`);
      frames.ask(draw);
      return;
    }
    store.move(cut);
    store.commit();
    frames.ask(draw);
  }

  function settle() {
    pending = false;
    store.commit();
  }

  function onKey(event) {
    const { k } = store.cut;
    const leap = max(1, round(k * 0.2), round(n * 0.0005));
    const [fewer, more] = [() => cuts.next(k - 1, -1), () => cuts.next(k + 1, 1)];
    const to = (find) => () => {
      store.move(find());
      pending = event.repeat;
      if (!pending) store.commit();
    };
    press(event, {
      ArrowRight: to(fewer), ArrowUp: to(fewer), ArrowLeft: to(more), ArrowDown: to(more),
      PageUp: to(() => cuts.next(max(0, k - leap), -1)), PageDown: to(() => cuts.next(min(n, k + leap), 1)),
      Home: to(() => cuts.near(n)), End: to(() => cuts.near(0)),
    });
  }

  const place = (x) => scale.back(low + ((x - LEFT) / width) * (high - low));

  function follow(event) {
    const x = event.clientX - plot.getBoundingClientRect().left;
    if (x <= LEFT) store.move(cuts.near(n));
    else if (x >= LEFT + width) store.move(cuts.near(0));
    else store.move(cuts.from(place(x)));
  }

  function onDown(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
    slider.focus({ preventScroll: true });
    store.dragging = true;
    follow(event);
  }

  function onMove(event) {
    if (store.dragging) follow(event);
  }

  function onUp() {
    if (!store.dragging) return;
    store.dragging = false;
    store.commit();
  }

  const xOf = (t) => LEFT + clamp((scale.of(t) - low) / (high - low), 0, 1) * width;

  function draw() {
    const { t, k } = store.cut;
    const x = xOf(t);
    const split = shape ? clamp(shape.border(x - LEFT, k), 0, width) : 0;
    put(belowClip, { width: split });
    put(overClip, { x: LEFT + split, width: width - split });
    put(over, { transform: `translate(${-split} 0)` });
    put(line, { x1: x, x2: x });
    slider.style.transform = `translateX(${x}px)`;
    say(flag, fourDigits(t));
    flag.style.transform = `translateX(${x > LEFT + width / 2 ? "calc(-100% - 8px)" : "8px"})`;
    put(slider, {
      "aria-valuemin": min(cuts.min - cuts.margin, t), "aria-valuemax": max(cuts.max + cuts.margin, t), "aria-valuenow": t,
      "aria-valuetext": `threshold ${fourDigits(t)}, ${count(k)} of ${rows(n)} flagged, ${share(k / n)}`,
    });
    value.value = number(t, 6).replace("−", "-");
    rowsField.value = count(k);
    shareField.value = share(k / n).replace(" %", "");
    const moved = k !== store.start.k;
    reset.disabled = !moved;
    const rule = spec.threshold.method ?? "";
    say(method, moved ? `Moved by hand from ${fourDigits(store.start.t)}${rule ? ` (${rule})` : ""}` : rule);
  }

  function drawMark() {
    put(mark, { transform: `translate(${n ? xOf(store.scores[store.shown]) : -99} ${BASE})` });
  }

  function resize() {
    width = max(60, plot.clientWidth - LEFT - RIGHT);
    put(svg, { width: LEFT + width + RIGHT });
    shape = outline(cuts, scale, width, low, high);
    const { path, most, tall } = shape;
    put(below, { d: path });
    put(over, { d: path });
    const levels = Array.from({ length: floor(log10(most)) + 1 }, (_, i) => 10 ** i);
    const ticks = scale.ticks(max(low, 0), min(high, 1), max(5, width / 90));
    grid.replaceChildren(
      ...levels.map((c) => s("g", { transform: `translate(0 ${BASE - tall(c)})` },
        s("line", { x1: LEFT, x2: LEFT + width }), s("text", { x: LEFT - 6, y: 3.5, "text-anchor": "end" }, compact(c)))),
      s("line.pyn-base", { x1: LEFT, x2: LEFT + width, y1: BASE + 0.5, y2: BASE + 0.5 }),
      ...ticks.map(({ u, text }) => s("text", { x: LEFT + ((u - low) / (high - low)) * width, y: BASE + 16, "text-anchor": "middle" }, text)));
    draw();
    drawMark();
  }

  store.on("threshold", () => frames.ask(draw));
  store.on("selected", () => frames.ask(drawMark));
  const element = h("section.pyn-scores", { "aria-label": "Scores and threshold" },
    h("div.pyn-bar", null,
      h("h3", spec.score.label[0].toUpperCase() + spec.score.label.slice(1), h("small", `rows on a log scale${axis.scale ? ", high scores drawn closer" : ""}`)),
      h("div.pyn-fields", valueLabel, rowsLabel, shareLabel, reset)),
    plot, method);
  return { element, resize };
}
