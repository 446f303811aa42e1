/** One row's values to the numbers that a detector takes, as `Encoder.transform` does. */
import { floor } from "./maths.js";

const LIMIT = 1e100;
const DAY = 86_400;

/** What is not there takes the median's place. */
function scaled(value, [unit, median, mean, std]) {
  let x = value ?? median * unit;
  if (unit !== 1) x /= unit;
  x = (x - median - mean) / std;
  return Math.min(Math.max(x, -LIMIT), LIMIT);
}

/** Seconds since 1970 of an ISO moment on the clock of the data, to the microsecond. */
export function seconds(text) {
  const [, y, m, d, h = 0, min = 0, s = 0, part = ""] = /^(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?)?/.exec(text).map((x) => x ?? undefined);
  const at = new Date(0);
  at.setUTCFullYear(+y, m - 1, +d);
  return (at.getTime() / 1000 + h * 3600 + min * 60 + +s) + Number(`0.${part || 0}`);
}

function phase(at, cycle) {
  if (cycle === "day") return (((at % DAY) + DAY) % DAY) / DAY;
  const day = floor(at / DAY);
  if (cycle === "week") return ((((day + 3) % 7) + 7) % 7) / 7; // 1970 began on a Thursday
  const first = new Date(0);
  first.setUTCFullYear(new Date(day * DAY * 1000).getUTCFullYear(), 0, 1);
  return (day - first.getTime() / 1000 / DAY) / 366;
}

function moment(value, coder) {
  const at = value == null ? null : seconds(value);
  const out = coder.placed ? [scaled(at, coder.scale) * coder.share] : [];
  for (const { name, mean, scale } of coder.cycles) {
    const turn = 2 * Math.PI * (at == null ? 0 : phase(at, name));
    out.push(...[Math.sin(turn), Math.cos(turn)].map((x, i) => (at == null ? 0 : (x - mean[i]) * scale * coder.share)));
  }
  return out;
}

function category(value, { levels, lookup }) {
  const place = value == null ? levels.length + 1 : levels.indexOf(value);
  return lookup[place < 0 ? levels.length : place];
}

/** The features of a row given by column name. */
export function encode(coders, values) {
  return Float64Array.from(coders.flatMap((coder) => {
    const value = values[coder.name];
    if (coder.kind === "held") return coder.features;
    const own = coder.kind === "number" ? [scaled(value == null ? null : Number(value), coder.scale)] : (coder.kind === "datetime" ? moment : category)(value, coder);
    return coder.missing ? [...own, coder.missing[value == null ? 1 : 0]] : own;
  }));
}
