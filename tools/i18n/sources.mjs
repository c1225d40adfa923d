import { dirname, join } from 'node:path';
import ts from 'typescript';

const prefixShape = /^[a-z][A-Za-z0-9]*\.(?:[A-Za-z0-9_-]+\.)*$/;
const keyShape = /^[a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+)+$/;

/** Literals that look like a key, and prefixes: those put before something (`'kit.state.' + state`) or declared by `i18n: kit.state.*`. */
export function literalsOf(source, path) {
  const declared = [...source.matchAll(/i18n:((?:\s+[a-z][\w.-]*\.\*)+)/g)].flatMap((it) =>
    it[1]
      .trim()
      .split(/\s+/)
      .map((key) => key.slice(0, -1)),
  );
  const strings = path.endsWith('.html') ? quoted(source) : typeScriptStrings(source, path);
  return { keys: strings.filter((it) => keyShape.test(it)), prefixes: [...declared, ...strings.filter((it) => prefixShape.test(it))] };
}

/** The templates of a source file: the file itself when it is HTML, inline ones of components otherwise. */
export function templatesOf(path, read) {
  if (path.endsWith('.html')) return [{ path, markup: read(path) }];
  if (!path.endsWith('.ts') || path.endsWith('.spec.ts')) return [];
  const found = [];
  walk(parse(read(path), path), (node) => {
    if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name) || node.name.text !== 'template') return;
    if (ts.isStringLiteralLike(node.initializer)) found.push({ path, markup: node.initializer.text });
  });
  return found;
}

function typeScriptStrings(source, path) {
  const strings = [];
  walk(parse(source, path), (node) => {
    if (ts.isTemplateHead(node)) strings.push(node.text);
    if (!ts.isStringLiteralLike(node)) return;
    strings.push(node.text);
    // An inline template is one long literal with keys inside.
    if (node.text.includes('<')) strings.push(...quoted(node.text));
  });
  return strings;
}

function quoted(text) {
  return [...text.matchAll(/'([^'\n]*)'/g)].map((it) => it[1]);
}

function parse(source, path) {
  return ts.createSourceFile(join(dirname(path), 'source.ts'), source, ts.ScriptTarget.Latest, true);
}

function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
