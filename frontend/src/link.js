/** What is asked of the kernel, one question at a time, and what it is told; an answer that does not come is asked for again. */
import { floor } from "./maths.js";

const FIRST = 2000; // milliseconds until a question is repeated, twice as long each time
const LAST = 32_000;

export class Link {
  #model;
  #live;
  #id;
  #queue;
  #open;
  #hear;
  #timer;
  #past;

  /** @param {import("./types.js").Model} model */
  constructor(model, live) {
    this.#model = model;
    this.#live = live;
    this.#id = floor(Math.random() * 1e9); // two views of one model must not take each other's answers
    this.#queue = [];
    this.#open = null;
    this.#hear = () => this.#answer(model.get("reply"));
    if (live) model.on("change:reply", this.#hear);
  }

  /**
   * Only the latest question of a `line` is worth asking: an older one still waiting is about a view
   * already left, and stays unanswered.
   * @returns {Promise<any>} the reply; rejects with one sentence
   */
  ask(kind, what, line = kind) {
    if (!this.#live) return Promise.reject(new Error("This page has no kernel to ask."));
    return new Promise((resolve, reject) => {
      this.#queue = this.#queue.filter((other) => other.line !== line);
      this.#queue.push({ kind, what, line, resolve, reject });
      this.#next();
    });
  }

  /** A value that Python must know: it goes out at once, and again until Python says that it came. */
  tell(name, value) {
    this.#model.set(name, value);
    if (this.#live) this.ask("told", { name, value }, name).catch(({ message }) => console.warn(message));
    this.#model.save_changes();
  }

  #next() {
    if (this.#open || !this.#queue.length) return;
    this.#open = this.#queue.shift();
    this.#open.id = ++this.#id;
    this.#send(FIRST);
  }

  /**
   * ipywidgets holds a value back until the kernel was idle after the one before, and a busy kernel may never say that it was
   * (ipykernel 7, for what comes in while an async cell runs): the next time round the question goes past that queue.
   */
  #send(wait) {
    const { id, kind, what } = this.#open;
    const request = { id, kind, ...what };
    if (this.#past) this.#model.send(request);
    else {
      this.#model.set("request", request);
      this.#model.save_changes();
    }
    this.#timer = setTimeout(() => {
      if (wait > LAST / 2) return this.#close((q) => q.reject(new Error("No answer came from Python. Is the kernel running?")));
      this.#past = this.#model.send;
      this.#send(2 * wait);
    }, wait);
  }

  #answer(reply) {
    if (!this.#open || reply?.id !== this.#open.id) return;
    this.#close((q) => (reply.error ? q.reject(new Error(reply.error)) : q.resolve(reply)));
  }

  #close(settle) {
    clearTimeout(this.#timer);
    const open = this.#open;
    this.#open = null;
    settle(open);
    this.#next();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#queue = [];
    this.#open = null;
    if (this.#live) this.#model.off("change:reply", this.#hear);
  }
}
