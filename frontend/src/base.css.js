/** What every view looks like. Colours pass AA contrast in both themes. */
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
small { font-weight: 400; margin-left: 8px; }
.pyn-strong { font-weight: 600; }
.pyn-muted, .pyn-sub, .pyn-note, small, .pyn-count-rest, .pyn-count.pyn-none, .pyn-label, .pyn-tool, .pyn-empty, .pyn-notes, .pyn-message, .pyn-column, .pyn-typical, .pyn-chip { color: var(--pyn-soft); }
.pyn-note, small, .pyn-label, .pyn-button, .pyn-tool, .pyn-notes dt, .pyn-typical, .pyn-chip { font-size: 12px; }
.pyn-note { margin-top: 6px; min-height: 17px; overflow-wrap: anywhere; }
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

.pyn-fields { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
.pyn-label { display: flex; align-items: center; gap: 6px; }
.pyn-field, .pyn-select { height: 28px; padding: 0 8px; border: 1px solid var(--pyn-edge); border-radius: 5px; background: var(--pyn-bg); color: var(--pyn-ink); }
.pyn-field { width: 84px; text-align: right; font-size: 13px; }
.pyn-label:nth-child(3) .pyn-field { width: 64px; }
.pyn-field:disabled { border-color: var(--pyn-line); color: var(--pyn-soft); }
.pyn-field::placeholder { color: var(--pyn-soft); opacity: 1; }
.pyn-select { max-width: 190px; padding: 0 4px; font-weight: 500; }
.pyn-select option, .pyn-select optgroup { background: var(--pyn-bg); }
.pyn-button { height: 28px; padding: 0 10px; border: 1px solid var(--pyn-line); border-radius: 5px; color: var(--pyn-ink); }
.pyn-button:hover:enabled, .pyn-tool:hover, .pyn-verdict:hover:enabled { background: var(--pyn-faint); }
.pyn-button:disabled, .pyn-button[aria-disabled=true] { color: var(--pyn-soft); opacity: .6; }
.pyn-tools { display: flex; gap: 2px; }
.pyn-tool { min-width: 28px; height: 28px; padding: 0 7px; border-radius: 5px; }
.pyn-tool[aria-pressed=true] { background: var(--pyn-faint); color: var(--pyn-ink); font-weight: 600; }

.pyn-svg { display: block; overflow: visible; position: absolute; left: 0; top: 0; pointer-events: none; }
.pyn-svg text { fill: var(--pyn-soft); font-size: 11px; }
.pyn-bar-blue { fill: var(--pyn-blue); }
.pyn-bar-red { fill: var(--pyn-red); }
.pyn-grid line, .pyn-gridline { stroke: var(--pyn-faint); }
.pyn-grid .pyn-base, .pyn-base { stroke: var(--pyn-edge); fill: none; }
.pyn-line { stroke: var(--pyn-ink); stroke-width: 1.5; }
.pyn-mark { fill: var(--pyn-ink); stroke: var(--pyn-bg); stroke-width: 1; }

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
.pyn-empty { padding: 22px 10px; text-align: center; border: 1px solid var(--pyn-line); border-top: 0; border-radius: 0 0 5px 5px; }

.pyn-notes { border-top: 1px solid var(--pyn-line); padding-top: 10px; }
.pyn-notes summary { width: fit-content; border-radius: 3px; }
.pyn-notes ul { margin: 8px 0 0 18px; }
.pyn-notes li { overflow-wrap: anywhere; }
.pyn-notes dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 6px 20px; margin-top: 12px; }
.pyn-notes dd { color: var(--pyn-ink); overflow-wrap: anywhere; }
.pyn-message { padding: 24px 12px; }
`;
