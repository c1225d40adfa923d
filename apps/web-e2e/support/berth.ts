import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { compiledCode } from '../../../tools/test-database/compiled-code.mjs';
import { throwAwayDirectory } from '../../../tools/test-database/throw-away-directory.mjs';

const READY = /Berth is ready at (\S+)/;
const START_MS = 90_000;
export const SETUP_TOKEN = 'set-up-token';
export const PASSWORD = 'correct horse battery';

/** A whole Berth with its embedded database, as `npm start` runs it. */
export interface Berth {
  readonly url: string;
  readonly dataDir: string;
  /** Ends it the hard way; `start` again to see what was kept. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** @param dataDir of an earlier run; a new one is thrown away at the end */
export async function startBerth(environment: Record<string, string> = {}, dataDir?: string): Promise<Berth> {
  const directory = dataDir ?? throwAwayDirectory('berth-journey-');
  const child = spawn(process.execPath, ['dist/apps/server/src/main.js'], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: compiledCode,
      PORT: '0',
      BERTH_DATA_DIR: directory,
      BERTH_SETUP_TOKEN: SETUP_TOKEN,
      BERTH_RATE_LIMIT: 'off',
      BERTH_LOG_LEVEL: 'error',
      BERTH_DRAIN_SECONDS: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Berth was not ready in time')), START_MS);
    child.once('exit', (code) => reject(new Error(`Berth ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = READY.exec(line) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  return {
    url,
    dataDir: directory,
    kill: () => end(child, 'SIGKILL'),
    stop: async () => {
      await end(child, 'SIGTERM');
      if (!dataDir) rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

/** Sets an organization up over HTTP. @returns a token of its administrator */
export async function setUp(berth: Berth, timeZone = 'Europe/Berlin'): Promise<string> {
  const answer = await fetch(`${berth.url}/api/v1/setup/initialize`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      setupToken: SETUP_TOKEN,
      organization: { name: 'Acme', timeZone },
      admin: { username: 'ana', email: 'ana@acme.example', displayName: 'Ana Kaya', password: PASSWORD },
      kinds: ['room', 'desk'],
    }),
  });
  if (answer.status !== 201) throw new Error(`set-up answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
