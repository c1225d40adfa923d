/** `npm test` and its shorter sisters: steps one after another, a table, and a last line that counts. */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { runChild } from '../toolchain/child.mjs';
import { Failure, say } from '../toolchain/phase.mjs';
import { root } from './paths.mjs';
import { changed, endToEnd, everything, reportOf } from './steps.mjs';

const STEP_LIMIT_MINUTES = 30;
const GRACE_MS = 15_000;

/** Arguments name steps; without any, all of them run. @param {readonly string[]} names */
export const test = (names) => runSteps(everything, names);
/** @param {readonly string[]} names */
export const check = (names) => runSteps(changed, names);
/** @param {readonly string[]} names */
export const e2e = (names) => runSteps(endToEnd, names);

/**
 * A step that fails does not keep the others from running.
 * @param {readonly import('./steps.mjs').Step[]} all
 * @param {readonly string[]} names
 */
async function runSteps(all, names) {
  const unknown = names.find((name) => !all.some((it) => it.name === name));
  if (unknown) throw new Failure(`There is no step "${unknown}". Steps: ${all.map((it) => it.name).join(', ')}`);
  const rows = [];
  for (const step of all.filter((it) => names.length === 0 || names.includes(it.name))) {
    say(`\n── ${step.name}`);
    rows.push(await runStep(step));
  }
  return summarize(rows);
}

/** @param {import('./steps.mjs').Step} step */
async function runStep(step) {
  const report = reportOf(step.name);
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const start = Date.now();
  const code = await runChild(process.execPath, step.script, { cwd: root, env: { ...process.env, ...step.env } }, (child) =>
    limit(child, step),
  );
  const count = step.count({ code, report });
  return { name: step.name, seconds: Math.round((Date.now() - start) / 1000), ...count };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {import('./steps.mjs').Step} step
 */
function limit(child, { name, minutes = STEP_LIMIT_MINUTES }) {
  const timer = setTimeout(() => {
    say(`${name} did not end within ${minutes} minutes.`);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  }, minutes * 60_000);
  child.once('close', () => clearTimeout(timer));
}

/** @param {readonly { name: string, seconds: number, passed: number, failed: number }[]} rows */
function summarize(rows) {
  const width = Math.max(...rows.map((it) => it.name.length));
  const line = (/** @type {(string | number)[]} */ [name, ...cells]) =>
    `${String(name).padEnd(width)}${cells.map((it) => String(it).padStart(9)).join('')}`;
  const sum = (/** @type {'passed' | 'failed'} */ key) => rows.reduce((total, it) => total + it[key], 0);
  say(`\n${line(['step', 'seconds', 'passed', 'failed'])}`);
  for (const row of rows) say(line([row.name, row.seconds, row.passed, row.failed]));
  say(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 ? 1 : 0;
}
