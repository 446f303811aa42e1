/** Elements and frames. Data only ever become text nodes or attributes. */

/** Makes elements of a namespace: `make("tag.class.class", {attribute: value}, ...children)`, the attributes may be left out. */
const maker = (space) => (name, ...rest) => {
  const [tag, ...classes] = name.split(".");
  const element = document.createElementNS(space, tag);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  if (rest[0]?.constructor === Object) put(element, rest.shift());
  element.append(...rest.flat().filter((child) => child != null && child !== false));
  return element;
};

/** An HTML element: functions are listeners, `pyn` is the stable hook `data-pyn`. */
export const h = maker("http://www.w3.org/1999/xhtml");

/** An SVG element. */
export const s = maker("http://www.w3.org/2000/svg");

/** Sets attributes that changed; null and false remove. */
export function put(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    const name = key === "pyn" ? "data-pyn" : key;
    const spoken = name.startsWith("aria-"); // there, true and false are words
    const text = value === true && !spoken ? "" : String(value);
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value == null || (value === false && !spoken)) element.removeAttribute(name);
    else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** Sets text only when it differs, so that nothing is laid out for nothing. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Does what `actions` has for the key pressed, unless a modifier makes it the browser's. */
export function press(event, actions) {
  const act = actions[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
}

/** Lets Escape close a `details` from anywhere inside it. */
export function closing(details) {
  put(details, { keydown: (event) => details.open && press(event, { Escape: () => ((details.open = false), details.firstChild.focus()) }) });
  return details;
}

/** Runs each asked-for job once in the next frame; `after` gets the milliseconds it took. */
export class Frames {
  #jobs;
  #after;
  #waiting;

  constructor(after) {
    this.#jobs = new Set();
    this.#after = after;
    this.#waiting = 0;
  }

  ask(job) {
    this.#jobs.add(job);
    this.#waiting ||= requestAnimationFrame(() => this.#run());
  }

  #run() {
    const start = performance.now();
    try {
      for (const job of this.#jobs) {
        this.#jobs.delete(job);
        job(); // what it asks for still belongs to this frame
      }
    } finally {
      this.#waiting = 0;
    }
    this.#after(performance.now() - start);
  }

  stop() {
    cancelAnimationFrame(this.#waiting);
    this.#jobs.clear();
  }
}
