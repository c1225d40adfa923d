import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const wish = (resource: { id: string }, when = from('09:00').to('10:00'), more: object = {}) => ({
  resourceIds: [resource.id],
  quantity: 1,
  ...when,
  ...more,
});
const tooMany = (limit: string, made: string) => ({
  code: 'policy-violation',
  extensions: { policy: { rule: 'max-concurrent', limit, given: made, source: { level: 'type' } } },
});

describe('Limits per person', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  /** Rooms of one type that lets a person have two at one time. */
  const rooms = async (n: number) => {
    const type = await given.aType({ policy: { maxConcurrentPerPerson: 2 } });
    return Promise.all(Array.from({ length: n }, () => given.aResource({ type })));
  };

  it('are counted across everything of the place they are set for, and explained', async () => {
    const [first, second, third] = await rooms(3);
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(first!));
    await on.book.execute(ada, wish(second!));

    await expect(on.book.execute(ada, wish(third!))).rejects.toMatchObject(tooMany('2', '3'));
    expect(await on.check.execute(ada, wish(third!))).toMatchObject({
      bookable: false,
      violations: [{ rule: 'max-concurrent', resourceId: third!.id }],
    });
    expect(await on.check.execute(await given.aPerson(), wish(third!))).toMatchObject({ bookable: true });
    expect(await on.book.execute(ada, wish(third!, from('10:00').to('11:00')))).toMatchObject({ status: 'confirmed' });
  });

  it('hold when one person sends many bookings at the same instant', async () => {
    const many = await rooms(12);
    const ada = await given.aPerson();

    const outcomes = await Promise.allSettled(many.map((it) => on.book.execute(ada, wish(it))));

    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(2);
    for (const it of outcomes) if (it.status === 'rejected') expect(it.reason).toMatchObject({ code: 'policy-violation' });
  });

  it('count the hours of a week, and every resource of a bundle', async () => {
    const type = await given.aType({ policy: { maxPerWeekPerPerson: 'PT5H' } });
    const [a, b] = await Promise.all([given.aResource({ type }), given.aResource({ type })]);
    const ada = await given.aPerson();
    await on.book.execute(ada, { ...wish(a), resourceIds: [a.id, b.id], end: at('11:00') });

    await expect(on.book.execute(ada, wish(a, from('12:00').to('14:00')))).rejects.toMatchObject({
      extensions: { policy: { rule: 'max-per-week', limit: 'PT5H', given: 'PT6H' } },
    });
    expect(await on.book.execute(ada, wish(a, from('12:00').to('13:00')))).toMatchObject({ status: 'confirmed' });
    expect(await on.book.execute(ada, wish(a, { start: at('09:00', 14), end: at('11:00', 14) }))).toMatchObject({ status: 'confirmed' });
  });

  it('refuse a move, an undo and a hold that would exceed them, and let a smaller one be', async () => {
    const [first, second, third, fourth] = await rooms(4);
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(first!));
    const cancelled = await on.book.execute(ada, wish(second!));
    await on.cancel.execute(ada, { id: cancelled.id, undoSeconds: 8 });
    await on.book.execute(ada, wish(third!));
    const later = await on.book.execute(ada, wish(fourth!, from('12:00').to('14:00')));

    await expect(on.restore.execute(ada, cancelled.id)).rejects.toMatchObject(tooMany('2', '3'));
    await expect(on.move.execute(ada, { id: later.id, start: at('09:30') })).rejects.toMatchObject(tooMany('2', '3'));
    await expect(on.hold.execute(ada, wish(fourth!))).rejects.toMatchObject(tooMany('2', '3'));
    expect(await on.move.execute(ada, { id: later.id, start: at('12:00'), end: at('13:00') })).toMatchObject({
      end: '2026-12-07T13:00:00Z',
    });
  });

  it('do not count a hold that is booked against itself', async () => {
    const type = await given.aType({ policy: { maxConcurrentPerPerson: 1 } });
    const room = await given.aResource({ type });
    const ada = await given.aPerson();
    const hold = await on.hold.execute(ada, wish(room));

    expect(await on.book.execute(ada, wish(room, undefined, { holdId: hold.id }))).toMatchObject({ id: hold.id, status: 'confirmed' });
  });
});

describe('A cancellation', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('that comes late is recorded, told and forgotten when it is taken back', async () => {
    const room = await given.aResource({ policy: { cancellationNotice: 'PT2H' } });
    const ada = await given.aPerson();
    const late = await on.book.execute(ada, wish(room));
    const early = await on.book.execute(ada, wish(room, from('12:00').to('13:00')));

    expect(await on.cancel.execute(ada, { id: early.id, undoSeconds: 0 })).toMatchObject({ status: 'cancelled', cancelledLate: false });
    expect(await on.cancel.execute(ada, { id: late.id, undoSeconds: 8 })).toMatchObject({ status: 'cancelled', cancelledLate: true });
    expect(
      await db.asOwner(
        `select data -> 'late' as late from event where type = 'reservation.cancelled' and subject_id in ('${early.id}', '${late.id}') order by position`,
      ),
    ).toEqual([{ late: null }, { late: true }]);
    expect(await on.restore.execute(ada, late.id)).toMatchObject({ status: 'confirmed', cancelledLate: false });
  });
});

describe('On behalf of another', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('a reservation belongs to that person and says who booked it, also from a hold', async () => {
    const room = await given.aResource();
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const onBehalfOf = ada.accountId;
    const hold = await on.hold.execute(admin, wish(room, undefined, { onBehalfOf }));

    const booked = await on.book.execute(admin, wish(room, undefined, { onBehalfOf, holdId: hold.id }));

    expect(booked).toMatchObject({ id: hold.id, organizer: { id: ada.accountId }, bookedBy: { id: admin.accountId }, mine: false });
    expect(await on.queries.one(ada, booked.id)).toMatchObject({ mine: true, bookedBy: { id: admin.accountId } });
    const [event] = await db.asOwner<{ actor_id: string; data: object }>(
      `select actor_id, data from event where type = 'reservation.created' and subject_id = $1`,
      [booked.id],
    );
    expect(event).toMatchObject({ actor_id: admin.accountId, data: { organizerId: ada.accountId, bookedById: admin.accountId } });
    expect((await on.cancel.execute(ada, { id: booked.id, undoSeconds: 0 })).status).toBe('cancelled');
  });

  it('needs the right to, and somebody who may book', async () => {
    const room = await given.aResource();
    const [admin, ada, guest] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson('guest')];
    const for_ = (person: Actor) => wish(room, undefined, { onBehalfOf: person.accountId });

    await expect(on.book.execute(ada, for_(admin))).rejects.toMatchObject({
      code: 'permission-denied',
      extensions: { permission: 'reservation:book-for' },
    });
    await expect(on.check.execute(ada, for_(admin))).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(on.book.execute(admin, for_(guest))).rejects.toMatchObject({ code: 'invalid-reference' });
    await expect(on.book.execute(admin, wish(room, undefined, { onBehalfOf: room.id }))).rejects.toMatchObject({
      code: 'invalid-reference',
    });
    expect(await on.book.execute(ada, for_(ada))).toMatchObject({ bookedBy: null });
  });

  it('counts the limits of that person', async () => {
    const type = await given.aType({ policy: { maxConcurrentPerPerson: 1 } });
    const [a, b] = await Promise.all([given.aResource({ type }), given.aResource({ type })]);
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    await on.book.execute(ada, wish(a));

    await expect(on.book.execute(admin, wish(b, undefined, { onBehalfOf: ada.accountId }))).rejects.toMatchObject({
      code: 'policy-violation',
    });
    expect(await on.book.execute(admin, wish(b))).toMatchObject({ status: 'confirmed' });
  });
});
