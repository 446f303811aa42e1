/** What the view of a decision looks like. */
export default `
.pyn-ask { display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 10px 12px; border-radius: 5px; background: var(--pyn-wash); }
.pyn-ask .pyn-field { width: 76px; }
.pyn-lines text { fill: var(--pyn-ink); font-size: 11px; stroke: var(--pyn-bg); stroke-width: 5px; paint-order: stroke; stroke-linejoin: round; }
.pyn-cut { stroke: var(--pyn-ink); stroke-width: 1; opacity: .55; }
.pyn-cut.pyn-chosen { stroke-width: 2; opacity: 1; }
.pyn-lines text.pyn-chosen { font-weight: 650; }
.pyn-plot { position: relative; }
.pyn-rules { table-layout: auto; width: 100%; }
.pyn-rules td, .pyn-rules th { white-space: nowrap; }
.pyn-rules td:first-child { color: inherit; }
.pyn-rules .pyn-wide { white-space: normal; color: var(--pyn-soft); font-size: 12px; line-height: 1.3; min-width: 180px; padding-top: 5px; padding-bottom: 5px; }
.pyn-rules .pyn-cheapest { font-weight: 650; } .pyn-least { margin-right: 6px; font-size: 12px; font-weight: 400; color: var(--pyn-soft); }
.pyn-pick-rule { display: flex; align-items: center; gap: 8px; cursor: pointer; }
.pyn-pick-rule input { appearance: auto; accent-color: var(--pyn-blue); width: 15px; height: 15px; flex: none; cursor: pointer; }
.pyn-code { display: inline-block; max-width: 100%; margin-top: 8px; padding: 5px 9px; border-radius: 5px; background: var(--pyn-wash); font-family: ui-monospace, monospace; font-size: 12px; overflow-wrap: anywhere; user-select: all; }
.pyn-spread { width: 100%; }
.pyn-spread td:nth-child(2) { width: 100%; }
.pyn-track-wide { position: relative; min-width: 140px; height: 18px; }
.pyn-whisker, .pyn-dot, .pyn-at { position: absolute; top: 50%; }
.pyn-whisker { height: 2px; margin-top: -1px; background: var(--pyn-blue); min-width: 1px; }
.pyn-dot { width: 9px; height: 9px; margin: -4.5px 0 0 -4.5px; border-radius: 50%; background: var(--pyn-blue); }
[data-flagged=true] .pyn-whisker, [data-flagged=true] .pyn-dot { background: var(--pyn-red); }
.pyn-at { top: -6px; bottom: -6px; border-left: 1px dashed var(--pyn-edge); }
.pyn-spread tr, .pyn-rules tr { cursor: default; }
@container (max-width: 620px) { .pyn-priced .pyn-spare { display: none; } .pyn-priced td:first-child, .pyn-priced th { white-space: normal; } .pyn-rules .pyn-wide, .pyn-rules .pyn-roomy { display: none; } .pyn-rules td, .pyn-rules th, .pyn-spread td, .pyn-spread th { padding: 0 6px; } .pyn-track-wide { min-width: 90px; } }
`;
