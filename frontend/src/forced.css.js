/** Where a person has set the colours of the whole machine: what is drawn keeps its own, what is chosen has a border. */
export default `
.pyn-dot, .pyn-key, .pyn-ramp, .pyn-lane, .pyn-whisker, .pyn-rail, .pyn-gauge, .pyn-mix-bar, .pyn-range, .pyn-strip, .pyn-track-wide { forced-color-adjust: none; }
@media (forced-colors: active) {
  [aria-pressed=true] { border: 2px solid Highlight; }
  .pyn-picked th, .pyn-shown td:first-child, .pyn-row.pyn-shown td:first-child { border-left: 4px solid Highlight; }
}
`;
