/** Axes: data units to positions 0..1 and back, with ticks. */
import { clip, number, tick } from "./format.js";
import { abs, ceil, clamp, floor, log10, max, min } from "./maths.js";

const SECOND = 1000;
const DAY = 86_400_000;
const STEPS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200].map((x) => x * SECOND)
  .concat([1, 2, 7, 14].map((x) => x * DAY));
const MONTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/** The round step (1, 2 or 5 times a power of ten) that gives about `wanted` parts. */
function roundStep(span, wanted) {
  const rough = span / max(1, wanted);
  const power = 10 ** floor(log10(rough));
  return power * [1, 2, 5, 10].find((x) => x * power >= rough * 0.999);
}

function linearTicks(low, high, wanted) {
  const step = roundStep(high - low, wanted);
  if (!(step > 0)) return [];
  const first = ceil(low / step - 1e-9);
  const last = floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => ({ v: (first + i) * step, text: tick((first + i) * step, step) }));
}

/** Round numbers of every size in [low, high], rounder ones first. */
function manySizes(low, high) {
  const found = [];
  const top = ceil(log10(max(abs(low), abs(high), 1e-12)));
  if (low <= 0 && high >= 0) found.push(0);
  for (const part of [1, 5, 2]) {
    for (let power = top; power > top - 9; power--) {
      for (const v of [part * 10 ** power, -part * 10 ** power]) if (v >= low && v <= high) found.push(v);
    }
  }
  return found.map((v) => ({ v, text: tick(v, 10 ** floor(log10(abs(v) || 1))) }));
}

function timeTicks(low, high, wanted) {
  const rough = (high - low) / max(1, wanted);
  const step = STEPS.find((x) => x >= rough);
  const iso = (v) => new Date(v).toISOString();
  if (step) {
    const write = step >= DAY ? (v) => iso(v).slice(0, 10)
      : (v) => (v % DAY ? iso(v).slice(11, step < 60 * SECOND ? 19 : 16) : iso(v).slice(5, 10));
    const first = ceil(low / step);
    return Array.from({ length: floor(high / step) - first + 1 }, (_, i) => ({ v: (first + i) * step, text: write((first + i) * step) }));
  }
  const months = MONTHS.find((x) => x * 30.5 * DAY >= rough) ?? 2400;
  const ticks = [];
  const from = new Date(low);
  for (let m = floor((from.getUTCFullYear() * 12 + from.getUTCMonth()) / months) * months; ; m += months) {
    const at = new Date(0);
    at.setUTCFullYear(floor(m / 12), m % 12, 1);
    if (+at > high) return ticks;
    if (+at >= low) ticks.push({ v: +at, text: iso(+at).slice(0, months >= 12 ? 4 : 7) });
  }
}

/** Keeps ticks that are at least `gap` apart, the earlier ones first. */
function apart(ticks, gap) {
  const kept = [];
  for (const t of ticks) if (kept.every((other) => abs(other.u - t.u) >= gap)) kept.push(t);
  return kept;
}

/**
 * @param {import("./types.js").Axis} axis
 * @returns {{of: (v: number) => number, back: (u: number) => number, tell: (u: number) => string,
 *   ticks: (low: number, high: number, wanted: number, letters?: number) => {u: number, text: string}[]}}
 *   u is 0 at `min` and 1 at `max`; for categories the middle of each label's slot
 */
export function scaleOf(axis) {
  if (axis.kind === "category") {
    const labels = axis.labels ?? [];
    const slots = max(1, labels.length);
    const label = (u) => labels[clamp(floor(u * slots), 0, slots - 1)] ?? "";
    return {
      of: (v) => (v + 0.5) / slots,
      back: (u) => floor(u * slots),
      tell: label,
      ticks: (low, high, wanted, letters = 12) => apart(
        labels.map((text, i) => ({ u: (i + 0.5) / slots, text: clip(text, letters) })).filter(({ u }) => u >= low && u <= high),
        ((high - low) / max(1, wanted * 1.6)) * 0.999),
    };
  }
  const [, centre, width] = axis.scale ?? [];
  const t = width ? (v) => Math.asinh((v - centre) / width) : (v) => v;
  const inverse = width ? (x) => Math.sinh(x) * width + centre : (x) => x;
  const start = t(axis.min);
  const span = t(axis.max) - start || 1;
  const of = (v) => (t(v) - start) / span;
  const back = (u) => inverse(start + u * span);
  const time = axis.kind === "datetime";
  return {
    of,
    back,
    tell: time ? (u) => new Date(back(u)).toISOString().slice(0, 16).replace("T", " ") : (u) => number(back(u)),
    ticks(low, high, wanted) {
      const [from, to] = [back(low), back(high)];
      if (!(to > from)) return [];
      const raw = time ? timeTicks(from, to, wanted) : [...(width ? manySizes(from, to) : []), ...linearTicks(from, to, wanted)];
      const placed = raw.map(({ v, text }) => ({ u: of(v), text }));
      return width ? apart(placed, (high - low) / (wanted * 1.5)) : placed;
    },
  };
}

/** The axis of the scores themselves; bent when a few high scores would squeeze all others together. */
export function scoreAxis(cuts, label) {
  const { scores, n } = cuts;
  const pad = cuts.max > cuts.min ? 0 : cuts.margin;
  const at = (share) => scores[min(n - 1, floor(share * n))] ?? 0;
  const [middle, high] = [at(0.5), at(0.02)];
  const bent = n > 20 && high > middle && cuts.max - cuts.min > 12 * (high - cuts.min);
  /** @type {import("./types.js").Axis} */
  const axis = { name: label, kind: "number", group: "score", min: cuts.min - pad, max: cuts.max + pad };
  if (bent) axis.scale = ["asinh", cuts.min, (high - cuts.min) / 2];
  return axis;
}
