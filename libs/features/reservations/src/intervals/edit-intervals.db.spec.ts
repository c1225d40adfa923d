import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const wish = (resource: { id: string }, start: string, end: string) => ({
  resourceIds: [resource.id],
  quantity: 1,
  title: 'Lab',
  ...from(start).to(end),
});
const times = (...spans: readonly [string, string][]) => spans.map(([start, end]) => from(start).to(end));

beforeEach(() => on.clock.set(at('08:00')));

describe('Editing intervals', () => {
  it('splits a reservation: one part keeps its identity, the other is new with the same title', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource, '09:00', '13:00'));

    const done = await on.editIntervals.execute(ada, { id: booked.id, intervals: times(['09:00', '10:00'], ['11:00', '13:00']) });

    expect(done).toEqual({ updated: [booked.id], created: [expect.any(String)], deleted: [] });
    expect(await given.occupancyOf(resource)).toEqual(['1 07 09:00–07 10:00', '1 07 11:00–07 13:00']);
    expect(await on.queries.one(ada, done.created[0]!)).toMatchObject({ title: 'Lab', status: 'confirmed', start: '2026-12-07T09:00:00Z' });
    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.moved']);
    expect(await given.eventsOf({ id: done.created[0]! })).toEqual(['reservation.created']);
  });

  it('merges with a neighbour and trims the next one', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const first = await on.book.execute(ada, wish(resource, '09:00', '10:00'));
    const second = await on.book.execute(ada, wish(resource, '10:00', '11:00'));
    const third = await on.book.execute(ada, wish(resource, '11:00', '13:00'));

    const done = await on.editIntervals.execute(ada, { id: first.id, intervals: times(['09:00', '12:00']) });

    expect(new Set(done.updated)).toEqual(new Set([first.id, third.id]));
    expect(done.deleted).toEqual([second.id]);
    expect(await on.queries.one(ada, second.id)).toMatchObject({ status: 'cancelled' });
    expect(await given.occupancyOf(resource)).toEqual(['1 07 09:00–07 12:00', '1 07 12:00–07 13:00']);
    expect(await given.eventsOf(second)).toEqual(['reservation.created', 'reservation.cancelled']);
  });

  it('refuses what somebody else has, and changes nothing', async () => {
    const resource = await given.aResource();
    const [ada, bob] = [await given.aPerson(), await given.aPerson()];
    const own = await on.book.execute(ada, wish(resource, '09:00', '10:00'));
    const next = await on.book.execute(ada, wish(resource, '10:00', '11:00'));
    await on.book.execute(bob, wish(resource, '11:00', '12:00'));
    const before = await given.occupancyOf(resource);

    const edit = on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '11:30']) });

    await expect(edit).rejects.toMatchObject({ code: 'reservation-conflict', extensions: { conflicts: [{ reason: 'overlap' }] } });
    expect(await given.occupancyOf(resource)).toEqual(before);
    expect(await on.queries.one(ada, next.id)).toMatchObject({ status: 'confirmed', version: 1 });
    expect(await on.queries.one(ada, own.id)).toMatchObject({ version: 1 });
  });

  it('judges what is new by the rules and leaves what was there', async () => {
    const resource = await given.aResource({ policy: { maxDuration: 'PT3H' } });
    const ada = await given.aPerson();
    const own = await on.book.execute(ada, wish(resource, '09:00', '11:00'));

    await expect(on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '13:00']) })).rejects.toMatchObject({
      code: 'policy-violation',
      extensions: { policy: { rule: 'max-duration' } },
    });
    await expect(on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '12:00']) })).resolves.toMatchObject({
      updated: [own.id],
    });
  });

  it('asks for approval of more time, and of less does not', async () => {
    const resource = await given.aResource({ policy: { approval: { mode: 'required' } } as never });
    const ada = await given.aPerson();
    const own = await on.book.execute(ada, wish(resource, '09:00', '12:00'));
    await db.asOwner(`update reservation set status = 'confirmed' where id = $1`, [own.id]);
    await db.asOwner(`delete from approval_request where reservation_id = $1`, [own.id]);

    const less = await on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '10:00'], ['11:00', '12:00']) });
    expect(await on.queries.one(ada, own.id)).toMatchObject({ status: 'confirmed' });
    expect(await on.queries.one(ada, less.created[0]!)).toMatchObject({ status: 'confirmed' });

    await on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '10:30']) });
    expect(await on.queries.one(ada, own.id)).toMatchObject({ status: 'pending' });
    expect(await given.eventsOf(own)).toContain('reservation.approval_requested');
  });

  it('counts the limits of a person once for the whole', async () => {
    const resource = await given.aResource({ policy: { maxPerWeekPerPerson: 'PT2H' } });
    const ada = await given.aPerson();
    const own = await on.book.execute(ada, wish(resource, '09:00', '11:00'));

    await on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '10:00'], ['10:00', '11:00']) });

    expect(await given.occupancyOf(resource)).toHaveLength(2);
  });

  it('keeps what has passed of a running one', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const own = await on.book.execute(ada, wish(resource, '09:00', '12:00'));
    on.clock.set(at('10:00'));

    await expect(on.editIntervals.execute(ada, { id: own.id, intervals: times(['10:30', '12:00']) })).rejects.toMatchObject({
      code: 'invalid-state',
    });
    await expect(on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '11:00']) })).resolves.toMatchObject({
      updated: [own.id],
    });
  });

  it('is nobody else’s to do', async () => {
    const resource = await given.aResource();
    const own = await on.book.execute(await given.aPerson(), wish(resource, '09:00', '12:00'));

    await expect(
      on.editIntervals.execute(await given.aPerson(), { id: own.id, intervals: times(['09:00', '10:00']) }),
    ).rejects.toMatchObject({ code: 'permission-denied' });
  });

  it('never lets a rival take what is given from one part to another', async () => {
    const resource = await given.aResource();
    const [ada, bob] = [await given.aPerson(), await given.aPerson()];
    const own = await on.book.execute(ada, wish(resource, '09:00', '10:00'));
    const next = await on.book.execute(ada, wish(resource, '10:00', '11:00'));

    const [edit, rival] = await Promise.allSettled([
      on.editIntervals.execute(ada, { id: own.id, intervals: times(['09:00', '11:00']) }),
      on.book.execute(bob, wish(resource, '10:00', '11:00')),
    ]);

    expect(edit.status).toBe('fulfilled');
    expect(rival.status).toBe('rejected');
    expect(await on.queries.one(ada, next.id)).toMatchObject({ status: 'cancelled' });
  });
});
