/** The look of one row. */
export default `
.pyn-verdict-line { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; }
.pyn-score-now { font-size: 30px; line-height: 1; font-weight: 650; letter-spacing: -.02em; color: var(--pyn-blue-text); }
.pyn-score-now.pyn-over { color: var(--pyn-red-text); }
.pyn-gauge { position: relative; height: 46px; margin: 2px 0; }
.pyn-rail { position: absolute; left: 0; right: 0; top: 20px; height: 8px; border-radius: 4px; background: var(--pyn-faint); overflow: hidden; }
.pyn-rail i { position: absolute; top: 0; bottom: 0; left: 0; background: var(--pyn-blue); }
.pyn-over .pyn-rail i { background: var(--pyn-red); }
.pyn-cut { position: absolute; top: 14px; height: 20px; border-left: 2px solid var(--pyn-ink); }
.pyn-was { position: absolute; top: 18px; width: 12px; height: 12px; margin-left: -6px; border: 2px solid var(--pyn-edge); border-radius: 50%; background: var(--pyn-bg); }
.pyn-tag { position: absolute; font-size: 11px; color: var(--pyn-soft); white-space: nowrap; }
.pyn-tag-cut { top: -3px; color: var(--pyn-ink); }
.pyn-tag-was { top: 32px; }
.pyn-hint { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 20px; padding: 10px 12px; border-radius: 6px; background: var(--pyn-wash); }
.pyn-hint p { flex: 1 1 300px; overflow-wrap: anywhere; }
.pyn-sheet { width: 100%; border-collapse: collapse; table-layout: fixed; }
.pyn-sheet th { font-size: 12px; font-weight: 500; color: var(--pyn-soft); text-align: left; padding: 0 8px 4px 0; }
.pyn-sheet td { padding: 6px 12px 6px 0; border-top: 1px solid var(--pyn-faint); vertical-align: middle; }
.pyn-sheet td:last-child { padding-right: 0; }
.pyn-one { width: 34%; }
.pyn-two { width: 27%; }
.pyn-sheet label { display: block; font-weight: 600; overflow-wrap: anywhere; }
.pyn-sheet small { display: block; margin: 0; overflow-wrap: anywhere; }
.pyn-sheet .pyn-field, .pyn-sheet .pyn-select { width: 100%; max-width: none; text-align: left; font-weight: 400; }
.pyn-sheet .pyn-moved { border-color: var(--pyn-blue); box-shadow: inset 0 0 0 1px var(--pyn-blue); font-weight: 600; }
.pyn-pair { display: flex; align-items: center; gap: 8px; }
.pyn-pair .pyn-track { height: 18px; }
.pyn-pair .pyn-fill:not([hidden]) + .pyn-fill { top: 9px; }
.pyn-pair .pyn-past { top: 0; bottom: auto; height: 7px; opacity: .4; }
.pyn-pair .pyn-part { flex: none; width: var(--pyn-letters); line-height: 1.25; }
section > .pyn-button { margin-top: 8px; }
.pyn-pair .pyn-part small { color: var(--pyn-soft); }
.pyn-scroll .pyn-near { border-collapse: collapse; min-width: 100%; }
.pyn-near th, .pyn-near td { padding: 5px 10px; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--pyn-faint); max-width: 220px; overflow: hidden; text-overflow: ellipsis; }
.pyn-scroll { position: relative; }
.pyn-near thead th, .pyn-near thead td { font-size: 12px; font-weight: 500; color: var(--pyn-soft); background: var(--pyn-wash); }
.pyn-near tbody th { font-weight: 500; }
.pyn-near .pyn-this { background: var(--pyn-pick); font-weight: 600; }
.pyn-near .pyn-differs { color: var(--pyn-red-text); font-weight: 600; }
.pyn-near .pyn-first td, .pyn-near .pyn-first th { border-top: 1px solid var(--pyn-edge); }
@container (max-width: 560px) {
  .pyn-sheet, .pyn-sheet tbody, .pyn-sheet tr, .pyn-sheet td { display: block; }
  .pyn-sheet thead { display: none; }
  .pyn-sheet td { padding: 4px 0; border: 0; }
  .pyn-sheet tr { border-top: 1px solid var(--pyn-line); padding: 6px 0; }
}
`;
