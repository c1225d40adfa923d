import { useDatabase } from '@berth/platform/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Conflicts } from './conflicts';
import { from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

/** Keeps whoever reads the table waiting until it is given free. */
async function closed(table: string): Promise<{ waiting(): Promise<boolean>; open(): Promise<void> }> {
  const owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
  await owner.query(`begin; lock table ${table} in access exclusive mode`);
  const waiters = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'relation'`;
  return { waiting: async () => (await db.asOwner(waiters)).length > 0, open: () => owner.end() };
}

describe('What is in the way', () => {
  it('is looked up once for those who came before, and again for who comes when it may be gone', async () => {
    const [ada, grace, room] = [await given.aPerson(), await given.aPerson(), await given.aResource()];
    const wish = { resourceIds: [room.id], quantity: 1, title: 'Sync', ...from('09:00').to('10:00') };
    const conflicts = new Conflicts(db.database, on.catalogue);
    const { claim } = await on.allocation.explain(ada, wish);
    const inTheWay = await on.book.execute(grace, wish);
    const came = performance.now();
    // What is in the way is read first, then, from this table among others, what is free instead.
    const organizations = await closed('organization');
    const before = [conflicts.of(ada, claim, undefined, came), conflicts.of(ada, claim, undefined, came)];
    while (!(await organizations.waiting())) await sleep(10);
    await db.asOwner('delete from occupancy where reservation_id = $1', [inTheWay.id]);

    const after = conflicts.of(ada, claim);
    await organizations.open();

    expect(await after).toEqual([]);
    const [one, other] = await Promise.all(before);
    expect(one).toMatchObject([{ resourceId: room.id, reason: 'overlap' }]);
    expect(other?.[0]).toBe(one?.[0]);
  });
});
