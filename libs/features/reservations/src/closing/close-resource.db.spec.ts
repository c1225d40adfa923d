import { useDatabase } from '@berth/platform/testing';
import type { CloseCommand } from './close-resource';
import { at, from, reservationsGiven, reservationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const wish = (resource: { id: string }, when = from('09:00').to('10:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });
const outcomes = ({ affected }: { affected: { reservations: readonly { outcome: string }[] } }) =>
  affected.reservations.map((it) => it.outcome);
const maintenance = (resource: { id: string }, more: Partial<CloseCommand> = {}): CloseCommand => ({
  id: resource.id,
  status: 'maintenance',
  ...more,
});

describe('CloseResource', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('moves those in the way to similar resources, tells which, and lists who could not be moved', async () => {
    const type = await given.aType();
    const [room, twin] = [await given.aResource({ type, name: 'Noether' }), await given.aResource({ type, name: 'Turing' })];
    const [admin, ada, grace] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    const movable = await on.book.execute(ada, wish(room));
    const stuck = await on.book.execute(grace, wish(room, from('11:00').to('12:00')));
    await on.book.execute(ada, wish(twin, from('11:30').to('12:30')));

    const before = await on.close.tryOut(admin, maintenance(room, { reservations: 'move' }));
    expect(outcomes(before)).toEqual(['moved', 'not-moved']);
    expect(before).toMatchObject({
      status: 'available',
      affected: { total: 2, reservations: [{ id: movable.id, movedTo: { name: 'Turing' } }, {}] },
    });
    expect(await on.queries.one(ada, movable.id)).toMatchObject({ resources: [{ resourceId: room.id }] });

    const closed = await on.close.execute(admin, maintenance(room, { reservations: 'move' }));

    expect(outcomes(closed)).toEqual(['moved', 'not-moved']);
    expect(closed).toMatchObject({
      status: 'maintenance',
      affected: { reservations: [{}, { id: stuck.id, detail: 'Nothing similar is free then.' }] },
    });
    expect(await on.queries.one(ada, movable.id)).toMatchObject({ status: 'confirmed', resources: [{ resourceId: twin.id }] });
    expect(await given.occupancyOf(room)).toEqual(['1 07 11:00–07 12:00']);
  });

  it('cancels those in the way with the reason, and only those', async () => {
    const room = await given.aResource();
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const inTheWay = await on.book.execute(ada, wish(room));
    const after = await on.book.execute(ada, wish(room, from('17:00').to('18:00')));

    const closed = await on.close.execute(admin, maintenance(room, { reservations: 'cancel', reason: 'New lamp' }));

    expect(outcomes(closed)).toEqual(['cancelled']);
    expect(await on.queries.one(ada, inTheWay.id)).toMatchObject({ status: 'cancelled', cancelReason: 'New lamp' });
    expect(await on.queries.one(ada, after.id)).toMatchObject({ status: 'confirmed' });
  });

  it('tells owners who keep what they have, where that is chosen', async () => {
    const room = await given.aResource();
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const booked = await on.book.execute(ada, wish(room));

    expect(outcomes(await on.close.execute(admin, maintenance(room, { reservations: 'notify' })))).toEqual(['notified']);
    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.affected']);
  });

  it('refuses to archive what is reserved unless something becomes of it, a part with its whole too', async () => {
    const hall = await given.aResource();
    const half = await given.aResource({ parent: hall });
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const booked = await on.book.execute(ada, wish(hall));

    await expect(on.close.execute(admin, { id: half.id, status: 'archived' })).rejects.toMatchObject({ code: 'resource-has-reservations' });
    expect(outcomes(await on.close.execute(admin, { id: half.id, status: 'archived', reservations: 'cancel' }))).toEqual(['cancelled']);
    expect((await on.queries.one(ada, booked.id)).status).toBe('cancelled');
  });

  it('plans a maintenance that refuses its own time only, begins and ends by itself and is told of once each', async () => {
    const room = await given.aResource();
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const planned = await on.close.execute(admin, maintenance(room, { from: '2026-12-07T12:00:00Z', until: '2026-12-07T14:00:00Z' }));
    expect(planned).toMatchObject({ status: 'available', statusFrom: '2026-12-07T12:00:00Z', statusUntil: '2026-12-07T14:00:00Z' });
    expect(await on.book.execute(ada, wish(room, from('11:00').to('12:00')))).toMatchObject({ status: 'confirmed' });
    await expect(on.book.execute(ada, wish(room, from('13:00').to('13:30')))).rejects.toMatchObject({ code: 'policy-violation' });

    on.clock.set(at('11:59'));
    expect(await on.maintenance.run()).toBe(0);
    on.clock.set(at('12:00'));
    expect([await on.maintenance.run(), await on.maintenance.run()]).toEqual([1, 0]);
    on.clock.set(at('14:00'));
    expect([await on.maintenance.run(), await on.maintenance.run()]).toEqual([1, 0]);

    expect((await given.eventsOf(room)).filter((it) => /unavailable|available/.test(it))).toEqual([
      'resource.unavailable',
      'resource.available',
    ]);
    expect(await on.book.execute(ada, wish(room, from('14:00').to('15:00')))).toMatchObject({ status: 'confirmed' });
  });

  it('tells begin and end of a maintenance that an outage has hidden, in this order', async () => {
    const room = await given.aResource();
    await on.close.execute(
      await given.aPerson('admin'),
      maintenance(room, { from: '2026-12-07T12:00:00Z', until: '2026-12-07T14:00:00Z' }),
    );
    on.clock.set(at('08:00', 9));

    await Promise.all([on.maintenance.run(), on.maintenance.run()]);
    await on.maintenance.run();

    expect((await given.eventsOf(room)).filter((it) => /unavailable|available/.test(it))).toEqual([
      'resource.unavailable',
      'resource.available',
    ]);
  });
});
