#!/usr/bin/env node
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { throwAwayDirectory } from '../test-database/throw-away-directory.mjs';
import { Load, quantile } from './load.mjs';
import { freePort, Place, startProxy } from './processes.mjs';

const USAGE = `Two API and two worker processes on one database behind a proxy, restarted one after another under load.

  node tools/rolling/run.mjs [--proxy nginx|haproxy] [--restarts 20] [--rate 200] [--drain 3] [--pause 2]

A restart ends and starts one of the two API processes and one of the two workers. Exit status 1 when a request failed.`;
const TOKEN_MS = 300_000;
const ADMIN = { username: 'roller', email: 'roller@example.org', password: 'rolling correct horse staple' };

const { values } = parseArgs({
  options: {
    proxy: { type: 'string', default: 'nginx' },
    restarts: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    drain: { type: 'string', default: '3' },
    pause: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

async function post(url, path, body, token) {
  const isForm = body instanceof URLSearchParams;
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { ...(!isForm && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
    body: isForm ? body : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const signIn = async (url) =>
  (await post(url, '/token', new URLSearchParams({ grant_type: 'password', username: ADMIN.username, password: ADMIN.password })))
    .access_token;

/** Reads and writes as people mix them: what is free, one's own, one resource, and every third request a booking. */
function mixOf(rooms, tokenOf) {
  const day = Math.floor(Date.now() / 86_400_000) + 2;
  return (n) => {
    const room = rooms[n % rooms.length];
    const token = tokenOf();
    if (n % 3 === 0) {
      const slot = Math.floor(n / 3 / rooms.length);
      const start = (day + Math.floor(slot / 48)) * 86_400_000 + (slot % 48) * 1_800_000;
      const time = { start: new Date(start).toISOString(), end: new Date(start + 1_800_000).toISOString() };
      return { method: 'POST', path: '/reservations', body: { resourceId: room, title: `Roll ${n}`, ...time }, token };
    }
    return { method: 'GET', path: [`/resources/${room}`, '/users/me', '/reservations?limit=5'][n % 3] ?? '/users/me', token };
  };
}

async function main() {
  const { startEmbedded, removeEmbedded } = await import('../../dist/libs/platform/database/src/embedded.js');
  const dataDir = throwAwayDirectory('berth-rolling-');
  const home = mkdtempSync(join(tmpdir(), 'berth-rolling-home-'));
  const database = await startEmbedded({ dataDir, durable: false, log: () => undefined });
  const ports = [String(await freePort()), String(await freePort())];
  const log = [];
  const shared = {
    DATABASE_URL: database.url,
    BERTH_DATA_DIR: home,
    BERTH_SETUP_TOKEN: 'rolling-set-up',
    BERTH_RATE_LIMIT: 'off',
    BERTH_LOG_LEVEL: 'warn',
    BERTH_TRUSTED_PROXIES: '1',
    BERTH_DRAIN_SECONDS: values.drain,
    HOST: '127.0.0.1',
  };
  const apis = ports.map((PORT) => new Place({ ...shared, BERTH_ROLES: 'api', PORT }, log));
  const workers = [0, 1].map(() => new Place({ ...shared, BERTH_ROLES: 'worker', PORT: '0' }, log));
  let proxy;
  try {
    for (const it of [...apis, ...workers]) await it.start();
    proxy = await startProxy(values.proxy, ports);
    await post(proxy.url, '/setup/initialize', {
      setupToken: 'rolling-set-up',
      organization: { name: 'Rolling', timeZone: 'Etc/UTC' },
      admin: ADMIN,
      kinds: ['room'],
    });
    let token = await signIn(proxy.url);
    const rooms = [];
    for (let n = 0; n < 100; n++) rooms.push((await post(proxy.url, '/resources', { name: `Room ${n}` }, token)).id);
    const again = setInterval(
      () =>
        void signIn(apis.find((it) => it.pid)?.url ?? '').then(
          (it) => (token = it),
          () => undefined,
        ),
      TOKEN_MS,
    );
    const load = new Load({ url: proxy.url, perSecond: Number(values.rate), next: mixOf(rooms, () => token) });
    load.start();
    await sleep(5_000);
    const calm = quantile(load.figures.milliseconds, 0.99);
    const ends = [];
    for (let n = 0; n < Number(values.restarts); n++) {
      for (const it of [apis[n % 2], workers[n % 2]]) {
        const from = performance.now();
        ends.push(await it.stop());
        const gone = performance.now();
        await it.start();
        process.stdout.write(
          `restart ${n + 1} ${it.environment.BERTH_ROLES}: ended in ${Math.round(gone - from)} ms, back after ${Math.round(performance.now() - gone)} ms; ` +
            `${load.figures.sent} sent, ${load.figures.failures.length} failed\n`,
        );
      }
      await sleep(Number(values.pause) * 1_000);
    }
    await load.stop();
    clearInterval(again);
    await report(load.figures, { calm, ends, url: database.url });
  } finally {
    await proxy?.stop();
    await Promise.all([...apis, ...workers].map((it) => it.stop()));
    await database.stop();
    await removeEmbedded(dataDir);
    rmSync(home, { recursive: true, force: true });
    if (log.length > 0) process.stdout.write(`\nLog:\n${log.slice(-20).join('')}`);
  }
}

/** What was answered, and whether what was answered is there. */
async function report({ sent, failures, statuses, milliseconds, booked }, { calm, ends, url }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await sleep(2_000);
  const { rows } = await client.query(
    `select (select count(*)::int from reservation where id = any($1)) as kept,
            (select count(*)::int from event where type = 'reservation.created' and subject_id = any($1)) as told,
            (select count(*)::int from event where sequence is null) as waiting`,
    [booked],
  );
  await client.end();
  for (const it of failures.slice(0, 20)) process.stdout.write(`${it.at} ms ${it.method} ${it.path}: ${it.what}\n`);
  const [{ kept, told, waiting }] = rows;
  const figures = {
    ...{ proxy: values.proxy, restarts: Number(values.restarts), sent, failed: failures.length, statuses },
    ...{ p50: Math.round(quantile(milliseconds, 0.5)), p99: Math.round(quantile(milliseconds, 0.99)), calmP99: Math.round(calm) },
    ...{ booked: booked.length, kept, told, waiting, ends: [...new Set(ends)] },
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  const isWhole = kept === booked.length && told === booked.length && waiting === 0 && ends.every((it) => it === 0);
  if (failures.length > 0 || !isWhole) process.exitCode = 1;
}

if (values.help) process.stdout.write(`${USAGE}\n`);
else await main();
