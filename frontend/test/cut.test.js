import assert from "node:assert/strict";
import { test } from "node:test";
import { Cuts } from "../src/cut.js";

const descending = (values) => Float32Array.from(values).sort().reverse();
const above = (values, t) => values.filter((v) => v > t).length;

/** A small generator, so that a failure can be repeated. */
function random(seed) {
  return () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32);
}

test("every threshold made counts float64 scores as float32 ones", () => {
  const next = random(7);
  for (const spread of [1, 1e-3, 1e-6]) {
    const exact = Array.from({ length: 3000 }, () => 0.5 + spread * next());
    const cuts = new Cuts(descending(exact));
    for (let i = 0; i < 300; i++) {
      const { k, t } = i % 2 ? cuts.near(Math.floor(next() * 3001)) : cuts.from(0.5 + spread * next());
      assert.equal(above(exact, t), k);
      assert.equal(cuts.count(t), k);
    }
  }
});

test("the ends flag none and all", () => {
  const cuts = new Cuts(descending([1, 2, 3]));
  assert.equal(cuts.near(0).k, 0);
  assert.ok(cuts.near(0).t > 3);
  assert.equal(cuts.near(3).k, 3);
  assert.ok(cuts.near(3).t < 1);
});

test("ties are never split", () => {
  const cuts = new Cuts(descending([5, 4, 4, 4, 1]));
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((k) => cuts.near(k).k), [0, 1, 1, 4, 4, 5]);
  assert.equal(cuts.ties(2), 4);
});

test("equal scores leave none or all", () => {
  const cuts = new Cuts(new Float32Array(10).fill(0.25));
  assert.equal(cuts.near(4).k, 0);
  assert.equal(cuts.near(6).k, 10);
  assert.equal(cuts.next(1, 1).k, 10);
});

test("a typed number is kept when it is safe and thresholds read well", () => {
  const cuts = new Cuts(descending([0.61247, 0.61193, 0.4, 0.9]));
  assert.deepEqual(cuts.from(0.612345678, true), { k: 2, t: 0.612345678 });
  assert.equal(cuts.near(2).t, 0.612);
  assert.deepEqual(cuts.from(Math.fround(0.4)).k, 3);
});

test("neighbouring floats one step apart are not cut", () => {
  const a = Math.fround(0.5);
  const b = a + 2 ** -24; // the next float32
  const cuts = new Cuts(Float32Array.from([b, a]));
  assert.equal(cuts.at(1), null);
  assert.notEqual(cuts.near(1).k, 1);
});
