/** Why rows have their scores: one row as bars, many as a heat map, importance, and contributions by value. */
import { Buffers } from "./decode.js";
import { dependence } from "./dependence.js";
import { Frames, h } from "./dom.js";
import { Explained } from "./explained.js";
import { number } from "./format.js";
import { heat } from "./heat.js";
import { reasons, weights } from "./reasons.js";
import { follow, view } from "./shell.js";
import base from "./base.css.js";
import bars from "./bars.css.js";
import forced from "./forced.css.js";
import own from "./explanation.css.js";

/** Fills `root` from the model's present spec; returns what undoes it. */
function build(model, root, host) {
  const spec = model.get("spec");
  if (!spec.n) {
    root.replaceChildren(h("p.pyn-message", { role: "status" }, "There are no rows to show."));
    return () => {};
  }
  const data = new Explained(spec, new Buffers(spec.buffers, model.get("blob")), model);
  const frames = new Frames((took) => (host.dataset.paintMs = took.toFixed(2)));
  const many = data.n > 1;
  const [map, plot] = many ? [heat(data, frames), dependence(data, frames)] : [];
  const head = h("header.pyn-head", h("div.pyn-name", h("h2", { pyn: "title" }, spec.title), spec.detector && h("p.pyn-sub", h("span.pyn-strong", spec.detector))));
  const about = h("p.pyn-about", { pyn: "about" },
    h("b", spec.rule), ` (base ${number(spec.base)}, in units of ${spec.unit}). Positive contributions raise the score, negative ones lower it. Method: `, h("b", spec.method), ".");
  root.replaceChildren(h(many ? "div.pyn-grid-all.pyn-two" : "div.pyn-grid-all", head, about, map?.element, reasons(data), many && weights(data, plot.show), plot?.element));
  const stop = follow(root, host, frames, (width) => {
    map?.resize(width);
    plot?.resize(width);
  }, () => {
    const look = (name) => getComputedStyle(root).getPropertyValue(name).trim();
    map?.recolour(look);
    plot?.recolour(look);
  });
  return () => {
    stop();
    data.stop();
  };
}

export default view("explanation", base + bars + own + forced, build);
