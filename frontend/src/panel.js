/** The chosen row: its place, why it scores so, its values, and what the user thinks of it. */
import { bars } from "./bars.js";
import { h, put, say } from "./dom.js";
import { count, fourDigits, number, share } from "./format.js";
import { abs } from "./maths.js";
import { verdictForm } from "./verdict.js";

/** @param {import("./store.js").Store} store @param {import("./points.js").Points} points */
export function panel(store, frames, points, step) {
  const { spec } = store;
  let all = false;
  let wanted = -1;
  let trouble = "";

  const title = h("h3.pyn-row-title", { tabindex: "-1", pyn: "panel-title" });
  const facts = h("p.pyn-facts", { pyn: "panel-facts" });
  const chip = h("span.pyn-chip");
  const [score, place, flag] = [h("span.pyn-strong"), h("span"), h("span")];
  facts.append(chip, flag, score, place);
  const why = h("div.pyn-why", { pyn: "contributions" });
  const rule = h("p.pyn-note", { pyn: "rule" });
  const form = verdictForm(store, frames);
  const go = (text, label, pyn, by) => h("button.pyn-tool", { "aria-label": label, title: label, pyn, click: () => step(by) }, text);
  const element = h("section.pyn-panel", { "aria-label": "Chosen row", pyn: "panel" },
    h("div.pyn-bar", title, h("div.pyn-tools", go("‹", "Previous row", "previous-row", -1), go("›", "Next row", "next-row", 1))),
    facts, form.element, why, rule);

  function drawHead() {
    if (!store.n) return;
    const rank = store.shown;
    const { id } = store.row(rank);
    const p = store.p(rank);
    const severity = store.severity(rank);
    const name = id == null ? `Row of rank ${count(rank + 1)}` : `Row ${id}`;
    say(title, name);
    put(title, { title: name });
    say(chip, severity);
    put(chip, { "data-level": severity });
    const flagged = store.flagged(rank);
    say(flag, flagged ? "flagged" : "not flagged");
    put(flag, { class: flagged ? "pyn-flagged" : "pyn-muted" });
    say(score, `score ${fourDigits(store.scores[rank])}`);
    say(place, `rank ${count(rank + 1)} of ${count(store.n)}${p == null ? "" : ` · top ${share(p)}`}`);
    put(element, { "data-rank": rank });
  }

  /** Columns with what is known of this row, the strongest contributions first. */
  function lines(row, reason) {
    const byName = new Map((reason ? spec.explained?.columns ?? [] : []).map((name, i) => [name, reason.values[i]]));
    const known = spec.columns.map((column, c) => ({ name: column.name, value: row.cells?.[c], typical: column.typical, part: byName.get(column.name) }));
    if (reason) return known.filter(({ part }) => part != null).sort((a, b) => abs(b.part) - abs(a.part));
    if (row.cells) return known;
    const typical = new Map(spec.columns.map((column) => [column.name, column.typical]));
    return points.tell(row.rank).map(([name, value]) => ({ name, value, typical: typical.get(name) }));
  }

  function remark(row, reason) {
    if (trouble) return trouble;
    if (!reason && spec.explained && spec.live) return "Asking Python for the explanation …";
    if (!row.cells) return `Only the ${count(spec.rows?.count ?? 0)} highest scores travel with all their values; these are read from the plot.`;
    if (!reason && spec.explained) return `Explanations travel with the ${count(spec.explained.count)} highest scores.`;
    if (!reason) return "No explanation came with this view; the values stand against what is typical.";
    return [reason.rule ?? reason.unit, reason.base != null && `base ${number(reason.base)}`, reason.method].filter(Boolean).join(" · ");
  }

  function drawWhy() {
    if (!store.n) return;
    const row = store.row(store.shown);
    const reason = store.explanation(store.shown);
    why.replaceChildren(...bars(lines(row, reason), all, () => {
      all = !all;
      drawWhy();
      why.querySelector("[data-pyn=show-all]")?.focus();
    }).filter(Boolean));
    put(why, { "aria-busy": !reason && spec.explained && spec.live && !trouble ? true : null });
    say(rule, remark(row, reason));
  }

  /** Asks for what this row still lacks, once. */
  async function fetch() {
    const rank = store.shown;
    if (!spec.live || wanted === rank || !store.n) return;
    const bare = !store.row(rank).cells;
    const unexplained = spec.explained && !store.explanation(rank);
    if (!bare && !unexplained) return;
    wanted = rank;
    try {
      if (unexplained) await store.fetchExplanation(rank);
      else await store.fetchRows(rank, rank + 1, "row");
    } catch (error) {
      if (store.shown === rank) trouble = error.message;
    }
    if (wanted === rank) wanted = -1;
    if (store.shown === rank) frames.ask(draw);
  }

  function draw() {
    drawHead();
    drawWhy();
    form.draw();
  }

  store.on("threshold", () => frames.ask(drawHead));
  store.on("selected", () => {
    trouble = "";
    frames.ask(draw);
    fetch();
  });
  store.on("verdicts", () => frames.ask(form.draw));
  store.on("rows", () => frames.ask(draw));
  draw();
  fetch();
  return { element, open: () => title.focus() };
}
