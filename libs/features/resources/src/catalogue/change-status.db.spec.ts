import { SetClock, useDatabase } from '@berth/platform/testing';
import { catalogueOn, resourcesGiven } from '../testing';
import type { ChangeStatusCommand } from './change-status';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const change = (command: ChangeStatusCommand) => catalogueOn(db.database, clock).changeStatus.execute(admin, command);
const tomorrow = { from: new Date('2026-12-02T09:00:00Z'), to: new Date('2026-12-02T10:00:00Z') };

describe('ChangeStatus', () => {
  afterEach(() => clock.set(new Date('2026-12-01T08:00:00Z')));

  it('rests a resource for eight hours, after which it is available by itself', async () => {
    const { id } = await given.aResource();
    await given.aReservationOf({ id }, tomorrow);

    const resting = await change({ id, status: 'maintenance', reason: 'Lamp' });
    clock.set(new Date('2026-12-01T16:00:00Z'));
    const rested = await catalogueOn(db.database, clock).queries.one(admin, id);

    expect(resting).toMatchObject({ status: 'maintenance', statusUntil: '2026-12-01T16:00:00Z', statusReason: 'Lamp', version: 2 });
    expect(rested).toMatchObject({ status: 'available', statusUntil: null, statusReason: null });
    expect(await given.eventsOf({ id })).toMatchObject([
      { type: 'resource.status_changed', data: { before: { status: 'available' }, after: { status: 'maintenance', reason: 'Lamp' } } },
      { type: 'resource.unavailable' },
    ]);
  });

  it('takes an end, or none at all', async () => {
    const { id } = await given.aResource();

    expect(await change({ id, status: 'maintenance', until: '2026-12-24T12:00:00+01:00' })).toMatchObject({
      statusUntil: '2026-12-24T11:00:00Z',
    });
    expect(await change({ id, status: 'maintenance', until: null })).toMatchObject({ status: 'maintenance', statusUntil: null });
    await expect(change({ id, status: 'maintenance', until: '2026-12-01T08:00:00Z' })).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: [{ pointer: '/until' }] },
    });
    await expect(change({ id, status: 'available', until: '2026-12-24T12:00:00Z' })).rejects.toMatchObject({ code: 'validation-failed' });
  });

  it('refuses to archive what is reserved, itself or with its whole, unless reservations are kept', async () => {
    const hall = await given.aResource();
    const half = await given.aResource({ parent: hall });
    const reservation = await given.aReservationOf(hall, tomorrow);

    await expect(change({ id: half.id, status: 'archived' })).rejects.toMatchObject({
      code: 'resource-has-reservations',
      extensions: { reservations: [{ id: reservation.id }], total: 1 },
    });
    expect(await change({ id: half.id, status: 'archived', reservations: 'keep' })).toMatchObject({ status: 'archived' });
    expect(await change({ id: half.id, status: 'available' })).toMatchObject({ status: 'available', version: 3 });
  });

  it('lists at most twenty of those in the way and says how many there are', async () => {
    const { id } = await given.aResource();
    for (let hour = 0; hour < 22; hour++) {
      const from = new Date(Date.UTC(2026, 11, 3, hour));
      await given.aReservationOf({ id }, { from, to: new Date(from.getTime() + 3_600_000) });
    }

    const refused = await change({ id, status: 'archived' }).catch((it: unknown) => it);

    expect(refused).toMatchObject({ code: 'resource-has-reservations', extensions: { total: 22 } });
    expect((refused as { extensions: { reservations: unknown[] } }).extensions.reservations).toHaveLength(20);
  });

  it('looks only at the time of a maintenance that is to refuse', async () => {
    const { id } = await given.aResource();
    await given.aReservationOf({ id }, tomorrow);

    await expect(change({ id, status: 'maintenance', until: '2026-12-02T09:30:00Z', reservations: 'refuse' })).rejects.toMatchObject({
      code: 'resource-has-reservations',
    });
    expect(await change({ id, status: 'maintenance', until: '2026-12-02T09:00:00Z', reservations: 'refuse' })).toMatchObject({
      status: 'maintenance',
    });
  });

  it('does not find a resource of another organization', async () => {
    const elsewhere = await given.aResource({ organizationId: (await given.anotherOrganization()).id });

    await expect(change({ id: elsewhere.id, status: 'archived' })).rejects.toMatchObject({ code: 'not-found' });
  });
});
