/** Title, detector, what is flagged. */
import { h, say } from "./dom.js";
import { count, rows, share } from "./format.js";

/** Builds the head of the view. @param {import("./store.js").Store} store */
export function header(store, frames) {
  const { spec, n } = store;
  const number = h("span.pyn-count", { pyn: "flagged-count" });
  const rest = h("span.pyn-count-rest", { pyn: "flagged-share" });
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
  return h("header.pyn-head", null,
    h("div.pyn-name", null,
      h("h2.pyn-title", { pyn: "title" }, spec.title),
      h("p.pyn-sub", h("span.pyn-strong", spec.detector.title ?? spec.detector.name),
        settings.length ? h("span.pyn-params", settings.join(" · ")) : null)),
    h("p.pyn-counts", number, rest));
}

/** Repairs and provenance, folded away. */
export function notes(spec) {
  const repairs = spec.repairs ?? [];
  const facts = Object.entries(spec.provenance ?? {});
  if (!repairs.length && !facts.length) return null;
  const tell = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  return h("details.pyn-notes", { pyn: "notes" },
    h("summary", `Notes on the data (${repairs.length}) and provenance`),
    repairs.length ? h("ul", repairs.map((text) => h("li", text))) : null,
    facts.length ? h("dl", facts.map(([name, value]) => h("div", h("dt", name.replaceAll("_", " ")), h("dd", tell(value))))) : null);
}
