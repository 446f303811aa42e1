/** Rows with the user's own values; only those in sight exist as elements. */
import { h, press, put, say } from "./dom.js";
import { count, fourDigits, highest } from "./format.js";
import { clamp, floor, max, min } from "./maths.js";
import { MOST_LISTED, order } from "./order.js";

const ROW = 29;
const FIXED = ["rank", "severity", "score", "id", "verdict"];
const SIGHT = 17; // more than fit into the greatest height of the table
const BLOCK = 200;
let instances = 0;

/** Width of a column in digits, from its first cells; words take less room than numbers. */
const letters = (name, cells, narrow = 1) => narrow * clamp(max(min(name.length, 15) + 1, ...cells.slice(0, 80).map((c) => c.length)), 4, 26) + 0.5;

/** @param {import("./store.js").Store} store */
export function table(store, frames, openPanel) {
  const { spec } = store;
  const prefix = `pyn${++instances}-`;
  const columns = spec.columns ?? [];
  const cellsOf = (c) => spec.rows?.cells?.[c] ?? [];
  const right = columns.map((column) => column.kind === "number");
  const sort = { by: "score", direction: -1 };
  let filter = "all";
  let list = order(store, sort, filter);
  let pool = [];
  let asked = "";
  let trouble = "";
  let anchor = 0;

  const heads = [];
  const head = (by, name, attributes = {}) => {
    const button = h("button.pyn-sort", { title: attributes.title ?? name, click: () => sortBy(by) }, h("span", name));
    const cell = h("th", { scope: "col", class: attributes.class, pyn: `sort-${by}` }, button);
    heads.push({ by, cell });
    return cell;
  };
  const fixed = [
    h("th", { scope: "col", class: "pyn-right" }, h("span", "#")),
    h("th", { scope: "col" }, h("span", "severity")),
    head("score", "score", { class: "pyn-right" }), head("id", "row"), head("verdict", "verdict"),
  ];
  const widths = [count(store.n).length, 8, 8, letters("row", spec.rows?.ids ?? []), 8, ...columns.map((column, c) => letters(column.name, cellsOf(c), /text|cat/.test(column.kind) ? 0.85 : 1))];
  const cols = widths.map((wide) => {
    const col = h("col");
    col.style.width = `calc(${wide}ch + 20px)`;
    return col;
  });
  const [before, after] = [h("tr", { "aria-hidden": true }, h("td")), h("tr", { "aria-hidden": true }, h("td"))];
  const body = h("tbody", { click: onClick }, before, after);
  const grid = h("table.pyn-table", { role: "grid", tabindex: "0", pyn: "table", "aria-multiselectable": true, keydown: onKey,
    "aria-label": "Rows, highest scores first. Up and down choose a row; A, N and U give a verdict; Enter opens its explanation." },
    h("colgroup", cols), h("thead", h("tr", { "aria-rowindex": "1" }, fixed, columns.map((column, c) => head(c, column.name, { class: right[c] ? "pyn-right" : null })))), body);
  grid.style.width = `calc(${widths.reduce((a, b) => a + b, 0)}ch + ${20 * widths.length}px)`;
  const scroller = h("div.pyn-scroll", { pyn: "table-scroll", scroll: () => frames.ask(draw) }, grid);
  const empty = h("p.pyn-empty", { hidden: true });
  const note = h("p.pyn-note", { pyn: "table-note" });
  const filters = ["all", "flagged", "selected", "judged"].map((name) =>
    h("button.pyn-tool", { pyn: `filter-${name}`, "aria-pressed": name === filter, click: () => filterBy(name) }, name[0].toUpperCase() + name.slice(1)));

  function filterBy(name) {
    filter = name;
    filters.forEach((button) => put(button, { "aria-pressed": button.dataset.pyn === `filter-${name}` }));
    relist(true);
  }

  function sortBy(by) {
    if (sort.by === by) sort.direction *= -1;
    else Object.assign(sort, { by, direction: by === "score" ? -1 : 1 });
    relist(true);
  }

  function relist(toTop) {
    list = order(store, sort, filter);
    if (toTop) scroller.scrollTop = 0;
    frames.ask(draw);
  }

  function makeRow() {
    const cells = [...FIXED, ...columns].map((_, i) => h("td", { class: i === 0 || i === 2 || right[i - FIXED.length] ? "pyn-right" : null }));
    const chip = h("span.pyn-chip");
    cells[1].append(chip);
    return { tr: h("tr.pyn-row", { pyn: "row" }, cells), cells, chip, rank: -1 };
  }

  function fillRow(entry, rank, place) {
    const row = store.row(rank);
    const { tr, cells, chip } = entry;
    if (entry.rank !== rank || entry.whole !== Boolean(row.cells)) {
      entry.rank = rank;
      entry.whole = Boolean(row.cells);
      put(tr, { "data-rank": rank, "data-row": row.row ?? null, id: prefix + rank });
      say(cells[0], count(rank + 1));
      say(cells[2], fourDigits(store.scores[rank]));
      say(cells[3], row.id ?? "…");
      columns.forEach((_, c) => {
        const text = row.cells?.[c] ?? "…";
        say(cells[c + FIXED.length], text);
        put(cells[c + FIXED.length], { title: text.length > 20 ? text : null });
      });
    }
    const severity = store.severity(rank);
    say(chip, severity);
    put(chip, { "data-level": severity });
    const verdict = store.verdict(rank)?.verdict ?? "";
    say(cells[4], verdict);
    put(cells[4], { "data-verdict": verdict || null });
    put(tr, { "aria-rowindex": place + 2, "aria-selected": store.selected.includes(rank), "data-flagged": String(store.flagged(rank)) });
    tr.classList.toggle("pyn-shown", rank === store.shown);
  }

  function draw() {
    const { length } = list;
    const first = clamp(floor(scroller.scrollTop / ROW) - 2, 0, length - 1);
    const seen = min(length - first, SIGHT);
    while (pool.length < seen) pool.push(makeRow());
    if (pool.length > seen) pool.splice(max(0, seen)).forEach(({ tr }) => tr.remove());
    before.firstChild.style.height = `${first * ROW}px`;
    after.firstChild.style.height = `${max(0, length - first - seen) * ROW}px`;
    pool.forEach((entry, i) => {
      fillRow(entry, list.rank(first + i), first + i);
      if (entry.tr.parentNode !== body) after.before(entry.tr);
    });
    put(grid, { "aria-rowcount": length + 1, "aria-activedescendant": pool.some(({ rank }) => rank === store.shown) ? prefix + store.shown : null });
    for (const { by, cell } of heads) put(cell, { "aria-sort": by === sort.by ? (sort.direction > 0 ? "ascending" : "descending") : null });
    empty.hidden = length > 0;
    say(empty, { flagged: "No row is flagged at this threshold.", selected: "Nothing is selected: choose rows here or in the plot.", judged: "No verdicts yet." }[filter] ?? "No rows travelled with this view.");
    if (store.spec.live && length) fetch(first, seen);
    say(note, trouble || remark());
  }

  function remark() {
    const own = spec.rows?.count ?? 0;
    if (sort.by !== "score" && own < store.n) return `${highest(own, store.n)}, sorted.`;
    if (filter === "selected" && store.selected.length > list.length) return `${count(list.length)} of ${count(store.selected.length)} selected rows are among the ${count(own)} listed here.`;
    if (filter === "flagged" && store.cut.k > list.length) return `${highest(list.length, store.cut.k)} flagged rows.`;
    if (!spec.live && own < store.n) return `${highest(own, store.n)}.`;
    return store.n > MOST_LISTED ? `${highest(MOST_LISTED, store.n)}.` : "";
  }

  /** Asks for the rows in sight that have not come yet. */
  async function fetch(first, seen) {
    const wanted = [];
    for (let i = first; i < first + seen; i++) if (!store.row(list.rank(i)).cells) wanted.push(list.rank(i));
    if (!wanted.length) return;
    const from = max(spec.rows?.count ?? 0, floor(min(...wanted) / BLOCK) * BLOCK);
    const key = String(from);
    if (key === asked) return;
    asked = key;
    trouble = "";
    try {
      await store.fetchRows(from, min(store.n, from + 2 * BLOCK));
    } catch (error) {
      trouble = error.message;
    }
    if (asked === key) asked = "";
    if (!trouble) frames.ask(draw);
    else say(note, trouble);
  }

  function reveal(place) {
    const top = place * ROW;
    const sight = scroller.clientHeight - ROW - 12;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top > scroller.scrollTop + sight - ROW) scroller.scrollTop = top - sight + ROW;
  }

  /** Goes `by` rows on in the table's order and shows that row. */
  function step(by) {
    if (!list.length) return;
    const here = list.place(store.shown);
    const to = clamp(here < 0 ? 0 : here + by, 0, list.length - 1);
    anchor = to;
    store.choose([list.rank(to)]);
  }

  function onClick(event) {
    const tr = event.target.closest("[data-rank]");
    if (!tr) return;
    const rank = Number(tr.dataset.rank);
    const place = list.place(rank);
    if (event.shiftKey) {
      const [from, to] = [min(anchor, place), max(anchor, place)];
      store.choose(Array.from({ length: to - from + 1 }, (_, i) => list.rank(from + i)));
    } else if (event.ctrlKey || event.metaKey) {
      store.choose(store.selected.includes(rank) ? store.selected.filter((r) => r !== rank) : [...store.selected, rank]);
    } else store.choose([rank]);
    if (!event.shiftKey) anchor = place;
    grid.focus({ preventScroll: true });
  }

  function onKey(event) {
    if (event.target !== grid) return;
    const page = max(1, floor(scroller.clientHeight / ROW) - 2);
    const judge = (verdict) => () => store.judge(store.shown, verdict, store.verdict(store.shown)?.note);
    press(event, {
      ArrowDown: () => step(1), ArrowUp: () => step(-1), PageDown: () => step(page), PageUp: () => step(-page),
      Home: () => step(-list.length), End: () => step(list.length), Enter: openPanel, Escape: () => store.choose([]),
      a: judge("anomaly"), n: judge("normal"), u: judge("unsure"),
    });
  }

  store.on("threshold", () => (filter === "flagged" ? relist(false) : frames.ask(draw)));
  store.on("verdicts", () => (filter === "judged" || sort.by === "verdict" ? relist(false) : frames.ask(draw)));
  store.on("rows", () => frames.ask(draw));
  store.on("selected", () => {
    if (filter === "selected") list = order(store, sort, filter);
    const place = list.place(store.shown);
    if (place >= 0 && store.selected.length) reveal(place);
    frames.ask(draw);
  });
  const element = h("section.pyn-rows", { "aria-label": "Table of rows" },
    h("div.pyn-bar", h("h3", "Rows"), h("div.pyn-tools", { role: "group", "aria-label": "Rows listed" }, filters)),
    h("div.pyn-frame", scroller, empty), note);
  return { element, resize: draw, step };
}
