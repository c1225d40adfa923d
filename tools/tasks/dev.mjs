/** `npm run dev`: api, worker and console with the demo organization, built again and restarted on every change. */
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runChild } from '../toolchain/child.mjs';
import { say } from '../toolchain/phase.mjs';
import { server, web } from './builds.mjs';
import { compileServer } from './compile.mjs';
import { bin, root, serverMain } from './paths.mjs';
import { rebuild } from './stale.mjs';

const QUIET_MS = 200;

export async function dev() {
  await rebuild(server, compileServer);
  const rebuildingConsole = runChild(process.execPath, [bin('nx'), 'run', 'web:build:development', '--watch', '--skip-nx-cache'], {
    cwd: root,
  });
  void whenConsoleIsBuilt().then(keepServerRunning);
  return rebuildingConsole;
}

/** The server looks for the console once, when it starts. */
async function whenConsoleIsBuilt() {
  while (!existsSync(join(root, web.output))) await sleep(QUIET_MS);
}

/** One server at a time; a change while one stops is picked up by the next. */
async function keepServerRunning() {
  const changes = watchSources();
  for (;;) {
    const change = changes.next();
    const running = startServer();
    await Promise.race([change, running.ended.then(() => change)]);
    await running.stop();
    try {
      await rebuild(server, compileServer);
    } catch (error) {
      say(error.message);
    }
  }
}

function startServer() {
  const env = { BERTH_DEMO: '1', ...process.env };
  // The server drains on SIGTERM and goes with us: the channel closes when we end.
  const child = spawn(process.execPath, [join(root, 'tools/tasks/dev-server.mjs'), serverMain], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Resolves `next()` once sources have changed and then been quiet for a moment. */
function watchSources() {
  let last = 0;
  /** @type {() => void} */
  let changed = () => undefined;
  for (const top of ['apps', 'libs', 'migrations']) {
    watch(join(root, top), { recursive: true }, (_, name) => {
      if (!name || !/\.(ts|json|sql)$/.test(name) || isOfTheConsole(join(top, name))) return;
      last = Date.now();
      changed();
    });
  }
  return {
    next: async () => {
      await new Promise((resolve) => (changed = () => resolve(undefined)));
      while (Date.now() - last < QUIET_MS) await sleep(QUIET_MS);
    },
  };
}

/** @param {string} path */
function isOfTheConsole(path) {
  return server.without.some((it) => path.startsWith(`${it}/`));
}
