/**
 * Weighs the built console: JavaScript of the first screen ≤ 200 kB, any later chunk ≤ 80 kB, the texts of a part in one language
 * ≤ 15 kB, all gzip -9. The texts of a part are one chunk, so one request. Usage: node tools/bundle/check.mjs [dist/web]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { LANGUAGES, leaves, partOf, textFolders } from '../i18n/texts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.argv[2] ?? join(root, 'dist/web');
const KILOBYTE = 1000;
const scripts = new Map(
  readdirSync(folder)
    .filter((it) => it.endsWith('.js'))
    .map((it) => [it, readFileSync(join(folder, it), 'utf8')]),
);
const weigh = (file) => gzipSync(scripts.get(file), { level: 9 }).length;

// What a script imports at once belongs to it; what it imports later starts with `import(`.
const importsOf = (file) => [...scripts.get(file).matchAll(/(?:from|import)\s*["'`]\.\/(chunk-[\w-]+\.js)["'`]/g)].map((it) => it[1]);
const closure = (file, known = new Set()) => {
  if (known.has(file)) return known;
  known.add(file);
  for (const next of importsOf(file)) closure(next, known);
  return known;
};

const entry = /src="\/?(main-[\w-]+\.js)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
if (entry === undefined) throw new Error(`${folder}/index.html names no script`);
const shell = [...scripts].find(([, script]) => script.includes('berth-shell'))?.[0];
const first = new Set([...closure(entry), ...(shell === undefined ? [] : closure(shell))]);

const problems = [];
const texts = new Map();
for (const [part, folders] of Map.groupBy(textFolders(root), partOf)) {
  for (const language of LANGUAGES) {
    const name = `texts of ${part} in ${language}`;
    const chunks = new Set(folders.map((it) => chunkOf(it, language)));
    if (chunks.size !== 1 || chunks.has(undefined)) problems.push(`${name} are not one chunk`);
    else texts.set([...chunks][0], name);
  }
}

const weights = [
  ['first screen with the shell', [...first].reduce((sum, it) => sum + weigh(it), 0), 200],
  ...[...scripts.keys()].filter((it) => !first.has(it)).map((it) => [texts.get(it) ?? it, weigh(it), texts.has(it) ? 15 : 80]),
];
for (const [name, bytes, limit] of weights.sort((a, b) => b[1] / b[2] - a[1] / a[2]).slice(0, 12)) {
  console.log(`${(bytes / KILOBYTE).toFixed(1).padStart(7)} kB of ${String(limit).padStart(3)} kB  ${name}`);
}
for (const [name, bytes, limit] of weights) if (bytes > limit * KILOBYTE) problems.push(`${name} is too heavy`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** The chunk that says the longest text of a folder, of those no quoting or escaping changes. */
function chunkOf(folder, language) {
  const plain = leaves(JSON.parse(readFileSync(join(root, folder, `${language}.json`), 'utf8')))
    .map(([, text]) => text)
    .filter((it) => /^[^'"`\\\n\u0080-\uffff]+$/.test(it))
    .sort((a, b) => b.length - a.length);
  return [...scripts].find(([, script]) => script.includes(plain[0]))?.[0];
}
