// Joins src/*.js into the one file that every host loads.
//   node build.mjs          write ../pynomaly/views/static/explorer.js
//   node build.mjs --check  fail when the committed file is not what the sources give
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "terser";

const LIMIT = 50_000;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = at("../pynomaly/views/static/explorer.js");
const sources = readdirSync(at("src")).sort().map((name) => [name, readFileSync(at(`src/${name}`), "utf8")]);

// The hash lets a test without Node see that the file belongs to these sources.
const hash = createHash("sha256");
for (const [name, text] of sources) hash.update(`${name}\0${text}\0`);

// Classes and colours are private to the shadow root: they get short names. `data-pyn` are the public hooks.
const WORD = /\bpyn-(?!host\b)[a-z]+(-[a-z]+)*\b/g;
const uses = new Map();
for (const [, text] of sources) for (const [word] of text.matchAll(WORD)) uses.set(word, (uses.get(word) ?? 0) + 1);
const often = [...uses].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const name = (i) => (i < 52 ? letters[i] : letters[Math.floor(i / 52) - 1] + letters[i % 52]);
const short = new Map(often.map((word, i) => [word, name(i)]));
const rename = (text) => text.replace(WORD, (word) => short.get(word));

const shorten = {
  name: "shorten",
  setup(builder) {
    builder.onLoad({ filter: /src\/[a-z]+\.js$/ }, async ({ path }) => {
      if (!path.endsWith("style.js")) return { contents: rename(readFileSync(path, "utf8")) };
      const { default: css } = await import(pathToFileURL(path));
      const { code } = await transform(rename(css), { loader: "css", minify: true });
      return { contents: `export default ${JSON.stringify(code.trim().replaceAll(": ", ":"))}` };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: [at("src/explorer.js")],
  bundle: true,
  write: false,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minify: true,
  plugins: [shorten],
});
const { code } = await minify(outputFiles[0].text, {
  module: true,
  compress: { passes: 4, ecma: 2020, unsafe_arrows: true },
  format: { ecma: 2020, max_line_len: 2000, preamble: `// frontend/src, "npm run build", sha256 ${hash.digest("hex").slice(0, 16)}` },
});
const made = `${code}\n`;

const size = Buffer.byteLength(made);
if (size > LIMIT) {
  console.error(`explorer.js would be ${size} bytes; the limit is ${LIMIT}.`);
  process.exit(1);
}
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== made) {
    console.error("pynomaly/views/static/explorer.js is not what frontend/src gives: run `npm run build` in frontend/.");
    process.exit(1);
  }
  console.log(`explorer.js is up to date (${size} bytes).`);
} else {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, made);
  console.log(`explorer.js: ${size} bytes.`);
}
