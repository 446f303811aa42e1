/** Light or dark: what the page around the view really looks like. */

const parent = (node) => node.assignedSlot ?? node.parentNode ?? node.host ?? null;

/** Elements from `from` outwards, through shadow roots. */
function* outwards(from) {
  for (let node = from; node; node = parent(node)) if (node.nodeType === 1) yield node;
}

/** "rgb(1, 2, 3)" or "color(srgb 0 0 0 / 1)" to [r, g, b, alpha] in 0..1. */
function channels(text) {
  const [r = 0, g = 0, b = 0, alpha = 1] = (text.match(/[\d.]+(e-?\d+)?%?/g) ?? []).map((x) => parseFloat(x) / (x.endsWith("%") ? 100 : 1));
  const scale = text.startsWith("rgb") ? 255 : 1;
  return [r / scale, g / scale, b / scale, text === "transparent" ? 0 : alpha];
}

/** @returns {{dark: boolean, background: string|null}} */
export function look(element) {
  for (const node of outwards(parent(element))) {
    const background = getComputedStyle(node).backgroundColor;
    if (!/^(rgb|color\(srgb|transparent)/.test(background)) continue;
    const [r, g, b, alpha] = channels(background);
    if (alpha > 0.9) return { dark: 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 < 0.18, background };
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
