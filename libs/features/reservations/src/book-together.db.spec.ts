import { newId } from '@berth/kernel';
import { type Database, sql } from '@berth/platform/database';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const morning = from('09:00').to('10:00');
const wish = (resource: { id: string }, when = morning) => ({ resourceIds: [resource.id], quantity: 1, title: 'Sync', ...when });
const codeOf = (it: PromiseSettledResult<unknown>) => (it.status === 'fulfilled' ? 'booked' : (it.reason as { code: string }).code);

/** Names of the statements that book, as they are sent. */
function statements(): string[] {
  const sent: string[] = [];
  const { prepared } = db.database;
  db.database.prepared = ((name: string, statement: never) => {
    sent.push(name);
    return prepared.call(db.database, name, statement);
  }) as Database['prepared'];
  return sent;
}

/** Terms are remembered, so that those who book in a test come at the same moment. */
async function resources(count: number): Promise<{ id: string }[]> {
  const all = await Promise.all(Array.from({ length: count }, () => given.aResource()));
  const ada = await given.aPerson();
  for (const it of all) await on.book.execute(ada, wish(it, from('18:00').to('18:15')));
  return all;
}

describe('Those who book at the same moment', () => {
  beforeEach(() => on.clock.set(at('08:00')));
  afterEach(() => Reflect.deleteProperty(db.database, 'prepared'));

  it('share a statement, and each gets what booking alone gives', async () => {
    const rooms = await resources(9);
    const ada = await given.aPerson();
    const sent = statements();
    const booked = await Promise.all(
      rooms.map((it) => on.book.execute(ada, { ...wish(it), description: 'Ümlaut "quoted"', attendees: 3 })),
    );

    expect(sent).toEqual(['book_one_unit', 'book_together']);
    for (const [index, it] of booked.entries()) {
      expect(await on.queries.one(ada, it.id)).toMatchObject({ ...it, createdAt: it.createdAt, updatedAt: it.updatedAt });
      expect(await given.occupancyOf(rooms[index]!)).toEqual(['1 07 09:00–07 10:00', '1 07 18:00–07 18:15']);
    }
    const told = await db.asOwner<{ type: string; data: { resourceIds: string[]; title: string } }>(
      'select type, data from event where subject_id = any($1) order by position',
      [booked.map((it) => it.id)],
    );
    expect(told.map((it) => it.type)).toEqual(rooms.map(() => 'reservation.created'));
    expect(told.map((it) => it.data.resourceIds[0]).sort()).toEqual(rooms.map((it) => it.id).sort());
  });

  it('do not take each other down: who finds the time taken is refused alone', async () => {
    const rooms = await resources(6);
    const [ada, bob] = [await given.aPerson(), await given.aPerson()];
    await on.book.execute(bob, wish(rooms[3]!));
    const sent = statements();
    const outcomes = await Promise.allSettled(rooms.map((it) => on.book.execute(ada, wish(it))));

    expect(sent).toEqual(['book_one_unit', 'book_together']);
    expect(outcomes.map(codeOf)).toEqual(['booked', 'booked', 'booked', 'reservation-conflict', 'booked', 'booked']);
  });

  it('come alone where one of them has to wait for somebody else, who keeps only that one waiting', async () => {
    const rooms = await resources(5);
    const [ada, bob] = [await given.aPerson(), await given.aPerson()];
    const sent = statements();
    let outcomes: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await db.database.transaction(bob, async (tx) => {
      // Another process has just booked it and has not said so yet.
      await tx.sql`
        insert into reservation (id, org_id, organizer_id, status, starts_at, ends_at, time_zone, created_at, updated_at)
        select gen_random_uuid(), ${tx.organizationId}, ${bob.accountId}, 'confirmed', ${morning.start}, ${morning.end}, 'UTC', now(), now()`;
      await tx.sql`
        insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id)
        select ${tx.organizationId}, ${rooms[2]!.id}, 1, ${morning.start}, ${morning.end}, id from reservation
        where organizer_id = ${bob.accountId} and starts_at = ${morning.start}`;
      outcomes = Promise.allSettled(rooms.map((it) => on.book.execute(ada, wish(it))));
      const others = rooms.map((it) => it.id).filter((id) => id !== rooms[2]!.id);
      const begun = Date.now();
      let there = 0;
      while (there < others.length && Date.now() - begun < 1_500) {
        const rows = await db.asOwner('select from occupancy where leaf_id = any($1) and s = $2', [others, morning.start]);
        there = rows.length;
      }
      expect(there).toBe(others.length);
    });

    expect((await outcomes)!.map(codeOf)).toEqual(['booked', 'booked', 'reservation-conflict', 'booked', 'booked']);
    expect(sent.slice(0, 2)).toEqual(['book_one_unit', 'book_together']);
    expect(sent.slice(2)).toEqual(['book_one_unit', 'book_one_unit', 'book_one_unit', 'book_one_unit']);
  });

  it('keep their keys: a request that is repeated among others is answered as before, and the others are booked', async () => {
    const rooms = await resources(4);
    const ada = await given.aPerson();
    const keyed = (key: string) => ({ ...ada, idempotency: { key, fingerprint: Buffer.from(key), replayed: false, claimed: false } });
    const before = await on.book.execute(keyed('second'), wish(rooms[1]!));
    const again = keyed('second');
    const answers = await Promise.all([
      on.book.execute(keyed('first'), wish(rooms[0]!)),
      on.book.execute(again, wish(rooms[1]!)),
      on.book.execute(keyed('third'), wish(rooms[2]!)),
      on.book.execute(ada, wish(rooms[3]!)),
    ]);

    expect(answers[1]).toEqual(before);
    expect(again.idempotency.replayed).toBe(true);
    const kept = await db.asOwner<{ key: string; id: string }>(`select key, result ->> 'id' as id from idempotency where account_id = $1`, [
      ada.accountId,
    ]);
    expect(new Map(kept.map((it) => [it.key, it.id]))).toEqual(
      new Map([
        ['first', answers[0].id],
        ['second', before.id],
        ['third', answers[2].id],
      ]),
    );
  });

  it('take nothing of another organization', async () => {
    const [room] = await resources(1);
    const ada = await given.aPerson();
    const [now] = await db.asOwner<{ version: number; epoch: string }>(
      'select r.version, o.epoch from resource r join organization o on o.id = r.org_id where r.id = $1',
      [room!.id],
    );
    const id = newId();
    const claim = {
      ...{ resource: room!.id, ...now, id, organizer: ada.accountId, status: 'confirmed', zone: 'UTC', private: false, now: at('08:00') },
      ...{ starts_at: morning.start, ends_at: morning.end, held_from: morning.start, held_to: morning.end },
      ...{ event_id: newId(), event_type: 'reservation.created', event_data: {}, request_id: 'test' },
    };
    const book = async (organizationId: string) => {
      const asked = sql`select book_together(${organizationId}, ${JSON.stringify([claim])}) as booked`;
      return (await db.database.prepared<{ booked: string[] | null }>('together', asked))[0]?.booked;
    };

    expect(await book(newId())).toBeNull();
    expect(await book(db.organizationId)).toEqual([id]);
  });
});
