/** Colours for canvases: between the theme's blue and vermilion, and for categories. */
import { abs, clamp, round } from "./maths.js";

const OTHERS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a939d"]; // after Okabe and Ito

/** @param {(name: string) => string} look the value of a style variable */
export function inks(look) {
  const rgb = (name) => look(name).match(/[\da-f]{2}/gi).map((pair) => parseInt(pair, 16));
  const [none, low, high, grey] = ["--pyn-wash", "--pyn-blue", "--pyn-red", "--pyn-edge"].map(rgb);
  const mix = (a, b, t) => `rgb(${a.map((x, k) => round(x + (b[k] - x) * t)).join(" ")})`;
  return {
    /** From -1, blue, over nothing to 1, vermilion. */
    diverging: (t) => mix(none, t < 0 ? low : high, clamp(abs(t), 0, 1)),
    /** From 0, blue, over grey to 1, vermilion. */
    along: (u) => (u < 0.5 ? mix(low, grey, u * 2) : mix(grey, high, u * 2 - 1)),
    category: (i) => OTHERS[i < 6 ? i : 6],
    ink: look("--pyn-ink"),
    soft: look("--pyn-edge"),
    faint: look("--pyn-faint"),
    ground: look("--pyn-bg"),
    plain: look("--pyn-blue"),
  };
}

/** Fits a canvas to its place and gives a context in CSS pixels. */
export function sheet(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = round(width * ratio);
  canvas.height = round(height * ratio);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  return context;
}
