/** The explorer of scores: one view for a widget, a Panel component and a page without a kernel. */
import { Buffers } from "./decode.js";
import { Frames, h, put, say } from "./dom.js";
import { header, notes } from "./header.js";
import { histogram } from "./histogram.js";
import { panel } from "./panel.js";
import { scatter } from "./scatter.js";
import { Store } from "./store.js";
import css from "./style.js";
import { table } from "./table.js";
import { watchTheme } from "./theme.js";

/** Fills `root` from the model's present spec; returns what undoes it. */
function build(model, root, host) {
  const spec = model.get("spec");
  if (!spec || !spec.n) {
    root.replaceChildren(h("p.pyn-message", { role: "status" }, spec ? "There are no rows to show." : "Waiting for the data …"));
    return () => {};
  }
  if (spec.schema !== 1) throw new Error(`This view reads schema 1, the data are schema ${spec.schema}: reload the page.`);
  const began = performance.now();
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

  const recolour = () => map.recolour((name) => getComputedStyle(root).getPropertyValue(name).trim());
  const theme = watchTheme(host, ({ dark, background }) => {
    root.classList.toggle("pyn-dark", dark);
    if (background) root.style.setProperty("--pyn-bg", background);
    else root.style.removeProperty("--pyn-bg");
    put(host, { "data-theme": dark ? "dark" : "light" });
    frames.ask(recolour);
  });
  let width = 0;
  const sizes = new ResizeObserver(([{ contentRect }]) => {
    if (!contentRect.width || contentRect.width === width) return;
    if (!width) theme.again(); // hosts may attach the element after render()
    width = contentRect.width;
    frames.ask(() => {
      if (!root.clientWidth) return void (width = 0); // hidden since: measure again when shown
      scores.resize();
      map.resize();
      rows.resize();
      recolour();
      host.dataset.firstMs ??= (performance.now() - began).toFixed(1);
    });
  });
  sizes.observe(root);
  return () => {
    sizes.disconnect();
    theme.stop();
    frames.stop();
    store.stop();
  };
}

/** anywidget's contract: draws into `el`, returns the clean-up. @param {{model: import("./types.js").Model, el: HTMLElement}} host */
function render({ model, el }) {
  const host = h("div.pyn-host", { pyn: "explorer", "data-lm-suppress-shortcuts": "true" }); // JupyterLab leaves the keys typed here to us
  const shadow = host.attachShadow({ mode: "open" });
  // JupyterLab forbids line breaks by keyboard in a cell's output, and with them Enter in our fields: it need not hear of them
  const root = h("div.pyn-root", { lang: "en", beforeinput: (event) => event.stopPropagation() });
  const sheet = new CSSStyleSheet(); // constructed: a page's policy on inline styles does not matter
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);
  el.append(host);
  let undo = () => {};
  let waiting = false;
  const again = () => {
    undo();
    undo = () => {};
    delete host.dataset.firstMs;
    try {
      undo = build(model, root, host);
    } catch (error) {
      root.replaceChildren(h("p.pyn-message", { role: "alert" }, error.message));
      console.error(error);
    }
  };
  const renew = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      if (host.isConnected) again();
    });
  };
  model.on("change:spec", renew);
  model.on("change:blob", renew);
  again();
  return () => {
    model.off("change:spec", renew);
    model.off("change:blob", renew);
    undo();
    host.remove();
  };
}

export default { render };
