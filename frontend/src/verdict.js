/** What the user thinks of a row, and the file of all verdicts. */
import { h, put, say } from "./dom.js";

const VERDICTS = [["anomaly", "Anomaly"], ["normal", "Normal"], ["unsure", "Unsure"]];

/** @param {import("./store.js").Store} store */
export function verdictForm(store, frames) {
  const buttons = VERDICTS.map(([verdict, label]) =>
    h("button.pyn-verdict", { "data-verdict": verdict, pyn: `verdict-${verdict}`, "aria-pressed": false, click: () => press(verdict) }, label));
  const note = h("input", { class: "pyn-field pyn-comment", pyn: "note", "aria-label": "Note on this row", change: keep });
  const download = h("button.pyn-button", { pyn: "download-verdicts", click: save });
  const element = h("div.pyn-judge", { role: "group", "aria-label": "Your verdict" },
    h("div.pyn-verdicts", buttons), note, download);
  let rank = store.shown;
  let written = "";
  let noted = rank;

  function press(verdict) {
    const old = store.verdict(rank);
    store.judge(rank, old?.verdict === verdict ? null : verdict, note.value);
  }

  function keep() {
    const old = store.verdict(rank);
    if (old && old.note !== note.value) store.judge(rank, old.verdict, note.value);
  }

  /** The whole file also carries id, score and rank of each row where they are known. */
  function content() {
    const { spec } = store;
    const here = new Map(Array.from(store.positions ?? [], (row, r) => [String(row), r]));
    for (const [r, { row }] of store.known) here.set(String(row), r);
    const verdicts = Object.entries(store.verdicts).map(([row, verdict]) => {
      const r = here.get(row);
      return [row, r === undefined ? verdict : { ...verdict, id: store.row(r).id, score: store.scores[r], rank: r }];
    });
    return { schema: 1, title: spec.title, detector: spec.detector.name, n: store.n, threshold: store.cut.t, flagged: store.cut.k,
      made: new Date().toISOString(), verdicts: Object.fromEntries(verdicts) };
  }

  function save() {
    const url = URL.createObjectURL(new Blob([JSON.stringify(content(), null, 2)], { type: "application/json" }));
    h("a", { href: url, download: store.spec.verdict_file ?? "verdicts.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  function draw() {
    rank = store.shown;
    const own = store.verdict(rank);
    const known = store.n > 0 && store.row(rank).row != null;
    for (const button of buttons) {
      put(button, { "aria-pressed": button.dataset.verdict === own?.verdict });
      button.disabled = !known;
    }
    note.disabled = !own;
    const text = own?.note ?? "";
    if (text !== written || rank !== noted) note.value = text; // else it may hold what is being typed
    [written, noted] = [text, rank];
    put(note, { placeholder: own ? "Note" : known ? "Give a verdict, then a note" : "This row cannot be judged here" });
    const total = Object.keys(store.verdicts).length;
    say(download, total ? `Download ${total} ${total === 1 ? "verdict" : "verdicts"}` : "Download verdicts");
    download.disabled = !total;
  }

  return { element, draw };
}
