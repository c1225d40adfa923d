import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { FIRST } from './texts.mjs';

/**
 * Which parts of the texts are loaded whenever a source file of the console runs: those every way from its start has loaded.
 * A static import brings nothing; code that is loaded later brings what `speaking([…], …)` or `texts.with([…], …)` around it names.
 * @param {string} root
 * @param {string} start path of the file everything begins with
 * @returns {Map<string, Set<string>>} by path; files that nothing leads to are not in it
 */
export function partsSpoken(root, start) {
  const spoken = new Map([[start, new Set([FIRST])]]);
  const edges = new Map();
  const changed = [start];
  while (changed.length > 0) {
    const file = changed.pop();
    if (!edges.has(file)) edges.set(file, edgesOf(root, file));
    for (const { to, parts } of edges.get(file)) {
      const brought = new Set([...spoken.get(file), ...parts]);
      const known = spoken.get(to);
      const both = known === undefined ? brought : new Set([...known].filter((it) => brought.has(it)));
      if (known !== undefined && both.size === known.size) continue;
      spoken.set(to, both);
      changed.push(to);
    }
  }
  return spoken;
}

/** What a file leads to: files it imports, its template, and code it loads later with the parts named there. */
function edgesOf(root, file) {
  if (!file.endsWith('.ts')) return [];
  const found = [];
  const lead = (specifier, names, parts) => {
    for (const to of filesOf(root, file, specifier, names)) found.push({ to, parts });
  };
  walk(parse(file), (node) => {
    if (ts.isImportDeclaration(node)) {
      const names = valuesOf(node.importClause);
      if (names === undefined || names.length > 0) lead(node.moduleSpecifier.text, names, []);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && !node.isTypeOnly) {
      lead(node.moduleSpecifier.text, undefined, []);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && ts.isStringLiteral(node.arguments[0])) {
      lead(node.arguments[0].text, takenFrom(node), partsAround(node));
    } else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'templateUrl') {
      found.push({ to: join(dirname(file), node.initializer.text), parts: [] });
    }
  });
  return found;
}

/** Names imported as values; undefined when it is not known which. */
function valuesOf(clause) {
  if (clause === undefined) return undefined;
  if (clause.isTypeOnly) return [];
  if (clause.namedBindings === undefined || !ts.isNamedImports(clause.namedBindings)) return undefined;
  return clause.namedBindings.elements.filter((it) => !it.isTypeOnly).map((it) => (it.propertyName ?? it.name).text);
}

/** `import('x').then((it) => it.Name)`, `.then(({ Name }) => …)`, `const { Name } = await import('x')`, also through what loads it. */
function takenFrom(call) {
  for (let node = call; node.parent !== undefined && !ts.isBlock(node.parent) && !ts.isSourceFile(node.parent); node = node.parent) {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) return boundNames(parent.name);
    if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== 'then' || !ts.isCallExpression(parent.parent)) continue;
    const [taker] = parent.parent.arguments;
    if (taker === undefined || !ts.isArrowFunction(taker)) return undefined;
    const [given] = taker.parameters;
    if (given !== undefined && ts.isObjectBindingPattern(given.name)) return boundNames(given.name);
    return ts.isPropertyAccessExpression(taker.body) ? [taker.body.name.text] : undefined;
  }
  return undefined;
}

function boundNames(pattern) {
  return pattern.elements.map((it) => (it.propertyName ?? it.name).text);
}

/** The parts named by the `speaking([…], …)` or `.with([…], …)` a load stands in. */
function partsAround(call) {
  for (let node = call.parent; node !== undefined; node = node.parent) {
    if (!ts.isCallExpression(node)) continue;
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
    const [parts] = node.arguments;
    if ((callee === 'speaking' || callee === 'with') && parts !== undefined && ts.isArrayLiteralExpression(parts))
      return parts.elements.map((it) => it.text);
  }
  return [];
}

/** The files an import reaches: through the index of a library only those that have the names. */
function filesOf(root, from, specifier, names) {
  if (specifier.startsWith('.')) {
    const base = join(dirname(from), specifier);
    return [`${base}.ts`, join(base, 'index.ts')].filter((it) => existsSync(it)).slice(0, 1);
  }
  const library = /^@berth\/web\/([a-z-]+)$/.exec(specifier)?.[1];
  if (library === undefined) return [];
  const index = join(root, 'libs/web', library, 'src/index.ts');
  if (names === undefined) return [index];
  const homes = homesOf(index);
  return names.map((it) => homes.get(it) ?? index);
}

const homesByIndex = new Map();

/** Name → file, of an index that passes names on. */
function homesOf(index) {
  const known = homesByIndex.get(index);
  if (known !== undefined) return known;
  const homes = new Map();
  for (const statement of parse(index).statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) continue;
    for (const it of statement.exportClause.elements) homes.set(it.name.text, `${join(dirname(index), statement.moduleSpecifier.text)}.ts`);
  }
  homesByIndex.set(index, homes);
  return homes;
}

function parse(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
