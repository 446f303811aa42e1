/** Flagged rows gathered by why they were flagged, and the kinds of anomaly: one view, two ways in. */
import { Buffers } from "./decode.js";
import { Frames, h, press, put } from "./dom.js";
import { count, rows as rowsOf, share } from "./format.js";
import { kinds } from "./kinds.js";
import { place } from "./place.js";
import { tableOf } from "./listed.js";
import { follow, view } from "./shell.js";
import base from "./base.css.js";
import bars from "./bars.css.js";
import forced from "./forced.css.js";
import own from "./groups.css.js";

const width = (element, part) => {
  element.style.width = `${100 * part}%`;
  return element;
};

/** How many rows of each severity: a bar and words. */
function mixture(mix, all) {
  if (!mix.length) return null;
  return h("div.pyn-mix", null,
    h("span.pyn-mix-bar", { "aria-hidden": "true" }, mix.map(([level, k]) => width(h("i", { "data-level": level }), k / all))),
    h("span.pyn-muted", mix.map(([level, k]) => `${count(k)} ${level}`).join(" · ")));
}

/** One group as a button. */
function card(group, i, pick) {
  const rest = 1 - group.shares.reduce((a, b) => a + b, 0);
  const lines = group.columns.map((name, j) => [name, group.shares[j]]);
  if (rest > 0.005) lines.push(["other columns", rest]);
  return h("button.pyn-card", { pyn: "group", "aria-pressed": i === 0, click: (event) => pick(i, event.detail > 0) },
    h("span.pyn-card-count", count(group.count), h("span.pyn-muted", group.count === 1 ? " row" : " rows")),
    h("span.pyn-sentence", { pyn: "sentence" }, group.sentence),
    h("span.pyn-shares", lines.map(([name, part], j) => h("span.pyn-share", null,
      h("span.pyn-share-name", { title: name }, name),
      h("span.pyn-gauge", { "aria-hidden": "true" }, width(h("i", { class: j < group.columns.length ? null : "pyn-rest" }), part)),
      h("span.pyn-share-part", share(part))))),
    mixture(group.mix, group.count));
}

function groups(spec, data, frames) {
  const rows = h("div", { pyn: "rows" });
  const title = h("h3", { pyn: "detail-title" });
  const note = h("p.pyn-note", { pyn: "evidence", role: "status" });
  const picture = place(spec, data);
  let at = 0;

  function choose(row) {
    picture.mark(row);
    note.replaceChildren(...(row?.kind ? [h("b", row.id), `: ${row.kind}, ${row.reach}; ${row.evidence}`] : []));
  }

  function draw() {
    const group = spec.groups[at];
    const listed = spec.listed.filter((row) => row.group === at);
    cards.forEach((one, i) => put(one, { "aria-pressed": i === at }));
    title.replaceChildren(`The ${count(group.count)} ${group.count === 1 ? "row" : "rows"} of this group`, listed.length < group.count && h("small", `the ${count(listed.length)} highest scores are listed`) || "");
    const picked = spec.columns.map((column, j) => ({ ...column, j })).filter(({ name }) => group.columns.includes(name)).sort((a, b) => group.columns.indexOf(a.name) - group.columns.indexOf(b.name));
    rows.replaceChildren(tableOf(listed, [
      ...(listed[0]?.severity ? [{ name: "severity", cell: ({ severity }) => h("span.pyn-chip", { "data-level": severity }, severity) }] : []),
      ...(listed[0]?.kind ? [{ name: "kind", cell: ({ kind, reach }) => `${kind}, ${reach}` }] : []),
      ...picked.map(({ name, typical, j }) => ({ name, sub: `typical ${typical}`, cell: ({ cells }) => cells[j] || "(empty)" })),
    ], choose, "Rows of this group"));
    picture.show(at);
    choose(null);
  }

  /** `pointed`: by a finger or a mouse, so that what was chosen may have to come into sight. */
  function pick(i, pointed) {
    at = i;
    frames.ask(draw);
    if (pointed && detail.offsetTop > list.offsetTop) detail.scrollIntoView({ block: "start" });
  }
  const cards = spec.groups.map((group, i) => card(group, i, pick));
  const list = h("div.pyn-cards", { role: "group", "aria-label": "Groups, the largest first", keydown: (event) => press(event, {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), Home: () => step(-cards.length), End: () => step(cards.length),
  }) }, cards);
  function step(by) {
    pick(Math.max(0, Math.min(cards.length - 1, at + by)));
    cards[at].focus();
  }
  const detail = h("section.pyn-detail", { pyn: "detail", "aria-label": "The chosen group" }, title, picture.element, rows, note);
  draw();
  return {
    parts: [h("div.pyn-two", list, detail)],
    resize: picture.resize,
  };
}

/** Fills `root` from the model's present spec; returns what undoes it. */
function build(model, root, host) {
  const spec = model.get("spec");
  const frames = new Frames((took) => (host.dataset.paintMs = took.toFixed(2)));
  const several = spec.flavour === "groups";
  const shown = several ? groups(spec, new Buffers(spec.buffers, model.get("blob")), frames) : kinds(spec);
  const k = spec.groups?.length;
  root.replaceChildren(h("div.pyn-grid-all", null,
    h("header.pyn-head", h("div.pyn-name", h("h2", { pyn: "title" }, spec.title), h("p.pyn-sub", h("span.pyn-strong", spec.detector))),
      h("p.pyn-counts", h("span.pyn-count", { pyn: "count" }, count(spec.rows)),
        h("span.pyn-count-rest", several ? `flagged ${spec.rows === 1 ? "row" : "rows"} in ${k} ${k === 1 ? "group" : "groups"} by why they were flagged` : `flagged ${spec.rows === 1 ? "row" : "rows"} by kind of anomaly`))),
    ...shown.parts,
    h("p.pyn-note", { pyn: "about" }, [
      several ? "A share says what part of what raised the scores came from a column." : "",
      `Explanations: ${spec.method}.`,
      spec.left_out ? `${rowsOf(spec.left_out)} with lower scores, flagged as well, were not looked at.` : "",
    ].filter(Boolean).join(" "))));
  return follow(root, host, frames, () => shown.resize?.(), () => {});
}

export default view("groups", base + bars + own + forced, build);
