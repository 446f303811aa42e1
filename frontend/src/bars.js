/** Why a row has its score: contributions as bars beside the values. */
import { h } from "./dom.js";
import { signed } from "./format.js";
import { abs, max } from "./maths.js";

const FIRST = 6;

/**
 * One line a column: name, value, typical range, and a bar if there is a contribution.
 * @param {{name: string, value?: string, typical?: string, part?: number}[]} lines
 */
export function bars(lines, all, showAll) {
  const most = max(...lines.map(({ part }) => abs(part ?? 0)), 1e-300);
  const shown = all ? lines : lines.slice(0, FIRST);
  const items = shown.map(({ name, value, typical, part }) => {
    const bar = h("span", { class: part > 0 ? "pyn-fill pyn-up" : "pyn-fill pyn-down" });
    bar.style.width = `${(abs(part ?? 0) / most) * 50}%`;
    return h("li.pyn-line-item", { pyn: "contribution" },
      h("div.pyn-what", null,
        h("span.pyn-column", { title: name }, name),
        h("span.pyn-value", { title: value }, value === "" ? "(empty)" : value ?? ""),
        typical ? h("span.pyn-typical", `typical ${typical}`) : null),
      part == null ? null : h("div.pyn-effect", null,
        h("span.pyn-track", { "aria-hidden": true }, bar),
        h("span.pyn-part", { "data-sign": String(Math.sign(part)) }, signed(part, most),
          h("span.pyn-hidden", part > 0 ? " raises the score" : part < 0 ? " lowers the score" : " no effect"))));
  });
  const more = lines.length > FIRST
    ? h("button.pyn-button", { pyn: "show-all", "aria-expanded": all, click: showAll }, all ? `Show the first ${FIRST}` : `Show all ${lines.length} columns`)
    : null;
  return [h("ul.pyn-list", { tabindex: all ? "0" : null, "aria-label": "Columns" }, items), more];
}
