/** Detectors that a page carries: the score of one row and what each feature gave to it, as the kernels in Python have them. */
import { fround, log, max, sqrt } from "./maths.js";

/** The first place in values[from, to) whose value is at least x. */
function firstAtLeast(values, x, from, to) {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle] < x) from = middle + 1;
    else to = middle;
  }
  return from;
}

function tails({ n, lengths, sides, values, upto, mean }, x) {
  const parts = new Float64Array(x.length);
  let score = 0;
  let from = 0;
  for (let j = 0; j < x.length; j++) {
    const to = from + lengths[j];
    const at = firstAtLeast(values, x[j], from, to);
    const low = at > from ? upto[at - 1] : 0;
    const known = at < to && values[at] === x[j];
    const tail = (count) => -(known ? log(count / n) : log((count + 1) / (n + 1)));
    const [left, right] = [tail(known ? upto[at] : low), tail(n - low)];
    const term = sides[j] ? max(sides[j] > 0 ? right : left, (left + right) / 2) : max(left, right);
    score += term;
    parts[j] = term - mean[j];
    from = to;
  }
  return { score, parts };
}

function hbos({ bins, tol, edges, table, mean }, x) {
  const parts = new Float64Array(x.length);
  const width = table.length / bins.length;
  let score = 0;
  for (let j = 0; j < x.length; j++) {
    const edge = (b) => edges[j * width + b];
    const last = bins[j];
    let bin = width - 1; // far outside
    if (x[j] < edge(0)) {
      if (edge(0) - x[j] <= (edge(1) - edge(0)) * tol) bin = 0;
    } else if (x[j] > edge(last)) {
      if (x[j] - edge(last) <= (edge(last) - edge(last - 1)) * tol) bin = last - 1;
    } else {
      bin = last - 1;
      while (bin > 0 && x[j] < edge(bin)) bin--;
      if (bin > 0 && x[j] === edge(bin)) bin--;
    }
    const term = table[j * width + bin];
    score += term;
    parts[j] = term - mean[j];
  }
  return { score, parts };
}

function pca({ centre, unit, tips, weights, mean }, x) {
  const d = x.length;
  const z = x.map((value, j) => (value - centre[j]) * unit[j]);
  const parts = mean.map((value) => -value);
  let score = 0;
  for (let c = 0; c < weights.length; c++) {
    let square = 0;
    for (let j = 0; j < d; j++) square += (z[j] - tips[c * d + j]) ** 2;
    const distance = sqrt(square);
    score += distance * weights[c];
    if (distance > 0) for (let j = 0; j < d; j++) parts[j] += (weights[c] / distance) * (z[j] - tips[c * d + j]) ** 2;
  }
  return { score, parts };
}

function gaussian({ bent, centre, unit, mean, std, whiten, middle, products }, x) {
  const d = x.length;
  const z = x.map((value, j) => {
    const at = (value - centre[j]) / unit[j];
    return ((bent ? Math.asinh(at) : at) - mean[j]) / std[j];
  });
  const down = (v) => v.map((_, k) => {
    let sum = 0;
    for (let j = 0; j <= k; j++) sum += whiten[k * d + j] * v[j];
    return sum;
  });
  const up = (w) => w.map((_, j) => {
    let sum = 0;
    for (let k = j; k < d; k++) sum += whiten[k * d + j] * w[k];
    return sum;
  });
  const white = down(z);
  const [pulled, drawn] = [up(white), up(down(middle))];
  return { score: white.reduce((sum, w) => sum + w * w, 0), parts: z.map((at, j) => at * pulled[j] + at * drawn[j] - middle[j] * pulled[j] - products[j]) };
}

/** Shapley values of the product game of one leaf, times `scale`, added to `parts` of the players. */
function share(players, [places, weights], scale, parts) {
  for (let q = 0; q < places.length; q++) {
    const t = places[q];
    const factors = players.map(({ hit, share: s }) => t * hit + (1 - t) * s);
    const before = [];
    factors.reduce((product, f, j) => ((before[j] = product), product * f), weights[q] * scale);
    factors.reduceRight((after, f, j) => ((parts[players[j].feature] += before[j] * after * (players[j].hit - players[j].share)), after * f), 1);
  }
}

function iforest({ trees, normaliser, lengths, rules, feature, threshold, cover, length }, x) {
  const splits = feature.length / trees;
  const sums = new Float64Array(x.length);
  const value = Float32Array.from(x, fround);
  let total = 0;
  for (let tree = 0; tree < trees; tree++) {
    const [at, of] = [tree * splits, tree * (2 * splits + 1)];
    let node = 0;
    while (node < splits) node = 2 * node + 1 + (value[feature[at + node]] > threshold[at + node] ? 1 : 0);
    total += lengths[length[tree * (splits + 1) + node - splits]];
    const visit = (here, players) => {
      if (!cover[of + here]) return;
      if (here >= splits) {
        if (players.length) share(players, rules[players.length - 1], lengths[length[tree * (splits + 1) + here - splits]], sums);
        return;
      }
      if (threshold[at + here] === Infinity) return void visit(2 * here + 1, players);
      const own = feature[at + here];
      for (const right of [0, 1]) {
        const next = 2 * here + 1 + right;
        const hit = value[own] > threshold[at + here] === Boolean(right) ? 1 : 0;
        const part = cover[of + next] / cover[of + here];
        const known = players.some((one) => one.feature === own);
        visit(next, known ? players.map((one) => (one.feature === own ? { feature: own, hit: one.hit * hit, share: one.share * part } : one))
          : [...players, { feature: own, hit, share: part }]);
      }
    };
    visit(0, []);
  }
  return { score: 2 ** (-total / (trees * normaliser)), parts: sums.map((sum) => -sum / trees / normaliser) };
}

function mean({ base, members }, x) {
  const parts = new Float64Array(x.length);
  let score = base;
  for (const { model, log: logarithm, weight, centre, unit } of members) {
    const own = scoreOf(model, x);
    score += weight * (((logarithm ? Math.log2(max(own.score, 2 ** -1022)) : own.score) - centre) / unit);
    for (let j = 0; j < parts.length; j++) parts[j] += (weight / unit) * own.parts[j];
  }
  return { score, parts };
}

const KNOWN = { tails, hbos, pca, gaussian, iforest, mean };
const SHORT = new Set(["upto", "feature", "threshold", "length"]); // one item each; the others are float64

/** A detector with its arrays in the place of their names. */
export function unpack(spec, buffers) {
  return Object.fromEntries(Object.entries(spec).map(([key, what]) => {
    if (key === "members") return [key, what.map((member) => ({ ...member, model: unpack(member.model, buffers) }))];
    if (key === "kind" || typeof what !== "string") return [key, what];
    const items = buffers.get(what);
    return [key, SHORT.has(key) ? items : new Float64Array(items.buffer)];
  }));
}

/** @returns {{score: number, parts: Float64Array}} */
export const scoreOf = (model, x) => KNOWN[model.kind](model, x);
