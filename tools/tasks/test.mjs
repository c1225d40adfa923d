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
 * @param {readonly import('./steps.mjs').Stage[]} stages
 * @param {readonly string[]} names
 */
async function runSteps(stages, names) {
  const all = stages.flatMap(rowsOf).flat();
  const unknown = names.find((name) => !all.some((it) => it.name === name));
  if (unknown) throw new Failure(`There is no step "${unknown}". Steps: ${all.map((it) => it.name).join(', ')}`);
  const results = [];
  for (const stage of stages) {
    const rows = rowsOf(stage)
      .map((row) => row.filter((it) => names.length === 0 || names.includes(it.name)))
      .filter((row) => row.length > 0);
    if (rows.length > 1) say(`\n── side by side: ${rows.map((row) => row.map((it) => it.name).join(', ')).join(' | ')}`);
    const ended = await Promise.all(rows.map((row) => runRow(row, rows.length > 1)));
    results.push(...ended.flat());
  }
  return summarize(results);
}

/** @param {import('./steps.mjs').Stage} stage */
const rowsOf = (stage) => ('rows' in stage ? stage.rows : [stage]);

/**
 * @param {readonly import('./steps.mjs').Step[]} row
 * @param {boolean} hasNeighbours what they all say at once nobody could read; each is heard when it has ended
 */
async function runRow(row, hasNeighbours) {
  const results = [];
  for (const step of row) {
    if (!hasNeighbours) say(`\n── ${step.name}`);
    results.push(await runStep(step, hasNeighbours));
  }
  return results;
}

/**
 * @param {import('./steps.mjs').Step} step
 * @param {boolean} isHeardAtTheEnd
 */
async function runStep(step, isHeardAtTheEnd) {
  const report = reportOf(step.name);
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const start = Date.now();
  /** @type {Buffer[]} */
  const said = [];
  const options = {
    cwd: root,
    env: { ...process.env, ...step.env },
    ...(isHeardAtTheEnd && { stdio: /** @type {const} */ (['ignore', 'pipe', 'pipe']) }),
  };
  const code = await runChild(process.execPath, step.script, options, (child) => {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (/** @type {Buffer} */ chunk) => said.push(chunk));
    limit(child, step);
  });
  const seconds = Math.round((Date.now() - start) / 1000);
  if (isHeardAtTheEnd) say(`\n── ${step.name}, ${seconds} s\n${Buffer.concat(said).toString('utf8').trim()}`.trimEnd());
  return { name: step.name, seconds, ...step.count({ code, report }) };
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
