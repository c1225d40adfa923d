#!/usr/bin/env node
/** `npm run bench`: what booking costs beyond the database statement, in interleaved rounds against the bare reference server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasPgbench, runPgbench } from './pgbench.mjs';
import { startLoad } from './processes.mjs';
import { markdown, median, shortfalls, summarise } from './report.mjs';
import { deadlocks, setScene, signIn } from './scene.mjs';
import { measureSeries } from './series.mjs';

const USAGE = `npm run bench -- [--seconds 6] [--rounds 4] [--resources 200] [--connections 10,1] [--clients 1000] [--series 20] [--only-series] [--keys] [--quick] [--out dist/bench.json]

  --series how many series of 52 a round looks at and books
  --only-series  nothing else
  --keys   every request carries an Idempotency-Key, on both sides
  --quick  two rounds of two seconds: does it run, not how fast it is
Exit status 1 when a floor is missed.`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '4' },
    resources: { type: 'string', default: '200' },
    connections: { type: 'string', default: '10,1' },
    clients: { type: 'string', default: '1000' },
    series: { type: 'string', default: '20' },
    'only-series': { type: 'boolean', default: false },
    keys: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: 'dist/bench.json' },
    help: { type: 'boolean', default: false },
  },
});

const say = (line) => process.stderr.write(`${line}\n`);
const sides = ['berth', 'reference'];

async function measureSteady(scene, load, connections, { rounds, seconds, keys }) {
  const measured = [];
  // The first round only warms caches, compilers and connections.
  for (let round = 0; round <= rounds; round++) {
    const figures = {};
    scene.berth.target.headers.authorization = `Bearer ${await signIn(scene.berth.target.url)}`;
    for (const name of sides) {
      const side = scene[name];
      const { next, ...result } = await load.run('steady', {
        target: side.target,
        slots: side.slots,
        next: side.next,
        connections,
        keys,
        seconds: round === 0 ? Math.min(3, seconds) : seconds,
      });
      side.next = next;
      figures[name] = result;
      say(
        `${connections} connections, round ${round || 'warm-up'}: ${name} ${Math.round(result.rate)}/s, p99 ${result.p99.toFixed(1)} ms ${JSON.stringify(result.statuses)}`,
      );
    }
    if (round > 0) measured.push(figures);
  }
  return { connections, rounds: measured, summary: summarise(measured) };
}

async function measureRace(scene, load, clients, rounds) {
  const measured = [];
  scene.berth.target.headers.authorization = `Bearer ${await signIn(scene.berth.target.url)}`;
  for (let round = 0; round < rounds; round++) {
    const figures = { clients };
    for (const name of sides) {
      const side = scene[name];
      const { next, ...result } = await load.run('race', { target: side.target, slots: side.slots, next: side.next, clients });
      side.next = next;
      figures[name] = result;
      say(`race, round ${round + 1}: ${name} ${result.seconds.toFixed(2)} s ${JSON.stringify(result.statuses)}`);
    }
    measured.push(figures);
  }
  return { clients, rounds: measured, ratio: median(measured.map((round) => round.berth.seconds / round.reference.seconds)) };
}

async function measurePgbench(scene, steady, seconds) {
  if (!hasPgbench()) return undefined;
  const rows = [];
  for (const { connections, rounds } of steady) {
    const rate = await runPgbench({ database: scene.reference.database, slots: scene.reference.slots, clients: connections, seconds });
    const of = (name) => median(rounds.map((round) => round[name].rate)) / rate;
    rows.push({ clients: connections, rate, berth: of('berth'), reference: of('reference') });
    say(`pgbench, ${connections} clients: ${Math.round(rate)}/s`);
  }
  return rows;
}

async function main() {
  if (values.help) return say(USAGE);
  const rounds = values.quick ? 2 : Number(values.rounds);
  const seconds = values.quick ? 2 : Number(values.seconds);
  const scene = await setScene({ resources: Number(values.resources), log: say });
  const load = startLoad();
  try {
    const steady = [];
    for (const connections of values['only-series'] ? [] : values.connections.split(',').map(Number)) {
      steady.push(await measureSteady(scene, load, connections, { rounds, seconds, keys: values.keys }));
    }
    const race = values['only-series'] ? undefined : await measureRace(scene, load, Number(values.clients), values.quick ? 2 : 5);
    const pgbench = values['only-series'] ? undefined : await measurePgbench(scene, steady, seconds);
    scene.berth.target.headers.authorization = `Bearer ${await signIn(scene.berth.target.url)}`;
    const asked = values.quick ? 5 : Number(values.series);
    const series = await measureSeries({ target: scene.berth.target, rounds, asked, log: say });
    const counts = await Promise.all(scene.databases.map(deadlocks));
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${rounds} rounds of ${seconds} s`;
    const results = { machine, steady, race, series, pgbench, deadlocks: counts };
    mkdirSync(dirname(resolve(values.out)), { recursive: true });
    writeFileSync(values.out, JSON.stringify(results, null, 2));
    process.stdout.write(markdown(results));
    process.exitCode = shortfalls(results).length === 0 ? 0 : 1;
  } finally {
    load.stop();
    await scene.stop();
  }
}

await main();
