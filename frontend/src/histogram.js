/** All scores as a histogram, and the threshold as a slider on it. */
import { h, put, s, say } from "./dom.js";
import { count, number, rows, share } from "./format.js";
import { scaleOf, scoreAxis } from "./scale.js";

const HEIGHT = 132;
const TOP = 24;
const BASE = HEIGHT - 20;
const LEFT = 40;
const RIGHT = 10;

/** Bars of log counts: their outline once in each colour, cut at the threshold by nested svgs. */
function outline(cuts, scale, width, low, high) {
  const bins = Math.max(20, Math.min(140, Math.floor(width / 6)));
  const counts = new Array(bins);
  let above = 0;
  for (let i = bins - 1; i >= 0; i--) {
    const to = i === 0 ? cuts.n : cuts.count(scale.back(low + (i / bins) * (high - low)));
    counts[i] = to - above;
    above = to;
  }
  const most = Math.max(1, ...counts);
  const tall = (c) => (Math.log1p(c) / Math.log1p(most)) * (BASE - TOP);
  const wide = width / bins;
  const bars = counts.map((c, i) => (c ? `M${(i * wide).toFixed(2)} ${BASE}v${-tall(c).toFixed(2)}h${(wide - 1).toFixed(2)}V${BASE}z` : ""));
  return { path: bars.join(""), most, tall };
}

/** @param {import("./store.js").Store} store */
export function histogram(store, frames) {
  const { spec, cuts, n } = store;
  const axis = scoreAxis(cuts, spec.score.label);
  const scale = scaleOf(axis);
  const low = -0.02;
  const high = 1.02;
  let width = 0;

  const [below, over] = [s("path", { class: "pyn-bar-blue" }), s("path", { class: "pyn-bar-red" })];
  const belowClip = s("svg", { x: LEFT, y: 0, height: HEIGHT }, below);
  const overClip = s("svg", { y: 0, height: HEIGHT }, over);
  const grid = s("g", { class: "pyn-grid" });
  const mark = s("path", { class: "pyn-mark", d: "M-5 7L0 1L5 7Z" });
  const line = s("line", { class: "pyn-line", y1: TOP - 4, y2: BASE });
  const svg = s("svg", { class: "pyn-svg", height: HEIGHT, "aria-hidden": "true" }, grid, belowClip, overClip, line, mark);
  const flag = h("span", { class: "pyn-flag", "aria-hidden": "true" });
  const slider = h("div", {
    class: "pyn-slider", role: "slider", tabindex: "0", pyn: "threshold-slider", "aria-orientation": "horizontal",
    "aria-label": "Threshold on the anomaly score", keydown: onKey, keyup: () => pending && settle(),
  }, h("span", { class: "pyn-knob" }), flag);
  const plot = h("div", { class: "pyn-hist", pyn: "histogram", pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onUp }, svg, slider);

  const field = (label, pyn, attributes, read) => {
    const input = h("input", { class: "pyn-field", type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", pyn, ...attributes,
      change: () => enter(input, read), keydown: (e) => e.key === "Escape" && draw() });
    return [input, h("label", { class: "pyn-label" }, h("span", null, label), input)];
  };
  const plain = (text) => Number(text.replace(/[,\s%_]/g, "").replace("−", "-") || NaN);
  const [value, valueLabel] = field("Threshold", "threshold-field", {}, (x) => cuts.from(x, true));
  const [rowsField, rowsLabel] = field("Rows", "rows-field", {}, (x) => cuts.near(x));
  const [shareField, shareLabel] = field("Share, %", "share-field", {}, (x) => cuts.near((x / 100) * n));
  const reset = h("button", { class: "pyn-button", type: "button", pyn: "threshold-reset", click: () => (store.move(store.start), store.commit()) }, "Reset");
  const method = h("p", { class: "pyn-note", pyn: "threshold-method" });
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
    const leap = Math.max(1, Math.round(k * 0.2), Math.round(n * 0.0005));
    const to = {
      ArrowRight: () => cuts.next(k - 1, -1), ArrowUp: () => cuts.next(k - 1, -1),
      ArrowLeft: () => cuts.next(k + 1, 1), ArrowDown: () => cuts.next(k + 1, 1),
      PageUp: () => cuts.next(Math.max(0, k - leap), -1), PageDown: () => cuts.next(Math.min(n, k + leap), 1),
      Home: () => cuts.near(n), End: () => cuts.near(0),
    }[event.key];
    if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    store.move(to());
    pending = event.repeat;
    if (!pending) store.commit();
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

  const xOf = (t) => LEFT + Math.max(0, Math.min(1, (scale.of(t) - low) / (high - low))) * width;

  function draw() {
    const { t, k } = store.cut;
    const x = xOf(t);
    put(belowClip, { width: Math.max(0, x - LEFT) });
    put(overClip, { x, width: Math.max(0, LEFT + width - x), viewBox: null });
    put(over, { transform: `translate(${LEFT - x} 0)` });
    put(line, { x1: x, x2: x });
    slider.style.transform = `translateX(${x}px)`;
    say(flag, number(t));
    flag.style.transform = `translateX(${Math.max(LEFT - x, Math.min(LEFT + width - x, 0)) - 0}px) translateX(${x > LEFT + width / 2 ? "calc(-100% - 6px)" : "6px"})`;
    put(slider, {
      "aria-valuemin": Math.min(cuts.min - cuts.margin, t), "aria-valuemax": Math.max(cuts.max + cuts.margin, t), "aria-valuenow": t,
      "aria-valuetext": `threshold ${number(t)}, ${count(k)} of ${rows(n)} flagged, ${share(k / n)}`,
    });
    value.value = number(t, 6).replace("−", "-");
    rowsField.value = count(k);
    shareField.value = share(k / n).replace(" %", "");
    const moved = k !== store.start.k;
    reset.disabled = !moved;
    const rule = spec.threshold.method ?? "";
    say(method, moved ? `Moved by hand from ${number(store.start.t)}${rule ? ` (${rule})` : ""}` : rule);
  }

  function drawMark() {
    put(mark, { transform: `translate(${n ? xOf(store.scores[store.shown]) : -99} ${BASE})` });
  }

  function resize() {
    width = Math.max(60, plot.clientWidth - LEFT - RIGHT);
    put(svg, { width: LEFT + width + RIGHT });
    const { path, most, tall } = outline(cuts, scale, width, low, high);
    put(below, { d: path });
    put(over, { d: path });
    const levels = [1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7].filter((c) => c <= most);
    const ticks = scale.ticks(Math.max(low, 0), Math.min(high, 1), width / 90);
    grid.replaceChildren(
      ...levels.map((c) => s("g", { transform: `translate(0 ${BASE - tall(c)})` },
        s("line", { x1: LEFT, x2: LEFT + width }), s("text", { x: LEFT - 6, y: 3.5, "text-anchor": "end" }, c >= 1000 ? `${c >= 1e6 ? `${c / 1e6}M` : `${c / 1000}k`}` : String(c)))),
      s("line", { class: "pyn-base", x1: LEFT, x2: LEFT + width, y1: BASE + 0.5, y2: BASE + 0.5 }),
      ...ticks.map(({ u, text }) => s("text", { x: LEFT + ((u - low) / (high - low)) * width, y: BASE + 16, "text-anchor": "middle" }, text)));
    draw();
    drawMark();
  }

  store.on("threshold", () => frames.ask(draw));
  store.on("selected", () => frames.ask(drawMark));
  const element = h("section", { class: "pyn-scores", "aria-label": "Scores and threshold" },
    h("div", { class: "pyn-bar" },
      h("h3", null, spec.score.label[0].toUpperCase() + spec.score.label.slice(1), h("small", null, `rows on a log scale${axis.scale ? ", high scores drawn closer" : ""}`)),
      h("div", { class: "pyn-fields" }, valueLabel, rowsLabel, shareLabel, reset)),
    plot, method);
  return { element, resize };
}
