/** The explorer of scores: one view for a widget, a Panel component and a page without a kernel. */
import { Buffers } from "./decode.js";
import { Frames, h, say } from "./dom.js";
import { header, notes } from "./header.js";
import { histogram } from "./histogram.js";
import { panel } from "./panel.js";
import { scatter } from "./scatter.js";
import { follow, view } from "./shell.js";
import { Store } from "./store.js";
import base from "./base.css.js";
import bars from "./bars.css.js";
import own from "./explorer.css.js";
import { table } from "./table.js";

/** Fills `root` from the model's present spec; returns what undoes it. */
function build(model, root, host) {
  const spec = model.get("spec");
  if (!spec.n) {
    root.replaceChildren(h("p.pyn-message", { role: "status" }, "There are no rows to show."));
    return () => {};
  }
  const store = new Store(spec, new Buffers(spec.buffers, model.get("blob")), model);
  const frames = new Frames((took) => (host.dataset.paintMs = took.toFixed(2)));
  const status = h("div.pyn-hidden", { role: "status", "aria-live": "polite", pyn: "status" });
  store.on("say", (text) => say(status, text));

  const scores = histogram(store, frames);
  const map = scatter(store, frames);
  const rows = table(store, frames, () => why.open());
  const why = panel(store, frames, map.points, rows.step);
  root.replaceChildren(
    h("div.pyn-grid-all", header(store, frames), scores.element, map.points.choices.length > 1 && map.element, why.element, rows.element, notes(spec)), status);

  const stop = follow(root, host, frames, () => {
    scores.resize();
    map.resize();
    rows.resize();
  }, () => map.recolour((name) => getComputedStyle(root).getPropertyValue(name).trim()));
  return () => {
    stop();
    store.stop();
  };
}

export default view("explorer", base + bars + own, build);
