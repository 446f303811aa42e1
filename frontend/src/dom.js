/** Elements and frames. Data only ever become text nodes or attributes. */

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name === "pyn" ? "data-pyn" : name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** An HTML element: functions are listeners, `pyn` is the stable hook `data-pyn`. */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** An SVG element. */
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** Sets attributes that changed; null removes. */
export function put(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? "" : value);
  }
}

/** Sets text only when it differs, so that nothing is laid out for nothing. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Runs each asked-for job once in the next frame; `after` gets the milliseconds it took. */
export class Frames {
  constructor(after) {
    this.jobs = new Set();
    this.after = after;
    this.waiting = 0;
  }

  ask(job) {
    this.jobs.add(job);
    this.waiting ||= requestAnimationFrame(() => this.run());
  }

  run() {
    this.waiting = 0;
    const start = performance.now();
    const jobs = [...this.jobs];
    this.jobs.clear();
    for (const job of jobs) job();
    this.after(performance.now() - start);
  }

  stop() {
    cancelAnimationFrame(this.waiting);
    this.jobs.clear();
  }
}
