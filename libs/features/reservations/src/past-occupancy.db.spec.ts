import { silentSchedule, useDatabase } from '@berth/platform/testing';
import pg from 'pg';
import { PastOccupancy } from './past-occupancy.worker';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const pruner = () => new PastOccupancy(db.database, on.clock, silentSchedule());
const inDays = (days: number): Date => new Date(at('12:00').getTime() + days * 86_400_000);

/** A room and a pool with a booking on the 7th and one on the 14th. */
async function usedResources() {
  const ada = await given.aPerson();
  const [room, pool] = [await given.aResource(), await given.aResource({ units: 2 })];
  const booked = [];
  for (const { id } of [room, pool])
    for (const day of [7, 14])
      booked.push(await on.book.execute(ada, { resourceIds: [id], quantity: 1, ...from('09:00', day).to('10:00') }));
  return { ada, room, pool, booked };
}

describe('Past occupancy', () => {
  beforeEach(async () => {
    on.clock.set(inDays(60));
    await pruner().prune();
    on.clock.set(at('08:00'));
  });

  it('goes when it is more than a week old; what is to come, the reservation and its history stay', async () => {
    const { ada, room, pool, booked } = await usedResources();
    expect(await pruner().prune()).toBe(0);

    on.clock.set(inDays(9));
    expect(await pruner().prune()).toBe(2);

    expect(await given.occupancyOf(room)).toEqual(['1 14 09:00–14 10:00']);
    expect(await given.occupancyOf(pool)).toEqual(['1 14 09:00–14 10:00']);
    expect(await on.queries.one(ada, booked[0]!.id)).toMatchObject({ start: '2026-12-07T09:00:00Z', resources: [{ resourceId: room.id }] });
    expect(await given.eventsOf(booked[0]!)).toEqual(['reservation.created']);
    expect(await pruner().prune()).toBe(0);
  });

  it('is deleted once by however many workers', async () => {
    await usedResources();
    on.clock.set(inDays(30));

    const deleted = await Promise.all([pruner().prune(), pruner().prune(), pruner().prune()]);
    deleted.push(await pruner().prune());

    expect(deleted.reduce((sum, it) => sum + it)).toBe(4);
  });

  it('is left for another time while somebody else has it, without waiting', async () => {
    const { room } = await usedResources();
    on.clock.set(inDays(30));
    const owner = new pg.Client({ connectionString: db.url });
    await owner.connect();
    await owner.query('begin');
    await owner.query('select from occupancy where leaf_id = $1 for update', [room.id]);

    expect(await pruner().prune()).toBe(2);
    await owner.query('rollback');
    await owner.end();

    expect(await pruner().prune()).toBe(2);
  });

  it('leaves a hold to who tells of its end', async () => {
    const room = await given.aResource();
    await on.hold.execute(await given.aPerson(), { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') });
    on.clock.set(inDays(30));

    expect(await pruner().prune()).toBe(0);
    expect(await on.sweeper.sweep()).toBe(1);
  });
});
