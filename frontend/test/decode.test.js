import assert from "node:assert/strict";
import { test } from "node:test";
import { Buffers, bytesOf, bytesOfBase64, decode } from "../src/decode.js";

const shuffle = (bytes, size) => {
  const out = [];
  for (let plane = 0; plane < size; plane++) for (let i = plane; i < bytes.length; i += size) out.push(bytes[i]);
  return Uint8Array.from(out);
};

test("plain buffers are read at unaligned offsets", () => {
  const values = new Float32Array([3, 2.5, -1]);
  const blob = new Uint8Array(13);
  blob.set(bytesOf(values), 1);
  assert.deepEqual(decode(blob, { dtype: "f32", offset: 1, length: 3 }), values);
  assert.deepEqual(new Buffers({ a: { dtype: "f32", offset: 0, length: 3 } }, new DataView(blob.buffer, 1)).get("a"), values);
});

test("shuffled items come back", () => {
  const values = new Uint16Array([1, 256, 65535, 7]);
  const blob = shuffle(bytesOf(values), 2);
  assert.deepEqual(decode(blob, { dtype: "u16", offset: 0, length: 4, coding: "shuffle" }), values);
});

test("descending floats come back from differences of their order keys", () => {
  const values = new Float32Array([1e30, 7, 7, 0.5, 1e-40, 0, -0.25, -3e5]);
  const keys = [...new Uint32Array(values.buffer)].map((bits) => (bits >>> 31 ? ~bits : bits ^ 0x80000000) >>> 0);
  const steps = new Uint32Array(keys.map((key, i) => (i ? keys[i - 1] - key : key)));
  const blob = shuffle(bytesOf(steps), 4);
  assert.deepEqual(decode(blob, { dtype: "f32", offset: 0, length: 8, coding: "delta" }), values);
});

test("ascending integers come back from differences", () => {
  const values = [3, 4, 90, 70000];
  const steps = new Uint32Array(values.map((v, i) => (i ? v - values[i - 1] : v)));
  const blob = shuffle(bytesOf(steps), 4);
  assert.deepEqual([...decode(blob, { dtype: "u32", offset: 0, length: 4, coding: "delta" })], values);
});

test("a blob cut short is refused", () => {
  assert.throws(() => decode(new Uint8Array(3), { dtype: "f32", offset: 0, length: 1 }), /cut short/);
});

test("absent buffers are null, base64 is bytes", () => {
  assert.equal(new Buffers({}, null).get("axis0"), null);
  assert.deepEqual([...bytesOfBase64("AQL/")], [1, 2, 255]);
});
