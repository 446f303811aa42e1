/** Two axes against each other: points, zoom, pan, choosing by click and by box. */
import { h, put, s, say } from "./dom.js";
import { clip, count, number } from "./format.js";
import { Points, SCORE } from "./points.js";
import { Raster } from "./raster.js";
import { MOST_SELECTED } from "./store.js";

const LEFT = 58;
const BOTTOM = 24;
const GUTTER = 16; // room for points whose value is missing
const NEAR = 14;
const HOME = { x0: -0.03, x1: 1.03, y0: -0.03, y1: 1.03 };

/** @param {import("./store.js").Store} store */
export function scatter(store, frames) {
  const points = new Points(store);
  const indices = points.choices.map(({ i }) => i);
  const pick = (i, other) => (indices.includes(i) ? i : indices.find((j) => j !== other) ?? SCORE);
  const [startX, startY] = store.spec.axes_start?.length ? store.spec.axes_start : [0, 1];
  const chosen = { x: pick(startX, SCORE), y: SCORE };
  chosen.y = startY !== startX && indices.includes(startY) ? startY : pick(NaN, chosen.x);
  const view = { ...HOME };
  const size = { width: 0, height: 0, ratio: 1 };
  let box = null;
  let hold = null;
  let mode = "box";
  let stale = true;
  let ring = "#000";
  let halo = "#fff";

  const canvas = h("canvas", { class: "pyn-canvas", "aria-hidden": "true", pyn: "scatter-canvas" });
  const rings = h("canvas", { class: "pyn-canvas", "aria-hidden": "true" });
  const raster = new Raster(canvas);
  const svg = s("svg", { class: "pyn-svg pyn-axes", "aria-hidden": "true" });
  const frame = s("g");
  const boxMark = s("rect", { class: "pyn-box" });
  svg.append(frame, boxMark);
  const tip = h("div", { class: "pyn-tip", "aria-hidden": "true" });
  const wait = h("p", { class: "pyn-wait", hidden: true });
  const plot = h("div", {
    class: "pyn-plot", tabindex: "0", role: "group", pyn: "scatter", "aria-roledescription": "scatter plot",
    keydown: onKey, pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: () => ((hold = null), frames.ask(drawBox)),
    pointerleave: () => tip.classList.remove("pyn-on"), dblclick: () => show({ ...HOME }),
  }, canvas, rings, svg, tip, wait);
  plot.addEventListener("wheel", onWheel, { passive: false });

  const select = (key, label) => {
    const groups = [["score", "Score"], ["projection", "Projections"], ["column", "Columns"]];
    const options = groups.map(([group, title]) => {
      const own = points.choices.filter(({ axis }) => (axis.group ?? "column") === group);
      return own.length ? h("optgroup", { label: title }, own.map(({ axis, i }) => h("option", { value: String(i), selected: i === chosen[key] }, axis.name))) : null;
    });
    const element = h("select", { class: "pyn-select", pyn: `axis-${key}`, "aria-label": label, change: () => take(key, Number(element.value)) }, options.reverse());
    return element;
  };
  const axisX = select("x", "Horizontal axis");
  const axisY = select("y", "Vertical axis");
  const tool = (text, label, pyn, click, pressed) =>
    h("button", { class: "pyn-tool", type: "button", title: label, "aria-label": label, pyn, click, "aria-pressed": pressed }, text);
  const boxTool = tool("▭", "Drag to select", "mode-box", () => setMode("box"), "true");
  const panTool = tool("✥", "Drag to move", "mode-pan", () => setMode("pan"), "false");
  const caption = h("p", { class: "pyn-note", pyn: "scatter-note" });

  function setMode(next) {
    mode = next;
    put(boxTool, { "aria-pressed": String(mode === "box") });
    put(panTool, { "aria-pressed": String(mode === "pan") });
    plot.classList.toggle("pyn-panning", mode === "pan");
  }

  async function take(key, index) {
    chosen[key] = index;
    if (!points.on(index)) {
      say(wait, `Fetching ${points.axis(index).name} …`);
      wait.hidden = false;
      try {
        await points.fetch(index);
      } catch (error) {
        if (chosen[key] === index && error.message !== "superseded") say(wait, error.message);
        return;
      }
    }
    wait.hidden = Boolean(points.on(chosen.x) && points.on(chosen.y));
    show({ ...HOME });
  }

  function show(next) {
    const wide = Math.min(1.2, next.x1 - next.x0);
    const tall = Math.min(1.2, next.y1 - next.y0);
    if (wide < 1e-4 || tall < 1e-4) return;
    const midX = Math.max(0, Math.min(1, (next.x0 + next.x1) / 2));
    const midY = Math.max(0, Math.min(1, (next.y0 + next.y1) / 2));
    Object.assign(view, { x0: midX - wide / 2, x1: midX + wide / 2, y0: midY - tall / 2, y1: midY + tall / 2 });
    stale = true;
    frames.ask(draw);
  }

  /** Zooms around a place of the plot given in 0..1 from its lower left. */
  function zoom(factor, fx = 0.5, fy = 0.5) {
    const [cx, cy] = [view.x0 + fx * (view.x1 - view.x0), view.y0 + fy * (view.y1 - view.y0)];
    show({ x0: cx - (cx - view.x0) * factor, x1: cx + (view.x1 - cx) * factor, y0: cy - (cy - view.y0) * factor, y1: cy + (view.y1 - cy) * factor });
  }

  function pan(dx, dy) {
    const [mx, my] = [dx * (view.x1 - view.x0), dy * (view.y1 - view.y0)];
    show({ x0: view.x0 + mx, x1: view.x1 + mx, y0: view.y0 + my, y1: view.y1 + my });
  }

  /** The plane's pixels: data area [x, y, width, height] beside the gutters. */
  function area() {
    const gx = points.on(chosen.x)?.missing ? GUTTER : 0;
    const gy = points.on(chosen.y)?.missing ? GUTTER : 0;
    return { gx, gy, x: LEFT + gx, y: 4, width: size.width - LEFT - gx - 4, height: size.height - BOTTOM - gy - 4 };
  }

  const placeX = new Float32Array(points.count);
  const placeY = new Float32Array(points.count);
  const OUT = -1e9;

  function layOut() {
    const [X, Y] = [points.on(chosen.x), points.on(chosen.y)];
    const a = area();
    const [kx, ky] = [a.width / (view.x1 - view.x0), a.height / (view.y1 - view.y0)];
    for (let i = 0; i < points.count; i++) {
      const [u, v] = [X.at[i], Y.at[i]];
      const inX = u >= view.x0 && u <= view.x1;
      const inY = v >= view.y0 && v <= view.y1;
      placeX[i] = inX ? a.x + (u - view.x0) * kx : u !== u ? LEFT + 5 : OUT;
      placeY[i] = inY ? a.y + a.height - (v - view.y0) * ky : v !== v ? a.y + a.height + a.gy - 5 : OUT;
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
    const atX = (u) => a.x + ((u - view.x0) / (view.x1 - view.x0)) * a.width;
    const atY = (v) => a.y + a.height - ((v - view.y0) / (view.y1 - view.y0)) * a.height;
    const bottom = size.height - BOTTOM;
    const text = (x, y, anchor, content) => s("text", { x, y, "text-anchor": anchor }, content);
    const across = X.scale.ticks(view.x0, view.x1, a.width / 90, Math.floor(a.width / 60)).filter(({ u }) => u >= view.x0 && u <= view.x1);
    const up = Y.scale.ticks(view.y0, view.y1, a.height / 60, 8).filter(({ u }) => u >= view.y0 && u <= view.y1);
    frame.replaceChildren(
      ...across.map((t) => s("line", { class: "pyn-gridline", x1: atX(t.u), x2: atX(t.u), y1: a.y, y2: bottom })),
      ...up.map((t) => s("line", { class: "pyn-gridline", x1: LEFT, x2: size.width - 4, y1: atY(t.u), y2: atY(t.u) })),
      s("path", { class: "pyn-base", d: `M${LEFT} ${a.y}V${bottom}H${size.width - 4}` }),
      ...(a.gx ? [s("line", { class: "pyn-gutter", x1: a.x - 4, x2: a.x - 4, y1: a.y, y2: bottom }), text(LEFT + 5, bottom + 15, "middle", "∅")] : []),
      ...(a.gy ? [s("line", { class: "pyn-gutter", x1: LEFT, x2: size.width - 4, y1: bottom - a.gy + 4, y2: bottom - a.gy + 4 }), text(LEFT - 6, bottom - 2, "end", "missing")] : []),
      ...across.map((t) => text(Math.min(size.width - 14, Math.max(LEFT + 10, atX(t.u))), bottom + 16, "middle", t.text)),
      ...up.map((t) => text(LEFT - 6, atY(t.u) + 3.5, "end", clip(t.text, 9))));
    put(plot, { "aria-label": `${Y.axis.name} against ${X.axis.name}. Arrow keys move, plus and minus zoom, 0 shows all, Escape clears the selection. The table below holds the same rows.` });
    const bent = [X, Y].filter((e) => e.axis.scale).map((e) => e.axis.name);
    const parts = points.sample
      ? [`The ${count(points.exact)} highest scores one by one; ${count(points.sample)} of the other ${count(points.of - points.exact)} rows stand for all of them.`]
      : points.count < points.of ? [`The ${count(points.count)} highest scores of ${count(points.of)}.`] : [];
    if (bent.length) parts.push(`${bent.join(" and ")} on a symlog scale.`);
    if (a.gx || a.gy) parts.push("Missing values lie at the rim.");
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
    for (let j = store.selected.length - 1; j > 0; j--) circle(store.selected[j], 4, 1, ring);
    circle(store.shown, 7, 4.5, halo);
    circle(store.shown, 7, 2, ring);
  }

  function drawBox() {
    const on = hold?.box && box;
    put(boxMark, on ? { x: Math.min(box.x0, box.x1), y: Math.min(box.y0, box.y1), width: Math.abs(box.x1 - box.x0), height: Math.abs(box.y1 - box.y0) } : { width: 0, height: 0 });
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
    if (!hold) return frames.ask(() => hover(at));
    if (Math.hypot(at.x - hold.at.x, at.y - hold.at.y) > 4) hold.moved = true;
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
    const [x0, x1] = [Math.min(box.x0, box.x1), Math.max(box.x0, box.x1)];
    const [y0, y1] = [Math.min(box.y0, box.y1), Math.max(box.y0, box.y1)];
    const inside = [];
    let all = 0;
    for (let i = 0; i < points.count; i++) {
      if (placeX[i] < x0 || placeX[i] > x1 || placeY[i] < y0 || placeY[i] > y1) continue;
      if (all++ < MOST_SELECTED) inside.push(points.rank(i));
    }
    store.choose(inside);
    if (all > MOST_SELECTED) store.announce(`${count(all)} points in the box; the ${count(MOST_SELECTED)} with the highest scores are selected.`);
  }

  function hover(at) {
    const i = size.width ? nearest(at) : -1;
    tip.classList.toggle("pyn-on", i >= 0);
    if (i < 0) return;
    const rank = points.rank(i);
    const { id } = store.row(rank);
    const [X, Y] = [points.on(chosen.x), points.on(chosen.y)];
    const tell = ({ axis, at: values, scale }) => `${clip(axis.name, 24)}  ${Number.isNaN(values[i]) ? "missing" : clip(scale.tell(values[i]), 24)}`;
    const lines = [id == null ? `Rank ${count(rank + 1)}` : `Row ${clip(id, 24)}`, tell(X), tell(Y), `score  ${number(store.scores[rank])}`];
    tip.replaceChildren(...lines.map((line) => h("div", null, line)));
    const toLeft = placeX[i] > size.width / 2;
    tip.style.transform = `translate(${placeX[i] + (toLeft ? -14 : 14)}px, ${Math.min(placeY[i], size.height - 90)}px) translateX(${toLeft ? "-100%" : "0"})`;
  }

  /** The wheel zooms once the plot has the focus (or with Ctrl), so that scrolling a page over it stays scrolling. */
  function onWheel(event) {
    const focused = plot.getRootNode().activeElement === plot;
    if (!focused && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const [a, at] = [area(), where(event)];
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.004), (at.x - a.x) / a.width, 1 - (at.y - a.y) / a.height);
  }

  function onKey(event) {
    const act = {
      ArrowLeft: () => pan(-0.1, 0), ArrowRight: () => pan(0.1, 0), ArrowUp: () => pan(0, 0.1), ArrowDown: () => pan(0, -0.1),
      "+": () => zoom(0.75), "=": () => zoom(0.75), "-": () => zoom(1 / 0.75), 0: () => show({ ...HOME }), Escape: () => store.choose([]),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  function resize() {
    size.width = plot.clientWidth;
    size.height = plot.clientHeight;
    if (!size.width || !size.height) return;
    size.ratio = Math.min(2, window.devicePixelRatio || 1);
    const [w, t] = [Math.round(size.width * size.ratio), Math.round(size.height * size.ratio)];
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
    raster.colours(read("--pyn-blue-rgb").split(",").map(Number), read("--pyn-red-rgb").split(",").map(Number));
    ring = read("--pyn-ink");
    halo = read("--pyn-bg");
    if (size.width) {
      draw();
      drawRings();
    }
  }

  store.on("threshold", () => frames.ask(draw));
  store.on("selected", () => frames.ask(drawRings));
  const element = h("section", { class: "pyn-map", "aria-label": "Scatter plot" },
    h("div", { class: "pyn-bar" },
      h("h3", { class: "pyn-pair" }, axisY, h("small", null, "against"), axisX),
      h("div", { class: "pyn-tools", role: "group", "aria-label": "Tools of the scatter plot" }, boxTool, panTool,
        tool("+", "Zoom in", "zoom-in", () => zoom(0.7)), tool("−", "Zoom out", "zoom-out", () => zoom(1 / 0.7)), tool("⤢", "Show all", "zoom-reset", () => show({ ...HOME })))),
    plot, caption);
  if (![chosen.x, chosen.y].every((i) => points.on(i))) for (const key of ["x", "y"]) if (!points.on(chosen[key])) take(key, chosen[key]);
  return { element, resize, recolour, points };
}
