import { cloneTemplate, databaseUrl, dropDatabase } from '@berth/platform/testing';
import { newId } from '@berth/kernel';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { compiledCode } from '../../tools/test-database/compiled-code.mjs';

const READY = /Berth is ready at (\S+)/;
const START_MS = 90_000;

/** A Berth that runs as its users run it: a process of its own on a database of its own. */
export interface RunningSystem {
  readonly url: string;
  /** Owner's URL: no row security. */
  readonly databaseUrl: string;
  readonly organizationId: string;
  readonly adminToken: string;
  readonly adminUserId: string;
  /** Statements as the owner, past every wall. */
  asOwner<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** What its processes wrote to their log. */
  log(): string;
  /** Another process on the same database; stopped with the system. */
  startReplica(environment?: Record<string, string>): Promise<{ url: string; kill(signal?: NodeJS.Signals): Promise<void> }>;
  stop(): Promise<void>;
}

/** @param environment settings besides the port, the database and the set-up token */
export async function startSystem(environment: Record<string, string> = {}): Promise<RunningSystem> {
  const name = `berth_${newId().replaceAll('-', '')}`;
  await cloneTemplate(name);
  const owner = new pg.Pool({ connectionString: databaseUrl(name), max: 4 });
  owner.on('error', () => undefined);
  const dataDir = mkdtempSync(join(tmpdir(), 'berth-e2e-'));
  const processes: ChildProcess[] = [];
  const log: string[] = [];
  const start = (more: Record<string, string> = {}) =>
    startProcess({ DATABASE_URL: databaseUrl(name), BERTH_DATA_DIR: dataDir, ...environment, ...more }, processes, log);

  const { url } = await start();
  const asOwner: RunningSystem['asOwner'] = async (text, values) => (await owner.query(text, values)).rows;
  const admin = await setUp(url);
  const [organization] = await asOwner<{ id: string }>('select id from organization');
  return {
    url,
    databaseUrl: databaseUrl(name),
    organizationId: organization?.id ?? '',
    ...admin,
    asOwner,
    log: () => log.join(''),
    startReplica: start,
    stop: async () => {
      await Promise.all(processes.map((it) => end(it, 'SIGTERM')));
      await owner.end();
      await dropDatabase(name);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startProcess(environment: Record<string, string>, processes: ChildProcess[], log: string[]) {
  const child = spawn(process.execPath, ['dist/apps/server/src/main.js'], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: compiledCode,
      PORT: '0',
      BERTH_SETUP_TOKEN: 'set-up-token',
      BERTH_RATE_LIMIT: 'off',
      BERTH_LOG_LEVEL: 'error',
      BERTH_DRAIN_SECONDS: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.push(child);
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  // What was asked to be told in full is for the test alone.
  if (!environment['BERTH_LOG_LEVEL']) child.stderr.pipe(process.stderr);
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Berth was not ready in time')), START_MS);
    child.once('exit', (code) => reject(new Error(`Berth ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = READY.exec(line) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  return { url, kill: (signal: NodeJS.Signals = 'SIGKILL') => end(child, signal) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

async function setUp(url: string): Promise<{ adminToken: string; adminUserId: string }> {
  const answer = await fetch(`${url}/api/v1/setup/initialize`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      setupToken: 'set-up-token',
      organization: { name: 'Acme', timeZone: 'Europe/Berlin' },
      admin: { username: 'admin', email: 'admin@acme.example', password: 'correct horse battery' },
      kinds: ['room', 'desk', 'server'],
    }),
  });
  if (answer.status !== 201) throw new Error(`set-up answered ${answer.status}: ${await answer.text()}`);
  const { access_token: adminToken } = (await answer.json()) as { access_token: string };
  const me = await fetch(`${url}/api/v1/users/me`, { headers: { authorization: `Bearer ${adminToken}` } });
  return { adminToken, adminUserId: ((await me.json()) as { id: string }).id };
}
