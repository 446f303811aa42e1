/** The look of a comparison. */
export default `
.pyn-all { display: grid; gap: 30px; grid-template-columns: minmax(0, 1fr); padding: 8px; }
.pyn-claims { list-style: none; margin-top: 8px; max-width: 76ch; color: var(--pyn-soft); }
.pyn-claims li { padding-left: 12px; border-left: 3px solid var(--pyn-line); margin-top: 4px; }
.pyn-wide { overflow-x: auto; position: relative; }
.pyn-plain { border-collapse: collapse; width: 100%; }
.pyn-plain th, .pyn-plain td { padding: 0 10px; height: 32px; text-align: left; border-bottom: 1px solid var(--pyn-faint); white-space: nowrap; }
.pyn-plain thead th { color: var(--pyn-soft); font-size: 12px; font-weight: 500; border-bottom-color: var(--pyn-line); }
.pyn-plain tbody th { font-weight: 600; }
.pyn-plain .pyn-right { text-align: right; }
.pyn-plain .pyn-sort { width: auto; height: 30px; }
.pyn-best { font-weight: 650; color: var(--pyn-blue-text); }
.pyn-plain td.pyn-lost { color: var(--pyn-red-text); white-space: normal; padding: 6px 10px; min-width: 220px; }
.pyn-figure { display: inline-flex; align-items: center; justify-content: flex-end; gap: 10px; }
.pyn-range { display: inline-block; position: relative; width: 104px; height: 12px; background: var(--pyn-wash); border-radius: 2px; }
.pyn-range i { position: absolute; top: 4px; height: 4px; border-radius: 2px; background: var(--pyn-blue); opacity: .45; }
.pyn-range b { position: absolute; top: 1px; width: 3px; height: 10px; margin-left: -1.5px; border-radius: 1px; background: var(--pyn-blue); }
.pyn-range u { position: absolute; top: 0; height: 12px; border-left: 1px dashed var(--pyn-edge); }
.pyn-two { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); }
.pyn-key { display: inline-block; width: 14px; height: 3px; border-radius: 2px; }
.pyn-key-a { background: var(--pyn-blue); } .pyn-key-b { background: var(--pyn-red); }
.pyn-chart { position: relative; }
.pyn-two > .pyn-chart { max-width: 540px; }
.pyn-chart .pyn-svg { position: static; width: 100%; }
.pyn-chart h4 { font-size: 12px; font-weight: 500; color: var(--pyn-soft); }
.pyn-path { fill: none; stroke: var(--pyn-edge); stroke-opacity: .4; stroke-width: 1; stroke-linejoin: round; }
.pyn-path-a { stroke: var(--pyn-blue); } .pyn-path-b { stroke: var(--pyn-red); }
.pyn-path-a, .pyn-path-b { stroke-opacity: 1; stroke-width: 2; }
.pyn-chance { stroke: var(--pyn-edge); stroke-dasharray: 3 4; }
.pyn-here { stroke: var(--pyn-bg); stroke-width: 2; } .pyn-here-a { fill: var(--pyn-blue); } .pyn-here-b { fill: var(--pyn-red); }
.pyn-said { margin-top: 8px; max-width: 100ch; white-space: pre-line; }

.pyn-bump .pyn-svg { pointer-events: auto; cursor: pointer; border-radius: 3px; }
.pyn-trail { fill: none; stroke: var(--pyn-blue); stroke-opacity: .38; stroke-width: 1.5; stroke-linejoin: round; }
.pyn-trail[data-known="1"] { stroke: var(--pyn-red); stroke-opacity: .55; }
.pyn-trail.pyn-on { stroke: var(--pyn-ink); stroke-opacity: 1; stroke-width: 3; }
.pyn-stop { fill: var(--pyn-ink); stroke: var(--pyn-bg); stroke-width: 2; }
.pyn-post { stroke: var(--pyn-faint); }
.pyn-legend { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; font-size: 12px; color: var(--pyn-soft); }
.pyn-legend span { display: inline-flex; align-items: center; gap: 6px; }

.pyn-matrix { border-collapse: separate; border-spacing: 2px; }
.pyn-matrix td { min-width: 46px; height: 30px; padding: 0 4px; text-align: center; border-radius: 3px; font-size: 12px;
  background: color-mix(in srgb, var(--pyn-tint) var(--pyn-deep), var(--pyn-bg)); }
.pyn-matrix th { padding: 2px 8px 2px 4px; font-size: 12px; font-weight: 500; text-align: right; white-space: nowrap; }
.pyn-matrix thead th { padding: 4px 2px; vertical-align: bottom; text-align: center; }
.pyn-matrix thead span { display: inline-block; max-height: 96px; writing-mode: vertical-rl; transform: rotate(180deg); overflow: hidden; text-overflow: ellipsis; }
.pyn-matrix td.pyn-self { background: none; color: var(--pyn-soft); }

.pyn-open { text-align: left; font-weight: 600; color: var(--pyn-blue-text); border-radius: 3px; }
.pyn-open:hover { text-decoration: underline; }
[data-pyn=disputed] th, [data-pyn=disputed] td { padding: 0 8px; }
.pyn-strip { position: relative; display: block; min-width: 104px; height: 16px; }
.pyn-strip::before { content: ""; position: absolute; left: 0; right: 0; top: 8px; border-top: 1px solid var(--pyn-line); }
.pyn-strip i { position: absolute; top: 3px; width: 10px; height: 10px; margin-left: -5px; border-radius: 50%; background: var(--pyn-blue); opacity: .7; }
.pyn-picked td, .pyn-picked th { background: var(--pyn-pick); }
.pyn-card { border: 1px solid var(--pyn-line); border-radius: 6px; padding: 14px 16px; min-width: 0; align-self: start; }
.pyn-card h4 { font-size: 12px; font-weight: 500; color: var(--pyn-soft); margin: 14px 0 4px; }
.pyn-ranks { display: grid; grid-template-columns: max-content minmax(60px, 1fr) max-content; gap: 3px 12px; align-items: center; }
.pyn-ranks .pyn-gauge { height: 8px; border-radius: 2px; background: var(--pyn-wash); }
.pyn-ranks .pyn-gauge i { display: block; height: 8px; border-radius: 2px; background: var(--pyn-blue); }
.pyn-ranks .pyn-gauge i.pyn-flag { background: var(--pyn-red); }
.pyn-values { display: grid; grid-template-columns: repeat(auto-fill, minmax(110px, 1fr)); gap: 6px 16px; max-height: 220px; overflow: auto; }
.pyn-values dt { font-size: 12px; color: var(--pyn-soft); overflow-wrap: anywhere; }
.pyn-values dd { font-weight: 600; overflow-wrap: anywhere; }

.pyn-cuts { display: grid; grid-template-columns: fit-content(160px) minmax(110px, 1fr) auto auto; align-items: center; gap: 0 16px; }
.pyn-cut { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; min-height: 38px; border-bottom: 1px solid var(--pyn-faint); }
.pyn-cut-name { font-weight: 600; overflow-wrap: anywhere; }
.pyn-cut input[type=range] { appearance: auto; width: 100%; height: 24px; accent-color: var(--pyn-blue); cursor: pointer; }
.pyn-tell { display: flex; gap: 0 16px; }
.pyn-tell > span { min-width: 78px; text-align: right; white-space: nowrap; }
.pyn-tell > span:first-child { min-width: 128px; }
.pyn-tell > span:nth-child(2) { min-width: 100px; }
.pyn-tell em { color: var(--pyn-soft); font-size: 12px; }
.pyn-code { display: inline-block; padding: 3px 8px; border-radius: 4px; background: var(--pyn-wash); font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; user-select: all; }
.pyn-go { margin-top: 12px; } .pyn-go p { margin-bottom: 6px; } .pyn-go p:empty { margin: 0; }
.pyn-rank-line { stroke: var(--pyn-soft); fill: none; } .pyn-clique { stroke: var(--pyn-ink); stroke-width: 5; stroke-linecap: round; }
.pyn-cd text { fill: var(--pyn-ink); font-size: 12px; } .pyn-cd .pyn-dim { fill: var(--pyn-soft); font-size: 11px; }
details > summary { width: fit-content; color: var(--pyn-soft); font-size: 12px; margin-top: 8px; border-radius: 3px; }
details > .pyn-wide { max-height: 360px; overflow: auto; margin-top: 6px; }
section { min-width: 0; } .pyn-stack { display: grid; gap: 30px; align-content: start; min-width: 0; } .pyn-label h3 { color: var(--pyn-ink); }
@container (min-width: 820px) {
  .pyn-two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .pyn-two.pyn-lean { grid-template-columns: minmax(0, 1.45fr) minmax(0, 1fr); }
  .pyn-card { position: sticky; top: 8px; }
}
@container (max-width: 820px) {
  .pyn-cuts { grid-template-columns: minmax(0, 1fr) auto; }
  .pyn-cut { padding: 8px 0; row-gap: 2px; }
  .pyn-cut input[type=range], .pyn-tell { grid-column: 1 / -1; }
  .pyn-cut .pyn-button { grid-row: 1; grid-column: 2; }
  .pyn-tell { gap: 0 10px; flex-wrap: wrap; }
  .pyn-tell > span:nth-child(n) { min-width: 0; text-align: left; }
}
@container (max-width: 620px) {
  .pyn-all { padding: 4px; gap: 24px; }
  .pyn-range { width: 44px; }
  .pyn-figure { gap: 6px; }
  .pyn-tell > span:first-child { flex-basis: 100%; }
  .pyn-plain th, .pyn-plain td { padding: 0 6px; }
}
`;
