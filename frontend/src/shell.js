/** What every view has: a shadow root of its own, its look, the page's theme, and renewal when the data change. */
import { h, put } from "./dom.js";
import { watchTheme } from "./theme.js";

/**
 * Follows the size and the theme of the page around.
 * @param {(width: number) => void} resized also called once at the start
 * @param {() => void} recolour
 * @returns {() => void} stops
 */
export function follow(root, host, frames, resized, recolour) {
  const began = performance.now();
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
      resized(width);
      recolour();
      host.dataset.firstMs ??= (performance.now() - began).toFixed(1);
    });
  });
  sizes.observe(root);
  return () => {
    sizes.disconnect();
    theme.stop();
    frames.stop();
  };
}

/**
 * anywidget's contract around `build(model, root, host)`, which fills `root` from the model's present values and returns what undoes it.
 * @returns {{render: (host: {model: import("./types.js").Model, el: HTMLElement}) => () => void}}
 */
export const view = (name, css, build) => ({
  render({ model, el }) {
    const host = h("div.pyn-host", { pyn: name, "data-lm-suppress-shortcuts": "true" }); // JupyterLab leaves the keys typed here to us
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
        const spec = model.get("spec");
        if (spec?.schema > 1) throw new Error(`This view reads schema 1, the data are schema ${spec.schema}: reload the page.`);
        if (spec?.schema) undo = build(model, root, host);
        else root.replaceChildren(h("p.pyn-message", { role: "status" }, "Waiting for the data …"));
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
  },
});
