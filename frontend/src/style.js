/** The look of the explorer. Colours pass AA contrast in both themes. */
export default `
:host { all: initial; display: block; }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; }
[hidden] { display: none !important; }
.pyn-root {
  --pyn-bg: #fff; --pyn-ink: #1c2127; --pyn-soft: #5a636e; --pyn-line: #dfe3e8; --pyn-faint: #eef0f3; --pyn-wash: #f5f7f9; --pyn-pick: #e6f1f8;
  --pyn-blue: #0072b2; --pyn-red: #d55e00; --pyn-blue-text: #00639b; --pyn-red-text: #b24a00; --pyn-edge: #8a939d;
  container-type: inline-size; position: relative; padding: 4px; background: var(--pyn-bg); color: var(--pyn-ink);
  font: 13px/1.4 system-ui, sans-serif;
  font-variant-numeric: tabular-nums; text-align: left;
}
.pyn-root.pyn-dark {
  --pyn-bg: #14171b; --pyn-ink: #e4e7eb; --pyn-soft: #a0a9b4; --pyn-line: #343b44; --pyn-faint: #262b32; --pyn-wash: #1d2126; --pyn-pick: #1c3445;
  --pyn-blue: #4aa8e0; --pyn-red: #f58442; --pyn-blue-text: #6bbcec; --pyn-red-text: #fb9a62; --pyn-edge: #77818c;
  color-scheme: dark;
}
.pyn-grid-all { display: grid; gap: 20px 28px; grid-template-columns: minmax(0, 1fr); padding: 8px; }
button, input { background: none; border: 0; border-radius: 0; appearance: none; }
button, select, summary { cursor: pointer; }
button:disabled { cursor: default; }
:focus-visible { outline: 2px solid var(--pyn-blue); outline-offset: 2px; }
h2 { font-size: 20px; font-weight: 650; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere; }
h3 { font-size: 13px; font-weight: 650; min-width: 0; }
small { font-size: 12px; font-weight: 400; color: var(--pyn-soft); margin-left: 8px; }
.pyn-strong { font-weight: 600; }
.pyn-muted, .pyn-sub, .pyn-note { color: var(--pyn-soft); }
.pyn-note { font-size: 12px; margin-top: 6px; min-height: 17px; overflow-wrap: anywhere; }
.pyn-note:empty { min-height: 0; margin: 0; }
.pyn-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.pyn-bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 16px; min-height: 30px; margin-bottom: 6px; }

.pyn-head { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 8px 32px; }
.pyn-name { min-width: 0; flex: 1 1 260px; }
.pyn-sub { display: flex; gap: 0 10px; margin-top: 3px; min-width: 0; }
.pyn-sub .pyn-strong { flex: none; }
.pyn-params { min-width: 0; }
.pyn-params, .pyn-row-title, .pyn-column, .pyn-value, .pyn-sort, .pyn-table th, .pyn-row td { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.pyn-counts { display: flex; align-items: baseline; flex-wrap: wrap; gap: 0 8px; }
.pyn-count { font-size: 30px; line-height: 1; font-weight: 650; letter-spacing: -.02em; color: var(--pyn-red-text); }
.pyn-count.pyn-none { color: var(--pyn-soft); }
.pyn-count-rest { color: var(--pyn-soft); }

.pyn-fields { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
.pyn-label { display: flex; align-items: center; gap: 6px; color: var(--pyn-soft); font-size: 12px; }
.pyn-field, .pyn-select { height: 28px; padding: 0 8px; border: 1px solid var(--pyn-edge); border-radius: 5px; background: var(--pyn-bg); color: var(--pyn-ink); }
.pyn-field { width: 84px; text-align: right; font-size: 13px; }
.pyn-label:nth-child(3) .pyn-field { width: 64px; }
.pyn-field:disabled { border-color: var(--pyn-line); color: var(--pyn-soft); }
.pyn-field::placeholder { color: var(--pyn-soft); opacity: 1; }
.pyn-select { max-width: 190px; padding: 0 4px; font-weight: 500; }
.pyn-select option, .pyn-select optgroup { background: var(--pyn-bg); }
.pyn-button { height: 28px; padding: 0 10px; border: 1px solid var(--pyn-line); border-radius: 5px; color: var(--pyn-ink); font-size: 12px; }
.pyn-button:hover:enabled, .pyn-tool:hover, .pyn-verdict:hover:enabled { background: var(--pyn-faint); }
.pyn-button:disabled { color: var(--pyn-soft); opacity: .6; }
.pyn-tools { display: flex; gap: 2px; }
.pyn-tool { min-width: 28px; height: 28px; padding: 0 7px; border-radius: 5px; color: var(--pyn-soft); font-size: 12px; }
.pyn-tool[aria-pressed=true] { background: var(--pyn-faint); color: var(--pyn-ink); font-weight: 600; }
.pyn-map .pyn-tool { font-size: 15px; line-height: 1; }

.pyn-hist { position: relative; height: 132px; cursor: ew-resize; touch-action: pan-y; user-select: none; }
.pyn-svg { display: block; overflow: visible; position: absolute; left: 0; top: 0; pointer-events: none; }
.pyn-svg text { fill: var(--pyn-soft); font-size: 11px; }
.pyn-bar-blue { fill: var(--pyn-blue); }
.pyn-bar-red { fill: var(--pyn-red); }
.pyn-grid line, .pyn-gridline { stroke: var(--pyn-faint); }
.pyn-grid .pyn-base, .pyn-base { stroke: var(--pyn-edge); fill: none; }
.pyn-line { stroke: var(--pyn-ink); stroke-width: 1.5; }
.pyn-mark { fill: var(--pyn-ink); stroke: var(--pyn-bg); stroke-width: 1; }
.pyn-slider { position: absolute; left: 0; top: 0; width: 0; height: 112px; }
.pyn-slider:focus-visible { outline: 0; }
.pyn-knob { position: absolute; left: -6px; top: 14px; width: 12px; height: 18px; border-radius: 4px; background: var(--pyn-ink); border: 2px solid var(--pyn-bg); }
.pyn-slider:focus-visible .pyn-knob { box-shadow: 0 0 0 3px var(--pyn-blue); }
.pyn-flag { position: absolute; left: 0; top: -3px; padding: 0 3px; font-weight: 650; font-size: 12px; white-space: nowrap; background: var(--pyn-bg); border-radius: 3px; }

.pyn-pair { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
.pyn-pair small { margin: 0; }
.pyn-plot { position: relative; height: 450px; cursor: crosshair; touch-action: pan-y; user-select: none; border-radius: 3px; overflow: hidden; }
.pyn-plot.pyn-panning { cursor: grab; }
.pyn-canvas { position: absolute; inset: 0; width: 100%; height: 100%; z-index: 1; }
.pyn-axes { z-index: 0; }
.pyn-box { fill: var(--pyn-blue); fill-opacity: .12; stroke: var(--pyn-blue); }
.pyn-tip { position: absolute; z-index: 3; left: 0; top: 0; padding: 5px 8px; border-radius: 5px; border: 1px solid var(--pyn-line); background: var(--pyn-bg); font-size: 12px; white-space: pre; pointer-events: none; visibility: hidden; }
.pyn-tip.pyn-on { visibility: visible; }
.pyn-wait { position: absolute; z-index: 2; inset: 40% 0 auto; text-align: center; color: var(--pyn-soft); }

.pyn-panel { min-width: 0; }
.pyn-row-title { font-size: 15px; flex: 1; }
.pyn-facts { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; margin-bottom: 12px; color: var(--pyn-soft); }
.pyn-flagged { color: var(--pyn-red-text); font-weight: 600; }
.pyn-chip { display: inline-block; font-size: 12px; line-height: 18px; padding: 0 6px; border-radius: 4px; color: var(--pyn-soft); border: 1px solid var(--pyn-line); }
.pyn-chip:empty { display: none; }
.pyn-chip[data-level=critical] { background: var(--pyn-red-text); border-color: var(--pyn-red-text); color: var(--pyn-bg); font-weight: 600; }
.pyn-chip[data-level=high], .pyn-chip[data-level=medium] { border-color: var(--pyn-red-text); color: var(--pyn-red-text); }
.pyn-chip[data-level=high] { font-weight: 600; }
.pyn-chip[data-level=none] { display: none; }
.pyn-list { list-style: none; max-height: 520px; overflow: auto; }
.pyn-line-item { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 12px; align-items: center; padding: 6px 0; border-top: 1px solid var(--pyn-faint); }
.pyn-line-item:first-child { border-top-color: var(--pyn-line); }
.pyn-what { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; }
.pyn-column, .pyn-value { max-width: 100%; }
.pyn-column, .pyn-typical { color: var(--pyn-soft); }
.pyn-value { font-weight: 600; }
.pyn-typical { flex-basis: 100%; font-size: 12px; overflow-wrap: anywhere; }
.pyn-effect { display: flex; align-items: center; gap: 8px; }
.pyn-track { position: relative; flex: 1; height: 14px; border-radius: 2px; background: var(--pyn-wash); }
.pyn-track::after { content: ""; position: absolute; left: 50%; top: -3px; bottom: -3px; border-left: 1px solid var(--pyn-edge); }
.pyn-fill { position: absolute; top: 0; bottom: 0; min-width: 1px; }
.pyn-up { left: 50%; background: var(--pyn-red); border-radius: 0 2px 2px 0; }
.pyn-down { right: 50%; background: var(--pyn-blue); border-radius: 2px 0 0 2px; }
.pyn-part { position: relative; width: 60px; text-align: right; white-space: nowrap; }
.pyn-part[data-sign="1"] { color: var(--pyn-red-text); }
.pyn-part[data-sign="-1"] { color: var(--pyn-blue-text); }
.pyn-why .pyn-button { margin-top: 8px; }
.pyn-judge { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 14px; }
.pyn-verdicts { display: flex; flex: 1 1 100%; gap: 0; }
.pyn-verdict { flex: 1; height: 32px; border: 1px solid var(--pyn-edge); margin-left: -1px; font-weight: 500; }
.pyn-verdict:first-child { border-radius: 5px 0 0 5px; margin: 0; }
.pyn-verdict:last-child { border-radius: 0 5px 5px 0; }
.pyn-verdict:focus-visible { z-index: 1; }
.pyn-verdict:disabled { color: var(--pyn-soft); border-color: var(--pyn-line); }
.pyn-verdict[aria-pressed=true][data-verdict] { --pyn-fill: var(--pyn-blue-text); background: var(--pyn-fill); border-color: var(--pyn-fill); color: var(--pyn-bg); font-weight: 600; }
.pyn-verdict[aria-pressed=true][data-verdict=anomaly] { --pyn-fill: var(--pyn-red-text); }
.pyn-verdict[aria-pressed=true][data-verdict=unsure] { --pyn-fill: var(--pyn-soft); }
.pyn-comment { flex: 1 1 160px; text-align: left; height: 30px; }
.pyn-judge .pyn-button { height: 30px; }

.pyn-rows, .pyn-map, .pyn-scores { min-width: 0; }
.pyn-frame { position: relative; }
.pyn-scroll { max-height: 352px; overflow: auto; border: 1px solid var(--pyn-line); border-radius: 5px; }
.pyn-table { border-collapse: separate; border-spacing: 0; table-layout: fixed; min-width: 100%; }
.pyn-table:focus-visible { outline-offset: -3px; }
.pyn-table th, .pyn-row td { padding: 0 10px; height: 29px; text-align: left; border-bottom: 1px solid var(--pyn-faint); }
.pyn-table th { position: sticky; top: 0; z-index: 1; background: var(--pyn-wash); border-bottom-color: var(--pyn-line); font-size: 12px; font-weight: 500; color: var(--pyn-soft); }
.pyn-table .pyn-right { text-align: right; }
.pyn-sort { width: 100%; height: 100%; text-align: inherit; font-weight: 500; }
.pyn-sort:hover { color: var(--pyn-ink); }
.pyn-sort:focus-visible { outline-offset: -2px; }
[aria-sort] .pyn-sort { color: var(--pyn-ink); font-weight: 650; }
[aria-sort=ascending] .pyn-sort::after { content: " ↑"; }
[aria-sort=descending] .pyn-sort::after { content: " ↓"; }
.pyn-row { cursor: pointer; }
.pyn-row td:first-child { color: var(--pyn-soft); border-left: 3px solid transparent; }
.pyn-row[data-flagged=true] td:first-child { border-left-color: var(--pyn-red); }
.pyn-row[data-flagged=true] td:nth-child(3) { color: var(--pyn-red-text); font-weight: 600; }
.pyn-row:hover td { background: var(--pyn-wash); }
.pyn-row[aria-selected=true] td, .pyn-row.pyn-shown td { background: var(--pyn-pick); }
.pyn-row.pyn-shown td:first-child { color: var(--pyn-ink); font-weight: 650; }
.pyn-row td[data-verdict=anomaly] { color: var(--pyn-red-text); }
.pyn-row td[data-verdict=normal] { color: var(--pyn-blue-text); }
.pyn-empty { padding: 22px 10px; text-align: center; color: var(--pyn-soft); border: 1px solid var(--pyn-line); border-top: 0; border-radius: 0 0 5px 5px; }

.pyn-notes { border-top: 1px solid var(--pyn-line); padding-top: 10px; color: var(--pyn-soft); }
.pyn-notes summary { width: fit-content; border-radius: 3px; }
.pyn-notes ul { margin: 8px 0 0 18px; }
.pyn-notes li { overflow-wrap: anywhere; }
.pyn-notes dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 6px 20px; margin-top: 12px; }
.pyn-notes dt { font-size: 12px; }
.pyn-notes dd { color: var(--pyn-ink); overflow-wrap: anywhere; }
.pyn-message { padding: 24px 12px; color: var(--pyn-soft); }

@container (min-width: 820px) {
  .pyn-grid-all { grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); }
  .pyn-head, .pyn-scores, .pyn-rows, .pyn-notes { grid-column: 1 / -1; }
}
@container (max-width: 520px) {
  .pyn-grid-all { padding: 4px; gap: 18px; }
  .pyn-plot { height: 320px; }
  .pyn-scores .pyn-bar { display: block; }
  .pyn-fields { margin-top: 6px; justify-content: space-between; gap: 6px; }
  .pyn-label { flex-direction: column; align-items: start; gap: 1px; }
  .pyn-fields .pyn-button { align-self: end; }
  .pyn-pair { flex: 1 1 100%; }
  .pyn-select { flex: 1; min-width: 0; max-width: 45%; }
}
`;
