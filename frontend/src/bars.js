/** Why a row has its score: contributions as bars beside the values. */
import { h } from "./dom.js";
import { signed } from "./format.js";

const FIRST = 8;

/**
 * One line a column: name, value, typical range, and a bar if there is a contribution.
 * @param {{name: string, value?: string, typical?: string, part?: number}[]} lines
 */
export function bars(lines, all, showAll) {
  const most = Math.max(...lines.map(({ part }) => Math.abs(part ?? 0)), 1e-300);
  const shown = all ? lines : lines.slice(0, FIRST);
  const items = shown.map(({ name, value, typical, part }) => {
    const bar = h("span", { class: part > 0 ? "pyn-fill pyn-up" : "pyn-fill pyn-down" });
    bar.style.width = `${(Math.abs(part ?? 0) / most) * 50}%`;
    return h("li", { class: "pyn-line-item", pyn: "contribution" },
      h("div", { class: "pyn-what" },
        h("span", { class: "pyn-column", title: name }, name),
        h("span", { class: "pyn-value", title: value }, value === "" ? "(empty)" : value ?? ""),
        typical ? h("span", { class: "pyn-typical" }, `typical ${typical}`) : null),
      part == null ? null : h("div", { class: "pyn-effect" },
        h("span", { class: "pyn-track", "aria-hidden": "true" }, bar),
        h("span", { class: "pyn-part", "data-sign": String(Math.sign(part)) }, signed(part, most),
          h("span", { class: "pyn-hidden" }, part > 0 ? " raises the score" : part < 0 ? " lowers the score" : " no effect"))));
  });
  const more = lines.length > FIRST
    ? h("button", { class: "pyn-button", type: "button", pyn: "show-all", "aria-expanded": String(all), click: showAll }, all ? `Show the first ${FIRST}` : `Show all ${lines.length} columns`)
    : null;
  return [h("ul", { class: "pyn-list" }, items), more];
}
