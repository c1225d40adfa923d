import { fork, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Starts a server and waits for its `… is ready at URL` line.
 * @param {string} script
 * @param {Record<string, string>} env
 */
export async function startServer(script, env) {
  const child = spawn(process.execPath, [here(script)], { env: { ...cleanEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = / is ready at (\S+)/.exec(line);
      if (ready) resolve(ready[1]);
    });
    ended.then((code) => reject(new Error(`${script} ended with ${code} before it was ready`)));
  });
  return {
    url,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The caller's settings of Berth must not colour a measurement. */
const cleanEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BERTH_') && name !== 'DATABASE_URL'));

/** Starts the load generator; `run` gives it one job and waits for the figures. */
export function startLoad() {
  const child = fork(here('./http-load.mjs'));
  return {
    run: (kind, job) =>
      new Promise((resolve, reject) => {
        child.once('message', ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)));
        child.send({ kind, ...job });
      }),
    stop: () => child.kill(),
  };
}
