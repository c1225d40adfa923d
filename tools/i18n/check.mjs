/**
 * Checks the console's words: every key a template or class uses exists in all languages and in a part that is loaded wherever that
 * code runs, every key is used and stands once, placeholders agree between languages, and no template says anything by itself.
 * Exit code 1 with a list.
 *
 * A key is used when it stands as a literal, or when its beginning does (`'kit.state.' + state`). Keys that come from elsewhere are
 * declared by a comment `i18n: kit.state.*`. `problem.*` and `fieldError.*` are chosen by the server's codes.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTemplate } from '@angular/compiler';
import { literalsOf, templatesOf } from './sources.mjs';
import { partsSpoken } from './spoken.mjs';
import { LANGUAGES, leaves, partOf, textFolders } from './texts.mjs';

const findings = [];
const seen = new WeakSet();
const root = fileURLToPath(new URL('../..', import.meta.url));
const chosenByCode = ['problem.', 'fieldError.'];
const spokenAttributes = new Set(['aria-label', 'title', 'alt', 'placeholder', 'aria-description', 'aria-roledescription']);
/** Words every language shares, and marks that are no words. */
const untranslated = new Set(['Esc', 'Alt', 'Shift', 'Ctrl', 'UTC', 'CSV']);

const texts = readTexts();
checkLanguages();
const sources = files(join(root, 'apps/web/src'), join(root, 'libs/web'));
checkKeys();
checkParts();
for (const source of sources) for (const template of templatesOf(source, (path) => readFileSync(path, 'utf8'))) checkLiterals(template);

for (const finding of findings) console.error(finding);
console.log(
  findings.length === 0
    ? `${texts.get('en').size} texts in ${LANGUAGES.length} languages, all used and all there.`
    : `${findings.length} findings.`,
);
process.exitCode = findings.length === 0 ? 0 : 1;

function readTexts() {
  const all = new Map(LANGUAGES.map((it) => [it, new Map()]));
  for (const folder of textFolders(root)) {
    for (const language of LANGUAGES) {
      const path = join(root, folder, `${language}.json`);
      for (const [key, text] of leaves(JSON.parse(readFileSync(path, 'utf8')))) {
        const other = all.get(language).get(key)?.folder;
        if (other !== undefined) findings.push(`${folder}/${language}.json: ${key} stands in ${other} too`);
        all.get(language).set(key, { text, folder });
      }
    }
  }
  return all;
}

function checkLanguages() {
  const english = texts.get('en');
  for (const language of LANGUAGES.slice(1)) {
    const other = texts.get(language);
    for (const [key, { text, folder }] of english) {
      const found = other.get(key);
      if (found === undefined) findings.push(`${folder}/${language}.json: missing ${key}`);
      else if (placeholders(text) !== placeholders(found.text))
        findings.push(`${folder}/${language}.json: ${key} has other placeholders than in English`);
    }
    for (const [key, { folder }] of other) if (!english.has(key)) findings.push(`${folder}/${language}.json: ${key} is not in English`);
  }
  for (const [language, all] of texts) {
    for (const [key, { text, folder }] of all)
      if (typeof text !== 'string' || text.trim() === '') findings.push(`${folder}/${language}.json: ${key} is empty`);
  }
}

function placeholders(text) {
  return [...String(text).matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
    .map((it) => it[1])
    .sort()
    .join();
}

function checkKeys() {
  const known = texts.get('en');
  const roots = new Set([...known.keys()].map((it) => it.split('.')[0]));
  const used = new Set();
  const prefixes = [...chosenByCode];
  for (const source of sources) {
    const { keys, prefixes: started } = literalsOf(readFileSync(source, 'utf8'), source);
    prefixes.push(...started);
    for (const key of keys) {
      used.add(key);
      const [first] = key.split('.');
      if (!roots.has(first) || known.has(key) || [...known.keys()].some((it) => it.startsWith(`${key}.`)) || source.endsWith('.spec.ts'))
        continue;
      findings.push(`${relative(root, source)}: there is no text ${key}`);
    }
  }
  for (const [key, { folder }] of known) {
    if (!used.has(key) && !prefixes.some((it) => key.startsWith(it))) findings.push(`${folder}/en.json: nobody uses ${key}`);
  }
}

/** What a file says has to be in a part that every way to the file has loaded. */
function checkParts() {
  const homes = new Map();
  for (const [key, { folder }] of texts.get('en')) {
    const steps = key.split('.');
    for (let length = 2; length <= steps.length; length++) {
      const start = steps.slice(0, length).join('.');
      homes.set(start, (homes.get(start) ?? new Set()).add(partOf(folder)));
    }
  }
  const spoken = partsSpoken(root, join(root, 'apps/web/src/main.ts'));
  for (const [path, parts] of spoken) {
    const { keys, prefixes } = literalsOf(readFileSync(path, 'utf8'), path);
    for (const said of new Set([...keys, ...prefixes.map((it) => it.slice(0, -1))]))
      for (const part of homes.get(said) ?? [])
        if (!parts.has(part)) findings.push(`${relative(root, path)}: ${said} is said where the texts of ${part} may not be loaded`);
  }
}

function checkLiterals({ path, markup }) {
  const { nodes, errors } = parseTemplate(markup, path, { preserveWhitespaces: false });
  for (const error of errors ?? []) findings.push(`${relative(root, path)}: ${error.msg}`);
  visit(nodes);

  function visit(value) {
    if (Array.isArray(value)) return value.forEach(visit);
    if (value === null || typeof value !== 'object' || seen.has(value)) return;
    seen.add(value);
    const kind = value.constructor?.name ?? '';
    if (/^Text(\$\d+)?$/.test(kind) && typeof value.value === 'string') report(value.value, value);
    if (kind.startsWith('BoundText')) for (const part of value.value?.ast?.strings ?? []) report(part, value);
    if (kind.startsWith('TextAttribute') && spokenAttributes.has(value.name)) report(value.value, value);
    for (const field of ['children', 'attributes', 'branches', 'cases', 'groups', 'empty', 'placeholder', 'loading', 'error'])
      visit(value[field]);
  }

  function report(text, node) {
    const words = text.match(/\p{L}{2,}/gu)?.filter((it) => !untranslated.has(it)) ?? [];
    if (words.length > 0)
      findings.push(`${relative(root, path)}:${(node.sourceSpan?.start.line ?? 0) + 1}: “${text.trim()}” stands in the template`);
  }
}

function files(...folders) {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile() && /\.(ts|html)$/.test(it.name) && it.name !== 'index.html')
      .map((it) => join(it.parentPath, it.name)),
  );
}
