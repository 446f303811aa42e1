/** What verdicts taught: how ranks moved, because of whom, by which columns, and what to ask next. */
import base from "./base.css.js";
import { closing, Frames, h, press, put, say } from "./dom.js";
import { count, rows as rowsOf, share } from "./format.js";
import own from "./learned.css.js";
import { Link } from "./link.js";
import { clamp, max } from "./maths.js";
import { questions } from "./questions.js";
import { follow, view } from "./shell.js";
import { changed, slope } from "./slope.js";

const heads = (names) => h("thead", h("tr", names.map(([name, right]) => h("th", { scope: "col", class: right ? "pyn-right" : null }, name))));
const ranks = (row) => `${count(row.rank_before)} → ${count(row.rank_after)}`;
const scroll = (label, ...content) => h("div.pyn-scroll", { tabindex: "0", role: "region", "aria-label": label }, content);

/** When a verdict was given: to the minute. */
function when(at) {
  const time = new Date(at);
  return Number.isNaN(+time) ? at : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function build(model, root, host) {
  const spec = model.get("spec");
  const frames = new Frames((took) => (host.dataset.paintMs = took.toFixed(2)));
  const link = new Link(model, spec.live);
  const status = h("div.pyn-hidden", { role: "status", "aria-live": "polite", pyn: "status" });
  let verdict = -1;
  const state = {
    spec,
    picked: -1,
    shown: (i) => (verdict < 0 ? i < spec.first : spec.rows[i].by.includes(verdict)),
    pick(i) {
      state.picked = i === state.picked ? -1 : i;
      frames.ask(draw);
    },
  };
  const picture = slope(state);

  function choose(i) {
    verdict = i === verdict ? -1 : i;
    if (state.picked >= 0 && !state.shown(state.picked)) state.picked = -1;
    frames.ask(draw);
  }

  /** The button for it goes with the choice: the focus goes back to the verdict. */
  function everything() {
    opens[verdict].focus();
    choose(verdict);
  }

  // The verdicts
  const opens = spec.verdicts.map((one, i) => h("button.pyn-open", { pyn: "verdict", "aria-pressed": false, click: () => choose(i) }, one.id));
  const said = spec.verdicts.map((one, i) => h("tr", { pyn: "verdict-row", "data-row": one.row },
    h("th", { scope: "row" }, opens[i]), h("td", h("span.pyn-said", { "data-verdict": one.verdict }, one.verdict), one.side ? h("div.pyn-side.pyn-muted", { pyn: "side" }, one.side) : null), h("td.pyn-right", ranks(one)),
    h("td.pyn-right", count(one.moved)), h("td.pyn-right", count(one.changed)), h("td.pyn-why.pyn-long", one.common || h("span.pyn-muted", "–")),
    h("td.pyn-who", one.note ? h("span", `“${one.note}” `) : null, h("span.pyn-muted", [one.by, one.at && when(one.at)].filter(Boolean).join(", ")))));
  const step = (by) => () => {
    const to = clamp(opens.indexOf(root.getRootNode().activeElement) + by, 0, opens.length - 1);
    opens[to].focus();
    if (to !== verdict) choose(to);
  };
  const verdicts = h("section", { "aria-label": "Verdicts", keydown: (event) => press(event, { ArrowDown: step(1), ArrowUp: step(-1), Escape: () => verdict >= 0 && choose(verdict) }) },
    h("div.pyn-bar", h("h3", "The verdicts and their reach", h("small", "choose one to see the rows that it moved"))),
    scroll("Table of verdicts", h("table.pyn-plain", { pyn: "verdicts" }, h("caption.pyn-hidden", "Verdicts, what they moved, and what those rows have in common"),
      heads([["judged row"], ["verdict"], ["its rank", 1], ["rows moved", 1], ["past the threshold", 1], ["what they have in common"], ["note, who and when"]]), h("tbody", said))));

  // The rows that moved
  const buttons = spec.rows.map((row, i) => h("button.pyn-open", { "aria-pressed": false, click: () => state.pick(i) }, row.id));
  const lines = spec.rows.map((row, i) => h("tr", { pyn: "moved-row", "data-row": row.row },
    h("th", { scope: "row" }, buttons[i]), h("td.pyn-right", ranks(row)),
    h("td", h("span.pyn-way", { "data-way": row.rank_after < row.rank_before ? "up" : "down" }, row.rank_after < row.rank_before ? "↑ " : "↓ ",
      changed(row) ? h("b", row.flagged_after ? "flagged now" : "no longer flagged") : row.flagged_after ? "still flagged" : "not flagged")), h("td.pyn-why", row.because)));
  const which = h("small", { pyn: "which" });
  const all = h("button.pyn-button", { pyn: "all-rows", click: everything }, "Show all rows");
  const moved = h("section", { "aria-label": "Rows that moved" },
    h("div.pyn-bar", h("h3", "The rows that moved most", which), all),
    scroll("Table of moved rows", h("table.pyn-plain", { pyn: "moved" }, h("caption.pyn-hidden", "Rows that moved, and because of which verdicts"),
      heads([["row"], ["rank", 1], ["flag"], ["because it is"]]), h("tbody", lines))));

  // The columns
  const most = max(...spec.columns.map((one) => one.share), 1e-9);
  const columns = h("section", { "aria-label": "Columns" },
    h("div.pyn-bar", h("h3", "The columns that it depends on", h("small", "share of the shifts of the rows that moved"))),
    spec.columns.length ? h("ul.pyn-columns", { pyn: "columns" }, spec.columns.map((one) => {
      const bar = h("i");
      bar.style.width = `${(100 * one.share) / most}%`;
      return h("li", h("span.pyn-share-name", { title: one.name }, one.name), h("span.pyn-gauge", { "aria-hidden": "true" }, bar), h("span.pyn-right", share(one.share)));
    })) : h("p.pyn-muted", "No score has moved."));

  function draw() {
    const listed = spec.rows.filter((_, i) => state.shown(i)).length;
    const chosen = spec.verdicts[verdict];
    opens.forEach((one, i) => put(one, { "aria-pressed": i === verdict }));
    said.forEach((line, i) => put(line, { class: i === verdict ? "pyn-picked" : null }));
    buttons.forEach((one, i) => put(one, { "aria-pressed": i === state.picked }));
    lines.forEach((line, i) => put(line, { class: i === state.picked ? "pyn-picked" : null, hidden: !state.shown(i) }));
    all.hidden = verdict < 0;
    say(which, chosen ? `${count(listed)} of the ${count(chosen.moved)} that ${chosen.id} moved` : spec.first < spec.moved ? `${count(listed)} of ${count(spec.moved)}` : "");
    say(status, chosen ? `The verdict on ${chosen.id} moved ${rowsOf(chosen.moved)}; ${count(listed)} of them listed.` : "");
    picture.draw();
  }

  const [before, after] = spec.flagged;
  root.replaceChildren(h("div.pyn-grid-all", null,
    h("header.pyn-head", null,
      h("div.pyn-name", null, h("h2.pyn-title", { pyn: "title" }, `What verdicts taught: ${spec.title}`), h("p.pyn-sub", h("span.pyn-strong", spec.detector))),
      h("p.pyn-counts", h("span.pyn-count-rest", "flagged"), h("span.pyn-count.pyn-none", { pyn: "flagged-before" }, count(before)), h("span.pyn-count-rest", { "aria-label": "before, then" }, "→"),
        h("span.pyn-count", { pyn: "flagged-after" }, count(after)), h("span.pyn-count-rest", `of ${rowsOf(spec.n)}`))),
    h("p.pyn-told", { pyn: "told" }, spec.told, spec.waiting ? ` Since then ${spec.waiting === 1 ? "a verdict was" : `${count(spec.waiting)} verdicts were`} given or changed: relearn() takes ${spec.waiting === 1 ? "it" : "them"} in.` : ""),
    verdicts,
    h("div.pyn-two", h("div.pyn-grid-in", h("section", { "aria-label": "Ranks before and after" },
      h("div.pyn-bar", h("h3", "How they moved", h("small", "ranks on a log scale, 1 is the highest score"))), spec.rows.length ? picture.element : h("p.pyn-muted", "No other row has moved.")), columns), moved),
    questions(spec, link),
    closing(h("details.pyn-notes", { pyn: "counted" }, h("summary", "How it is counted"), h("ul", [
      "A row moved when the change of its own score is worth at least a tenth of its rank: the rank that its first score would have among the new ones, against its new rank. Rows that only made room for others did not move.",
      "Rows are looked at that stand among the first twice as many as are flagged, before or after. Judged rows are left out: their own verdict moved them.",
      "A verdict moved a row when it gave at least a tenth of the push, in the way that the row went; a row that several verdicts pushed counts for each.",
      "What rows have in common is told of a column that moved them if nine in ten of them lie outside what is typical of unflagged rows, or in a quarter of its width that the typical middle is not in, or if three in four share a category that is at most half as common otherwise.",
      "A column's share is the mean size of its exact contribution (Shapley values) to what the verdicts moved the rows' scores by.",
    ].map((text) => h("li", text)))))), status);
  draw();
  const stop = follow(root, host, frames, picture.resize, () => {});
  return () => {
    stop();
    link.stop();
  };
}

export default view("learned", base + own, build);
