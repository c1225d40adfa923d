import { newId } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import type { Bell } from './bell';
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
    const broken = () => db.asOwner<{ sequence: number }>(`select it::int as sequence from broken_events($1) as it`, [db.organizationId]);

    expect(await broken()).toEqual([]);
    await db.asOwner(`alter table event disable trigger event_keeps_its_place`);
    await db.asOwner(`update event set data = '{"n": 7}' where sequence = 2`);
    await db.asOwner(`alter table event enable trigger event_keeps_its_place`);
    expect(await broken()).toEqual([{ sequence: 2 }]);
  });

  it('keeps its place for good, and is not deleted', async () => {
    await db.database.transaction(actor(), (tx) => outbox.append(tx, actor(), fact(1)));
    await sequence();

    await expect(db.database.system.sql`update event set sequence = 9`).rejects.toMatchObject({ constraint: 'event_keeps_its_place' });
    await expect(db.database.system.sql`delete from event`).rejects.toMatchObject({ code: '42501' });
    await expect(db.database.of(db.organizationId).sql`update event set data = '{}'`).rejects.toMatchObject({ code: '42501' });
  });
});
