/** Summaries of the contract's operations: the doc comments of the controllers' methods, so that they are written once. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';

/**
 * Puts the first sentence of each method's doc comment into `summary`, the rest into `description`.
 * @param {{ paths: Record<string, Record<string, { operationId: string, summary?: string, description?: string }>> }} document
 */
export function describeOperations(document) {
  const comments = readComments();
  for (const methods of Object.values(document.paths)) {
    for (const operation of Object.values(methods)) {
      const comment = comments.get(operation.operationId.replace(/\[\d+\]$/, ''));
      if (!comment) continue;
      const [, first = comment, rest = ''] = /^(.+?[.!?])(?:\s+(.*))?$/s.exec(comment) ?? [];
      operation.summary = first.replace(/\.$/, '');
      if (rest) operation.description = rest;
    }
  }
}

/** @returns {Map<string, string>} doc comments by operationId */
function readComments() {
  const found = new Map();
  for (const file of globSync('{apps,libs}/**/*.controller.ts', { cwd: root })) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    source.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const controller = node.name.text.replace(/Controller$/, '');
      for (const member of node.members) {
        if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) continue;
        const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
        const text = ts.getTextOfJSDocComment(doc?.comment)?.replaceAll(/\s+/g, ' ').trim();
        if (text) found.set(`${controller.charAt(0).toLowerCase()}${controller.slice(1)}.${member.name.text}`, text);
      }
    });
  }
  return found;
}
