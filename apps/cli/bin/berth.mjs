#!/usr/bin/env node
/** `berth` of this clone. Where nothing has been built yet it is built first, which is told on standard error: standard output is for data. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);
const main = new URL('dist/apps/cli/src/main.js', root);

if (!existsSync(main)) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('tools/run.mjs', root)), 'build'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}
await import(main.href);
