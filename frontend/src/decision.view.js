/** Where to cut: every rule's threshold on the scores, what a budget or the cost of mistakes implies, and how sure the flags are. */
import base from "./base.css.js";
import { Cuts } from "./cut.js";
import forced from "./forced.css.js";
import own from "./decision.css.js";
import { plot } from "./decision.plot.js";
import { Buffers } from "./decode.js";
import { Frames, h, put, say } from "./dom.js";
import { count, fourDigits, number, rows, share } from "./format.js";
import { Link } from "./link.js";
import { abs, clamp, floor, fround, max, min, round } from "./maths.js";
import { follow, view } from "./shell.js";

const UNITS = { "a day": 1, "a week": 7, "a month": 365.25 / 12 };
const STEPS = 65534;

const cents = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });
const money = (cost) => (cost < 1e6 ? cents.format(cost) : count(cost));

/** How many anomalies the first 0, 1, … n rows hold, by their chances. */
function sums(chance) {
  const caught = new Float64Array(chance.length + 1);
  chance.forEach((q, i) => (caught[i + 1] = caught[i] + q));
  return caught;
}

const plain = (text) => (text.trim() === "" ? NaN : Number(text.replace(/[,\s_]/g, "")));

function build(model, root, host) {
  const spec = model.get("spec");
  const buffers = new Buffers(spec.buffers, model.get("blob"));
  const cuts = new Cuts(buffers.get("scores"));
  const caught = sums(buffers.get("chance"));
  const { n, days, live } = spec;
  const frames = new Frames((took) => (host.dataset.paintMs = took.toFixed(2)));
  const link = new Link(model, live);
  const status = h("div.pyn-hidden", { role: "status", "aria-live": "polite", pyn: "status" });
  const picture = plot(cuts, "anomaly score");
  const lines = spec.lines.map((line) => ({ ...line, t: line.threshold, k: line.flagged }));
  const extra = (name, title) => lines.find((line) => line.name === name) ?? (lines.push({ name, title, source: "", rule: "", t: null, k: null }), lines.at(-1));
  const [budget, costs] = [extra("budget", "Your budget"), extra("cost", "Your costs")];
  let chosen = "now";
  let price = null; // what flagging the first k rows costs; none where nothing was said, or the chances do not carry it

  // What is asked for
  const entry = (label, pyn, value, ...after) => {
    const input = h("input.pyn-field", { inputmode: "decimal", autocomplete: "off", spellcheck: "false", pyn, input: () => frames.ask(implied) });
    input.value = value ?? "";
    return [input, h("label.pyn-label", h("span", label), input, ...after)];
  };
  const unit = days ? h("select.pyn-select", { pyn: "budget-unit", "aria-label": "Alerts per", change: () => frames.ask(implied) }, ["in all", ...Object.keys(UNITS)].map((name) => h("option", name))) : null;
  if (unit) unit.value = spec.budget?.unit ?? "a week";
  const [alerts, alertsLabel] = entry("Alerts we can look at", "budget-field", spec.budget?.amount);
  const [miss, missLabel] = entry("A miss costs", "miss-field", spec.cost?.[0]);
  const [alarm, alarmLabel] = entry("a false alarm", "alarm-field", spec.cost?.[1]);

  /** Where Python's budget puts the cut that flags the first `k` rows: midway, or a hair beyond the last score. */
  function asPython({ k, t }) {
    const [low, high] = cuts.gap(k);
    const hair = (score) => 1e-6 * max(1, abs(score));
    const wish = k === 0 ? low + hair(low) : k === n ? high - hair(high) : (low + high) / 2;
    return fround(wish) > low && fround(wish) < high ? wish : t;
  }

  function settle(line, k, rule) {
    const cut = k == null ? null : cuts.next(clamp(k, 0, n), -1) ?? cuts.near(0);
    Object.assign(line, { t: cut && asPython(cut), k: cut?.k ?? null, rule: cut ? rule : "", code: cut ? `found.cut_at(budget=${cut.k})` : "" });
  }

  function implied() {
    const wanted = plain(alerts.value);
    const spans = days && unit.value !== "in all" ? days / UNITS[unit.value] : 1;
    const good = wanted >= 0;
    settle(budget, good ? floor(min(n, wanted * spans)) : null, spans === 1 ? "as many rows as can be looked at" : `${number(wanted)} alerts ${unit?.value} over ${number(days)} days`);
    const [m, a] = [plain(miss.value), plain(alarm.value)];
    price = null;
    if (m >= 0 && a >= 0 && m + a > 0) {
      const cost = (k) => (m * (caught[n] - caught[k]) + a * (STEPS * k - caught[k])) / STEPS;
      let best = 0;
      for (let k = 1; k <= n; k++) if (cost(k) < cost(best)) best = k;
      const doubt = spec.guess && (spec.guess.doubt || (2 * best > n ? `the mixture would flag ${rows(best)} of ${count(n)}, which tells that it is wrong here` : ""));
      settle(costs, doubt ? null : best, `a miss costs ${number(m)}, a false alarm ${number(a)}: the least expected cost`);
      if (doubt) costs.rule = `no recommendation, as ${doubt}`;
      else price = cost;
    } else settle(costs, null);
    draw();
  }

  // The rules
  const weekly = (k) => number(k / (days / 7), 2);
  const cells = new Map();
  const bodies = lines.map((line) => {
    const radio = h("input", { type: "radio", name: `rule-${spec.buffers.scores.length}`, pyn: `rule-${line.name}`, change: () => choose(line) });
    const made = { radio, t: h("td.pyn-right"), k: h("td.pyn-right"), share: h("td.pyn-right.pyn-spare"), week: days ? h("td.pyn-right.pyn-spare") : null, cost: h("td.pyn-right", { pyn: "cost" }), rule: h("td.pyn-wide") };
    cells.set(line, made);
    return h("tr.pyn-row", { pyn: "rule", "data-rule": line.name },
      h("td", h("label.pyn-pick-rule", radio, line.title)), made.t, made.k, made.share, made.week, made.cost, made.rule);
  });
  const head = (text, right) => h("th", { scope: "col", class: right ? "pyn-right" : "" }, text);
  const inUnits = h("span.pyn-unit");
  const priced = h("th.pyn-right", { scope: "col", pyn: "cost-head" }, "Cost", inUnits);
  const table = h("table.pyn-table.pyn-rules", { pyn: "rules" }, h("caption.pyn-hidden", "Where every rule cuts the scores"),
    h("thead", h("tr", head("Rule"), head("Threshold", 1), head("Rows", 1), h("th.pyn-right.pyn-spare", { scope: "col" }, "Share"), days ? h("th.pyn-right.pyn-spare", { scope: "col" }, "A week") : null, priced, h("th.pyn-wide", { scope: "col" }, "What it does, and its source"))),
    h("tbody", bodies));
  const code = h("code.pyn-code", { pyn: "code" });
  const note = h("p.pyn-note", { pyn: "rule-note" });
  const [total, rest] = [h("span.pyn-count", { pyn: "flagged-count" }), h("span.pyn-count-rest")];
  const canvas = h("div.pyn-plot", { pyn: "plot" }, picture.svg);

  const current = () => lines.find(({ name }) => name === chosen);

  function choose(line) {
    chosen = line.name;
    frames.ask(draw);
    say(status, `${line.title}: ${rows(line.k)} flagged.`);
    if (!live) return;
    link.ask("use", line === budget || line === costs ? { rows: line.k } : { rule: line.name })
      .then((reply) => say(note, `Set in Python: ${reply.text}.`), (error) => say(note, error.message));
  }

  function draw() {
    if (current().t == null) chosen = "now";
    const now = current();
    const least = price && min(...lines.filter(({ k }) => k != null).map(({ k }) => price(k)));
    priced.hidden = !price;
    table.classList.toggle("pyn-priced", Boolean(price));
    say(inUnits, plain(alarm.value) === 1 ? ", in false alarms" : ", in the unit of the costs");
    for (const line of lines) {
      const { radio, t, k, share: part, week, cost, rule } = cells.get(line);
      const none = line.t == null;
      radio.disabled = none;
      radio.checked = line === now;
      say(t, none ? "–" : fourDigits(line.t));
      say(k, none ? "–" : count(line.k));
      say(part, none ? "–" : share(line.k / n));
      if (week) say(week, none ? "–" : weekly(line.k));
      cost.hidden = !price;
      if (price) {
        const cheapest = !none && price(line.k) === least;
        cost.replaceChildren(cheapest ? h("span.pyn-least", "least ") : "", none ? "–" : money(price(line.k)));
        cost.classList.toggle("pyn-cheapest", cheapest);
      }
      say(rule, line.rule || (line === budget ? "enter a number of alerts above" : line === costs ? "enter what mistakes cost above" : ""));
      if (line.source && line.rule) rule.append(h("span", { title: line.source }, ` (${line.source})`));
      put(radio.closest("tr"), { "aria-selected": null, class: line === now ? "pyn-row pyn-shown" : "pyn-row" });
    }
    say(total, count(now.k));
    say(rest, `of ${rows(n)} flagged · ${share(now.k / n)}${price ? ` · cost ${money(price(now.k))}` : ""}`);
    total.classList.toggle("pyn-none", now.k === 0);
    code.hidden = !now.code;
    say(code, now.code ?? "");
    if (!live) say(note, now.code ? "This page has no kernel: the line of code sets this threshold in Python." : "");
    canvas.style.height = `${picture.draw(lines.map((line) => ({ ...line, chosen: line === now })))}px`;
    spread?.draw(now.t);
  }

  const spread = spec.spread && intervals(spec);
  root.replaceChildren(h("div.pyn-grid-all", null,
    h("header.pyn-head", null,
      h("div.pyn-name", null, h("h2.pyn-title", { pyn: "title" }, `Where to cut: ${spec.title}`), h("p.pyn-sub", h("span.pyn-strong", spec.detector))),
      h("p.pyn-counts", total, rest)),
    h("section", { "aria-label": "Where each rule cuts" },
      h("div.pyn-bar", null, h("h3", "Anomaly scores and where each rule cuts them", h("small", `rows on a log scale${picture.bent ? ", high scores drawn closer" : ""}`))), canvas),
    h("section", { "aria-label": "Rules" },
      h("div.pyn-ask", null, h("div.pyn-fields", alertsLabel, unit), h("div.pyn-fields", missLabel, alarmLabel)),
      h("p.pyn-note", { pyn: "told" }, spec.told),
      h("div.pyn-scroll", { tabindex: "0", role: "region", "aria-label": "Table of rules", style: "max-height:none;margin-top:8px" }, table), code, note),
    spread && spread.element), status);
  implied();
  const stop = follow(root, host, frames, () => {
    picture.resize(canvas.clientWidth);
    draw();
  }, () => {});
  return () => {
    stop();
    link.stop();
  };
}

/** The highest scores with their intervals, and how often each row was flagged again. */
function intervals({ spread, n }) {
  const low = min(...spread.rows.map((row) => min(row.low, row.score)));
  const high = max(...spread.rows.map((row) => max(row.high, row.score)));
  const place = (x) => `${((clamp(x, low, high) - low) / (high - low || 1)) * 96 + 2}%`;
  const marks = [];
  const items = spread.rows.map((row) => {
    const whisker = h("span.pyn-whisker");
    whisker.style.left = place(row.low);
    whisker.style.width = `calc(${place(row.high)} - ${place(row.low)})`;
    const dot = h("span.pyn-dot");
    dot.style.left = place(row.score);
    const at = h("span.pyn-at");
    marks.push([at, row]);
    const line = h("tr.pyn-row", { pyn: "spread-row" }, h("td", row.id), h("td", h("div.pyn-track-wide", { "aria-hidden": true }, at, whisker, dot)),
      h("td.pyn-right", fourDigits(row.score)), h("td.pyn-right.pyn-roomy", `${fourDigits(row.low)} to ${fourDigits(row.high)}`), h("td.pyn-right", `${round(100 * row.kept)} %`));
    return line;
  });
  const head = (text, right) => h("th", { scope: "col", class: right ? "pyn-right" : "" }, text);
  const table = h("table.pyn-table.pyn-rules.pyn-spread", { pyn: "spread" }, h("caption.pyn-hidden", "Scores, their intervals, and how often each row was flagged again"),
    h("thead", h("tr", head("Row"), head(""), head("Score", 1), h("th.pyn-right.pyn-roomy", { scope: "col" }, `${spread.level} % interval`), head("Flagged again", 1))), h("tbody", items));
  table.querySelectorAll("th")[1].append(h("span.pyn-hidden", "Picture of the interval"));
  return {
    element: h("section", { "aria-label": "How sure" },
      h("div.pyn-bar", null, h("h3", "How sure: the highest scores, fitted again", h("small", `${spread.refits} refits on resampled rows; the dashed line is the threshold`))),
      h("div.pyn-scroll", { tabindex: "0", role: "region", "aria-label": "Table of intervals" }, table),
      h("p.pyn-note", `${[...new Set(spread.flagged)].map(count).join(" to ")} of ${rows(n)} were flagged in the refits, by the rule in force.`)),
    draw(t) {
      for (const [at, row] of marks) {
        at.style.left = place(t);
        at.hidden = t < low || t > high;
        put(at.closest("tr"), { "data-flagged": String(row.score > t) });
      }
    },
  };
}

export default view("decision", base + own + forced, build);
