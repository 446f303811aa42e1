/** Light or dark: what the page around the view really looks like. */

const parent = (node) => node.assignedSlot ?? node.parentNode ?? node.host ?? null;

/** Elements from `from` outwards, through shadow roots. */
function* outwards(from) {
  for (let node = from; node; node = parent(node)) if (node.nodeType === 1) yield node;
}

/** @returns {{dark: boolean, background: string|null}} */
export function look(element) {
  for (const node of outwards(parent(element))) {
    const background = getComputedStyle(node).backgroundColor;
    const [r, g, b, alpha = 1] = (background.match(/[\d.]+/g) ?? []).map(Number); // "rgb(1, 2, 3)" or "rgba(1, 2, 3, 0)"
    const linear = (c) => (c / 255) ** 2.2;
    if (background.startsWith("rgb") && alpha > 0.9) return { dark: 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) < 0.18, background };
  }
  return { dark: matchMedia("(prefers-color-scheme: dark)").matches, background: null };
}

/** Calls `changed({dark, background})` now and whenever it differs; returns a stop function. */
export function watchTheme(element, changed) {
  let last = "";
  let timer = 0;
  let stopped = false;
  const check = () => {
    if (stopped || !element.isConnected) return;
    const found = look(element);
    const key = JSON.stringify(found);
    if (key !== last) changed(found);
    last = key;
  };
  // Hosts change a class first and load or fade the colours afterwards: look at once and once more.
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 350);
    requestAnimationFrame(check);
  };
  const observer = new MutationObserver(soon);
  const listen = () => {
    observer.disconnect();
    for (const node of outwards(parent(element))) observer.observe(node, { attributes: true });
    if (document.head) observer.observe(document.head, { childList: true });
    soon();
  };
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", soon);
  listen();
  return {
    again: listen,
    stop() {
      stopped = true;
      clearTimeout(timer);
      observer.disconnect();
      media.removeEventListener("change", soon);
    },
  };
}
