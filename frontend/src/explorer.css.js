/** The look of the explorer. */
export default `
.pyn-map .pyn-tool { font-size: 15px; line-height: 1; }
.pyn-hist { position: relative; height: 132px; cursor: ew-resize; touch-action: pan-y; user-select: none; }
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
