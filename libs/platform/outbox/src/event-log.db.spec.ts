import { newId } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import { serving } from '@berth/platform/runtime';
import type { Bell } from './bell';
import { EventLog } from './event-log';
import { Outbox } from './outbox';

// Waking others is not what is tested; the sequencer is called by hand.
const silentBell = { ring: () => undefined } as unknown as Bell;

describe('The event log', () => {
  const db = useDatabase();
  const outbox = new Outbox(silentBell);
  const actor = () => ({ organizationId: db.organizationId, accountId: newId(), requestId: 'r' });
  const fact = (n: number) => ({ type: 'resource.updated', subject: { kind: 'resources', id: newId() }, data: { n } });
  const sequence = () => db.database.system.sql<{ placed: number }>`select sequence_events(1000) as placed`;
  const log = () =>
    db.asOwner<{ n: number; sequence: number }>(
      `select (data ->> 'n')::int as n, sequence::int from event where org_id = $1 order by sequence`,
      [db.organizationId],
    );

  const brokenAt = async () => {
    const [row] = await db.asOwner<{ at: number | null }>(`select broken_at::int as at from follow_chain($1, 0, sha256(''), 1000)`, [
      db.organizationId,
    ]);
    return row!.at;
  };
  /** Changes rows behind the back of the guard, as somebody who owns the database can. */
  const edited = async (change: string) => {
    await db.asOwner(`alter table event disable trigger event_keeps_its_place`);
    await db.asOwner(`update event set ${change}`);
    await db.asOwner(`alter table event enable trigger event_keeps_its_place`);
  };

  beforeEach(async () => {
    await db.asOwner('truncate event, event_chain');
    await db.asOwner('update event_log_head set position = 0');
  });

  it('holds nothing of a transaction that was rolled back', async () => {
    const failed = db.database.transaction(actor(), async (tx) => {
      await outbox.append(tx, actor(), fact(1));
      throw new Error('no');
    });

    await expect(failed).rejects.toThrow('no');
    expect(await log()).toEqual([]);
  });

  it('gives gap-free numbers in the order things happened', async () => {
    for (let n = 0; n < 5; n++) await db.database.transaction(actor(), (tx) => outbox.append(tx, actor(), fact(n * 2), fact(n * 2 + 1)));
    await sequence();

    expect(await log()).toEqual(Array.from({ length: 10 }, (_, n) => ({ n, sequence: n + 1 })));
  });

  it('waits for no transaction that is still open, and loses nothing of it', async () => {
    let finish: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (finish = resolve));
    let written: () => void = () => undefined;
    const hasWritten = new Promise<void>((resolve) => (written = resolve));
    const slow = db.database.transaction(actor(), async (tx) => {
      await outbox.append(tx, actor(), fact(1));
      written();
      await open;
    });
    await hasWritten;
    await db.database.transaction(actor(), (tx) => outbox.append(tx, actor(), fact(2)));

    const [early] = await sequence();
    finish();
    await slow;
    const [late] = await sequence();

    expect([early?.placed, late?.placed]).toEqual([1, 1]);
    expect(await log()).toEqual([
      { n: 2, sequence: 1 },
      { n: 1, sequence: 2 },
    ]);
  });

  it('lets one sequencer work at a time, however many try', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => db.database.transaction(actor(), (tx) => outbox.append(tx, actor(), fact(n)))));
    await Promise.all(Array.from({ length: 10 }, () => sequence()));
    await sequence();

    expect((await log()).map((it) => it.sequence)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  it('chains each event to the one before it', async () => {
    for (let n = 0; n < 3; n++) await db.database.transaction(actor(), (tx) => outbox.append(tx, actor(), fact(n)));
    await sequence();

    expect(await brokenAt()).toBeNull();
    await edited(`data = '{"n": 7}' where sequence = 2`);
    expect(await brokenAt()).toBe(2);
  });

  it('knows where each event came from, and the chain covers it', async () => {
    const origin = { requestId: 'r', address: '192.0.2.7', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    const known = { ...actor(), via: { kind: 'token', id: 't' } as const, onBehalfOf: newId() };
    await serving(origin, () => db.database.transaction(known, (tx) => outbox.append(tx, known, fact(1))));
    await sequence();

    const [entry] = await new EventLog(db.database).since(db.organizationId, 0, 10);
    expect(entry).toMatchObject({ ...origin, via: known.via, onBehalfOf: known.onBehalfOf, actor: known.accountId });
    for (const change of [`address = '192.0.2.8'`, `traceparent = null`, `via_id = 'other'`, `on_behalf_of = null`, `request_id = 's'`]) {
      expect(await brokenAt()).toBeNull();
      const [was] = await db.asOwner<{ row: unknown }>('select to_jsonb(event) as row from event');
      await edited(change);
      expect([change, await brokenAt()]).toEqual([change, 1]);
      await edited(
        `(address, traceparent, via_id, on_behalf_of, request_id) = (select o.address, o.traceparent, o.via_id, o.on_behalf_of, o.request_id from jsonb_populate_record(null::event, '${JSON.stringify(was!.row)}') as o)`,
      );
    }
  });

  it('says of what Berth does by itself that it does, and gives it nothing of a request that woke it', async () => {
    const doer = { organizationId: db.organizationId, accountId: null, requestId: 'sweep' };
    await serving({ requestId: 'r', address: '192.0.2.7', traceparent: null }, () =>
      db.database.systemTransaction((tx) => outbox.append(tx, doer, fact(1))),
    );
    await sequence();

    expect(await new EventLog(db.database).since(db.organizationId, 0, 10)).toMatchObject([
      { actor: null, via: { kind: 'system', id: 'sweep' }, address: null },
    ]);
  });

  it('goes on believing rows from before they said where they came from, and no others in their dress', async () => {
    await db.asOwner(
      `insert into event (id, org_id, type, subject_kind, subject_id, data, form)
       values (gen_random_uuid(), $1, 'resource.updated', 'resources', gen_random_uuid(), '{}', 1)`,
      [db.organizationId],
    );
    await db.database.transaction(actor(), (tx) => outbox.append(tx, actor(), fact(1)));
    await sequence();

    expect(await brokenAt()).toBeNull();
    await edited(`address = '192.0.2.7' where sequence = 1`);
    expect(await brokenAt()).toBe(1);
    await edited(`address = null where sequence = 1`);
    await edited(`form = 1 where sequence = 2`);
    expect(await brokenAt()).toBe(2);
  });

  it('keeps its place for good, and is not deleted', async () => {
    await db.database.transaction(actor(), (tx) => outbox.append(tx, actor(), fact(1)));
    await sequence();

    await expect(db.database.system.sql`update event set sequence = 9`).rejects.toMatchObject({ constraint: 'event_keeps_its_place' });
    await expect(db.database.system.sql`delete from event`).rejects.toMatchObject({ code: '42501' });
    await expect(db.database.of(db.organizationId).sql`update event set data = '{}'`).rejects.toMatchObject({ code: '42501' });
  });
});
