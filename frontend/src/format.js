/** Numbers and shares as people read them. */
import { abs, floor, log10, max, min } from "./maths.js";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

export const count = (n) => whole.format(n);
export const rows = (n) => `${whole.format(n)} ${n === 1 ? "row" : "rows"}`;

/** A share of one as percent, to two significant digits: "1.0 %", "0.0031 %". */
export function share(x) {
  if (!(x > 0)) return "0 %";
  const percent = Number((100 * x).toPrecision(2));
  return `${percent >= 10 ? (100 * x).toFixed(1) : percent.toFixed(max(0, 1 - floor(log10(percent))))} %`;
}

/** A number with few significant digits and no trailing noise. */
export function number(x, significant = 4) {
  if (!Number.isFinite(x)) return "–";
  const size = abs(x);
  if (size >= 10 ** 15 || (size < 1e-4 && size > 0)) return minus(x.toExponential(min(2, significant - 1)));
  if (size >= 10 ** significant) return minus(whole.format(x));
  return minus(String(Number(x.toPrecision(significant))));
}

/** A score: always four digits, so that a column of them lines up. */
export const fourDigits = (x) => (abs(x) >= 1e-4 && abs(x) < 1e4 ? minus(x.toPrecision(4)) : number(x));

/** A contribution with its sign; as many decimals as give the largest one, `most`, four digits. */
export function signed(x, most) {
  const decimals = max(0, min(6, 3 - floor(log10(most))));
  return (x > 0 ? "+" : "") + (most >= 1e6 ? number(x, 3) : minus(x.toFixed(decimals)));
}

const minus = (text) => text.replace("-", "−");

export const compact = (x) => short.format(x).replace("K", "k");

/** A tick's text when ticks are `step` apart. */
export function tick(x, step) {
  const size = abs(x);
  if (size < step * 1e-6) return "0";
  if (size >= 1e4 && step >= 1) return minus(size < 1e5 ? whole.format(x) : compact(x));
  if (size >= 1e5) return minus(compact(x));
  if (size < 1e-3) return minus(Number(x.toPrecision(3)).toExponential());
  return minus(x.toFixed(max(0, min(6, -floor(log10(step) + 1e-9)))));
}

/** What part of all rows a view holds. */
export const highest = (part, all) => `The ${count(part)} highest scores of ${count(all)}`;

/** Text of at most `most` characters. */
export const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
