import { setTimeout as sleep } from 'node:timers/promises';
import { BerthClient } from './berth-client.mjs';
import { Recorder } from './history.mjs';
import { check } from './invariants/index.mjs';
import { made, nothingKnown, Player } from './operations.mjs';
import { seeded } from './random.mjs';
import { createWorld } from './world.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} url base URL
 * @property {string} token of an admin
 * @property {number} seed
 * @property {number} [clients] 32
 * @property {number} [people] 8, shared by the clients
 * @property {number} [operations] 10,000
 * @property {number} [cut] share of requests whose connection is destroyed after sending; 0.02
 * @property {number} [double] share of requests sent twice at once; 0.02
 * @property {number} [abandoned] how many holds may be left to expire when nothing can make them expire at once; 12
 * @property {number} [longestUndo] seconds in which a cancellation may be taken back, at most; 3. The run waits for their end
 * @property {number} [sweepMs] how long after expiry holds must be gone; 5,000
 * @property {number} [slackMs] how far the clocks may differ; 1,000
 * @property {(holdId: string) => Promise<void>} [expireHold]
 */

/**
 * @typedef {object} RunResult
 * @property {import('./history.mjs').History} history
 * @property {import('./invariants/violation.mjs').Violation[]} violations
 * @property {Figures} figures
 */

/**
 * @typedef {object} Figures
 * @property {number} operations
 * @property {number} seconds
 * @property {number} perSecond
 * @property {number} retried operations that needed more than one attempt
 * @property {number} unresolved operations whose outcome stayed unknown
 * @property {Record<string, number>} serverErrors answers of 500 and above by status
 * @property {Record<string, {ok: number, fail: number, info: number, p50: number, p99: number}>} byKind latencies in milliseconds
 */

/**
 * Plays random operations against a server and judges what was heard.
 * @param {RunOptions} options
 * @returns {Promise<RunResult>}
 */
export async function runChecker(options) {
  const { url, token, seed, clients = 32, people = 8, operations = 10_000, slackMs = 1000, sweepMs = 5000 } = options;
  const admin = new BerthClient(url, token);
  try {
    const world = await createWorld(admin, { seed, people });
    const recorder = new Recorder();
    const players = playersOf(world, recorder, { ...options, clients });
    await play(players, operations);
    const seconds = recorder.now() / 1e9;
    await settle(players, recorder, { slackMs, sweepMs, expireHold: options.expireHold });
    const final = await finalTable(admin, world, recorder);
    const history = recorder.history({ seed, units: world.units, leaves: world.leaves, window: world.window, slackMs }, final);
    return { history, violations: check(history), figures: figuresOf(history, players, seconds) };
  } finally {
    admin.close();
  }
}

function playersOf(world, recorder, { seed, clients, cut = 0.02, double = 0.02, abandoned = 12, longestUndo = 3, expireHold }) {
  const random = seeded(seed);
  const known = world.people.map(nothingKnown);
  const abandons = { left: abandoned };
  const run = `${seed.toString(36)}-${Date.now().toString(36)}`;
  return Array.from({ length: clients }, (_, number) => {
    const index = number % world.people.length;
    const own = { number, person: world.people[index], known: known[index], random: random.fork(number) };
    return new Player({ ...own, world, recorder, trouble: { cut, double }, abandons, longestUndo, expireHold, run });
  });
}

async function play(players, operations) {
  let left = operations;
  await Promise.all(
    players.map(async (player) => {
      while (left-- > 0) await player.act();
    }),
  );
}

/** Gives back the holds somebody still means to use, waits until every other must be gone and every undo is over, then looks through each door and books on. */
async function settle(players, recorder, { slackMs, sweepMs, expireHold }) {
  await Promise.all(
    players.map(async (player) => {
      while (player.known.holds.length > 0) await player.release();
    }),
  );
  const holds = recorder.operations.filter((it) => it.f === 'hold' && it.type === 'ok');
  const ended = new Set(recorder.operations.filter((it) => it.type === 'ok' && it.args.hold).map((it) => it.args.hold));
  const left = holds.filter((it) => !ended.has(it.result.id));
  if (expireHold) for (const hold of left) await expireHold(hold.result.id);
  const open = expireHold ? [] : left.map((it) => it.result.expiresAt + sweepMs);
  const undoable = recorder.operations
    .filter((it) => it.f === 'cancel' && it.args.undoSeconds)
    .map((it) => recorder.startedAt + (it.end ?? 0) / 1e6 + it.args.undoSeconds * 1000);
  await sleep(Math.max(0, ...open.map((until) => until - Date.now()), ...undoable.map((until) => until - Date.now())) + slackMs + 100);
  const [witness, ...others] = players;
  for (const door of ['list', 'availability']) await witness.read(door);
  for (const player of [witness, ...others.slice(0, 7)]) for (let round = 0; round < 8; round++) await player.book();
  for (const door of ['list', 'availability']) await witness.read(door);
}

/** Every reservation the run knows by id or finds in the window, with its own history. */
async function finalTable(admin, world, recorder) {
  const ids = new Set(recorder.operations.filter((it) => it.type === 'ok' && ['book', 'confirm'].includes(it.f)).map((it) => it.result.id));
  const reads = recorder.operations.filter((it) => it.f === 'read' && it.type === 'ok');
  reads
    .flatMap((read) => read.result.rows)
    .filter((row) => row.status !== 'held')
    .forEach((row) => ids.add(row.id));
  const queue = [...ids];
  const rows = [];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let id = queue.pop(); id; id = queue.pop()) rows.push(await finalRow(admin, id));
    }),
  );
  return rows.filter((row) => row !== undefined).sort((one, other) => one.start - other.start);
}

async function finalRow(admin, id) {
  const { status, body } = await admin.send('GET', `/reservations/${id}`);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`GET /reservations/${id} answered ${status}`);
  const told = await admin.send('GET', `/reservations/${id}/history`);
  const events = told.status === 200 ? told.body.data.map((event) => ({ type: event.type, version: event.data?.version })) : null;
  return { ...made(body), title: body.title, owner: body.organizer?.id, quantity: body.resources?.[0]?.quantity ?? 1, events };
}

function figuresOf(history, players, seconds) {
  const acts = history.operations;
  const byKind = Object.fromEntries(
    [...Map.groupBy(acts, (it) => it.f)].map(([f, items]) => {
      const times = items
        .filter((it) => it.end !== null)
        .map((it) => (it.end - it.inv) / 1e6)
        .sort((one, other) => one - other);
      const count = (type) => items.filter((it) => it.type === type).length;
      const quantile = (share) => Number((times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1));
      return [f, { ok: count('ok'), fail: count('fail'), info: count('info'), p50: quantile(0.5), p99: quantile(0.99) }];
    }),
  );
  const errors = Map.groupBy(
    players.flatMap((player) => player.serverErrors),
    (status) => status,
  );
  return {
    operations: acts.length,
    seconds: Number(seconds.toFixed(1)),
    perSecond: Math.round(acts.length / seconds),
    retried: acts.filter((it) => (it.attempts ?? 1) > 1).length,
    unresolved: acts.filter((it) => it.type === 'info').length,
    serverErrors: Object.fromEntries([...errors].map(([status, items]) => [status, items.length])),
    byKind,
  };
}
