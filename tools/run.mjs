#!/usr/bin/env node
/**
 * Behind every npm script: `node tools/run.mjs <task> [arguments]`. Needs nothing installed but a Node.js from 18 on with
 * its npm: provides the Node and the packages Berth runs on, then hands over to tasks.mjs.
 */
import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './toolchain/child.mjs';
import { provideDependencies } from './toolchain/dependencies.mjs';
import { provideNode } from './toolchain/node.mjs';
import { whenNpmIsGone } from './toolchain/npm-parent.mjs';
import { Failure } from './toolchain/phase.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tasks = join(root, 'tools/tasks.mjs');
const toolchain = join(root, '.toolchain');

async function main() {
  process.chdir(root);
  whenNpmIsGone(() => process.kill(process.pid, 'SIGTERM'));
  prepare(toolchain);
  const node = await provideNode(toolchain);
  await provideDependencies({ root, toolchain, node });
  process.env.PATH = [dirname(node), process.env.PATH].join(delimiter);
  if (node === process.execPath) {
    // Already on the right Node: one process less between a signal and the server.
    await import(tasks);
    return;
  }
  // The channel closes when we are killed, which tells the task to end too.
  const stdio = /** @type {const} */ (['inherit', 'inherit', 'inherit', 'ipc']);
  process.exitCode = await runChild(node, [tasks, ...process.argv.slice(2)], { stdio: [...stdio] });
}

/** @param {string} directory */
function prepare(directory) {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new Failure(`Berth has to write in ${root}: ${error.message}`);
  }
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
