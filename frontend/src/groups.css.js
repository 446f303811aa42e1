/** The look of groups and kinds. */
export default `
.pyn-two { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); align-items: start; }
.pyn-two > *, .pyn-two section { min-width: 0; }
.pyn-cards { display: grid; gap: 10px; }
.pyn-card { display: grid; gap: 6px; width: 100%; text-align: left; padding: 12px 14px; border: 1px solid var(--pyn-line); border-radius: 8px; }
.pyn-card:hover { background: var(--pyn-wash); }
.pyn-card[aria-pressed=true] { background: var(--pyn-pick); border-color: var(--pyn-blue); box-shadow: inset 3px 0 0 var(--pyn-blue); }
.pyn-card .pyn-muted { color: var(--pyn-soft); font-size: 12px; font-weight: 400; }
.pyn-card[aria-pressed=true] .pyn-muted, .pyn-card[aria-pressed=true] .pyn-share { color: var(--pyn-ink); }
.pyn-card-count { font-size: 18px; font-weight: 650; line-height: 1.1; }
.pyn-sentence { overflow-wrap: anywhere; }
.pyn-shares { display: grid; gap: 2px; margin-top: 2px; }
.pyn-share { display: grid; grid-template-columns: minmax(0, 132px) minmax(40px, 1fr) 52px; gap: 10px; align-items: center; font-size: 12px; color: var(--pyn-soft); }
.pyn-share-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.pyn-share-part { text-align: right; }
.pyn-gauge { display: block; height: 7px; border-radius: 2px; background: var(--pyn-faint); }
.pyn-gauge i { display: block; height: 7px; border-radius: 2px; background: var(--pyn-red); }
.pyn-gauge .pyn-rest { background: var(--pyn-edge); }
.pyn-mix { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; margin-top: 2px; }
.pyn-mix-bar { display: flex; gap: 1px; flex: 0 0 96px; height: 5px; border-radius: 3px; overflow: hidden; }
.pyn-mix-bar i { min-width: 1px; background: var(--pyn-edge); opacity: .6; }
.pyn-mix-bar [data-level=critical] { background: var(--pyn-red-text); opacity: 1; }
.pyn-mix-bar [data-level=high] { background: var(--pyn-red); opacity: .75; }
.pyn-mix-bar [data-level=medium] { background: var(--pyn-red); opacity: .4; }

.pyn-detail { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
.pyn-picture { position: relative; min-height: 90px; }
.pyn-picture .pyn-svg { position: static; width: 100%; }
.pyn-spots { fill: none; stroke: var(--pyn-red); stroke-width: 6; stroke-linecap: round; stroke-opacity: .8; }
.pyn-spots-rest { stroke: var(--pyn-edge); stroke-width: 4; stroke-opacity: .5; }
.pyn-band { fill: var(--pyn-blue); fill-opacity: .14; stroke: var(--pyn-blue); stroke-opacity: .5; }
.pyn-ring { fill: none; stroke: var(--pyn-ink); stroke-width: 2; }
.pyn-svg .pyn-axis { fill: var(--pyn-ink); font-weight: 600; font-size: 12px; }
.pyn-legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 12px; color: var(--pyn-soft); margin-top: 4px; }
.pyn-legend span { display: inline-flex; align-items: center; gap: 6px; }
.pyn-dot { width: 8px; height: 8px; border-radius: 50%; background: var(--pyn-red); }
.pyn-dot-rest { background: var(--pyn-edge); opacity: .6; }
.pyn-band-key { width: 14px; height: 10px; border-radius: 2px; background: color-mix(in srgb, var(--pyn-blue) 14%, transparent); border: 1px solid color-mix(in srgb, var(--pyn-blue) 50%, transparent); }

.pyn-scroll { max-height: 400px; scroll-padding-top: 72px; }
.pyn-plain { border-collapse: separate; border-spacing: 0; width: 100%; }
.pyn-plain th, .pyn-plain td { padding: 5px 10px; text-align: left; border-bottom: 1px solid var(--pyn-faint); white-space: nowrap; vertical-align: baseline; }
.pyn-plain thead th { color: var(--pyn-soft); font-size: 12px; font-weight: 500; border-bottom-color: var(--pyn-line); vertical-align: bottom; }
.pyn-scroll thead th { position: sticky; top: 0; z-index: 1; background: var(--pyn-wash); }
.pyn-plain th span { display: block; max-width: 160px; overflow: hidden; text-overflow: ellipsis; }
.pyn-plain .pyn-typical { font-size: 11px; font-weight: 400; color: var(--pyn-soft); }
.pyn-plain .pyn-right { text-align: right; }
.pyn-plain td { max-width: 240px; overflow: hidden; text-overflow: ellipsis; }
.pyn-plain td.pyn-wide { white-space: normal; max-width: none; overflow-wrap: anywhere; }
.pyn-open { text-align: left; font-weight: 600; color: var(--pyn-blue-text); border-radius: 3px; }
.pyn-open:hover { text-decoration: underline; }
.pyn-picked td, .pyn-picked th { background: var(--pyn-pick); }
.pyn-sideways { overflow-x: auto; border-radius: 4px; }
.pyn-plain .pyn-typical { white-space: normal; min-width: 110px; max-width: 220px; }
.pyn-counted { width: auto; }
.pyn-counted td { padding: 2px 4px; }
.pyn-counted tbody th { font-weight: 600; }
.pyn-counted th .pyn-typical { max-width: none; }
.pyn-cell { min-width: 72px; height: 34px; padding: 0 10px; border-radius: 5px; text-align: left; font-weight: 600; color: var(--pyn-blue-text); font-size: 15px; }
.pyn-cell:hover:enabled { background: var(--pyn-faint); }
.pyn-cell:disabled { color: var(--pyn-soft); font-weight: 400; }
.pyn-cell[aria-pressed=true] { background: var(--pyn-pick); color: var(--pyn-ink); box-shadow: inset 0 0 0 1px var(--pyn-blue); }
@container (min-width: 820px) {
  .pyn-two { grid-template-columns: minmax(0, 380px) minmax(0, 1fr); }
  .pyn-two > .pyn-detail { position: sticky; top: 8px; }
}
@container (max-width: 620px) {
  .pyn-counts { flex-wrap: nowrap; }
  .pyn-counted th .pyn-typical { white-space: normal; }
  .pyn-plain th, .pyn-plain td { padding: 5px 7px; }
  .pyn-counted td { padding: 2px 0; }
  .pyn-cell { min-width: 48px; padding: 0 7px; }
}
`;
