import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { seeded } from '../checker/random.mjs';
import { bookOn, Persistent } from './clients.mjs';
import { Follower } from './follower.mjs';
import { judge } from './judge.mjs';
import { startPrograms, until } from './programs.mjs';
import { startReceiver } from './receiver.mjs';

const ROOMS = 16;
const CLIENTS = 32;
/** Without anything being told: a letter that was in the hands of a worker that died waits for its lease, deliveries wait less. */
const PATIENCE_MS = 400_000;
const LOOK_MS = 200;
const TELL_MS = 5_000;

/**
 * Plays and judges.
 * @param {object} options
 * @param {number} options.reservations
 * @param {number} options.kills
 * @param {number} options.seed
 * @param {boolean} [options.hurries] lets leases of the dead run out at once, once everything is back
 * @param {(line: string) => void} [options.say]
 * @returns {Promise<{ figures: Record<string, any>, wrong: string[] }>}
 */
export async function runFaults({ reservations, kills, seed, hurries = false, say = () => undefined }) {
  const { startSink } = await import('../../dist/libs/platform/mail/src/testing.js');
  const random = seeded(seed);
  const [sink, receiver] = [await startSink(), await startReceiver()];
  const programs = await startPrograms(sink.url);
  const database = new pg.Pool({ connectionString: programs.databaseUrl, max: 4 });
  database.on('error', () => undefined);
  const booked = new Set();
  const killed = {};
  let follower;
  try {
    const person = new Persistent(programs.url);
    await person.setUp();
    const rooms = [];
    for (let n = 0; n < ROOMS; n++) rooms.push((await person.client.must('POST', '/resources', { body: { name: `Room ${n}` } })).id);
    await webhook(person, receiver.url);
    // Whoever tells is up before anything is killed.
    await until(async () => {
      if (sumOf(await waiting(database)) > 0) throw new Error('not told yet');
    });
    follower = new Follower(person, programs.url);
    await follower.ready;

    const turns = slices(reservations, kills);
    const clients = Array.from({ length: CLIENTS }, (_, n) => bookOn(person, { rooms, random: random.fork(n), next: turns.next, booked }));
    for (let kill = 0; kill < kills; kill++) {
      await turns.inTheMiddle();
      const name = random.pick(Object.keys(programs.victims));
      await programs.victims[name]();
      killed[name] = (killed[name] ?? 0) + 1;
      if (kill % 5 === 4) await programs.flush();
      say(`kill ${kill + 1}: ${name}; ${booked.size} booked, ${receiver.told.size} told, ${person.repeated} requests repeated`);
      await sleep(random.below(1_000));
      // What is killed while it starts is worth a try, but not every time.
      if (random.happens(0.7)) await programs.isReady();
      turns.release();
    }
    await Promise.all(clients);
    await programs.isReady();
    const from = performance.now();
    await allTold(database, hurries, say);
    await sleep(1_000);
    await follower.settled();
    const seen = { told: receiver.told, followed: follower.state, booked, messageIds: sink.received.map(idOf) };
    const { body: chain } = await person.ask('GET', '/audit/verify');
    const deaths = kills - (killed.redis ?? 0) - (killed.api ?? 0);
    const { figures, wrong } = await judge(database, { ...seen, chain, deaths });
    return {
      figures: {
        ...figures,
        killed,
        repeated: person.repeated,
        refused: person.refused,
        cuts: follower.cuts,
        resyncs: follower.resyncs,
        quietMs: Math.round(performance.now() - from),
      },
      wrong: [...wrong, ...person.failures],
    };
  } finally {
    await follower?.stop();
    await database.end();
    await programs.stop();
    await receiver.stop();
    await sink.stop();
  }
}

async function webhook(person, url) {
  const scope = { kind: 'all', ids: [], descendants: false };
  const body = { name: 'Receiver', url, events: EVENTS, scope, payload: 'full', headers: [], state: 'active' };
  await person.client.must('POST', '/webhooks', { body });
}
const EVENTS = ['created', 'updated', 'moved', 'cancelled'].map((it) => `reservation.${it}`);

/** Letters of Berth have their id before the @. */
const idOf = ({ headers }) => /<([^@]+)@/.exec(headers['message-id'] ?? '')?.[1] ?? '';

/** Parts the work into as many slices as there are kills and one more; each kill comes while a slice is worked at. */
function slices(total, kills) {
  let [begun, released] = [0, Math.ceil(total / (kills + 1))];
  const size = released;
  return {
    async next() {
      while (begun >= released && released < total) await sleep(20);
      return begun < Math.min(total, released) ? begun++ : undefined;
    },
    inTheMiddle: async () => {
      while (begun < Math.min(total, released) - size / 2) await sleep(10);
    },
    release: () => (released += size),
  };
}

/** @throws Error when something waits and none of it is told for a long time */
async function allTold(database, hurries, say) {
  let [least, since, toldAt] = [Infinity, performance.now(), -Infinity];
  for (; ; await sleep(LOOK_MS)) {
    const left = await waiting(database);
    const many = sumOf(left);
    if (many === 0) return;
    const now = performance.now();
    if (now - toldAt > TELL_MS) say(`still waiting: ${JSON.stringify(left)}`);
    if (now - toldAt > TELL_MS) toldAt = now;
    if (many < least) [least, since] = [many, now];
    if (now - since > PATIENCE_MS) throw new Error(`still waiting: ${JSON.stringify(left)}`);
    if (hurries && left.events + left.unread === 0) await hurry(database);
  }
}

async function waiting(database) {
  const { rows } = await database.query(`
    select (select count(*)::int from event where sequence is null) as events,
           (select max(h.position - r.position)::int from event_reader r cross join event_log_head h) as unread,
           (select count(*)::int from webhook_delivery where state in ('pending', 'failed')) as deliveries,
           (select count(*)::int from mail where state = 'waiting') as letters`);
  return rows[0];
}
const sumOf = (counts) => Object.values(counts).reduce((sum, it) => sum + it, 0);

async function hurry(database) {
  await sleep(2_000);
  await database.query(`update webhook_delivery set leased_until = null, next_attempt_at = now() where state in ('pending', 'failed')`);
  await database.query(`update mail set next_try_at = now() where state = 'waiting'`);
}
