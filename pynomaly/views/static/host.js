// The smallest host a view can have: one page, no kernel. `view` (the front-end module) and `key` are defined above this text.
// Data: one gzip stream in base64 = length of the JSON (u32, little-endian), JSON {spec, state}, padding to 8 bytes, block of buffers.

/** @param {string} text base64 @returns {Uint8Array} */
function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text), out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

/** The values a view reads and writes, with anywidget's names. @param {Record<string, any>} state */
function modelOf(state) {
  /** @type {Record<string, Set<() => void>>} */
  const heard = {};
  return {
    get: (name) => state[name],
    set(name, value) {
      state[name] = value;
      for (const call of [...(heard[`change:${name}`] ?? [])]) call();
    },
    save_changes() {},
    on: (event, call) => (heard[event] ??= new Set()).add(call),
    off: (event, call) => call ? heard[event]?.delete(call) : delete heard[event],
  };
}

/** @param {HTMLElement} root */
async function show(root) {
  const place = root.querySelector(".pyn-place");
  try {
    const packed = bytesOf(root.querySelector(".pyn-data").textContent.trim());
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const data = await new Response(stream).arrayBuffer();
    const size = new DataView(data).getUint32(0, true);
    const { spec, state } = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, size)));
    const blob = new DataView(data, Math.ceil((4 + size) / 8) * 8);
    place.replaceChildren();
    await view.render({ model: modelOf({ request: {}, reply: {}, ...state, spec, blob }), el: place });
    root.dataset.pynShown = "yes";
  } catch (error) {
    const told = document.createElement("p");
    told.setAttribute("role", "alert");
    told.textContent = `The interactive view could not be shown: ${error}`;
    place.prepend(told);
    throw error;
  }
}

const here = document.currentScript?.closest("[data-pynomaly]");
for (const root of here ? [here] : document.querySelectorAll(`[data-pynomaly="${key}"]`)) {
  if (root.dataset.pynShown) continue;
  root.dataset.pynShown = "soon";
  show(root);
}
