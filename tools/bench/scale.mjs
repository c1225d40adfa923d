#!/usr/bin/env node
/** `npm run bench -- --scale`: what is asked most, of a small and of a large organization in interleaved rounds. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startLoad, startServer } from './processes.mjs';
import { median } from './report.mjs';
import { seed } from './scale-seed.mjs';
import { BERTH, cloneDatabase, environmentOf, furnish, signIn } from './scene.mjs';
import { aYearOfWeeks } from './series.mjs';

const USAGE = `npm run bench -- --scale [--resources 10000] [--reservations 5000000] [--small 100000] [--rounds 3] [--asked 100] [--seconds 5] [--out dist/bench-scale.json]`;

const { values } = parseArgs({
  options: {
    scale: { type: 'boolean', default: true },
    resources: { type: 'string', default: '10000' },
    reservations: { type: 'string', default: '5000000' },
    small: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    asked: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '5' },
    out: { type: 'string', default: 'dist/bench-scale.json' },
    help: { type: 'boolean', default: false },
  },
});

/** Milliseconds at the 95th percentile, by the specification (engine.md §5). */
const GOALS = {
  'first 50': 15,
  'filtered, 4 clients': 60,
  'grid, 200 resources × 1 week': 40,
  'next slot': 40,
  'series of 52, 3 conflicts: check': 150,
  'series of 52, 3 conflicts: book': 150,
};
const CPU_GROWTH = 1.5;
const DAY_MS = 86_400_000;
/** More than the pool has connections, and so often that each has been asked what PostgreSQL plans five times before it keeps to a plan. */
const WARM_CLIENTS = 24;
const WARM_ASKED = 400;
const LEAD_IN = 10;

const say = (line) => process.stderr.write(`${line}\n`);
const p95 = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
const firstDay = new Date((Math.floor(Date.now() / DAY_MS) + 2) * DAY_MS);
/** The n-th of a fixed sequence of hours in the first month. */
const hourOf = (n) => new Date(firstDay.getTime() + ((n * 7) % 28) * DAY_MS + (8 + ((n * 5) % 9)) * 3_600_000);
const hours = (instant, count) => new Date(instant.getTime() + count * 3_600_000).toISOString();

/** On a resource of the type that most others have, so that there is much to look through for alternatives. */
async function aSeries({ get, post, ids }, n) {
  const { typeId } = await get(`/resources/${ids[0]}`);
  return aYearOfWeeks(post, `Series ${n}`, { typeId });
}

/** What is asked, as requests of the n-th time; what has to be there for it is prepared before the time is taken. */
const questions = {
  'first 50': {
    clients: 1,
    ask: ({ post }, n) => post('/availability/search', { from: hours(hourOf(n), 0), to: hours(hourOf(n), 1), limit: 50 }),
  },
  'filtered, 4 clients': {
    clients: 4,
    ask: ({ post }, n) =>
      post('/availability/search', {
        from: hours(hourOf(n), 0),
        to: hours(hourOf(n), 1),
        capacity: 4 + (n % 9),
        tags: [`tag-${n % 20}`],
        limit: 50,
      }),
  },
  'grid, 200 resources × 1 week': {
    clients: 1,
    ask: ({ get, ids }, n) => {
      const from = (n * 137) % Math.max(1, ids.length - 200);
      const resources = ids.slice(from, from + 200).map((it) => `resource=${it}`);
      const start = new Date(firstDay.getTime() + (n % 20) * DAY_MS);
      return get(`/availability?from=${start.toISOString()}&to=${hours(start, 168)}&${resources.join('&')}`);
    },
  },
  'next slot': {
    clients: 1,
    ask: ({ get, ids }, n) => get(`/resources/${ids[(n * 61) % ids.length]}/next-available?durationMinutes=60&from=${hours(hourOf(n), 0)}`),
  },
  'series of 52, 3 conflicts: check': {
    clients: 1,
    prepare: aSeries,
    ask: ({ post }, _n, series) => post('/availability/check', series),
  },
  'series of 52, 3 conflicts: book': {
    clients: 1,
    prepare: aSeries,
    ask: ({ post }, _n, series) => post('/reservations', { ...series, onConflict: 'skip' }),
  },
};

async function openSide(name, databaseUrl, dataDir) {
  const server = await startServer(BERTH, environmentOf(databaseUrl, dataDir));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query('select id from resource order by id');
  await client.end();
  return { name, server, ids: rows.map((it) => it.id), next: 0, database: new URL(databaseUrl).pathname.slice(1) };
}

/** Over HTTPS; by itself `fetch` leaves out what it takes only there. */
const asBrowsersDo = { 'accept-encoding': 'gzip, deflate, br' };

async function callerOf(side) {
  const authorization = `Bearer ${await signIn(side.server.url)}`;
  const call = async (path, { headers, ...init } = {}) => {
    const answer = await fetch(`${side.server.url}/api/v1${path}`, { ...init, headers: { ...asBrowsersDo, authorization, ...headers } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    ids: side.ids,
    get: (path) => call(path),
    post: (path, body) => call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  };
}

/** The first few are not counted: between two rounds a server has rested while the other was asked. */
async function ask({ clients, prepare, ask }, caller, count, offset) {
  const times = [];
  let next = -LEAD_IN;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) {
        const n = offset + next++;
        const prepared = await prepare?.(caller, n);
        const began = performance.now();
        await ask(caller, n, prepared);
        if (n >= offset) times.push(performance.now() - began);
      }
    }),
  );
  return p95(times);
}

/** CPU seconds so far of the server and of the PostgreSQL processes that serve its database. */
function cpuSeconds(side) {
  const mine = (command) => command.includes(`postgres: berth ${side.database} `);
  return readdirSync('/proc')
    .filter((it) => /^\d+$/.test(it))
    .reduce((sum, pid) => {
      try {
        if (Number(pid) !== side.server.pid && !mine(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))) return sum;
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
        return sum + (Number(fields[11]) + Number(fields[12])) / 100;
      } catch {
        return sum;
      }
    }, 0);
}

/** CPU milliseconds a booking costs; slots lie in the evening, where nothing is seeded. */
async function bookingCost(side, load, seconds) {
  const headers = { authorization: `Bearer ${await signIn(side.server.url)}` };
  const slots = { resources: side.ids, from: firstDay.getTime() + 19 * 3_600_000, stepMs: DAY_MS, lengthMs: 1_800_000 };
  const before = cpuSeconds(side);
  const job = { target: { url: side.server.url, path: '/api/v1/reservations', headers }, slots, next: side.next, connections: 10, seconds };
  const { next, statuses } = await load.run('steady', job);
  const booked = next - side.next;
  side.next = next;
  if (statuses[201] !== booked) throw new Error(`Booking answered ${JSON.stringify(statuses)}`);
  return ((cpuSeconds(side) - before) * 1000) / booked;
}

async function measure(sides, load) {
  const rounds = [];
  // The first round only warms caches and compilers, and every connection to the database: each plans a statement anew for its first uses.
  for (let round = 0; round <= Number(values.rounds); round++) {
    const figures = {};
    for (const side of sides) {
      const caller = await callerOf(side);
      figures[side.name] = {};
      for (const [name, question] of Object.entries(questions)) {
        const [clients, asked] = round === 0 ? [WARM_CLIENTS, WARM_ASKED] : [question.clients, Number(values.asked)];
        figures[side.name][name] = await ask({ ...question, clients }, caller, asked, LEAD_IN + round * 1000);
      }
      figures[side.name]['booking CPU'] = await bookingCost(side, load, Number(values.seconds));
      say(
        `round ${round || 'warm-up'}, ${side.name}: ${Object.entries(figures[side.name])
          .map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`)
          .join(' · ')}`,
      );
    }
    if (round > 0) rounds.push(figures);
  }
  return rounds;
}

function report(rounds, machine) {
  const names = [...Object.keys(questions), 'booking CPU'];
  const ms = (it) => it.toFixed(1);
  const rows = names.map((name) => {
    const large = rounds.map((it) => it.large[name]);
    const small = rounds.map((it) => it.small[name]);
    const ratio = median(rounds.map((it) => it.large[name] / it.small[name]));
    return `| ${name} | ${small.map(ms).join(' · ')} | ${large.map(ms).join(' · ')} | ${ms(median(large))} | ${GOALS[name] ?? ''} | ${ratio.toFixed(2)} |`;
  });
  return `# A large organization\n\n${machine}. ${values.resources} resources; ${values.small} and ${values.reservations} reservations. p95 in ms over HTTP, every round; the last row is CPU ms of a booking, server and database.\n\n| | small | large | median | goal | large/small |\n| --- | ---: | ---: | ---: | ---: | ---: |\n${rows.join('\n')}\n`;
}

function shortfalls(rounds) {
  const late = Object.entries(GOALS).flatMap(([name, goal]) => {
    const found = median(rounds.map((it) => it.large[name]));
    return found > goal ? [`${name}: ${found.toFixed(1)} ms, goal ${goal}`] : [];
  });
  const growth = median(rounds.map((it) => it.large['booking CPU'] / it.small['booking CPU']));
  return growth > CPU_GROWTH ? [...late, `booking CPU grew ${growth.toFixed(2)} ×, at most ${CPU_GROWTH}`] : late;
}

async function main() {
  if (values.help) return say(USAGE);
  const { startEmbedded, removeEmbedded } = await import('../../dist/libs/platform/database/src/embedded.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'berth-bench-'));
  const database = await startEmbedded({ dataDir, durable: true, log: say });
  const load = startLoad();
  const sides = [];
  try {
    await furnish(environmentOf(database.url, dataDir), 1);
    const urls = { small: database.url, large: await cloneDatabase(database, 'bench_large') };
    for (const [name, url] of Object.entries(urls)) {
      const reservations = Number(name === 'small' ? values.small : values.reservations);
      const superuserUrl = Object.assign(new URL(database.adminUrl), { pathname: new URL(url).pathname }).href;
      const began = performance.now();
      await seed({ superuserUrl, resources: Number(values.resources), reservations, firstDay });
      say(`${reservations} reservations written in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      sides.push(await openSide(name, url, dataDir));
    }
    const rounds = await measure(sides, load);
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
    mkdirSync(dirname(resolve(values.out)), { recursive: true });
    writeFileSync(values.out, JSON.stringify({ machine, rounds }, null, 2));
    const missed = shortfalls(rounds);
    process.stdout.write(
      `${report(rounds, machine)}${missed.length > 0 ? `\nMissed:\n${missed.map((it) => `- ${it}`).join('\n')}\n` : ''}`,
    );
    process.exitCode = missed.length === 0 ? 0 : 1;
  } finally {
    load.stop();
    for (const side of sides) await side.server.stop();
    await database.stop();
    await removeEmbedded(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
