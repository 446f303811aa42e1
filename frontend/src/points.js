/** The points of the scatter: which rank each one is, and where it lies on an axis. */
import { max, min, round } from "./maths.js";
import { scaleOf, scoreAxis } from "./scale.js";
import { leading } from "./cut.js";
import { bytesOfBase64 } from "./decode.js";

const MISSING = 65535;
const TOP = 65534;
export const SCORE = -1;

/** A repeatable number in -0.5..0.5 for a point. */
const jitter = (i) => ((Math.imul(i + 1, 2654435761) >>> 8) & 0xffff) / 65536 - 0.5;

export class Points {
  #loaded;
  #ranks;
  #store;

  /** @param {import("./store.js").Store} store */
  constructor(store) {
    const { spec, buffers, n } = store;
    this.#store = store;
    this.#ranks = buffers.get("point_rank");
    const { exact = n, sample = 0, of = n } = spec.points ?? {};
    this.exact = exact;
    this.sample = this.#ranks ? sample : 0;
    this.of = of;
    this.count = this.#ranks ? this.#ranks.length : min(n, exact);
    this.stands = this.sample ? max(1, round((of - exact) / sample)) : 1;
    this.score = scoreAxis(store.cuts, spec.score.label);
    this.#loaded = new Map();
    const offered = (spec.axes ?? []).map((axis, i) => ({ axis, i })).filter(({ axis }) => axis.buffer != null || spec.live);
    this.choices = [...offered, { axis: this.score, i: SCORE }];
  }

  weight = (i) => (i < this.exact ? 1 : this.stands);

  rank(i) {
    return this.#ranks ? this.#ranks[i] : i;
  }

  /** How many of the points have a rank below k. */
  below(k) {
    if (!this.#ranks) return min(k, this.count);
    return leading(this.#ranks, (rank) => rank < k);
  }

  /** The point of a rank, or -1. */
  pointOf(rank) {
    const i = this.below(rank);
    return i < this.count && this.rank(i) === rank ? i : -1;
  }

  /** @returns {import("./types.js").Axis} */
  axis(index) {
    return index === SCORE ? this.score : this.#store.spec.axes[index];
  }

  /** Positions 0..1 of all points on an axis, NaN where missing; null while not here. */
  on(index) {
    if (this.#loaded.has(index)) return this.#loaded.get(index);
    const axis = this.axis(index);
    const codes = this.#store.buffers.get(axis.buffer);
    return index === SCORE ? this.#keep(index, this.#ofScores()) : codes && this.#keep(index, this.#ofCodes(axis, codes));
  }

  #keep(index, at) {
    const axis = this.axis(index);
    const entry = { axis, at, scale: scaleOf(axis), missing: at.some(Number.isNaN) };
    this.#loaded.set(index, entry);
    return entry;
  }

  #ofScores() {
    const { of } = scaleOf(this.score);
    return Float32Array.from({ length: this.count }, (_, i) => of(this.#store.scores[this.rank(i)]));
  }

  #ofCodes(axis, codes) {
    const at = new Float32Array(codes.length);
    const slots = axis.kind === "category" ? max(1, axis.labels?.length ?? 1) : 0;
    for (let i = 0; i < at.length; i++) {
      const code = codes[i];
      if (code === MISSING) at[i] = NaN;
      else if (slots) at[i] = (round((code / TOP) * (slots - 1)) + 0.5 + 0.7 * jitter(i)) / slots;
      else at[i] = code / TOP;
    }
    return at;
  }

  /** Asks the kernel for an axis that did not travel with the page. */
  async fetch(index, line) {
    const { b64 } = await this.#store.ask("axis", { axis: index }, line);
    this.#keep(index, this.#ofCodes(this.axis(index), new Uint16Array(bytesOfBase64(b64).buffer)));
  }

  /** What the loaded axes say about a rank, as [name, text]. */
  tell(rank) {
    const i = this.pointOf(rank);
    if (i < 0) return [];
    const shipped = this.choices.filter(({ i: index }) => index !== SCORE && this.on(index));
    return shipped.map(({ axis, i: index }) => {
      const u = this.on(index).at[i];
      return [axis.name, Number.isNaN(u) ? "missing" : this.on(index).scale.tell(u)];
    });
  }
}
