/** The next questions, and their answers: verdicts that Python keeps, or that the page gives as a file. */
import { h, put, say } from "./dom.js";
import { count } from "./format.js";

const VERDICTS = ["anomaly", "normal", "unsure"];
const FILE = "verdicts.json";
const are = (n) => `${n} ${n === 1 ? "verdict" : "verdicts"}`;

/** @param {import("./link.js").Link} link */
export function questions(spec, link) {
  const given = new Map(spec.questions.filter(({ verdict }) => verdict).map(({ row, verdict }) => [row, { verdict, at: "" }]));
  const note = h("p.pyn-note", { pyn: "kept", role: "status" });
  const download = h("button.pyn-button", { pyn: "download-verdicts", click: save }, "Download verdicts");
  const lines = spec.questions.map((question) => {
    const buttons = VERDICTS.map((verdict) => h("button.pyn-verdict", { "data-verdict": verdict, pyn: `verdict-${verdict}`, click: () => judge(question, verdict) }, verdict));
    return { question, buttons, line: h("tr", { pyn: "question", "data-row": question.row },
      h("th", { scope: "row" }, question.id, h("span.pyn-typical", `rank ${count(question.rank)}${question.flagged ? ", flagged" : ""}`)),
      h("td.pyn-why", question.why), h("td", h("div.pyn-verdicts", { role: "group", "aria-label": `Verdict on ${question.id}` }, buttons))) };
  });

  async function judge(question, verdict) {
    const next = given.get(question.row)?.verdict === verdict ? null : verdict;
    let waiting = null;
    if (spec.live) {
      try {
        ({ waiting } = await link.ask("verdict", { row: question.row, verdict: next }, `verdict ${question.row}`));
      } catch (error) {
        return say(note, error.message);
      }
    }
    if (next) given.set(question.row, { verdict: next, at: new Date().toISOString() });
    else given.delete(question.row);
    const what = next ? `Kept: ${question.id} is ${{ anomaly: "an anomaly", normal: "normal", unsure: "not sure, which teaches nothing" }[next]}.` : `Taken back: the verdict on ${question.id}.`;
    draw();
    say(note, spec.live ? `${what} ${waiting ? `${are(waiting)} ${waiting === 1 ? "waits" : "wait"} for relearn(), which takes ${waiting === 1 ? "it" : "them"} in.` : "No verdict waits for relearn()."}`
      : `${what} Python takes the downloaded file in by found.merge_verdicts("${FILE}"); then call found.relearn().`);
  }

  /** The file that `merge_verdicts` reads. */
  function save() {
    const verdicts = Object.fromEntries([...given].map(([row, said]) => [row, { ...said, note: "" }]));
    const url = URL.createObjectURL(new Blob([JSON.stringify({ schema: 1, ...spec.file, made: new Date().toISOString(), verdicts }, null, 2)], { type: "application/json" }));
    h("a", { href: url, download: FILE }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  function draw() {
    for (const { question, buttons } of lines) for (const button of buttons) put(button, { "aria-pressed": given.get(question.row)?.verdict === button.dataset.verdict });
    download.disabled = !given.size;
    say(download, given.size ? `Download ${are(given.size)}` : "Download verdicts");
  }

  draw();
  if (!spec.live) say(note, "This page has no kernel: your answers stay in it until you download them.");
  return h("section", { pyn: "questions", "aria-label": "Next questions" },
    h("div.pyn-bar", h("h3", "What to ask next", h("small", "the verdicts that would teach most")), spec.live || !lines.length ? null : download),
    lines.length ? h("div.pyn-scroll", { tabindex: "0", role: "region", "aria-label": "Questions" }, h("table.pyn-plain.pyn-asked", h("caption.pyn-hidden", "Rows to judge"),
      h("thead", h("tr", ["row", "why its score is what it is", "your verdict"].map((text) => h("th", { scope: "col" }, text)))), h("tbody", lines.map(({ line }) => line))))
      : h("p.pyn-muted", "Every row has been judged."), note);
}
