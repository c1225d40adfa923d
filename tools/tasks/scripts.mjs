/** Tasks that are a program of their own: `npm run bench`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../toolchain/child.mjs';
import { Failure } from '../toolchain/phase.mjs';
import { build } from './build.mjs';
import { root } from './paths.mjs';

/** Performance against the reference server or, with `--scale`, of a large organization. @param {readonly string[]} args */
export const bench = (args) => runScript(args.includes('--scale') ? 'tools/bench/scale.mjs' : 'tools/bench/run.mjs', args);

/** @param {string} script @param {readonly string[]} args */
async function runScript(script, args) {
  if (!existsSync(join(root, script))) throw new Failure(`${script} is not there yet.`);
  await build();
  return runChild(process.execPath, [script, ...args], { cwd: root });
}
