/** Why one row has its score: a bar a column, with its standard error if it was sampled. */
import { h, put, say } from "./dom.js";
import { count, fourDigits, number, signed } from "./format.js";
import { abs, clamp, max } from "./maths.js";

const FIRST = 8;

/** @param {import("./explained.js").Explained} data */
export function reasons(data) {
  const { spec } = data;
  let all = false;
  const title = h("h3.pyn-row-title", { pyn: "row-title" });
  const place = h("span.pyn-muted", { pyn: "row-place" });
  const field = h("input.pyn-field.pyn-find", { "aria-label": "Show the row called", placeholder: "row …", pyn: "row-field", change: find });
  const step = (by, text, label, pyn) => h("button.pyn-button", { "aria-label": label, title: label, pyn, click: () => data.look(clamp(data.row + by, 0, data.n - 1)) }, text);
  const back = step(-1, "↑", "Row with the next higher score", "previous-row");
  const on = step(1, "↓", "Row with the next lower score", "next-row");
  const sum = h("p.pyn-sum", { pyn: "sum" });
  const list = h("ul.pyn-list.pyn-reasons", { "aria-label": "Columns", pyn: "reasons" });
  const more = h("button.pyn-button", { pyn: "show-all", click: () => ((all = !all), draw()) });
  const missing = h("p.pyn-note", { role: "status" });
  const pick = data.n > 1 && h("div.pyn-fields", field, back, on);
  const element = h("section.pyn-one", { "aria-label": "One row", pyn: "one" }, h("div.pyn-bar", h("div", title, place), pick), missing, sum, list, more);

  function find() {
    const wanted = field.value.trim();
    const i = spec.ids.indexOf(wanted);
    say(missing, i < 0 && wanted ? `There is no row ${wanted} among those explained here.` : "");
    if (i >= 0) data.look(i);
  }

  function draw() {
    const i = data.row;
    const order = spec.columns.map((_, j) => j).sort((a, b) => abs(data.value(i, b)) - abs(data.value(i, a)));
    const most = max(...order.map((j) => abs(data.value(i, j)) + data.error(i, j)), 1e-300);
    say(title, data.name(i));
    say(place, data.n > 1 ? `score ${fourDigits(data.scores[i])}, ${count(i + 1)} of ${count(data.n)} by score` : `score ${fourDigits(data.scores[i])}`);
    put(back, { "aria-disabled": i === 0 });
    put(on, { "aria-disabled": i === data.n - 1 });
    const total = data.sum(i);
    sum.replaceChildren(
      h("span", "base ", h("b.pyn-strong", fourDigits(spec.base))), h("span", total < 0 ? " − " : " + "),
      h("span", "contributions ", h("b.pyn-strong", fourDigits(abs(total)))), h("span", " = ", h("b.pyn-strong", fourDigits(spec.base + total))));
    const told = order.map((j) => figure(i, j, most).join("").length); // the widest figure, so that all bars have the same room
    list.style.setProperty("--pyn-letters", `${max(...told)}ch`);
    list.replaceChildren(...(all ? order : order.slice(0, FIRST)).map((j) => line(i, j, most)));
    put(list, { tabindex: all ? "0" : null });
    more.hidden = order.length <= FIRST;
    put(more, { "aria-expanded": all });
    say(more, all ? `Show the first ${FIRST}` : `Show all ${order.length} columns`);
  }

  /** A contribution and its standard error. */
  function figure(i, j, most) {
    const [part, error] = [data.value(i, j), data.error(i, j)];
    return [part ? signed(part, most) : "0", error > 0 ? ` ± ${number(error, 1)}` : ""];
  }

  function line(i, j, most) {
    const [figured, sure] = figure(i, j, most);
    const [part, error, { name, typical }] = [data.value(i, j), data.error(i, j), spec.columns[j]];
    const bar = h("span", { class: part > 0 ? "pyn-fill pyn-up" : "pyn-fill pyn-down" });
    bar.style.width = `${(abs(part) / most) * 50}%`;
    const whisker = error > 0 && h("span.pyn-whisker");
    if (whisker) {
      whisker.style.left = `${50 + ((part - error) / most) * 50}%`;
      whisker.style.width = `${(error / most) * 100}%`;
    }
    return h("li.pyn-line-item", { pyn: "reason" },
      h("div.pyn-what", h("span.pyn-column", { title: name }, name), h("span.pyn-value", { title: data.cell(i, j) }, data.cell(i, j)),
        h("span.pyn-typical", `typical ${typical}`)),
      h("div.pyn-effect", h("span.pyn-track", { "aria-hidden": true }, bar, whisker),
        h("span.pyn-part", { "data-sign": String(Math.sign(part)) }, figured, sure && h("span.pyn-error", sure),
          h("span.pyn-hidden", part > 0 ? " raises the score" : part < 0 ? " lowers the score" : " no effect"))));
  }

  data.on(draw);
  draw();
  return element;
}

/** What matters over all the rows: mean size of the contributions. Choosing a column shows how its contribution depends on it. */
export function weights(data, open) {
  const { spec } = data;
  const most = spec.columns[0].importance || 1;
  let all = false;
  const list = h("ol.pyn-list.pyn-weights", { "aria-label": "Columns by importance", pyn: "importance" });
  const more = h("button.pyn-button", { pyn: "all-columns", click: () => ((all = !all), draw()) });
  const buttons = spec.columns.map(({ name, importance }, j) => {
    const bar = h("span.pyn-fill.pyn-size");
    bar.style.width = `${(importance / most) * 100}%`;
    return h("button.pyn-weight", { pyn: "weight", click: (event) => (data.look(data.row, j), event.detail && open()) },
      h("span.pyn-column", { title: name }, name), h("span.pyn-lane", { "aria-hidden": true }, bar), h("span.pyn-part", signed(importance, most).slice(1)));
  });
  function draw() {
    list.replaceChildren(...buttons.slice(0, all ? undefined : FIRST + 2).map((button) => h("li", button)));
    more.hidden = buttons.length <= FIRST + 2;
    put(more, { "aria-expanded": all });
    say(more, all ? `Show the first ${FIRST + 2}` : `Show all ${buttons.length} columns`);
  }
  const mark = () => buttons.forEach((button, j) => put(button, { "aria-pressed": j === data.column }));
  data.on(mark);
  mark();
  draw();
  return h("section.pyn-many", { "aria-label": "What matters over all rows" },
    h("div.pyn-bar", h("h3", "What matters over all rows", h("small", `mean size, ${spec.unit}`))), list, more,
    h("p.pyn-note", spec.of > data.n ? `Over all ${count(spec.of)} explained rows.` : ""));
}
