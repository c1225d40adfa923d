#!/usr/bin/env node
/** Many sockets over two API processes: how long an event takes to all of them, what memory they cost, and how they come back. */
import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { throwAwayDirectory } from '../test-database/throw-away-directory.mjs';
import { quantile } from './load.mjs';
import { freePort, Place } from './processes.mjs';

const { values } = parseArgs({
  options: {
    sockets: { type: 'string', default: '2000' },
    rooms: { type: 'string', default: '100' },
    events: { type: 'string', default: '20' },
    'all-follow': { type: 'boolean', default: false },
  },
});
const SOCKETS = Number(values.sockets);
const PER_PERSON = 5;
/** As consoles come back: at a random moment of these. */
const BACK_WITHIN_MS = 30_000;

async function post(url, path, body, token) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

/** People with a session each, and tickets, written past the doors: signing in ten thousand is not what is measured. */
async function people(owner, organizationId, count) {
  await owner.query(
    `insert into account (id, org_id, username, email, display_name, role, status, created_at)
     select gen_random_uuid(), $1, 'p' || n, 'p' || n || '@example.org', 'P ' || n, 'user', 'active', now() from generate_series(1, $2::int) n`,
    [organizationId, count],
  );
  await owner.query(
    `insert into session (id, org_id, account_id, token_hash, created_at, expires_at)
     select gen_random_uuid(), org_id, id, decode(md5(id::text) || md5(id::text), 'hex'), now(), now() + interval '1 day' from account where org_id = $1 and username ~ '^p\\d+$'`,
    [organizationId],
  );
  const { rows } = await owner.query(
    `select s.id as session, s.account_id as account from session s join account a on a.id = s.account_id where a.username ~ '^p\\d+$'`,
  );
  return rows;
}

async function ticketsFor(owner, organizationId, persons, count) {
  const tickets = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  await owner.query(
    `insert into stream_ticket (hash, org_id, account_id, session_id, expires_at)
     select h, $1, a, s, now() + interval '1 hour' from unnest($2::bytea[], $3::uuid[], $4::uuid[]) as t(h, a, s)`,
    [
      organizationId,
      tickets.map((it) => createHash('sha256').update(it).digest()),
      tickets.map((_, n) => persons[n % persons.length].account),
      tickets.map((_, n) => persons[n % persons.length].session),
    ],
  );
  return tickets;
}

async function main() {
  const { startEmbedded, removeEmbedded } = await import('../../dist/libs/platform/database/src/embedded.js');
  const dataDir = throwAwayDirectory('berth-sockets-');
  const home = mkdtempSync(join(tmpdir(), 'berth-sockets-home-'));
  const database = await startEmbedded({ dataDir, durable: false, log: () => undefined });
  const owner = new pg.Pool({ connectionString: database.url, max: 2 });
  const log = [];
  const shared = {
    DATABASE_URL: database.url,
    BERTH_DATA_DIR: home,
    BERTH_SETUP_TOKEN: 'sockets-set-up',
    BERTH_RATE_LIMIT: 'off',
    BERTH_LOG_LEVEL: 'warn',
    BERTH_DRAIN_SECONDS: '0',
    HOST: '0.0.0.0',
  };
  const apis = [];
  for (let n = 0; n < 2; n++) apis.push(new Place({ ...shared, BERTH_ROLES: 'api', PORT: String(await freePort()) }, log));
  const worker = new Place({ ...shared, BERTH_ROLES: 'worker', PORT: '0' }, log);
  const client = fork(fileURLToPath(new URL('./followers.mjs', import.meta.url)));
  const run = (kind, job = {}) =>
    new Promise((resolve, reject) => {
      client.once('message', ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)));
      client.send({ kind, ...job });
    });
  const say = (line) => process.stdout.write(`${line}\n`);
  try {
    for (const it of [...apis, worker]) await it.start();
    const [one, two] = apis;
    const { access_token: token } = await post(one.url, '/setup/initialize', {
      setupToken: 'sockets-set-up',
      organization: { name: 'Sockets', timeZone: 'Etc/UTC' },
      admin: { username: 'admin', email: 'a@example.org', password: 'sockets correct horse staple' },
      kinds: ['room'],
    });
    const { rows } = await owner.query('select id from organization');
    const organizationId = rows[0].id;
    const site = (await post(one.url, '/sites', { name: 'HQ', countryCode: 'DE', timeZone: 'Etc/UTC' }, token)).id;
    const rooms = [];
    for (let n = 0; n < Number(values.rooms); n++)
      rooms.push((await post(one.url, '/resources', { name: `R ${n}`, siteId: site }, token)).id);
    const persons = await people(owner, organizationId, Math.ceil(SOCKETS / PER_PERSON));
    const tickets = await ticketsFor(owner, organizationId, persons, SOCKETS);
    // What the scene was made of is in the log before anybody follows it.
    for (let n = 1; n > 0; await sleep(200))
      ({ n } = (await owner.query('select count(*)::int as n from event where sequence is null')).rows[0]);
    const memoryBefore = apis.map((it) => memoryOf(it.pid));
    // One address has 28,000 ports towards another.
    const clients = tickets.map((ticket, n) => ({
      url: apis[n % 2].url,
      ticket,
      topic: values['all-follow'] ? `site:${site}` : `resource:${rooms[(n >> 1) % rooms.length]}`,
    }));
    const opened = performance.now();
    const { ready } = await run('open', { clients, atOnce: 50 });
    const seconds = (performance.now() - opened) / 1_000;
    await sleep(5_000);
    const perSocket = apis.map((it, n) => Math.round((memoryOf(it.pid) - memoryBefore[n]) / (SOCKETS / 2) / 1024));
    say(`${ready} of ${SOCKETS} open in ${seconds.toFixed(1)} s; ${perSocket.join(' and ')} KiB a socket`);
    await run('take');

    const day = Math.floor(Date.now() / 86_400_000) + 2;
    let slot = 0;
    const book = async (api) => {
      const start = (day + Math.floor(slot / 48)) * 86_400_000 + (slot++ % 48) * 1_800_000;
      const body = {
        resourceId: rooms[slot % rooms.length],
        start: new Date(start).toISOString(),
        end: new Date(start + 1_800_000).toISOString(),
      };
      const from = Date.now();
      return [(await post(api.url, '/reservations', body, token)).id, from];
    };
    const sent = new Map();
    for (let n = 0; n < Number(values.events); n++) {
      const [id, from] = await book(apis[n % 2]);
      sent.set(id, from);
      await sleep(1_000);
    }
    await sleep(3_000);
    const { events, doubled, resyncs } = await run('take');
    const delays = events.flatMap(([id, at]) => (sent.has(id) ? [at - (sent.get(id) ?? at)] : []));
    const each = values['all-follow'] ? SOCKETS : SOCKETS / Number(values.rooms);
    say(
      `${sent.size} events: ${delays.length} of ${Math.round(sent.size * each)} told, ${doubled} twice, ${resyncs} resyncs; from the request p50 ${quantile(delays, 0.5)} ms, p99 ${quantile(delays, 0.99)} ms, at most ${quantile(delays, 1)} ms`,
    );

    // One of the two is killed: half of them come back to the other, with what they missed.
    const calm = [];
    for (let n = 0; n < 20; n++)
      calm.push(await timed(() => fetch(`${two.url}/api/v1/users/me`, { headers: { authorization: `Bearer ${token}` } })));
    await one.stop('SIGKILL');
    await sleep(500);
    const missed = [];
    for (let n = 0; n < 5; n++) missed.push((await book(two))[0]);
    const again = await ticketsFor(owner, organizationId, persons, SOCKETS);
    await run('take');
    const asking = new AbortController();
    const during = [];
    const asks = (async () => {
      while (!asking.signal.aborted) {
        during.push(await timed(() => fetch(`${two.url}/api/v1/users/me`, { headers: { authorization: `Bearer ${token}` } })));
        await sleep(100);
      }
    })();
    const { took } = await run('comeBack', { tickets: again, url: two.url, withinMs: BACK_WITHIN_MS });
    asking.abort();
    await asks;
    await sleep(3_000);
    const back = await run('take');
    say(
      `${took.length} came back, 99 % within ${(quantile(took, 0.99) / 1_000).toFixed(1)} s; ${back.open} open; ${back.events.length} events told again, ${back.doubled} twice, ${back.resyncs} resyncs; ` +
        `requests beside p99 ${Math.round(quantile(during, 0.99))} ms (before ${Math.round(quantile(calm, 0.99))} ms)`,
    );
  } finally {
    client.kill();
    await Promise.all([...apis, worker].map((it) => it.stop()));
    await owner.end();
    await database.stop();
    await removeEmbedded(dataDir);
    rmSync(home, { recursive: true, force: true });
    if (log.length > 0) process.stdout.write(`\nLog:\n${log.slice(-10).join('')}`);
  }
}

async function timed(work) {
  const from = performance.now();
  await (await work()).arrayBuffer();
  return performance.now() - from;
}

await main();
