/** The programs Berth is made of, each started again whenever it ends, and killed on purpose. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../rolling/processes.mjs';
import { throwAwayDirectory } from '../test-database/throw-away-directory.mjs';

const MAIN = fileURLToPath(new URL('../../dist/apps/server/src/main.js', import.meta.url));
export const REDIS = '/usr/bin/redis-server';
const AGAIN_MS = 300;
const PATIENCE_MS = 60_000;
const GRACE_MS = 10_000;

/** A program that is started again when it ends. */
class Kept {
  #ending = false;

  /** @param {() => import('node:child_process').ChildProcess} begin */
  constructor(begin) {
    this.begin = begin;
    this.#start();
  }

  #start() {
    this.child = this.begin();
    this.child.once('exit', () => {
      if (!this.#ending) setTimeout(() => this.#ending || this.#start(), AGAIN_MS);
    });
  }

  kill() {
    this.child?.kill('SIGKILL');
  }

  async stop() {
    this.#ending = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(timer);
  }
}

/** @param {() => Promise<unknown>} isThere throws while it is not */
export async function until(isThere, patience = PATIENCE_MS) {
  for (const end = Date.now() + patience; ;) {
    try {
      return await isThere();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}

/** @param {string} smtpUrl where letters go */
export async function startPrograms(smtpUrl) {
  const database = await import('../../dist/libs/platform/database/src/embedded.js');
  const { findClusterPlace } = await import('../../dist/libs/platform/database/src/embedded/cluster-place.js');
  const { readPostmaster } = await import('../../dist/libs/platform/database/src/embedded/postmaster.js');
  const dataDir = throwAwayDirectory('berth-faults-');
  const home = mkdtempSync(join(tmpdir(), 'berth-faults-home-'));
  const server = await database.startEmbedded({ dataDir, durable: true, log: () => undefined });
  const [port, redisPort] = [await freePort(), await freePort()];
  const log = [];
  const berth = (roles) =>
    new Kept(() => {
      const child = spawn(process.execPath, [MAIN], {
        env: {
          ...{ PATH: process.env.PATH, PORT: String(port), BERTH_ROLES: roles, DATABASE_URL: server.url, BERTH_DATA_DIR: home },
          ...{ REDIS_URL: `redis://127.0.0.1:${redisPort}`, SMTP_URL: smtpUrl, BERTH_ALLOWED_NETWORKS: '127.0.0.0/8' },
          ...{ BERTH_SETUP_TOKEN: 'faults', BERTH_RATE_LIMIT: 'off', BERTH_LOG_LEVEL: 'fatal', BERTH_DRAIN_SECONDS: '0' },
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr?.on('data', (chunk) => log.push(String(chunk)));
      return child;
    });
  const redis = new Kept(() =>
    spawn(REDIS, ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' }),
  );
  const api = berth('api');
  const url = `http://127.0.0.1:${port}`;
  const isReady = () => until(async () => (await fetch(`${url}/ready`)).ok || Promise.reject(new Error('not ready')));
  await isReady();
  const workers = [berth('worker'), berth('worker')];
  const killDatabase = async () => {
    const postmaster = readPostmaster((await findClusterPlace(dataDir)).cluster);
    if (postmaster) process.kill(postmaster.pid, 'SIGKILL');
  };
  return {
    ...{ url, databaseUrl: server.url, isReady, log },
    /** By name, what kills it. */
    victims: {
      api: async () => api.kill(),
      'a worker': async () => workers[0]?.kill(),
      'the other worker': async () => workers[1]?.kill(),
      redis: async () => redis.kill(),
      postgresql: killDatabase,
    },
    flush: () => ask(redisPort, 'FLUSHALL'),
    async stop() {
      await Promise.all([api, ...workers].map((it) => it.stop()));
      await redis.stop();
      await server.stop();
      await database.removeEmbedded(dataDir);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Says something to Redis; one that is away has nothing to be told. */
const ask = (port, command) =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', () => socket.destroy());
    socket.once('error', () => undefined);
    socket.once('close', resolve);
  });
