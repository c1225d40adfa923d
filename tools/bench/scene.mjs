import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startServer } from './processes.mjs';

const SETUP_TOKEN = 'bench-setup-token-0123456789abcdef';
const ADMIN = { username: 'bench', email: 'bench@example.org', password: 'bench correct horse staple' };
const DAY_MS = 86_400_000;
export const BERTH = '../../dist/apps/server/src/main.js';

/**
 * Two servers on two databases with the same content in one durable cluster: each side pays for its own rows and its own sequencing, and
 * neither for the other's.
 * @typedef {object} Scene
 * @property {Side} berth
 * @property {Side} reference
 * @property {string[]} databases URLs of the owner
 * @property {() => Promise<void>} stop
 *
 * @typedef {object} Side
 * @property {import('./connections.mjs').Target} target
 * @property {{resources: string[], from: number, stepMs: number, lengthMs: number}} slots
 * @property {number} next index of the next free slot
 * @property {string} database
 */

/**
 * @param {{resources: number, log: (line: string) => void}} options
 * @returns {Promise<Scene>}
 */
export async function setScene({ resources, log }) {
  const { startEmbedded, removeEmbedded } = await import('../../dist/libs/platform/database/src/embedded.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'berth-bench-'));
  const database = await startEmbedded({ dataDir, durable: true, log });
  const undo = [async () => rmSync(dataDir, { recursive: true, force: true }), () => removeEmbedded(dataDir), () => database.stop()];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const env = environmentOf(database.url, dataDir);
    log(`Setting up ${resources} resources`);
    const ids = await furnish(env, resources);
    const copy = await cloneDatabase(database, 'bench_reference');
    const berth = await startServer(BERTH, env);
    undo.push(() => berth.stop());
    const reference = await startServer('./reference-server.mjs', { DATABASE_URL: copy });
    undo.push(() => reference.stop());
    const slots = { resources: ids, from: (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS, stepMs: 1_800_000, lengthMs: 1_800_000 };
    const authorization = `Bearer ${await signIn(berth.url)}`;
    return {
      berth: {
        target: { url: berth.url, path: '/api/v1/reservations', headers: { authorization } },
        slots,
        next: 0,
        database: database.url,
      },
      reference: { target: { url: reference.url, path: '/reservations', headers: {} }, slots, next: 0, database: copy },
      databases: [database.url, copy],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Settings of a server that is measured. */
export const environmentOf = (databaseUrl, dataDir) => ({
  DATABASE_URL: databaseUrl,
  BERTH_DATA_DIR: dataDir,
  BERTH_SETUP_TOKEN: SETUP_TOKEN,
  BERTH_RATE_LIMIT: 'off',
  BERTH_LOG_LEVEL: 'warn',
  PORT: '0',
});

/** A fresh token: they live ten minutes, a long run lives longer. */
export async function signIn(url) {
  const body = new URLSearchParams({ grant_type: 'password', username: ADMIN.username, password: ADMIN.password });
  return (await answered(await fetch(`${url}/api/v1/token`, { method: 'POST', body }))).access_token;
}

/** Sets an organization up and adds so many resources to it. @returns {Promise<string[]>} their ids */
export async function furnish(env, count) {
  const server = await startServer(BERTH, env);
  try {
    const post = async (path, body, token) => {
      const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
      return answered(await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
    };
    const setup = { setupToken: SETUP_TOKEN, organization: { name: 'Bench', timeZone: 'UTC' }, admin: ADMIN, startData: 'blank' };
    const { access_token: token } = await post('/setup/initialize', setup);
    const ids = [];
    for (let index = 0; index < count; index++) ids.push((await post('/resources', { name: `Room ${index}`, timeZone: 'UTC' }, token)).id);
    return ids;
  } finally {
    await server.stop();
  }
}

async function answered(response) {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** A copy of the database under another name in the same cluster. @returns {Promise<string>} its URL */
export async function cloneDatabase({ url, adminUrl }, name) {
  const { pathname, username } = new URL(url);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${name} template ${pathname.slice(1)} owner ${username}`);
  } finally {
    await client.end();
  }
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

/** Deadlocks PostgreSQL counted in a database. */
export async function deadlocks(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('select deadlocks::int from pg_stat_database where datname = current_database()');
    return rows[0].deadlocks;
  } finally {
    await client.end();
  }
}
