/**
 * Thresholds over scores sorted in descending order.
 *
 * The browser holds float32 scores, Python float64. A threshold whose float32 rounding lies strictly
 * between two neighbouring float32 scores separates the float64 scores in the same way, so both sides
 * count the same rows. `Cuts` only ever makes such thresholds.
 */
import { abs, clamp, fround, round } from "./maths.js";

/** Number of leading items of a sorted array for which `holds` is true; it must be false for all others. */
export function leading(items, holds) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number with the fewest digits nearest to `wish` that is safely inside (low, high), or null. */
export function shortest(low, high, wish) {
  const safe = (t) => fround(t) > low && fround(t) < high;
  for (let digits = 2; digits <= 17; digits++) {
    const t = Number(wish.toPrecision(digits));
    if (safe(t)) return t;
  }
  return null;
}

export class Cuts {
  /** @param {Float32Array} scores descending */
  constructor(scores) {
    this.scores = scores;
    this.n = scores.length;
    this.max = this.n ? scores[0] : 1;
    this.min = this.n ? scores[this.n - 1] : 0;
    this.margin = (this.max - this.min) * 0.02 || abs(this.max) * 0.05 || 0.5;
  }

  /** How many rows a threshold flags. */
  count(threshold) {
    const t = fround(threshold);
    return leading(this.scores, (score) => score > t);
  }

  /** How many rows have at least the score of this rank: its rank with ties, counted from 1. */
  ties(rank) {
    const own = this.scores[rank];
    return leading(this.scores, (score) => score >= own);
  }

  /** The open interval of thresholds that flag exactly the first `k` rows. */
  gap(k) {
    return [k < this.n ? this.scores[k] : -Infinity, k > 0 ? this.scores[k - 1] : Infinity];
  }

  /** A threshold that flags exactly `k` rows, near `wish` if given; null if ties forbid it. */
  at(k, wish) {
    const [low, high] = this.gap(k);
    const inner = k === 0 ? low + this.margin : k === this.n ? high - this.margin : (low + high) / 2;
    const inside = wish !== undefined && fround(wish) > low && fround(wish) < high;
    return shortest(low, high, inside ? wish : inner) ?? shortest(low, high, inner);
  }

  /** The nearest cut from `k` on in a direction (+1 flags more, -1 fewer), as {k, t}. */
  next(k, direction) {
    for (let to = k; to >= 0 && to <= this.n; to += direction) {
      const [low, high] = this.gap(to);
      if (to > 0 && to < this.n && low === high) continue;
      const t = this.at(to);
      if (t !== null) return { k: to, t };
    }
    return null;
  }

  /** The cut nearest to flagging `k` rows. */
  near(k) {
    const to = clamp(round(k), 0, this.n);
    const [more, fewer] = [this.next(to, 1), this.next(to, -1)];
    if (!more || !fewer) return more ?? fewer;
    return more.k - to < to - fewer.k ? more : fewer;
  }

  /** The cut for a wished threshold; `exact` keeps the number as typed when that is safe. */
  from(wish, exact = false) {
    const k = this.count(wish);
    const [low, high] = this.gap(k);
    if (exact && fround(wish) > low && fround(wish) < high) return { k, t: wish };
    const t = this.at(k, wish);
    return t === null ? this.near(k) : { k, t };
  }
}
