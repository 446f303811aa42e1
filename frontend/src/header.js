/** Title, detector, what is flagged. */
import { h, say } from "./dom.js";
import { count, rows, share } from "./format.js";

/** Builds the head of the view. @param {import("./store.js").Store} store */
export function header(store, frames) {
  const { spec, n } = store;
  const number = h("span", { class: "pyn-count", pyn: "flagged-count" });
  const rest = h("span", { class: "pyn-count-rest", pyn: "flagged-share" });
  const settings = Object.entries(spec.detector.params ?? {}).filter(([, value]) => value != null)
    .map(([name, value]) => `${name} = ${typeof value === "object" ? JSON.stringify(value) : value}`);
  const draw = () => {
    const { k } = store.cut;
    say(number, count(k));
    say(rest, `of ${rows(n)} flagged · ${share(k / n)}`);
    number.classList.toggle("pyn-none", k === 0);
  };
  store.on("threshold", () => frames.ask(draw));
  draw();
  return h("header", { class: "pyn-head" },
    h("div", { class: "pyn-name" },
      h("h2", { class: "pyn-title", pyn: "title", title: spec.title }, spec.title),
      h("p", { class: "pyn-sub" }, h("span", { class: "pyn-strong" }, spec.detector.title ?? spec.detector.name),
        settings.length ? h("span", { class: "pyn-params", title: settings.join(", ") }, settings.join(" · ")) : null)),
    h("p", { class: "pyn-counts" }, number, rest));
}

/** Repairs and provenance, folded away. */
export function notes(spec) {
  const repairs = spec.repairs ?? [];
  const facts = Object.entries(spec.provenance ?? {});
  if (!repairs.length && !facts.length) return null;
  const tell = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  const title = [repairs.length ? `${repairs.length} ${repairs.length === 1 ? "note" : "notes"} on the data` : "", facts.length ? "provenance" : ""];
  return h("details", { class: "pyn-notes", pyn: "notes" },
    h("summary", null, title.filter(Boolean).join(" · ").replace(/^p/, "P")),
    repairs.length ? h("ul", null, repairs.map((text) => h("li", null, text))) : null,
    facts.length ? h("dl", null, facts.map(([name, value]) => h("div", null, h("dt", null, name.replaceAll("_", " ")), h("dd", null, tell(value))))) : null);
}
