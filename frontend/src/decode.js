/** Packed little-endian buffers to typed arrays. */

const TYPES = { f32: Float32Array, u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array };

/** The bytes of whatever a host hands over: DataView, typed array or ArrayBuffer. */
export function bytesOf(blob) {
  if (!blob) return new Uint8Array(0);
  if (blob instanceof ArrayBuffer) return new Uint8Array(blob);
  return new Uint8Array(blob.buffer, blob.byteOffset, blob.byteLength);
}

export function bytesOfBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Byte planes back to items: all lowest bytes come first, then the next plane. */
function unshuffle(bytes, size) {
  const count = bytes.length / size;
  const out = new Uint8Array(bytes.length);
  for (let plane = 0, from = 0; plane < size; plane++) {
    for (let item = 0, to = plane; item < count; item++, to += size) out[to] = bytes[from++];
  }
  return out;
}

/** Order key of a float's bits back to the bits: the inverse of the key that makes floats sort as integers. */
const bitsOfKey = (key) => (key & 0x80000000 ? key ^ 0x80000000 : ~key) >>> 0;

/**
 * @param {Uint8Array} bytes the whole blob
 * @param {import("./types.js").BufferSpec} spec
 */
export function decode(bytes, spec) {
  const Type = TYPES[spec.dtype];
  const size = Type.BYTES_PER_ELEMENT;
  const part = bytes.slice(spec.offset, spec.offset + spec.length * size); // a copy: the source may be unaligned
  if (part.length !== spec.length * size) throw new RangeError("The data of this view are cut short.");
  if (!spec.coding || size === 1) return new Type(part.buffer);
  const plain = unshuffle(part, size).buffer;
  if (spec.coding === "shuffle") return new Type(plain);
  const steps = new Uint32Array(plain);
  if (spec.dtype !== "f32") {
    for (let i = 1; i < steps.length; i++) steps[i] += steps[i - 1];
    return new Type(plain);
  }
  let key = steps[0] ?? 0;
  if (steps.length) steps[0] = bitsOfKey(key);
  for (let i = 1; i < steps.length; i++) {
    key = (key - steps[i]) >>> 0;
    steps[i] = bitsOfKey(key);
  }
  return new Float32Array(plain);
}

/** Reads buffers by name, each once. */
export class Buffers {
  constructor(specs, blob) {
    this.specs = specs ?? {};
    this.bytes = bytesOf(blob);
    this.kept = new Map();
  }

  /** @param {string|null|undefined} name */
  get(name) {
    if (name == null || !(name in this.specs)) return null;
    if (!this.kept.has(name)) this.kept.set(name, decode(this.bytes, this.specs[name]));
    return this.kept.get(name);
  }
}
