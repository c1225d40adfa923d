import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const morning = from('09:00').to('10:00');
const wish = (resource: { id: string }, when = morning) => ({ resourceIds: [resource.id], quantity: 1, title: 'Sync', ...when });

beforeEach(() => on.clock.set(at('08:00')));

describe('A hold', () => {
  it('blocks others and never its owner, who turns it into a reservation', async () => {
    const resource = await given.aResource();
    const [ada, bob] = [await given.aPerson(), await given.aPerson()];
    const hold = await on.hold.execute(ada, wish(resource));

    await expect(on.book.execute(bob, wish(resource))).rejects.toMatchObject({
      code: 'slot-held',
      extensions: { conflicts: [{ reason: 'held' }] },
    });
    expect(await on.book.execute(ada, { ...wish(resource), holdId: hold.id })).toMatchObject({
      id: hold.id,
      status: 'confirmed',
      version: 2,
    });
    expect(await given.occupancyOf(resource)).toEqual(['1 07 09:00–07 10:00']);
  });

  it('does not block its owner who books without naming it', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const hold = await on.hold.execute(ada, wish(resource));

    const booked = await on.book.execute(ada, wish(resource, from('09:30').to('10:30')));

    expect(booked.status).toBe('confirmed');
    expect(await given.eventsOf(hold)).toEqual(['hold.created', 'hold.released']);
  });

  it('lives 60 s, is kept by refreshing, and 5 min at most', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const hold = await on.hold.execute(ada, wish(resource));
    expect(hold).toMatchObject({ expiresAt: '2026-12-07T08:01:00Z', maxExpiresAt: '2026-12-07T08:05:00Z' });

    for (let minute = 1; minute <= 4; minute++) {
      on.clock.set(new Date(at('08:00').getTime() + minute * 55_000));
      await on.hold.refresh(ada, hold.id);
    }
    on.clock.set(new Date(at('08:04').getTime() + 30_000));
    expect(await on.hold.refresh(ada, hold.id)).toMatchObject({ expiresAt: '2026-12-07T08:05:00Z' });
    on.clock.set(at('08:05'));
    await expect(on.hold.refresh(ada, hold.id)).rejects.toMatchObject({ code: 'hold-expired' });
  });

  it('stops blocking the instant it runs out, before anything has swept it', async () => {
    const resource = await given.aResource();
    const hold = await on.hold.execute(await given.aPerson(), wish(resource));
    on.clock.set(at('08:01'));

    expect(await on.book.execute(await given.aPerson(), wish(resource))).toMatchObject({ status: 'confirmed' });
    expect(await given.eventsOf(hold)).toEqual(['hold.created', 'hold.expired']);
  });

  it('is swept once, by however many sweepers', async () => {
    const resource = await given.aResource();
    const hold = await on.hold.execute(await given.aPerson(), wish(resource));
    on.clock.set(at('08:02'));

    const swept = await Promise.all(Array.from({ length: 4 }, () => on.sweeper.sweep()));

    expect(swept.reduce((sum, it) => sum + it)).toBe(1);
    expect(await given.eventsOf(hold)).toEqual(['hold.created', 'hold.expired']);
    expect(await given.occupancyOf(resource)).toEqual([]);
  });

  it('is lost by nobody who books it late: the time is asked for anew', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const hold = await on.hold.execute(ada, wish(resource));
    on.clock.set(at('08:03'));

    const booked = await on.book.execute(ada, { ...wish(resource), holdId: hold.id });

    expect(booked).toMatchObject({ status: 'confirmed' });
    expect(booked.id).not.toBe(hold.id);
  });

  it('of somebody else is not found', async () => {
    const resource = await given.aResource();
    const hold = await on.hold.execute(await given.aPerson(), wish(resource));

    await expect(on.hold.release(await given.aPerson(), hold.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(on.book.execute(await given.aPerson(), { ...wish(resource), holdId: hold.id })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('Move', () => {
  it('frees the old time and takes the new in one step', async () => {
    const [a, b] = [await given.aResource(), await given.aResource()];
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(a));

    const moved = await on.move.execute(ada, { id: booked.id, resourceId: b.id, start: at('11:00') });

    expect(moved).toMatchObject({
      start: '2026-12-07T11:00:00Z',
      end: '2026-12-07T12:00:00Z',
      version: 2,
      resources: [{ resourceId: b.id }],
    });
    expect(await given.occupancyOf(a)).toEqual([]);
    expect(await given.occupancyOf(b)).toEqual(['1 07 11:00–07 12:00']);
  });

  it('may overlap its own old time', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource));

    expect(await on.move.execute(ada, { id: booked.id, start: at('09:30') })).toMatchObject({ end: '2026-12-07T10:30:00Z' });
  });

  it('keeps the old time when the new one is taken', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource));
    await on.book.execute(ada, wish(resource, from('11:00').to('12:00')));

    await expect(on.move.execute(ada, { id: booked.id, start: at('11:30') })).rejects.toMatchObject({ code: 'reservation-conflict' });
    expect(await on.queries.one(ada, booked.id)).toMatchObject({ start: '2026-12-07T09:00:00Z', version: 1 });
  });

  it('lets two cross only one after the other, and never holds both or neither', async () => {
    const [a, b] = [await given.aResource(), await given.aResource()];
    const ada = await given.aPerson();
    const [one, two] = [await on.book.execute(ada, wish(a)), await on.book.execute(ada, wish(b))];

    const outcomes = await Promise.allSettled([
      on.move.execute(ada, { id: one.id, resourceId: b.id }),
      on.move.execute(ada, { id: two.id, resourceId: a.id }),
    ]);

    expect(outcomes.map((it) => it.status)).toEqual(['rejected', 'rejected']);
    expect([(await given.occupancyOf(a)).length, (await given.occupancyOf(b)).length]).toEqual([1, 1]);
    expect(db.database.retries).toBe(0);
  });

  it('changes only the end of what is running', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource));
    on.clock.set(at('09:30'));

    await expect(on.move.execute(ada, { id: booked.id, start: at('09:45'), end: at('10:45') })).rejects.toMatchObject({
      code: 'invalid-state',
    });
    expect(await on.move.execute(ada, { id: booked.id, start: at('09:00'), end: at('11:00') })).toMatchObject({
      end: '2026-12-07T11:00:00Z',
    });
  });

  it('asks the rules again', async () => {
    const resource = await given.aResource({ policy: { maxDuration: 'PT2H' } });
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource));

    const refused = on.move.execute(ada, { id: booked.id, start: at('09:00'), end: at('12:00') });

    await expect(refused).rejects.toMatchObject({ code: 'policy-violation', extensions: { violations: [{ rule: 'max-duration' }] } });
  });

  it('is refused when it was changed in the meantime', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource));
    await on.move.execute(ada, { id: booked.id, start: at('12:00') });

    await expect(on.move.execute(ada, { id: booked.id, start: at('14:00'), ifMatch: 1 })).rejects.toMatchObject({
      code: 'precondition-failed',
      extensions: { current: { version: 2 } },
    });
  });
});

describe('Cancel', () => {
  it('frees the time at once, and twice is not an error', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource));

    const cancelled = await on.cancel.execute(ada, { id: booked.id, undoSeconds: 0, reason: 'ill' });

    expect(cancelled).toMatchObject({ status: 'cancelled', cancelReason: 'ill', version: 2 });
    expect(await on.cancel.execute(ada, { id: booked.id, undoSeconds: 0 })).toMatchObject({ version: 2 });
    expect(await on.book.execute(await given.aPerson(), wish(resource))).toMatchObject({ status: 'confirmed' });
  });

  it('keeps the time while it can be taken back, and then gives it away', async () => {
    const resource = await given.aResource();
    const [ada, bob] = [await given.aPerson(), await given.aPerson()];
    const booked = await on.book.execute(ada, wish(resource));
    await on.cancel.execute(ada, { id: booked.id, undoSeconds: 8 });

    await expect(on.book.execute(bob, wish(resource))).rejects.toMatchObject({ code: 'reservation-conflict' });
    expect(await on.restore.execute(ada, booked.id)).toMatchObject({ status: 'confirmed', cancelledAt: null });

    await on.cancel.execute(ada, { id: booked.id, undoSeconds: 8 });
    on.clock.set(new Date(at('08:00').getTime() + 8_000));
    await expect(on.restore.execute(ada, booked.id)).rejects.toMatchObject({ code: 'undo-expired' });
    expect(await on.book.execute(bob, wish(resource))).toMatchObject({ status: 'confirmed' });
  });

  it('is for the organizer, or for those who manage reservations', async () => {
    const resource = await given.aResource();
    const booked = await on.book.execute(await given.aPerson(), wish(resource));

    await expect(on.cancel.execute(await given.aPerson(), { id: booked.id, undoSeconds: 0 })).rejects.toMatchObject({
      code: 'permission-denied',
    });
    expect(await on.cancel.execute(await given.aPerson('admin'), { id: booked.id, undoSeconds: 0 })).toMatchObject({ status: 'cancelled' });
  });
});
