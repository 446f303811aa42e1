// Joins src/*.js into one file a view, which every host loads: src/<name>.view.js becomes ../pynomaly/views/static/<name>.js
//   node build.mjs          write the files
//   node build.mjs --check  fail when a committed file is not what the sources give
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "terser";

const LIMIT = 50_000;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (name) => readFileSync(at(`src/${name}`), "utf8");

/** What a source file needs, itself included. */
function reach(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, next] of read(name).matchAll(/^import [^"]*"\.\/([\w.-]+)";$/gm)) reach(next, seen);
  return seen;
}

/** Classes and colours are private to the shadow root: they get short names. `data-pyn` are the public hooks. */
function shortener(sources) {
  const word = /\bpyn-(?!host\b)[a-z]+(-[a-z]+)*\b/g;
  const uses = new Map();
  for (const [, text] of sources) for (const [found] of text.matchAll(word)) uses.set(found, (uses.get(found) ?? 0) + 1);
  const often = [...uses].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([found]) => found);
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const name = (i) => (i < 52 ? letters[i] : letters[Math.floor(i / 52) - 1] + letters[i % 52]);
  const short = new Map(often.map((found, i) => [found, name(i)]));
  const rename = (text) => text.replace(word, (found) => short.get(found));
  return {
    name: "shorten",
    setup(builder) {
      builder.onLoad({ filter: /src\/[\w.-]+\.js$/ }, async ({ path }) => {
        if (!path.endsWith(".css.js")) return { contents: rename(readFileSync(path, "utf8")) };
        const { default: css } = await import(pathToFileURL(path));
        const { code } = await transform(rename(css), { loader: "css", minify: true });
        return { contents: `export default ${JSON.stringify(code.trim().replaceAll(": ", ":"))}` };
      });
    },
  };
}

/** The one file of a view. */
async function join(name) {
  const sources = [...reach(`${name}.view.js`)].sort().map((file) => [file, read(file)]);
  const hash = createHash("sha256"); // lets a test without Node see that the file belongs to these sources
  for (const [file, text] of sources) hash.update(`${file}\0${text}\0`);
  const { outputFiles } = await build({
    entryPoints: [at(`src/${name}.view.js`)], bundle: true, write: false, format: "esm", target: "es2022", charset: "utf8", minify: true, plugins: [shortener(sources)],
  });
  const { code } = await minify(outputFiles[0].text, {
    module: true,
    compress: { passes: 4, ecma: 2020, unsafe_arrows: true, pure_getters: true },
    format: { ecma: 2020, max_line_len: 20_000, preamble: `// frontend/src, "npm run build", sha256 ${hash.digest("hex").slice(0, 16)}` },
  });
  return `${code}\n`;
}

let failed = false;
for (const file of readdirSync(at("src")).filter((file) => file.endsWith(".view.js")).sort()) {
  const name = file.replace(".view.js", "");
  const target = at(`../pynomaly/views/static/${name}.js`);
  const made = await join(name);
  const size = Buffer.byteLength(made);
  const stale = process.argv.includes("--check") && readFileSync(target, "utf8") !== made;
  if (size > LIMIT || stale) {
    console.error(stale ? `pynomaly/views/static/${name}.js is not what frontend/src gives: run \`npm run build\` in frontend/.` : `${name}.js would be ${size} bytes; the limit is ${LIMIT}.`);
    failed = true;
    continue;
  }
  if (!process.argv.includes("--check")) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, made);
  }
  console.log(`${name}.js: ${size} bytes.`);
}
process.exit(failed ? 1 : 0);
