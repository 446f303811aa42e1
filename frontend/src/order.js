/** Which ranks the table lists, and in which order. */
import { min } from "./maths.js";

export const MOST_LISTED = 100_000;

const words = new Intl.Collator("en", { numeric: true });

/** Sorting keys of the first `count` ranks: numbers (NaN last) or texts. */
function keys(store, by) {
  const { rows } = store.spec;
  if (by === "id") return rows.ids;
  if (by === "verdict") return Array.from({ length: rows.count }, (_, rank) => store.verdict(rank)?.verdict ?? "");
  const buffer = rows.sort?.[store.spec.columns[by].name];
  return (buffer && store.buffers.get(buffer)) ?? rows.cells[by];
}

/** Missing comes last in both directions; ties stay in the order of their scores. */
function compare(values, direction) {
  const missing = (x) => x === "" || x !== x;
  return (a, b) => {
    const [x, y] = [values[a], values[b]];
    if (missing(x) || missing(y)) return missing(x) - missing(y) || a - b;
    return direction * (typeof x === "string" ? words.compare(x, y) : x - y) || a - b;
  };
}

/**
 * @param {import("./store.js").Store} store
 * @param {{by: "score"|"id"|"verdict"|number, direction: 1|-1}} sort
 * @param {"all"|"flagged"|"selected"|"judged"} filter
 * @returns {{length: number, rank: (i: number) => number, place: (rank: number) => number}}
 */
export function order(store, sort, filter) {
  const count = store.spec.rows?.count ?? 0;
  const listed = store.spec.live ? min(store.n, MOST_LISTED) : count;
  const bound = filter === "flagged" ? min(store.cut.k, listed) : listed;
  if (sort.by === "score" && (filter === "all" || filter === "flagged")) {
    const up = sort.direction > 0; // ascending scores: from the last listed row
    const turn = (i) => (up ? bound - 1 - i : i);
    return { length: bound, rank: turn, place: (rank) => (rank < bound ? turn(rank) : -1) };
  }
  const reach = sort.by === "score" ? listed : count;
  let ranks;
  if (filter === "selected") ranks = store.selected.filter((rank) => rank < reach);
  else ranks = Array.from({ length: min(bound, reach) }, (_, rank) => rank);
  if (filter === "judged") ranks = ranks.filter((rank) => store.verdict(rank));
  if (sort.by === "score") ranks.sort((a, b) => -sort.direction * (a - b));
  else ranks.sort(compare(keys(store, sort.by), sort.direction));
  const places = new Map(ranks.map((rank, i) => [rank, i]));
  return { length: ranks.length, rank: (i) => ranks[i], place: (rank) => places.get(rank) ?? -1 };
}
