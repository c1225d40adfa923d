/**
 * Weighs the built console: JavaScript of the first screen ≤ 200 kB, any later chunk ≤ 80 kB, one language ≤ 15 kB, all gzip -9.
 * Usage: node tools/bundle/check.mjs [dist/web]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = process.argv[2] ?? 'dist/web';
const KILOBYTE = 1000;
const weigh = (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
const scripts = readdirSync(folder).filter((it) => it.endsWith('.js'));

// What a script imports at once belongs to it; what it imports later starts with `import(`.
const importsOf = (file) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(/(?:from|import)\s*["'`]\.\/(chunk-[\w-]+\.js)["'`]/g)].map((it) => it[1]);
const closure = (file, known = new Set()) => {
  if (known.has(file)) return known;
  known.add(file);
  for (const next of importsOf(file)) closure(next, known);
  return known;
};

const entry = /src="\/?(main-[\w-]+\.js)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
if (entry === undefined) throw new Error(`${folder}/index.html names no script`);
const shell = scripts.find((it) => readFileSync(join(folder, it), 'utf8').includes('berth-shell'));
const first = new Set([...closure(entry), ...(shell === undefined ? [] : closure(shell))]);

const weights = [
  ['first screen with the shell', [...first].reduce((sum, it) => sum + weigh(it), 0), 200],
  ...scripts.filter((it) => !first.has(it)).map((it) => [it, weigh(it), 80]),
  ...readdirSync(join(folder, 'i18n'))
    .filter((it) => it.endsWith('.json'))
    .map((it) => [`i18n/${it}`, weigh(join('i18n', it)), 15]),
];
for (const [name, bytes, limit] of weights.sort((a, b) => b[1] - a[1]).slice(0, 12)) {
  console.log(`${(bytes / KILOBYTE).toFixed(1).padStart(7)} kB of ${String(limit).padStart(3)} kB  ${name}`);
}
const heavy = weights.filter(([, bytes, limit]) => bytes > limit * KILOBYTE);
for (const [name] of heavy) console.error(`${name} is too heavy`);
process.exitCode = heavy.length === 0 ? 0 : 1;
