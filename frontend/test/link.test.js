import assert from "node:assert/strict";
import { test } from "node:test";
import { Link } from "../src/link.js";

/** A notebook's model whose way to the kernel can be blocked, as ipywidgets does; `kernel(request)` gives the reply or nothing. */
function notebook(kernel) {
  const state = { threshold: 1 };
  const heard = new Set();
  const one = {
    sent: [], past: [], blocked: false,
    arrives(request) {
      const reply = kernel(request);
      if (!reply) return;
      state.reply = { id: request.id, ...reply };
      for (const call of heard) call();
    },
    get: (name) => state[name],
    set: (name, value) => void (state[name] = value),
    on: (_, call) => heard.add(call),
    off: (_, call) => heard.delete(call),
    save_changes() {
      const { request } = state;
      delete state.request;
      if (!request) return;
      one.sent.push(request);
      if (!one.blocked) one.arrives(request);
    },
    send(request) {
      one.past.push(request);
      one.arrives(request);
    },
  };
  return one;
}

test("a lost question is asked again past the queue that swallowed it, and so is all that follows", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const model = notebook(({ kind }) => ({ kind, rows: [1] }));
  model.blocked = true;
  const link = new Link(model, true);
  const answer = link.ask("rows", { ranks: [0, 1] });
  t.mock.timers.tick(1999);
  assert.equal(model.past.length, 0);
  t.mock.timers.tick(1);
  assert.deepEqual((await answer).rows, [1]);
  assert.deepEqual(model.past, [model.sent[0]]); // the same number: Python may have answered before
  await link.ask("rows", { ranks: [1, 2] });
  assert.equal(model.past.length, 2);
  assert.equal(model.sent.length, 1);
});

test("of a value that was lost the latest is told again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const known = [];
  const model = notebook(({ kind, name, value }) => (known.push([name, value]), { kind }));
  const link = new Link(model, true);
  link.tell("threshold", 2);
  assert.deepEqual(known, [["threshold", 2]]);
  model.blocked = true;
  link.tell("threshold", 3);
  link.tell("threshold", 4);
  await null;
  t.mock.timers.tick(2000);
  assert.deepEqual(known.at(-1), ["threshold", 4]);
});

test("patience ends, with a sentence", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const model = notebook(() => null);
  const link = new Link(model, true);
  const answer = link.ask("rows", {});
  for (let s = 0; s < 70; s++) t.mock.timers.tick(1000);
  await assert.rejects(answer, /kernel running/);
  assert.equal(model.sent.length + model.past.length, 5); // after 2, 4, 8, 16 and 32 seconds
  await assert.rejects(new Link(model, false).ask("rows", {}), /no kernel/);
});

test("a host without messages of its own is asked once more by the way it has", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const model = notebook(({ kind }) => (model.sent.length > 1 ? { kind } : null));
  delete model.send;
  const answer = new Link(model, true).ask("rows", {});
  t.mock.timers.tick(2000);
  assert.equal((await answer).kind, "rows");
});
