/** Two axes against each other: points, zoom, pan, choosing by click and by box. */
import { h, press, put, s, say } from "./dom.js";
import { clip, count, highest, number } from "./format.js";
import { abs, clamp, floor, hypot, max, min, round } from "./maths.js";
import { Points, SCORE } from "./points.js";
import { Raster } from "./raster.js";
import { MOST_SELECTED } from "./store.js";

const LEFT = 58;
const BOTTOM = 24;
const GUTTER = 16; // room for points whose value is missing
const NEAR = 14;
const WIDEST = 1.06; // all points with a little room; a place on an axis is 0..1

/** @param {import("./store.js").Store} store */
export function scatter(store, frames) {
  const points = new Points(store);
  const indices = points.choices.map(({ i }) => i);
  const pick = (i, other) => (indices.includes(i) ? i : indices.find((j) => j !== other) ?? SCORE);
  const [startX, startY] = store.spec.axes_start?.length ? store.spec.axes_start : [0, 1];
  const chosen = { x: pick(startX, SCORE), y: SCORE };
  chosen.y = startY !== startX && indices.includes(startY) ? startY : pick(NaN, chosen.x);
  const view = { x: 0.5, y: 0.5, span: WIDEST }; // what lies in the middle, and how much of each axis is seen
  const size = { width: 0, height: 0, ratio: 1 };
  let box = null;
  let hold = null;
  let pointer = null;
  let mode = "box";
  let stale = true;
  let ring = "#000";
  let halo = "#fff";

  const canvas = h("canvas.pyn-canvas", { "aria-hidden": true, pyn: "scatter-canvas" });
  const rings = h("canvas.pyn-canvas", { "aria-hidden": true });
  const raster = new Raster(canvas);
  const svg = s("svg", { class: "pyn-svg pyn-axes", "aria-hidden": true });
  const frame = s("g");
  const boxMark = s("rect.pyn-box");
  svg.append(frame, boxMark);
  const tip = h("div.pyn-tip", { "aria-hidden": true });
  const wait = h("p.pyn-wait", { hidden: true });
  const plot = h("div.pyn-plot", {
    tabindex: "0", role: "group", pyn: "scatter",
    keydown: onKey, pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: () => ((hold = null), frames.ask(drawBox)),
    pointerleave: () => tip.classList.remove("pyn-on"), dblclick: all,
  }, canvas, rings, svg, tip, wait);
  plot.addEventListener("wheel", onWheel, { passive: false });

  const select = (key, label) => {
    const groups = [["score", "Score"], ["projection", "Projections"], ["column", "Columns"]];
    const options = groups.map(([group, title]) => {
      const own = points.choices.filter(({ axis }) => (axis.group ?? "column") === group);
      return own.length ? h("optgroup", { label: title }, own.map(({ axis, i }) => h("option", { value: String(i), selected: i === chosen[key] }, axis.name))) : null;
    });
    const element = h("select.pyn-select", { pyn: `axis-${key}`, "aria-label": label, change: () => take(key, Number(element.value)) }, options.reverse());
    return element;
  };
  const axisX = select("x", "Horizontal axis");
  const axisY = select("y", "Vertical axis");
  const tool = (text, label, pyn, click, pressed) =>
    h("button.pyn-tool", { title: label, "aria-label": label, pyn, click, "aria-pressed": pressed }, text);
  const boxTool = tool("▭", "Drag to select", "mode-box", () => setMode("box"), true);
  const panTool = tool("✥", "Drag to move", "mode-pan", () => setMode("pan"), false);
  const caption = h("p.pyn-note", { pyn: "scatter-note" });

  function setMode(next) {
    mode = next;
    put(boxTool, { "aria-pressed": mode === "box" });
    put(panTool, { "aria-pressed": mode === "pan" });
    plot.classList.toggle("pyn-panning", mode === "pan");
  }

  async function take(key, index) {
    chosen[key] = index;
    if (!points.on(index)) {
      say(wait, `Fetching ${points.axis(index).name} …`);
      wait.hidden = false;
      try {
        await points.fetch(index, key);
      } catch (error) {
        if (chosen[key] === index) say(wait, error.message);
        return;
      }
    }
    wait.hidden = Boolean(points.on(chosen.x) && points.on(chosen.y));
    all();
  }

  function show(x, y, span = view.span) {
    view.x = clamp(x, 0, 1);
    view.y = clamp(y, 0, 1);
    view.span = clamp(span, 1e-4, WIDEST);
    stale = true;
    frames.ask(draw);
  }

  function all() {
    show(0.5, 0.5, WIDEST);
  }

  /** Zooms around a place of the plot, given as parts of its size to the right of and above the middle. */
  function zoom(factor, right = 0, up = 0) {
    const span = clamp(view.span * factor, 1e-4, WIDEST);
    show(view.x + right * (view.span - span), view.y + up * (view.span - span), span);
  }

  const closer = () => zoom(0.75);
  const wider = () => zoom(1 / 0.75);

  function pan(right, up) {
    show(view.x + right * view.span, view.y + up * view.span);
  }

  /** Where the data lie in the plot, beside the gutters: size, middle, and pixels of places. */
  function area() {
    const gx = points.on(chosen.x)?.missing ? GUTTER : 0;
    const gy = points.on(chosen.y)?.missing ? GUTTER : 0;
    const [width, height] = [size.width - LEFT - gx - 4, size.height - BOTTOM - gy - 4];
    const [right, down, wide, tall] = [LEFT + gx + width / 2, 4 + height / 2, width / view.span, height / view.span];
    return { gx, gy, width, height, right, down, bottom: size.height - BOTTOM, atX: (u) => right + (u - view.x) * wide, atY: (v) => down - (v - view.y) * tall };
  }

  const placeX = new Float32Array(points.count);
  const placeY = new Float32Array(points.count);
  const OUT = -1e9;

  function layOut() {
    const [X, Y] = [points.on(chosen.x), points.on(chosen.y)];
    const a = area();
    const half = view.span / 2;
    for (let i = 0; i < points.count; i++) {
      const [u, v] = [X.at[i], Y.at[i]];
      placeX[i] = u !== u ? LEFT + 5 : abs(u - view.x) <= half ? a.atX(u) : OUT;
      placeY[i] = v !== v ? a.bottom - 5 : abs(v - view.y) <= half ? a.atY(v) : OUT;
    }
    const { ratio } = size;
    raster.place(placeX.map((x) => x * ratio), placeY.map((y) => y * ratio), points.weight, ratio);
  }

  function draw() {
    const ready = points.on(chosen.x) && points.on(chosen.y) && size.width > 0;
    if (!ready) return;
    if (stale) {
      layOut();
      drawAxes();
      stale = false;
      frames.ask(drawRings);
    }
    raster.draw(points.below(store.cut.k));
  }

  function drawAxes() {
    const [X, Y] = [points.on(chosen.x), points.on(chosen.y)];
    const a = area();
    const { atX, atY, bottom } = a;
    const ticks = ({ scale }, middle, wanted, letters) => {
      const [low, high] = [middle - view.span / 2, middle + view.span / 2];
      return scale.ticks(low, high, wanted, letters).filter(({ u }) => u >= low && u <= high);
    };
    const text = (x, y, anchor, content) => s("text", { x, y, "text-anchor": anchor }, content);
    const across = ticks(X, view.x, a.width / 90, floor(a.width / 60));
    const up = ticks(Y, view.y, a.height / 60, 8);
    frame.replaceChildren(
      ...across.map((t) => s("line.pyn-gridline", { x1: atX(t.u), x2: atX(t.u), y1: 4, y2: bottom })),
      ...up.map((t) => s("line.pyn-gridline", { x1: LEFT, x2: size.width - 4, y1: atY(t.u), y2: atY(t.u) })),
      s("path.pyn-base", { d: `M${LEFT} 4V${bottom}H${size.width - 4}` }),
      a.gx ? text(LEFT + 5, bottom + 16, "middle", "∅") : "",
      a.gy ? text(LEFT - 6, bottom - 2, "end", "∅") : "",
      ...across.map((t) => text(min(size.width - 24, max(LEFT + 10, atX(t.u))), bottom + 16, "middle", t.text)),
      ...up.map((t) => text(LEFT - 6, atY(t.u) + 3.5, "end", clip(t.text, 9))));
    put(plot, { "aria-label": `Scatter plot of ${Y.axis.name} against ${X.axis.name}. Arrow keys move, plus and minus zoom, 0 shows all, Escape clears the selection. The table below holds the same rows.` });
    const bent = [X, Y].filter((e) => e.axis.scale).map((e) => e.axis.name);
    const parts = points.sample
      ? [`The ${count(points.exact)} highest scores one by one; ${count(points.sample)} of the other ${count(points.of - points.exact)} rows stand for all of them.`]
      : points.count < points.of ? [`${highest(points.count, points.of)}.`] : [];
    if (bent.length) parts.push(`${bent.join(" and ")} on a symlog scale.`);
    if (a.gx || a.gy) parts.push("Missing values (∅) lie at the rim.");
    say(caption, parts.join(" "));
  }

  function drawRings() {
    const context = rings.getContext("2d");
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    const circle = (rank, radius, width, colour) => {
      const i = points.pointOf(rank);
      if (i < 0 || placeX[i] === OUT || placeY[i] === OUT) return;
      context.beginPath();
      context.arc(placeX[i], placeY[i], radius, 0, 7);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    };
    const many = store.selected.length > 200; // rings would cover each other
    context.globalAlpha = many ? 0.4 : 1;
    for (let j = store.selected.length - 1; j > 0; j--) circle(store.selected[j], many ? 0.7 : 4, many ? 1.4 : 1, ring);
    context.globalAlpha = 1;
    circle(store.shown, 7, 4.5, halo);
    circle(store.shown, 7, 2, ring);
  }

  function drawBox() {
    const on = hold?.box && box;
    put(boxMark, on ? { x: min(box.x0, box.x1), y: min(box.y0, box.y1), width: abs(box.x1 - box.x0), height: abs(box.y1 - box.y0) } : { width: 0, height: 0 });
  }

  const where = (event) => {
    const edge = plot.getBoundingClientRect();
    return { x: event.clientX - edge.left, y: event.clientY - edge.top };
  };

  /** The nearest point; flagged ones lie on top and win when about as near. */
  function nearest({ x, y }) {
    const m = points.below(store.cut.k);
    let best = -1;
    let least = NEAR * NEAR;
    for (let i = 0; i < points.count; i++) {
      const distance = (placeX[i] - x) ** 2 + (placeY[i] - y) ** 2 + (i < m ? 0 : 9);
      if (distance < least) [best, least] = [i, distance];
    }
    return best;
  }

  function onDown(event) {
    if (event.button !== 0) return;
    const at = where(event);
    plot.focus({ preventScroll: true });
    plot.setPointerCapture(event.pointerId);
    hold = { at, last: at, box: (mode === "box") !== event.shiftKey, moved: false };
    event.preventDefault();
  }

  function onMove(event) {
    const at = where(event);
    pointer = at;
    if (!hold) return frames.ask(hover);
    if (hypot(at.x - hold.at.x, at.y - hold.at.y) > 4) hold.moved = true;
    if (!hold.moved) return;
    tip.classList.remove("pyn-on");
    if (hold.box) {
      box = { x0: hold.at.x, y0: hold.at.y, x1: at.x, y1: at.y };
      frames.ask(drawBox);
    } else {
      const a = area();
      pan((hold.last.x - at.x) / a.width, (at.y - hold.last.y) / a.height);
      hold.last = at;
    }
  }

  function onUp(event) {
    const was = hold;
    hold = null;
    frames.ask(drawBox);
    if (!was) return;
    if (was.moved && was.box) return chooseBox();
    if (was.moved) return;
    const i = nearest(where(event));
    store.choose(i < 0 ? [] : [points.rank(i)]);
  }

  function chooseBox() {
    const [x0, x1] = [min(box.x0, box.x1), max(box.x0, box.x1)];
    const [y0, y1] = [min(box.y0, box.y1), max(box.y0, box.y1)];
    const inside = [];
    let all = 0;
    for (let i = 0; i < points.count; i++) {
      if (placeX[i] < x0 || placeX[i] > x1 || placeY[i] < y0 || placeY[i] > y1) continue;
      if (all++ < MOST_SELECTED) inside.push(points.rank(i));
    }
    store.choose(inside);
    if (all > MOST_SELECTED) store.announce(`${count(all)} points in the box; the ${count(MOST_SELECTED)} with the highest scores are selected.`);
  }

  function hover() {
    const i = size.width ? nearest(pointer) : -1;
    tip.classList.toggle("pyn-on", i >= 0);
    if (i < 0) return;
    const rank = points.rank(i);
    const { id } = store.row(rank);
    const [X, Y] = [points.on(chosen.x), points.on(chosen.y)];
    const tell = ({ axis, at: values, scale }) => `${clip(axis.name, 24)}  ${Number.isNaN(values[i]) ? "missing" : clip(scale.tell(values[i]), 24)}`;
    const lines = [id == null ? `Rank ${count(rank + 1)}` : `Row ${clip(id, 24)}`, tell(X), tell(Y), `score  ${number(store.scores[rank])}`];
    tip.replaceChildren(...lines.map((line) => h("div", line)));
    const toLeft = placeX[i] > size.width / 2;
    tip.style.transform = `translate(${placeX[i] + (toLeft ? -14 : 14)}px, ${min(placeY[i], size.height - 90)}px) translateX(${toLeft ? "-100%" : "0"})`;
  }

  /** The wheel zooms once the plot has the focus (or with Ctrl), so that scrolling a page over it stays scrolling. */
  function onWheel(event) {
    const focused = plot.getRootNode().activeElement === plot;
    if (!focused && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const [a, at] = [area(), where(event)];
    zoom(Math.exp(clamp(event.deltaY, -60, 60) * 0.004), (at.x - a.right) / a.width, (a.down - at.y) / a.height);
  }

  function onKey(event) {
    press(event, {
      ArrowLeft: () => pan(-0.1, 0), ArrowRight: () => pan(0.1, 0), ArrowUp: () => pan(0, 0.1), ArrowDown: () => pan(0, -0.1),
      "+": closer, "=": closer, "-": wider, 0: all, Escape: () => store.choose([]),
    });
  }

  function resize() {
    size.width = plot.clientWidth;
    size.height = plot.clientHeight;
    if (!size.width || !size.height) return;
    size.ratio = min(2, window.devicePixelRatio || 1);
    const [w, t] = [round(size.width * size.ratio), round(size.height * size.ratio)];
    raster.resize(w, t);
    rings.width = w;
    rings.height = t;
    put(svg, { width: size.width, height: size.height });
    stale = true;
    draw();
    drawRings();
  }

  /** Colours come from the style sheet. */
  function recolour(read) {
    const parts = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
    raster.colours(parts(read("--pyn-blue")), parts(read("--pyn-red")));
    ring = read("--pyn-ink");
    halo = read("--pyn-bg");
    if (size.width) {
      draw();
      drawRings();
    }
  }

  store.on("threshold", () => frames.ask(draw));
  store.on("selected", () => frames.ask(drawRings));
  const element = h("section.pyn-map", { "aria-label": "Scatter plot" },
    h("div.pyn-bar", null,
      h("h3.pyn-pair", axisY, h("small", "against"), axisX),
      h("div.pyn-tools", { role: "group", "aria-label": "Tools of the scatter plot" }, boxTool, panTool,
        tool("+", "Zoom in", "zoom-in", closer), tool("−", "Zoom out", "zoom-out", wider), tool("⤢", "Show all", "zoom-reset", all))),
    plot, caption);
  if (![chosen.x, chosen.y].every((i) => points.on(i))) for (const key of ["x", "y"]) if (!points.on(chosen[key])) take(key, chosen[key]);
  return { element, resize, recolour, points };
}
