/** The data of an explanation, and which row and column are looked at. */
import { abs, min } from "./maths.js";
import { scaleOf } from "./scale.js";

const MISSING = 65535;

export class Explained {
  /** @param {import("./decode.js").Buffers} buffers */
  constructor(spec, buffers, model) {
    this.spec = spec;
    this.n = spec.n;
    this.c = spec.columns.length;
    this.values = buffers.get("values");
    this.stderr = buffers.get("stderr");
    this.scores = buffers.get("scores");
    this.sums = buffers.get("sums"); // of all columns, those not on show too
    this.scales = spec.axes.map(scaleOf);
    this.places = spec.axes.map((axis) => Float32Array.from(buffers.get(axis.buffer), (step) => this.#place(axis, step)));
    this.heard = [];
    this.column = 0;
    this.model = model;
    this.row = this.#within(model.get("chosen"));
    const sizes = Float32Array.from(this.values, abs).sort();
    this.full = sizes[min(sizes.length - 1, Math.floor(sizes.length * 0.99))] || sizes.at(-1) || 1; // where colours are full
    this.most = sizes.at(-1) || 1;
    this.follow = () => this.look(this.#within(model.get("chosen")), this.column, false);
    model.on("change:chosen", this.follow);
  }

  /** A quantised step as a place 0..1 on its axis; NaN when the value is missing. */
  #place({ kind, labels }, step) {
    if (step === MISSING) return NaN;
    const u = step / 65534;
    return kind === "category" ? (Math.round(u * (labels.length - 1)) + 0.5) / labels.length : u;
  }

  #within(row) {
    return Number.isInteger(row) && row >= 0 && row < this.n ? row : 0;
  }

  value(i, j) {
    return this.values[i * this.c + j];
  }

  error(i, j) {
    return this.stderr ? this.stderr[i * this.c + j] : 0;
  }

  sum(i) {
    return this.sums[i];
  }

  /** The user's word for a row. */
  name(i) {
    return `Row ${this.spec.ids[i]}`;
  }

  cell(i, j) {
    return this.spec.cells[j][i] || "(empty)";
  }

  on(listener) {
    this.heard.push(listener);
  }

  /** Looks at a row and a column; tells Python unless it said so. */
  look(row, column = this.column, tell = true) {
    if (row === this.row && column === this.column) return;
    const moved = row !== this.row;
    this.row = row;
    this.column = column;
    if (moved && tell) {
      this.model.set("chosen", row);
      this.model.save_changes();
    }
    for (const listener of this.heard) listener();
  }

  /** Columns that go with what the value of column `j` leaves unexplained of its contribution, the strongest first. */
  partners(j) {
    const slots = 12;
    const order = Array.from(this.places[j], (u, i) => [u, i]).filter(([u]) => u === u).sort(([a], [b]) => a - b);
    const rest = new Float64Array(this.n).fill(NaN);
    for (let part = 0; part < slots; part++) {
      const some = order.slice((part * order.length) / slots, ((part + 1) * order.length) / slots);
      const mean = some.reduce((sum, [, i]) => sum + this.value(i, j), 0) / some.length;
      for (const [, i] of some) rest[i] = this.value(i, j) - mean;
    }
    const strength = (k) => abs(correlation(rest, this.places[k]));
    return this.places.map((_, k) => k).filter((k) => k !== j).map((k) => [strength(k), k]).sort(([a], [b]) => b - a).map(([, k]) => k);
  }

  stop() {
    this.model.off("change:chosen", this.follow);
  }
}

/** Pearson's, over the pairs without a missing value; 0 where there is none. */
function correlation(a, b) {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== a[i] || b[i] !== b[i]) continue;
    n += 1;
    x += a[i];
    y += b[i];
    xx += a[i] * a[i];
    yy += b[i] * b[i];
    xy += a[i] * b[i];
  }
  const spread = (xx - (x * x) / n) * (yy - (y * y) / n);
  return spread > 0 ? (xy - (x * y) / n) / Math.sqrt(spread) : 0;
}
