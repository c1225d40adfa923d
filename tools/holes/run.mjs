#!/usr/bin/env node
/** Plants holes in who may do what, one after another in a copy of the repository, and sees whether the specs find each. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../tasks/paths.mjs';
import { HOLES } from './holes.mjs';

const USAGE = `Plants holes in who may do what and sees whether the specs find them.

  node tools/holes/run.mjs              every hole, and before it the same specs without one
  node tools/holes/run.mjs NAME …       only these
  node tools/holes/run.mjs --list

Exit status 1 when a hole is not found, or a spec fails with none.`;

const names = process.argv.slice(2).filter((it) => !it.startsWith('--'));
if (process.argv.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
if (process.argv.includes('--list')) {
  for (const [name, { what }] of Object.entries(HOLES)) console.log(`${name.padEnd(24)} ${what}`);
  process.exit(0);
}
const unknown = names.filter((it) => !(it in HOLES));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. ${USAGE}`);
  process.exit(2);
}

/** The repository as it stands, also what is not committed; what is large is the same. */
function copy() {
  const there = mkdtempSync(join(tmpdir(), 'berth-holes-'));
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, maxBuffer: 1 << 26 });
  for (const file of stdout.toString().split('\0').filter(Boolean)) cpSync(join(root, file), join(there, file), { verbatimSymlinks: true });
  for (const shared of ['node_modules', '.toolchain']) symlinkSync(join(root, shared), join(there, shared));
  return there;
}

/**
 * Compiles, runs the specs and counts those that failed.
 * @param {string} there
 * @param {import('./holes.mjs').Hole} hole
 */
function failing(there, { spec, only }) {
  const compile = `import(${JSON.stringify(pathToFileURL(join(there, 'tools/tasks/compile.mjs')).href)}).then((it) => it.compileServer())`;
  const compiled = spawnSync(process.execPath, ['--input-type=module', '-e', compile], { cwd: there, encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(`It does not compile: ${compiled.stderr}`);
  const outcome = join(there, 'outcome.json');
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '-i'];
  const options = [spec, ...(only ? ['-t', only] : []), '--json', `--outputFile=${outcome}`];
  spawnSync(process.execPath, [...jest, ...options], { cwd: there, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(outcome, 'utf8'));
  rmSync(outcome);
  const ran = numFailedTests + numPassedTests;
  if (ran === 0)
    throw new Error(
      `No spec ran: ${testResults
        .map((it) => it.message)
        .join('\n')
        .slice(0, 2000)}`,
    );
  const failed = testResults.flatMap((it) => it.assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title));
  return { ran, failed };
}

/**
 * @param {string} there
 * @param {import('./holes.mjs').Hole} hole
 */
function plant(there, { file, from, to }) {
  const path = join(there, file);
  const before = readFileSync(path, 'utf8');
  if (before.split(from).length !== 2) throw new Error(`${file} no longer has, exactly once: ${from}`);
  writeFileSync(
    path,
    before.replace(from, () => to),
  );
  return () => writeFileSync(path, before);
}

const there = copy();
const sound = new Map();
let bad = 0;
try {
  for (const [name, hole] of Object.entries(HOLES).filter(([it]) => names.length === 0 || names.includes(it))) {
    const key = `${hole.spec} ${hole.only ?? ''}`;
    if (!sound.has(key)) sound.set(key, failing(there, hole));
    const { failed: already } = sound.get(key);
    const mend = plant(there, hole);
    const { ran, failed } = failing(there, hole);
    mend();
    const isRight = already.length === 0 && (hole.isFound === false ? failed.length === 0 : failed.length > 0);
    bad += isRight ? 0 : 1;
    const told = failed.length > 0 ? `found by ${failed.length} of ${ran}: ${failed[0]}` : `found by none of ${ran}`;
    console.log(`${isRight ? '✓' : '✗'} ${name.padEnd(24)} ${hole.what}\n  ${hole.isFound === false ? 'must hold: ' : ''}${told}`);
    if (already.length > 0) console.log(`  without it these fail already: ${already.join('; ')}`);
  }
} finally {
  rmSync(there, { recursive: true, force: true });
}
process.exitCode = bad > 0 ? 1 : 0;
