import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { mergesOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const merges = mergesOn(db);
const { on } = merges;

const wish = (resource: { id: string }, start: string, end: string) => ({
  resourceIds: [resource.id],
  quantity: 1,
  ...from(start).to(end),
});
const merge = (by: Actor, gone: Actor, stays: Actor) => merges.merging.execute(by, { id: gone.accountId, into: stays.accountId });
const reservationsOf = async (id: string): Promise<number> =>
  (await db.asOwner('select from reservation where organizer_id = $1', [id])).length;

describe('Merging while something else happens', () => {
  beforeEach(() => on.clock.set(at('08:00')));
  const three = async (): Promise<[Actor, Actor, Actor]> => [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];

  it('lets one of two that cross come first, and nothing is lost', async () => {
    const [admin, one, other] = await three();
    const room = await given.aResource();
    await on.book.execute(one, wish(room, '15:00', '16:00'));
    await on.book.execute(other, wish(room, '16:00', '17:00'));

    const outcomes = await Promise.allSettled([merge(admin, one, other), merge(admin, other, one)]);

    expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
    // 55P03: where the first takes longer than anybody waits for a lock, the other is told to come again.
    expect(outcomes).toContainEqual(
      expect.objectContaining({
        reason: expect.objectContaining({ code: expect.stringMatching(/^(not-found|invalid-reference|55P03)$/) }),
      }),
    );
    const left = await db.asOwner<{ id: string }>(`select id from account where id = any($1::uuid[]) and erased_at is null`, [
      [one.accountId, other.accountId],
    ]);
    expect(left).toHaveLength(1);
    expect(await reservationsOf(left[0]!.id)).toBe(2);
  });

  it('leaves nothing under the account that goes while its person goes on booking', async () => {
    const [admin, gone, stays] = await three();
    const rooms = await Promise.all(Array.from({ length: 12 }, () => given.aResource({ policy: { maxConcurrent: 50 } as never })));

    const booking = rooms.map(async (room, n) => {
      await new Promise((resolve) => setTimeout(resolve, n * 4));
      return on.book.execute(gone, wish(room, '15:00', '16:00'));
    });
    const [merged, ...booked] = await Promise.allSettled([merge(admin, gone, stays), ...booking]);

    expect(merged.status).toBe('fulfilled');
    const done = booked.filter((it) => it.status === 'fulfilled').length;
    expect([await reservationsOf(gone.accountId), await reservationsOf(stays.accountId)]).toEqual([0, done]);
    for (const it of booked.filter((one) => one.status === 'rejected'))
      expect(it.reason).toMatchObject({ constraint: 'account_not_merged' });
    await expect(on.book.execute(gone, wish(rooms[0]!, '17:00', '18:00'))).rejects.toMatchObject({ constraint: 'account_not_merged' });
  });

  /** Does `first` in a transaction that stays open until it is let go. */
  const holding = async (by: Actor, first: (tx: Tx) => Promise<unknown>): Promise<{ letGo: () => Promise<void> }> => {
    let [begin, end]: (() => void)[] = [];
    const [begun, ended] = [new Promise<void>((resolve) => (begin = resolve)), new Promise<void>((resolve) => (end = resolve))];
    const done = db.database.transaction(by, async (tx) => {
      await first(tx);
      begin!();
      await ended;
    });
    await begun;
    return { letGo: () => (end!(), done) };
  };
  const whileItWaits = () => new Promise((resolve) => setTimeout(resolve, 150));

  it('waits for what is being written, and takes it along', async () => {
    const [admin, gone, stays] = await three();
    const writing = await holding(
      admin,
      (tx) => tx.sql`
        insert into reservation (id, org_id, organizer_id, status, starts_at, ends_at, time_zone, created_at, updated_at)
        values (${newId()}, ${db.organizationId}, ${gone.accountId}, 'confirmed', ${at('15:00')}, ${at('16:00')}, 'UTC', now(), now())`,
    );
    const merged = merge(admin, gone, stays);
    await whileItWaits();
    await writing.letGo();
    await merged;

    expect([await reservationsOf(gone.accountId), await reservationsOf(stays.accountId)]).toEqual([0, 1]);
  });

  it('makes a booking wait that begins meanwhile, and refuses it then', async () => {
    const [admin, gone, stays] = await three();
    const [room, other] = [await given.aResource(), await given.aResource()];
    const { id } = await on.book.execute(gone, wish(room, '15:00', '16:00'));
    const busy = await holding(admin, (tx) => tx.sql`select from reservation where id = ${id} for no key update`);
    const merged = merge(admin, gone, stays);
    await whileItWaits();
    const booked = on.book.execute(gone, wish(other, '15:00', '16:00')).catch((error: unknown) => error);
    await whileItWaits();
    await busy.letGo();

    await merged;
    expect(await booked).toMatchObject({ constraint: 'account_not_merged' });
    expect([await reservationsOf(gone.accountId), await reservationsOf(stays.accountId)]).toEqual([0, 1]);
    expect(await db.asOwner('select from occupancy where leaf_id = $1', [other.id])).toEqual([]);
  });

  it('is run again where somebody locks the other way round, and nobody sees it', async () => {
    const [admin, gone, stays] = await three();
    const room = await given.aResource();
    const { id } = await on.book.execute(gone, wish(room, '15:00', '16:00'));
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    let tries = 0;
    const retries = db.database.retries;
    const other = db.database.transaction(admin, async (tx) => {
      await tx.sql`select from reservation where org_id = ${db.organizationId} and id = ${id} for no key update`;
      if (tries++ === 0) {
        begin();
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      await tx.sql`select from account where org_id = ${db.organizationId} and id = ${gone.accountId} for key share`;
    });
    await begun;

    await Promise.all([other, merge(admin, gone, stays)]);

    expect(db.database.retries).toBeGreaterThan(retries);
    expect([await reservationsOf(gone.accountId), await reservationsOf(stays.accountId)]).toEqual([0, 1]);
  });
});
