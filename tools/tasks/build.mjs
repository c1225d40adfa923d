/** `npm run build`: compiles what is stale; `--force` compiles everything. */
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../toolchain/child.mjs';
import { alone } from '../toolchain/lock.mjs';
import { Failure, phase } from '../toolchain/phase.mjs';
import { server, web } from './builds.mjs';
import { compileServer } from './compile.mjs';
import { bin, dist, root, toolchain } from './paths.mjs';
import { isStale, rebuild } from './stale.mjs';

/** @param {readonly string[]} args */
export async function build(args = []) {
  const isNeeded = (/** @type {import('./stale.mjs').Build} */ it) => args.includes('--force') || isStale(it);
  mkdirSync(toolchain, { recursive: true });
  await alone(join(toolchain, 'build.lock'), async () => {
    if (isNeeded(server)) await phase('Building the server', () => rebuild(server, compileServer));
    if (isNeeded(web)) await phase('Building the console', () => rebuild(web, buildConsole));
  });
}

/** Nx tells much; it is kept in a file and shown when the build fails. */
async function buildConsole() {
  mkdirSync(dist, { recursive: true });
  const log = join(dist, 'web-build.log');
  const output = openSync(log, 'w');
  // What decides whether to build is the stamp: a cache hit of Nx would only restore what is there.
  const args = [bin('nx'), 'run', 'web:build', '--skip-nx-cache'];
  const code = await runChild(process.execPath, args, { cwd: root, stdio: ['ignore', output, output] });
  closeSync(output);
  if (code !== 0) throw new Failure(`${readFileSync(log, 'utf8').trim()}\nThe console could not be built.`);
}
