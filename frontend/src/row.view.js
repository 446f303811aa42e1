/** One row: change a value, see the score and what gives it. */
import bars from "./bars.css.js";
import base from "./base.css.js";
import { Buffers } from "./decode.js";
import { scoreOf, unpack } from "./detectors.js";
import { Frames, h, press, put, say } from "./dom.js";
import { encode } from "./encode.js";
import { fourDigits, signed } from "./format.js";
import { Link } from "./link.js";
import { abs, clamp, max } from "./maths.js";
import forced from "./forced.css.js";
import own from "./row.css.js";
import { follow, view } from "./shell.js";

const FIRST = 12;
const same = (a, b) => (a ?? null) === (b ?? null);

export default view("row", base + bars + own + forced, build);

function build(model, root, host) {
  const spec = model.get("spec");
  const frames = new Frames(() => {});
  const link = new Link(model, spec.live);
  const local = spec.model && { coders: spec.model.encode, detector: unpack(spec.model.detector, new Buffers(spec.buffers, model.get("blob"))) };
  const can = Boolean(spec.live || local);
  let changes = { ...model.get("changes") };
  let now = spec.after;
  let all = false;
  const order = spec.columns.map((_, j) => j).sort((a, b) => abs(spec.before.values[b]) - abs(spec.before.values[a]));

  // -- computing ---------------------------------------------------------------------------------------------
  const value = ({ name, value: first }) => (name in changes ? changes[name] : first);
  const here = () => {
    const { score, parts } = scoreOf(local.detector, encode(local.coders, Object.fromEntries(spec.columns.map((column) => [column.name, value(column)]))));
    return { score, values: spec.groups.map((group) => group.reduce((sum, j) => sum + parts[j], 0)), notes: [...unseen(), ...spec.notes] };
  };
  const unseen = () => spec.columns.filter((column) => {
    const coder = local.coders.find(({ name }) => name === column.name);
    const at = value(column);
    return coder.kind === "category" && at != null && column.name in changes && !coder.levels.includes(at);
  }).map(({ name }) => `${name}: training never saw this category; it counts as rarer than any that was seen.`);

  function change(next) {
    changes = Object.fromEntries(Object.entries(next).filter(([name, to]) => !same(to, spec.columns.find((column) => column.name === name).value)));
    model.set("changes", changes);
    if (!spec.live) {
      now = Object.keys(changes).length ? here() : { ...spec.before, notes: spec.notes };
      return draw();
    }
    model.save_changes();
    link.ask("what_if", { changes }).then((reply) => {
      now = reply;
      draw();
    }, (error) => say(status, error.message));
    fields();
  }

  // -- parts -------------------------------------------------------------------------------------------------
  const score = h("span.pyn-score-now", { pyn: "score" });
  const verdict = h("span.pyn-count-rest", { pyn: "verdict" });
  const status = h("p.pyn-note", { pyn: "status", role: "status", "aria-live": "polite" });
  const reset = h("button.pyn-button", { pyn: "reset", type: "button", click: () => change({}) }, "Reset");
  const fill = h("i", null);
  const [cut, was] = [h("span.pyn-cut"), h("span.pyn-was")];
  const [cutTag, wasTag] = [h("span.pyn-tag.pyn-tag-cut", `threshold ${fourDigits(spec.threshold)}`), h("span.pyn-tag.pyn-tag-was", `was ${fourDigits(spec.before.score)}`)];
  const gauge = h("div.pyn-gauge", { pyn: "gauge", role: "img" }, h("div.pyn-rail", null, fill), cut, was, cutTag, wasTag);
  const body = h("tbody");
  const more = h("button.pyn-button", { pyn: "show-all", type: "button", click: () => { all = !all; draw(); } });
  const lines = spec.columns.map(line);

  const apply = h("button.pyn-button", { pyn: "apply", type: "button", click: () => change(spec.counterfactual.changes) }, "Apply this change");
  const canApply = can && Object.keys(spec.counterfactual.changes).length && Object.keys(spec.counterfactual.changes).every((name) => !spec.columns.find((column) => column.name === name).held);

  root.replaceChildren(h("div.pyn-grid-all", null,
    h("header.pyn-head", null,
      h("div.pyn-name", null, h("h2", { pyn: "title" }, spec.title), h("p.pyn-sub", null, h("span.pyn-strong", null, spec.detector), h("span.pyn-params", null, spec.table))),
      h("div.pyn-verdict-line", null, score, verdict)),
    h("section", { "aria-label": "Score" }, gauge),
    h("div.pyn-hint", null, h("p", { pyn: "counterfactual" }, spec.counterfactual.sentence), canApply ? apply : null),
    h("section", { "aria-label": "Values" },
      h("div.pyn-bar", null, h("h3", null, "What if it were otherwise?"), can ? reset : null),
      can ? null : h("p.pyn-note", { pyn: "needs-kernel" }, `Changing values needs a kernel here: ${spec.reason}.`),
      h("table.pyn-sheet", { pyn: "sheet" },
        h("thead", null, h("tr", null, h("th.pyn-one", { scope: "col" }, "Column"), h("th.pyn-two", { scope: "col" }, "Value"), h("th", { scope: "col" }, `Contribution before (pale) and now, ${spec.unit}`))), body),
      h("p.pyn-note", null, `${spec.rule}; ${spec.method}.`), spec.columns.length > FIRST ? more : null, status),
    near()));

  /** One column: its field and its bars. */
  function line(column, j) {
    const id = `pyn-field-${j}`;
    const field = input(column, id);
    const [past, bar] = [h("span.pyn-fill.pyn-past"), h("span.pyn-fill")];
    const [part, before] = [h("span", null), h("small", null)];
    const kept = column.held ? " (to change it needs a kernel)" : "";
    const element = h("tr", { pyn: "column", "data-column": column.name }, h("td", null, h("label", { for: id }, column.name), h("small", null, `typical ${column.typical}${kept}`)),
      h("td", null, field), h("td", null, h("div.pyn-pair", null, h("span.pyn-track", { "aria-hidden": true }, past, bar), h("span.pyn-part", { pyn: "part" }, part, before))));
    return { element, column, field, past, bar, part, before };
  }

  function input(column, id) {
    const { name, kind, options } = column;
    const off = !can || column.held;
    const told = (to) => (to === "" ? null : to);
    const set = (to) => change({ ...changes, [name]: to });
    if (kind === "boolean" || (options && column.listed)) {
      const truth = kind === "boolean";
      const listed = truth ? [["true", "yes"], ["false", "no"]] : options.map((option) => [option, option]);
      return h("select.pyn-select", { id, pyn: "field", disabled: off, change: ({ target }) => set(truth ? (target.value === "" ? null : target.value === "true") : target.selectedOptions[0].dataset.missing ? null : target.value) },
        listed.map(([to, text]) => h("option", { value: to }, text)), h("option", { value: "", "data-missing": "1" }, "missing"));
    }
    const type = kind === "number" ? "number" : kind === "datetime" ? "datetime-local" : "text";
    const list = options && !off ? h("datalist", { id: `${id}-list` }, options.map((option) => h("option", { value: option }))) : null;
    const field = h("input.pyn-field", {
      id, type, pyn: "field", disabled: off, list: list ? `${id}-list` : null, step: type === "number" ? "any" : type === "datetime-local" ? "1" : null, placeholder: "missing",
      change: ({ target }) => set(target.value === "" ? null : type === "number" ? Number(target.value) : told(target.value)),
      keydown: (event) => press(event, { Escape: fields }), // what was typed and not yet taken over
    });
    if (list) root.append(list);
    return list ? Object.assign(h("span", null, field, list), { field }) : field;
  }

  // -- drawing -----------------------------------------------------------------------------------------------
  function fields() {
    for (const { column, field } of lines) {
      const element = field.field ?? field;
      const at = value(column);
      const text = at == null ? "" : column.kind === "datetime" ? (String(at).length > 10 ? String(at).slice(0, 19) : `${at}T00:00`) : String(at);
      if (element.tagName === "SELECT" && ![...element.options].some((option) => option.value === text)) element.prepend(h("option", { value: text }, text));
      if (element.value !== text) element.value = text;
      element.classList.toggle("pyn-moved", column.name in changes);
    }
    put(reset, { "aria-disabled": !Object.keys(changes).length });
  }

  function draw() {
    fields();
    const over = now.score > spec.threshold;
    const top = max(spec.before.score, now.score, spec.threshold);
    const low = Math.min(spec.low, now.score, spec.threshold, spec.before.score);
    const share = (x) => 100 * clamp((x - low) / ((top - low) * 1.04 || 1), 0, 1);
    say(score, fourDigits(now.score));
    score.classList.toggle("pyn-over", over);
    say(verdict, over ? "flagged" : "not flagged");
    gauge.classList.toggle("pyn-over", over);
    fill.style.width = `${share(now.score)}%`;
    for (const [mark, tag, x] of [[cut, cutTag, spec.threshold], [was, wasTag, spec.before.score]]) {
      mark.style.left = `${share(x)}%`;
      tag.style.left = share(x) > 70 ? "auto" : `${share(x)}%`;
      tag.style.right = share(x) > 70 ? `${100 - share(x)}%` : "auto";
    }
    put(gauge, { "aria-label": `Score ${fourDigits(now.score)}, ${over ? "above" : "not above"} the threshold ${fourDigits(spec.threshold)}; it was ${fourDigits(spec.before.score)}` });
    let letters = 0; // the widest figure, so that all bars have the same room
    const most = max(...spec.before.values.map(abs), ...now.values.map(abs), 1e-300);
    for (const [j, { past, bar, part, before }] of lines.entries()) {
      for (const [mark, x] of [[past, spec.before.values[j]], [bar, now.values[j]]]) {
        mark.style.width = `${(abs(x) / most) * 50}%`;
        mark.classList.toggle("pyn-up", x > 0);
        mark.classList.toggle("pyn-down", x <= 0);
      }
      const moved = abs(now.values[j] - spec.before.values[j]) > 5e-3 * most;
      put(past, { hidden: !moved });
      say(part, signed(now.values[j], most));
      put(part.parentNode, { "data-sign": String(Math.sign(now.values[j])) });
      const old = `was ${signed(spec.before.values[j], most)}`;
      say(before, moved ? old : "");
      letters = max(letters, old.length, part.textContent.length);
    }
    body.style.setProperty("--pyn-letters", `${letters}ch`);
    const shown = (all ? order : order.slice(0, FIRST)).map((j) => lines[j].element);
    if (body.children.length !== shown.length) body.replaceChildren(...shown);
    put(more, { "aria-expanded": all });
    say(more, all ? `Show the first ${FIRST}` : `Show all ${lines.length} columns`);
    const moved = Object.keys(changes);
    say(status, [moved.length ? `With ${moved.join(", ")} changed the score is ${fourDigits(now.score)}: ${over ? "flagged" : "not flagged"}.` : "", ...(now.notes ?? [])].join(" ").trim());
    put(host, { "data-score": String(now.score), "data-parts": JSON.stringify(Array.from(now.values)) });
  }

  /** The rows most like this one. */
  function near() {
    const { columns, rows } = spec.neighbours;
    let last = "";
    return h("section", { "aria-label": "Similar rows" },
      h("div.pyn-bar", null, h("h3", null, "The rows most like it"), h("span.pyn-muted", null, "as it is; what differs most is marked")),
      h("div.pyn-scroll", { tabindex: "0", role: "region", "aria-label": "Similar rows, table" }, h("table.pyn-near", { pyn: "neighbours" },
        h("thead", null, h("tr", null, ["", "Row", "Score", ...columns].map((name) => h(name ? "th" : "td", name ? { scope: "col" } : null, name)))),
        h("tbody", null, rows.map(({ which, id, score: at, cells, differs }) => {
          const first = which !== last;
          last = which;
          return h(which === "this row" ? "tr.pyn-this" : first ? "tr.pyn-first" : "tr", null, h("th", { scope: "row" }, which), h("td", null, id), h("td", null, fourDigits(at)),
            cells.map((cell, j) => (differs.includes(columns[j]) ? h("td.pyn-differs", { title: cell }, cell, h("span.pyn-hidden", " (differs)")) : h("td", { title: cell }, cell))));
        })))));
  }

  const heard = () => {
    const told = model.get("changes") ?? {};
    if (JSON.stringify(told) !== JSON.stringify(changes)) change(told);
  };
  model.on("change:changes", heard);
  draw();
  const stop = follow(root, host, frames, () => {}, () => {});
  return () => {
    model.off("change:changes", heard);
    link.stop();
    stop();
  };
}
