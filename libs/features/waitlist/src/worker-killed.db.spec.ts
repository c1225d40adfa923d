import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import pg from 'pg';
import { waitlistOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const list = waitlistOn(db);
const { on } = list;
const morning = from('09:00').to('10:00');
/** Between two points at which a worker is killed; a long run takes every one. */
const EVERY = process.env['BERTH_LONG'] ? 1 : 5;

/** A time that is freed, and two who wait for it. */
async function freed() {
  const [owner, ada, grace, room] = [await given.aPerson(), await given.aPerson(), await given.aPerson(), await given.aResource()];
  const booked = await on.book.execute(owner, { resourceIds: [room.id], quantity: 1, ...morning });
  const join = (actor: Actor) =>
    list.join.execute(actor, { resourceIds: [room.id], ...morning, flexMinutes: 0, quantity: 1, autoAccept: false, priority: 0 });
  const [first, second] = [await join(ada), await join(grace)];
  await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
  const statuses = async () => [(await list.queries.one(ada, first.id)).status, (await list.queries.one(grace, second.id)).status];
  const offersOf = async (entry: { id: string }) => (await given.eventsOf(entry)).filter((it) => it === 'waitlist.offered').length;
  return { room, statuses, offers: async () => [await offersOf(first), await offersOf(second)] };
}

/**
 * Lets work send so many statements and then dies as a process does: the connection is gone, and nothing more is sent.
 * @returns whether it died before it was done
 */
async function killedAfter(statements: number, work: () => Promise<unknown>): Promise<boolean> {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  let left = statements;
  let isDead = false;
  pg.Client.prototype.query = function (this: { connection: { stream: { destroy(): void } } }, ...args: unknown[]) {
    if (left-- <= 0) {
      isDead = true;
      this.connection.stream.destroy();
    }
    return query.apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    await work().catch((error: unknown) => {
      if (!isDead) throw error;
    });
    return isDead;
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  }
}

/** A round of a worker that is alive, when what the dead one had taken is free again. */
async function laterRound(time: string): Promise<void> {
  on.clock.set(new Date(at(time).getTime() + 4_000));
  await list.worker().round();
}

describe('A worker that is killed', () => {
  beforeEach(async () => {
    on.clock.set(at('08:00'));
    await db.asOwner('delete from waitlist_entry');
    await db.asOwner('truncate occupancy');
  });

  it('after any of its statements has offered a freed time once in the end, and to nobody else', async () => {
    let points = 0;
    for (let isKilled = true; isKilled; points += EVERY) {
      on.clock.set(at('08:00'));
      const it = await freed();

      isKilled = await killedAfter(points, () => list.worker().round());
      await laterRound('08:00');

      expect([points, await it.statuses(), await it.offers()]).toEqual([points, ['offered', 'waiting'], [1, 0]]);
      expect(await given.occupancyOf(it.room)).toHaveLength(1);
    }
    expect(points).toBeGreaterThan(10);
  });

  it('while an offer runs out has passed it on once in the end', async () => {
    let points = 0;
    for (let isKilled = true; isKilled; points += EVERY) {
      on.clock.set(at('08:00'));
      await db.asOwner('delete from waitlist_entry');
      const it = await freed();
      await list.worker().round();
      on.clock.set(at('08:30'));

      isKilled = await killedAfter(points, () => list.worker().round());
      await laterRound('08:30');

      expect([points, await it.statuses(), await it.offers()]).toEqual([points, ['expired', 'offered'], [1, 1]]);
      expect(await given.occupancyOf(it.room)).toHaveLength(1);
    }
    expect(points).toBeGreaterThan(10);
  });
});
