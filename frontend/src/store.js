/**
 * The state that every part of the view shares: threshold, selection, verdicts, rows as far as known.
 * Parts read it, ask it to change, and are told by `on`. What Python must know goes to the model.
 */
import { Cuts } from "./cut.js";
import { count, rows as rowsOf, share } from "./format.js";
import { Link } from "./link.js";

export const MOST_SELECTED = 5000;
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

export class Store {
  #link;
  #listeners;
  #explanations;
  #stops;

  /**
   * @param {import("./types.js").Spec} spec
   * @param {import("./decode.js").Buffers} buffers
   * @param {import("./types.js").Model} model
   */
  constructor(spec, buffers, model) {
    this.spec = spec;
    this.buffers = buffers;
    this.model = model;
    this.#link = new Link(model, spec.live);
    this.#listeners = new Map();
    this.cuts = new Cuts(buffers.get("scores") ?? new Float32Array(0));
    this.n = this.cuts.n;
    this.scores = this.cuts.scores;
    this.positions = buffers.get(spec.rows?.row);
    this.known = new Map(); // rank -> row that came by request
    this.#explanations = new Map();
    this.verdicts = model.get("verdicts") ?? {};
    this.selected = this.#valid(model.get("selected"));
    this.dragging = false;
    this.start = this.#read(spec.threshold.value);
    const given = model.get("threshold");
    this.cut = given == null ? this.start : this.#read(given);
    this.#stops = [
      this.#hear("threshold", () => !this.dragging && this.move(this.#read(model.get("threshold")))),
      this.#hear("selected", () => this.choose(model.get("selected"), false)),
      this.#hear("verdicts", () => this.#judged(model.get("verdicts") ?? {})),
    ];
  }

  #hear(name, react) {
    this.model.on(`change:${name}`, react);
    return () => this.model.off(`change:${name}`, react);
  }

  stop() {
    this.#stops.forEach((stop) => stop());
    this.#link.stop();
  }

  on(event, react) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), react]);
  }

  #tell(event, detail) {
    for (const react of this.#listeners.get(event) ?? []) react(detail);
  }

  /** A threshold from Python, with the count that Python gave for its first one. */
  #read(t) {
    const { value, flagged } = this.spec.threshold;
    return { t, k: t === value && flagged != null ? flagged : this.cuts.count(t) };
  }

  /** Moves the threshold here; Python hears of it at `commit`. */
  move(cut) {
    if (!cut || !Number.isFinite(cut.t) || (cut.k === this.cut.k && cut.t === this.cut.t)) return;
    this.cut = cut;
    this.#tell("threshold");
  }

  commit() {
    if (this.model.get("threshold") !== this.cut.t) this.#link.tell("threshold", this.cut.t);
    this.announce(this.spoken());
  }

  announce(text) {
    this.#tell("say", text);
  }

  spoken() {
    return `${count(this.cut.k)} of ${rowsOf(this.n)} flagged, ${share(this.cut.k / this.n)}`;
  }

  flagged(rank) {
    return rank < this.cut.k;
  }

  /** The row in the panel: the first selected one, else the highest score. */
  get shown() {
    return this.selected[0] ?? 0;
  }

  #valid(ranks) {
    return [...(ranks ?? [])].filter((r) => Number.isInteger(r) && r >= 0 && r < this.n);
  }

  choose(ranks, sync = true) {
    const chosen = this.#valid(ranks).slice(0, MOST_SELECTED);
    if (same(chosen, this.selected)) return;
    this.selected = chosen;
    this.#tell("selected");
    if (!sync) return;
    this.#link.tell("selected", chosen);
    if (!chosen.length) return this.announce("Nothing selected");
    const row = this.row(chosen[0]);
    const flag = this.flagged(row.rank) ? `${this.severity(row.rank)}, flagged` : "not flagged";
    this.announce(chosen.length > 1 ? `${rowsOf(chosen.length)} selected` : `Row ${row.id ?? `of rank ${row.rank + 1}`} selected, ${flag}`);
  }

  /** @returns {import("./types.js").Row} */
  row(rank) {
    const { rows } = this.spec;
    if (!rows || rank >= rows.count) return this.known.get(rank) ?? { rank };
    return { rank, row: this.positions?.[rank], id: rows.ids[rank], cells: rows.cells.map((column) => column[rank]) };
  }

  /** Empirical p-value: the share of rows with at least this score; null where it cannot come from the rank. */
  p(rank) {
    return this.spec.severity_at ? null : this.cuts.ties(rank) / (this.n + 1);
  }

  severity(rank) {
    if (!this.flagged(rank)) return "none";
    const { severity, severity_at: at } = this.spec;
    const [levels, reached] = at ? [at, rank + 1] : [severity, this.p(rank)];
    return (levels.find(([, most]) => reached <= most) ?? levels.at(-1) ?? [""])[0];
  }

  verdict(rank) {
    const { row } = this.row(rank);
    return row == null ? null : this.verdicts[row] ?? null;
  }

  /** Sets or, with null, takes back the verdict on a row. */
  judge(rank, verdict, note = "") {
    const { row } = this.row(rank);
    if (row == null) return;
    const { [row]: old, ...others } = this.verdicts;
    if (!verdict && !old) return;
    const verdicts = verdict ? { ...others, [row]: { verdict, note, at: new Date().toISOString() } } : others;
    this.#judged(verdicts);
    this.#link.tell("verdicts", verdicts);
    if (verdict !== old?.verdict) this.announce(verdict ? `Verdict: ${verdict}` : "Verdict taken back");
  }

  #judged(verdicts) {
    if (verdicts === this.verdicts) return;
    this.verdicts = verdicts;
    this.#tell("verdicts");
  }

  ask(...question) {
    return this.#link.ask(...question);
  }

  /** Rows [from, to) from the kernel. */
  async fetchRows(from, to, line) {
    const reply = await this.ask("rows", { ranks: [from, to] }, line);
    reply.rows.forEach((row, i) => {
      const rank = reply.from + i;
      this.known.set(rank, { rank, row, id: reply.ids[i], cells: reply.cells.map((column) => column[i]) });
    });
    this.#tell("rows");
  }

  /** Contributions of a row if they are here: {values, base, unit, rule, method}, else null. */
  explanation(rank) {
    const { explained } = this.spec;
    const values = explained && this.buffers.get(explained.values);
    if (!values || rank >= explained.count) return this.#explanations.get(rank) ?? null;
    const width = explained.columns.length;
    return { ...explained, values: values.subarray(rank * width, (rank + 1) * width) };
  }

  async fetchExplanation(rank) {
    const reply = await this.ask("explain", { rank });
    this.#explanations.set(rank, { ...this.spec.explained, ...reply });
    this.known.set(rank, { rank, row: reply.row, id: reply.rowid, cells: reply.cells });
    this.#tell("explained", rank);
  }
}
