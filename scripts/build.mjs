// Builds what the browser gets: fonts, icons, one style sheet and our small scripts.
// `npm run build` once, `npm run watch` while working. Everything lands in ui/static/ui/built/.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "src", "treffpunkt");
const ui = join(source, "ui");
const built = join(ui, "static", "ui", "built");

function python() {
  const places = [process.env.PYTHON, process.env.VIRTUAL_ENV && join(process.env.VIRTUAL_ENV, "bin", "python"), join(root, ".venv", "bin", "python")];
  return places.find((place) => place && existsSync(place)) ?? "python3";
}

function write(name, text) {
  // Written beside and moved, so that a running server never reads half a file.
  const target = join(built, name);
  if (existsSync(target) && readFileSync(target, "utf8") === text) return;
  writeFileSync(`${target}.new`, text);
  renameSync(`${target}.new`, target);
  console.log(`${name}: ${(text.length / 1024).toFixed(1)} KB, ${(gzipSync(text).length / 1024).toFixed(1)} KB compressed`);
}

function files(folder, ends, found = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["built", "__pycache__", "locale", "migrations"].includes(entry.name)) files(path, ends, found);
    } else if (ends.some((end) => entry.name.endsWith(end))) found.push(path);
  }
  return found;
}

// An icon is used where it is named: {% icon "sun" %}, icon="sun", icon: "sun", "icon": "sun".
const NAMED = [/\{%-?\s*icon\s+"([a-z0-9-]+)"/g, /\bicon\s*=\s*"([a-z0-9-]+)"/g, /["']?\bicon["']?\s*:\s*["']([a-z0-9-]+)["']/g, /data-icon="([a-z0-9-]+)"/g];

function icons() {
  const names = new Map();
  for (const path of files(source, [".html", ".py", ".js", ".ts"])) {
    const text = readFileSync(path, "utf8");
    for (const pattern of NAMED) for (const match of text.matchAll(pattern)) names.set(match[1], path);
  }
  const symbols = [];
  for (const [name, path] of [...names].sort()) {
    const file = join(root, "node_modules", "lucide-static", "icons", `${name}.svg`);
    if (!existsSync(file)) {
      console.warn(`no icon is called "${name}" (${path.slice(root.length + 1)})`);
      process.exitCode = process.argv.includes("--strict") ? 1 : 0;
      continue;
    }
    const drawing = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "").replaceAll(" />", "/>");
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`);
  }
  write("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence -->${symbols.join("")}</svg>`);
}

let faces = "";
function fonts() {
  faces = execFileSync(python(), [join(root, "scripts", "fonts.py")], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).replaceAll("\n", "");
}

function styles() {
  const cli = join(root, "node_modules", "@tailwindcss", "cli", "dist", "index.mjs");
  const run = spawnSync(process.execPath, [cli, "-i", join(ui, "styles", "ui.css"), "--minify"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(run.stderr);
  write("ui.css", faces + run.stdout);
}

async function scripts() {
  const folder = join(ui, "scripts");
  const entries = readdirSync(folder).filter((name) => /\.(js|ts)$/.test(name)).map((name) => join(folder, name));
  const result = await esbuild.build({ entryPoints: entries, bundle: true, minify: true, format: "iife", target: ["es2022"], write: false, outdir: built, legalComments: "none", logLevel: "warning" });
  for (const file of result.outputFiles) write(file.path.slice(built.length + 1), file.text);
}

async function all() {
  icons();
  styles();
  await scripts();
}

mkdirSync(built, { recursive: true });
fonts();
await all();

if (process.argv.includes("--watch")) {
  let timer;
  watch(source, { recursive: true }, (_, name) => {
    if (!name || /built|__pycache__|\.new$/.test(name) || !/\.(html|py|css|js|ts)$/.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => all().catch((error) => console.error(String(error))), 1000);
  });
  console.log("watching");
}
