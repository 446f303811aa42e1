/**
 * Points into pixels on the CPU: two integer layers (unflagged, flagged) that collect soft discs,
 * tone-mapped to colours. A moved threshold only carries the points between the two cuts from one
 * layer to the other.
 */
import { ceil, clamp, hypot, log, max, min, round, sqrt } from "./maths.js";
const UNIT = 8; // what one point adds at its middle
const LEVELS = 48;
const TABLE = 1 << 14;

/** Offsets and coverages of a disc of radius r in a layer of this stride. */
function disc(r, stride) {
  const reach = ceil(r);
  const stamp = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const covered = round(UNIT * clamp(r + 0.5 - hypot(x, y), 0, 1));
      if (covered) stamp.push([y * stride + x, covered]);
    }
  }
  return { at: Int32Array.from(stamp, (p) => p[0]), add: Int32Array.from(stamp, (p) => p[1]) };
}

/** Amount in a pixel -> level 0..LEVELS-1: linear up to one point, then logarithmic up to the fullest pixel. */
function tones(one, fullest) {
  const table = new Uint8Array(TABLE);
  const top = LEVELS - 1;
  for (let v = 1; v < TABLE; v++) {
    const tone = v <= UNIT ? (one * v) / UNIT : one + (1 - one) * min(1, log(v / UNIT) / log(max(2, fullest / UNIT)));
    table[v] = max(1, round(tone * top));
  }
  return table;
}

export class Raster {
  #context;
  #image;
  #pixels;
  #shown;
  #mix;
  #blue = [0, 114, 178];
  #red = [213, 94, 0];
  #rim;
  #stride;
  #low;
  #high;
  #at;
  #weight;
  #ratio;
  #radius;
  #lowDisc;
  #highDisc;
  #lowTable;
  #highTable;
  #highRadius;
  #width;
  #height;
  #canvas;

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
  }

  resize(width, height) {
    this.#canvas.width = this.#width = width;
    this.#canvas.height = this.#height = height;
    this.#image = this.#context.createImageData(width, height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#shown = -1;
  }

  colours(blue, red) {
    this.#blue = blue;
    this.#red = red;
    this.#mix = null;
  }

  /**
   * Takes the points' places. @param {Float32Array} x in pixels, below -1e6 to leave a point out
   * @param {Float32Array} y @param {(i: number) => number} weight rows that a point stands for
   */
  place(x, y, weight, ratio) {
    const [width, height] = [this.#width, this.#height];
    this.#rim = ceil(5 * ratio);
    this.#stride = width + 2 * this.#rim;
    const size = this.#stride * (height + 2 * this.#rim);
    if (this.#low?.length === size) [this.#low, this.#high].forEach((layer) => layer.fill(0));
    else [this.#low, this.#high] = [new Int32Array(size), new Int32Array(size)];
    const count = x.length;
    if (this.#at?.length !== count) this.#at = new Int32Array(count);
    let seen = 0;
    for (let i = 0; i < count; i++) {
      const px = round(x[i]);
      const py = round(y[i]);
      const inside = px >= 0 && px < width && py >= 0 && py < height;
      this.#at[i] = inside ? (py + this.#rim) * this.#stride + px + this.#rim : -1;
      if (inside) seen++;
    }
    this.#weight = weight;
    this.#ratio = ratio;
    // Few points are drawn large, many small: discs cover about a fixed part of the plane.
    const radius = sqrt((width * height * 0.2) / max(1, seen)) / Math.PI;
    this.#radius = clamp(radius * 2, 0.9 * ratio, 3.2 * ratio);
    this.#lowDisc = disc(this.#radius, this.#stride);
    this.#shown = -1;
  }

  /** Adds (sign 1) or takes away (-1) points [from, to) of a layer. */
  #splat(layer, { at, add }, from, to, sign) {
    const [places, weight] = [this.#at, this.#weight];
    for (let i = from; i < to; i++) {
      const place = places[i];
      if (place < 0) continue;
      const w = sign * weight(i);
      for (let j = 0; j < at.length; j++) layer[place + at[j]] += add[j] * w;
    }
  }

  /** Draws with the first `m` points flagged. */
  draw(m) {
    const ratio = this.#ratio;
    const radius = max(this.#radius, (m < 300 ? 3 : m < 3000 ? 2.3 : m < 20000 ? 1.6 : 1) * ratio);
    if (this.#shown < 0 || radius !== this.#highRadius) {
      this.#highDisc = disc(radius, this.#stride);
      this.#highRadius = radius;
      this.#high.fill(0);
      this.#splat(this.#high, this.#highDisc, 0, m, 1);
      if (this.#shown < 0) {
        this.#splat(this.#low, this.#lowDisc, 0, this.#at.length, 1);
        this.#lowTable = this.#tone(this.#low);
        this.#splat(this.#low, this.#lowDisc, 0, m, -1);
      } else this.#carry(this.#low, this.#lowDisc, m, -1);
    } else {
      this.#carry(this.#low, this.#lowDisc, m, -1);
      this.#carry(this.#high, this.#highDisc, m, 1);
    }
    this.#shown = m;
    this.#highTable = this.#tone(this.#high);
    this.#paint();
  }

  #carry(layer, stamp, m, sign) {
    if (m > this.#shown) this.#splat(layer, stamp, this.#shown, m, sign);
    else this.#splat(layer, stamp, m, this.#shown, -sign);
  }

  /** Tone table of a layer: the more its points overlap, the fainter a single one. */
  #tone(layer) {
    let sum = 0;
    let filled = 0;
    let fullest = UNIT;
    for (let i = 0; i < layer.length; i++) {
      const v = layer[i];
      if (v === 0) continue;
      sum += v;
      filled++;
      if (v > fullest) fullest = v;
    }
    const crowd = filled ? sum / filled / UNIT : 1;
    return tones(max(0.42, min(0.9, 0.95 / sqrt(max(1, crowd)))), fullest);
  }

  /** All pairs of levels as pixels: flagged over unflagged. */
  #mixes() {
    const mix = new Uint32Array(LEVELS * LEVELS);
    for (let l = 0; l < LEVELS; l++) {
      for (let f = 0; f < LEVELS; f++) {
        const [under, over] = [(l / (LEVELS - 1)) * 0.92, f / (LEVELS - 1)];
        const alpha = over + under * (1 - over);
        const part = (c) => round(alpha ? (this.#red[c] * over + this.#blue[c] * under * (1 - over)) / alpha : 0);
        mix[l * LEVELS + f] = ((round(alpha * 255) << 24) | (part(2) << 16) | (part(1) << 8) | part(0)) >>> 0;
      }
    }
    return mix;
  }

  #paint() {
    this.#mix ??= this.#mixes();
    const [low, high, lowTable, highTable] = [this.#low, this.#high, this.#lowTable, this.#highTable];
    const [pixels, mix, width, height, stride, rim] = [this.#pixels, this.#mix, this.#width, this.#height, this.#stride, this.#rim];
    const last = TABLE - 1;
    for (let y = 0, to = 0; y < height; y++) {
      for (let x = 0, from = (y + rim) * stride + rim; x < width; x++, from++, to++) {
        const l = low[from];
        const f = high[from];
        pixels[to] = l | f ? mix[lowTable[l > last ? last : l] * LEVELS + highTable[f > last ? last : f]] : 0;
      }
    }
    this.#context.putImageData(this.#image, 0, 0);
  }
}
