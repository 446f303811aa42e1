/** The look of contributions and of chips. */
export default `
.pyn-flagged { color: var(--pyn-red-text); font-weight: 600; }
.pyn-chip { display: inline-block; line-height: 18px; padding: 0 6px; border-radius: 4px; border: 1px solid var(--pyn-line); }
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
.pyn-value { font-weight: 600; }
.pyn-typical { flex-basis: 100%; overflow-wrap: anywhere; }
.pyn-effect { display: flex; align-items: center; gap: 8px; }
.pyn-track { position: relative; flex: 1; height: 14px; border-radius: 2px; background: var(--pyn-wash); }
.pyn-track::after { content: ""; position: absolute; left: 50%; top: -3px; bottom: -3px; border-left: 1px solid var(--pyn-edge); }
.pyn-fill { position: absolute; top: 0; bottom: 0; min-width: 1px; forced-color-adjust: none; }
.pyn-up { left: 50%; background: var(--pyn-red); border-radius: 0 2px 2px 0; }
.pyn-down { right: 50%; background: var(--pyn-blue); border-radius: 2px 0 0 2px; }
.pyn-part { position: relative; width: 60px; text-align: right; white-space: nowrap; }
.pyn-part[data-sign="1"] { color: var(--pyn-red-text); }
.pyn-part[data-sign="-1"] { color: var(--pyn-blue-text); }
`;
