/** ROC and precision-recall curves: two detectors stand out, the others stay behind. */
import { h, s, put, say } from "./dom.js";
import { count, number } from "./format.js";
import { abs } from "./maths.js";
import { everyPair, HOLM } from "./pairs.js";

const [W, H, L, B] = [420, 300, 34, 34];
const NAMES = { auroc: "AUROC", average_precision: "AP" };
const KEYS = [".pyn-key-a", ".pyn-key-b"]; // whole words: the build shortens them
const DOTS = [".pyn-here-a", ".pyn-here-b"];
let made = 0;

const px = (x) => (L + x * (W - L - 8)).toFixed(1);
const py = (y) => (8 + (1 - y) * (H - B - 8)).toFixed(1);

function chart(title, across, up, chance) {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const grid = s("g", { "aria-hidden": "true" }, ticks.map((t) => [
    s("line.pyn-gridline", { x1: px(0), x2: px(1), y1: py(t), y2: py(t) }), s("text", { x: L - 6, y: +py(t) + 4, "text-anchor": "end" }, t),
    s("text", { x: px(t), y: H - B + 16, "text-anchor": "middle" }, t)]).flat(),
    s("text", { x: px(1), y: H - 3, "text-anchor": "end" }, across));
  const paths = s("g");
  const svg = s("svg.pyn-svg", { viewBox: `0 0 ${W} ${H}`, role: "img" }, grid, chance && s("path.pyn-chance", { d: chance, fill: "none" }), paths);
  return { paths, svg, element: h("div.pyn-chart", h("h4", `${title}; upwards: ${up}`), svg) };
}

/** Points of both curves from the cuts: numbers of rows and of anomalies above each. */
function points(one, n, all) {
  const { counts, hits } = one;
  const roc = [];
  const pr = [];
  for (let i = 0; i < counts.length; i++) {
    roc.push([(counts[i] - hits[i]) / (n - all), hits[i] / all]);
    if (counts[i]) pr.push([hits[i] / all, hits[i] / counts[i]]);
  }
  if (pr.length) pr.unshift([0, pr[0][1]]);
  return { roc, pr };
}

const path = (list) => `M${list.map(([x, y]) => `${px(x)} ${py(y)}`).join("L")}`;

export function curves(store) {
  const { table, detectors } = store;
  const drawn = detectors.map((one) => points(one, table.n, table.anomalies));
  const share = table.anomalies / table.n;
  const ask = `comparison.${store.several ? `fields[${JSON.stringify(table.name)}].` : ""}pairs("average_precision")`;
  const tests = Object.entries(table.tests);
  const charts = [
    { key: "roc", ...chart("ROC curve", "share of normal rows flagged", "share of anomalies found", `M${px(0)} ${py(0)}L${px(1)} ${py(1)}`) },
    { key: "pr", ...chart("Precision and recall", "recall: share of anomalies found", "share of flagged rows that are anomalies", `M${px(0)} ${py(share)}L${px(1)} ${py(share)}`) },
  ];
  const pair = [0, detectors.length > 1 ? 1 : 0];
  const id = ++made;
  const choose = ["first", "second"].map((which, side) => {
    const select = h("select.pyn-select", { id: `pyn-pair-${id}-${which}`, pyn: `pair-${which}`, change: () => {
      pair[side] = +select.value;
      draw();
    } }, detectors.map(({ name }, i) => h("option", { value: i, selected: i === pair[side] }, name)));
    return h("label.pyn-label", h(`span.pyn-key${KEYS[side]}`, { "aria-hidden": "true" }), h("span.pyn-hidden", `${which} detector`), select);
  });
  const said = h("p.pyn-said", { pyn: "test", "aria-live": "polite" });

  function draw() {
    const order = detectors.map((_, i) => i).filter((i) => !pair.includes(i)).concat([pair[1], pair[0]]);
    for (const { key, paths, svg } of charts) {
      const which = (i) => (i === pair[0] ? ".pyn-path-a" : i === pair[1] ? ".pyn-path-b" : "");
      paths.replaceChildren(...order.map((i) => s(`path.pyn-path${which(i)}`, { d: path(drawn[i][key]) })), ...marks(key));
      put(svg, { "aria-label": `${key === "roc" ? "ROC" : "Precision-recall"} curves of ${detectors.length} detectors; ${detectors[pair[0]].name} in blue, ${detectors[pair[1]].name} in orange. The areas are in the table of detectors.` });
    }
    say(said, sentences());
  }

  /** Where the thresholds below stand now. */
  function marks(key) {
    return pair.map((i, side) => {
      const { counts, hits, at } = detectors[i];
      const [found, flagged] = [hits[at], counts[at]];
      if (key === "pr" && !flagged) return null;
      const [x, y] = key === "roc" ? [(flagged - found) / (table.n - table.anomalies), found / table.anomalies] : [found / table.anomalies, found / flagged];
      return s(`circle.pyn-here${DOTS[side]}`, { cx: px(x), cy: py(y), r: 5 });
    }).filter(Boolean).reverse();
  }

  function sentences() {
    const [a, b] = pair;
    if (a === b) return "Choose two detectors to hold against each other.";
    const [first, second] = [detectors[a].name, detectors[b].name];
    const parts = tests.map(([metric, { heads, lines, awaited }]) => {
      const line = lines.find(([one, other]) => (one === first && other === second) || (one === second && other === first));
      const test = Object.fromEntries(heads.map((name, i) => [name, line[i]]));
      const turn = test.first === first ? 1 : -1;
      const [low, high] = turn > 0 ? [test.low, test.high] : [-test.high, -test.low];
      const gap = turn * test.difference;
      const told = (name) => `${name} ${test[name] < 0.001 ? "< 0.001" : `= ${number(test[name], 2)}`}`;
      const held = gap ? `${first} is ${number(abs(gap), 2)} ${gap > 0 ? "higher" : "lower"} than ${second}` : `${first} and ${second} are equal`;
      return `${NAMES[metric]}: ${held} (95 % interval ${number(low, 2)} to ${number(high, 2)}, ${test.method}, ${told("p")}, ${awaited ? `p (Holm) takes ${count(awaited)} resamples, which ${ask} draws` : `${told("p (Holm)")}, differ: ${test.differ}`}).`;
    });
    return parts.length ? parts.join("\n") : "There are too few anomalies to test the difference.";
  }
  draw();
  store.on(draw);
  return h("section", { pyn: "curves", "aria-label": "Curves" }, h("div.pyn-bar", h("h3", "How well they find the known anomalies"), h("div.pyn-fields", choose)),
    h("div.pyn-two", charts.map(({ element }) => element)), h("p.pyn-note", "Dots: the thresholds below. Grey: the other detectors. Dashed: chance."), said,
    tests.length > 0 && h("p.pyn-note", HOLM), tests.map(([metric, pairs]) => everyPair(pairs, NAMES[metric])));
}
