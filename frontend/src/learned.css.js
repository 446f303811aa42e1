/** The look of what was learned. */
export default `
.pyn-told { max-width: 120ch; font-size: 14px; margin-top: -8px; }
.pyn-two { display: grid; gap: 24px 32px; grid-template-columns: minmax(0, 1fr); align-items: start; }
.pyn-grid-in { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); }
.pyn-two > *, .pyn-grid-all > * { min-width: 0; }
.pyn-scroll { scroll-padding-top: 36px; }
.pyn-plain { border-collapse: separate; border-spacing: 0; width: 100%; }
.pyn-plain th, .pyn-plain td { padding: 6px 10px; text-align: left; border-bottom: 1px solid var(--pyn-faint); white-space: nowrap; vertical-align: baseline; }
.pyn-plain tbody tr:last-child > * { border-bottom: 0; }
.pyn-plain thead th { position: sticky; top: 0; z-index: 1; background: var(--pyn-wash); color: var(--pyn-soft); font-size: 12px; font-weight: 500; border-bottom-color: var(--pyn-line); }
.pyn-plain tbody th { font-weight: 600; }
.pyn-plain .pyn-right { text-align: right; }
.pyn-plain .pyn-why { white-space: normal; min-width: 200px; overflow-wrap: anywhere; }
.pyn-plain .pyn-side { white-space: normal; width: 240px; font-size: 12px; }
.pyn-plain .pyn-who { white-space: normal; min-width: 160px; }
.pyn-typical { display: block; font-size: 12px; font-weight: 400; color: var(--pyn-soft); }
.pyn-picked > * { background: var(--pyn-pick); }
.pyn-picked .pyn-muted { color: var(--pyn-ink); }
.pyn-open { text-align: left; font-weight: 600; color: var(--pyn-blue-text); border-radius: 3px; }
.pyn-open:hover { text-decoration: underline; }
.pyn-said { font-weight: 600; color: var(--pyn-blue-text); }
.pyn-said[data-verdict=anomaly], .pyn-way[data-way=up] { color: var(--pyn-red-text); }
.pyn-way { color: var(--pyn-blue-text); }
.pyn-way b { font-weight: 600; }

.pyn-slope .pyn-svg { position: static; width: 100%; pointer-events: auto; cursor: pointer; border-radius: 3px; }
.pyn-above { fill: var(--pyn-red); fill-opacity: .07; }
.pyn-post { stroke: var(--pyn-edge); }
.pyn-cut { stroke: var(--pyn-ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
.pyn-svg .pyn-axis { fill: var(--pyn-ink); font-weight: 600; font-size: 12px; }
.pyn-svg .pyn-named { fill: var(--pyn-ink); }
.pyn-trail { color: var(--pyn-blue); }
.pyn-trail[data-way=up] { color: var(--pyn-red); }
.pyn-trail path { stroke: currentColor; stroke-width: 1.6; stroke-opacity: .55; }
.pyn-trail circle { stroke: currentColor; stroke-width: 1.6; fill: var(--pyn-bg); }
.pyn-trail [data-flagged=true] { fill: currentColor; }
.pyn-off { opacity: .12; }
.pyn-on { color: var(--pyn-ink) !important; }
.pyn-on path { stroke-width: 3; stroke-opacity: 1; }
.pyn-legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 12px; color: var(--pyn-soft); margin-top: 8px; }
.pyn-legend span { display: inline-flex; align-items: center; gap: 6px; }
.pyn-key { width: 16px; border-top: 2px solid var(--pyn-red); }
.pyn-key[data-way=down] { border-color: var(--pyn-blue); }
.pyn-key[data-way=cut] { border-top: 2px dashed var(--pyn-ink); }
.pyn-dot { width: 9px; height: 9px; border-radius: 50%; border: 1.6px solid var(--pyn-soft); }
.pyn-full { background: var(--pyn-soft); }

.pyn-columns { list-style: none; display: grid; gap: 7px; }
.pyn-columns li { display: grid; grid-template-columns: minmax(0, 132px) minmax(40px, 1fr) 52px; gap: 10px; align-items: center; }
.pyn-columns .pyn-right { text-align: right; color: var(--pyn-soft); }
.pyn-share-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.pyn-gauge { height: 10px; border-radius: 2px; background: var(--pyn-faint); }
.pyn-gauge i { display: block; height: 10px; border-radius: 2px; background: var(--pyn-edge); }

.pyn-asked td { vertical-align: middle; }
.pyn-verdicts { display: flex; }
.pyn-verdict { height: 28px; padding: 0 10px; border: 1px solid var(--pyn-edge); margin-left: -1px; font-size: 12px; }
.pyn-verdict:first-child { border-radius: 5px 0 0 5px; margin: 0; }
.pyn-verdict:last-child { border-radius: 0 5px 5px 0; }
.pyn-verdict:focus-visible { z-index: 1; }
.pyn-verdict[aria-pressed=true] { --pyn-fill: var(--pyn-blue-text); background: var(--pyn-fill); border-color: var(--pyn-fill); color: var(--pyn-bg); font-weight: 600; }
.pyn-verdict[aria-pressed=true][data-verdict=anomaly] { --pyn-fill: var(--pyn-red-text); }
.pyn-verdict[aria-pressed=true][data-verdict=unsure] { --pyn-fill: var(--pyn-soft); }
.pyn-verdict[aria-pressed=true]:hover { background: var(--pyn-fill); }
@container (min-width: 860px) {
  .pyn-two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .pyn-two .pyn-scroll { max-height: 672px; }
}
@container (max-width: 620px) {
  .pyn-plain th, .pyn-plain td { padding: 6px 7px; }
  .pyn-plain .pyn-why { min-width: 240px; }
  .pyn-plain .pyn-long { min-width: 420px; }
  .pyn-asked td.pyn-why { min-width: 0; }
  .pyn-asked .pyn-typical { white-space: normal; }
  .pyn-verdict { padding: 0 8px; }
  .pyn-verdicts { flex-direction: column; }
  .pyn-verdict, .pyn-verdict:first-child, .pyn-verdict:last-child { margin: -1px 0 0; border-radius: 3px; }
}
`;
