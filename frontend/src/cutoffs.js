/** One threshold a detector: what each would flag, and going on with one of them. */
import { h, put, say } from "./dom.js";
import { count, number, rows, share } from "./format.js";
import { leading } from "./cut.js";
import { clamp } from "./maths.js";

export function cutoffs(store, link, live) {
  const { table, detectors } = store;
  const { anomalies, n } = table;
  const status = h("p", { role: "status" });
  const code = h("code.pyn-code", { hidden: true, pyn: "code" });

  const lines = detectors.map((one) => {
    const slider = h("input", { type: "range", min: 0, max: one.counts.length - 1, step: 1, pyn: "cut-slider", "aria-label": `Threshold of ${one.name}`, input: () => {
      one.at = +slider.value;
      store.changed();
    } });
    const flagged = h("span", { pyn: "cut-flagged" });
    const marks = anomalies ? ["precision", "recall", "F1"].map((name) => {
      const value = h("span");
      return { name, value, element: h("span", h("em", `${name} `), value) };
    }) : [];
    const go = h("button.pyn-button", { pyn: "go-on", "aria-label": `Go on with ${one.name}`, click: () => choose(one) }, "Go on");
    function draw() {
      const k = one.counts[one.at];
      slider.value = one.at;
      say(flagged, `${count(k)} flagged, ${share(k / n)}`);
      let spoken = `score above ${number(one.scores[one.at])}: ${count(k)} of ${rows(n)} flagged, ${share(k / n)}`;
      if (anomalies) {
        const hits = one.hits[one.at];
        const values = [k ? hits / k : null, hits / anomalies, (2 * hits) / (k + anomalies)];
        marks.forEach(({ name, value }, i) => {
          const text = values[i] == null ? "–" : values[i].toFixed(3);
          say(value, text);
          spoken += `, ${name} ${text}`;
        });
      }
      put(slider, { "aria-valuetext": spoken });
    }
    return { draw, element: h("div.pyn-cut", { pyn: "cut" }, h("span.pyn-cut-name", { title: one.method }, one.name), slider, h("div.pyn-tell", flagged, marks.map(({ element }) => element)), go) };
  });

  function choose(one) {
    const k = one.counts[one.at];
    const name = JSON.stringify(one.name);
    const where = store.several ? `, ${JSON.stringify(table.name)}` : "";
    const moved = one.at !== one.start && k > 0;
    code.hidden = false;
    say(code, `found = comparison.pick(${name}${where})${moved ? `.cut_at(budget=${k})` : ""}`);
    if (!live) return say(status, "This page has no kernel. In Python, with the comparison that compare() gave:");
    say(status, `${one.name} learns …`);
    link.ask("choose", { table: store.at, detector: one.name, ...(one.at !== one.start ? { flagged: k } : {}) }, "choose").then(
      (reply) => {
        say(code, "found = comparison.chosen");
        say(status, `You go on with ${one.name}: ${count(reply.flagged)} of ${rows(reply.n)} flagged. In Python:`);
      },
      (error) => {
        code.hidden = true;
        say(status, error.message);
      });
  }

  const field = h("input.pyn-field", { type: "number", min: 0, max: n, pyn: "cut-all", change: () => {
    if (field.value === "") return;
    const k = clamp(+field.value, 0, n);
    for (const one of detectors) one.at = leading(one.counts, (c) => c <= k) - 1;
    store.changed();
  } });
  const reset = h("button.pyn-button", { pyn: "cut-reset", click: () => {
    for (const one of detectors) one.at = one.start;
    field.value = "";
    store.changed();
  } }, "Own thresholds");
  const draw = () => lines.forEach((line) => line.draw());
  store.on(draw);
  draw();
  return h("section", { pyn: "cutoffs", "aria-label": "Thresholds" },
    h("div.pyn-bar", h("h3", "One threshold each, and which to go on with"), h("div.pyn-fields", h("label.pyn-label", "at most", field, "rows each"), reset)),
    h("div.pyn-cuts", lines.map(({ element }) => element)),
    h("div.pyn-go", status, code));
}
