/** Questions to the kernel, one at a time, and their answers. */
import { floor } from "./maths.js";

const PATIENCE = 60_000;

export class Link {
  #model;
  #live;
  #id;
  #queue;
  #open;
  #hear;
  #timer;

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

  #next() {
    if (this.#open || !this.#queue.length) return;
    this.#open = this.#queue.shift();
    this.#open.id = ++this.#id;
    this.#timer = setTimeout(() => this.#close((q) => q.reject(new Error("No answer came from Python. Is the kernel running?"))), PATIENCE);
    this.#model.set("request", { id: this.#open.id, kind: this.#open.kind, ...this.#open.what });
    this.#model.save_changes();
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
