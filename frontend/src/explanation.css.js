/** The look of an explanation. */
export default `
.pyn-about { color: var(--pyn-soft); max-width: 90ch; overflow-wrap: anywhere; }
.pyn-about b { font-weight: 600; color: var(--pyn-ink); }
.pyn-row-title { display: inline; font-size: 15px; margin-right: 10px; }
.pyn-find { width: 104px; text-align: left; }
.pyn-sum { padding: 0 0 10px; color: var(--pyn-soft); font-size: 12px; }
.pyn-sum b { color: var(--pyn-ink); }
.pyn-reasons, .pyn-weights { max-height: none; }
.pyn-reasons[tabindex] { max-height: 560px; }
.pyn-one .pyn-button, .pyn-many .pyn-button { margin-top: 0; }
.pyn-one > .pyn-button, .pyn-many > .pyn-button { margin-top: 8px; }
.pyn-reasons .pyn-part { flex: none; width: var(--pyn-letters); min-width: 60px; }
.pyn-error { color: var(--pyn-soft); font-weight: 400; }
.pyn-whisker { position: absolute; top: 6px; height: 2px; background: var(--pyn-ink); }
.pyn-whisker::before, .pyn-whisker::after { content: ""; position: absolute; top: -3px; height: 8px; border-left: 1.5px solid var(--pyn-ink); }
.pyn-whisker::before { left: 0; }
.pyn-whisker::after { right: 0; }
.pyn-weight { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.3fr) 60px; gap: 12px; align-items: center; width: 100%; min-height: 28px; padding: 3px 6px; text-align: left; border-radius: 5px; }
.pyn-weight:hover { background: var(--pyn-faint); }
.pyn-weight[aria-pressed=true] { background: var(--pyn-pick); }
.pyn-weight .pyn-column { color: var(--pyn-ink); }
.pyn-lane { position: relative; height: 14px; }
.pyn-size { left: 0; background: var(--pyn-edge); border-radius: 2px; }
.pyn-heat, .pyn-dots { position: relative; cursor: crosshair; user-select: none; border-radius: 3px; touch-action: pan-y; }
.pyn-dots { height: 320px; }
.pyn-sheet { display: block; width: 100%; position: relative; pointer-events: none; }
.pyn-svg .pyn-picked { fill: var(--pyn-ink); font-weight: 600; }
.pyn-cursor { fill: none; stroke: var(--pyn-ink); stroke-width: 2; }
.pyn-cross { stroke: var(--pyn-ink); stroke-width: 1.5; }
.pyn-ring, .pyn-halo { fill: none; stroke: var(--pyn-ink); stroke-width: 2; }
.pyn-halo { stroke: var(--pyn-bg); stroke-width: 5; }
.pyn-readout { margin-top: 6px; min-height: 19px; overflow-wrap: anywhere; }
.pyn-legend { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; font-size: 12px; color: var(--pyn-soft); }
.pyn-legend span { display: inline-flex; align-items: center; gap: 5px; }
.pyn-ramp { width: 120px; height: 10px; border-radius: 2px; }
.pyn-dot { width: 9px; height: 9px; border-radius: 50%; }
.pyn-pages { border: 0; padding: 4px 0 0; margin-top: 6px; }
.pyn-pages .pyn-scroll { margin: 8px 0; }
.pyn-pages .pyn-table { table-layout: auto; }
.pyn-pages .pyn-row { cursor: default; }
.pyn-pages .pyn-row td { max-width: 220px; color: var(--pyn-ink); border-left: 0; font-weight: 400; }
.pyn-one, .pyn-many, .pyn-wide { min-width: 0; }
@container (min-width: 820px) {
  .pyn-grid-all.pyn-two { grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); }
  .pyn-head, .pyn-about, .pyn-wide { grid-column: 1 / -1; }
}
@container (max-width: 520px) {
  .pyn-grid-all { padding: 4px; gap: 22px; }
  .pyn-line-item { grid-template-columns: minmax(0, 1fr); gap: 4px; }
  .pyn-label { flex-direction: column; align-items: start; gap: 1px; }
  .pyn-select { max-width: 160px; }
}
`;
