import { allPermissions, type Permission, type ReservationFacts } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { EventLog } from '@berth/platform/outbox';
import { Topics } from '@berth/platform/realtime';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { ResourcesQueries } from '@berth/resources';
import { LiveTopics } from '../live-topics';
import { EventsQueries } from './events.queries';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const DAY = 86_400_000;

async function events(): Promise<EventsQueries> {
  const topics = new Topics();
  new LiveTopics(topics, db.database, on.catalogue, new ResourcesQueries(db.database, on.clock)).onModuleInit();
  await db.database.system.sql`select sequence_events(1000)`;
  return new EventsQueries(new EventLog(db.database), topics, on.clock);
}
/** A token that may not do some things. */
const without = (actor: Actor, ...permissions: Permission[]): Actor => ({
  ...actor,
  scopes: new Set(allPermissions.filter((it) => !permissions.includes(it))),
});

describe('The event log for programs', () => {
  beforeEach(async () => {
    on.clock.set(at('08:00'));
    await db.asOwner('truncate event, event_chain cascade');
  });

  it('tells everything in order, page after page, as CloudEvents', async () => {
    const [admin, ada, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    for (const [start, end] of [
      ['09:00', '10:00'],
      ['10:00', '11:00'],
      ['11:00', '12:00'],
    ] as const)
      await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, ...from(start).to(end) });
    await db.asOwner(`update event set at = $1`, [at('08:00')]);
    const log = await events();

    const first = await log.page(admin, undefined, 2);
    const second = await log.page(admin, first.last, 2);

    expect([first.hasMore, second.hasMore]).toEqual([true, false]);
    expect([...first.data, ...second.data].map((it) => [it.sequence, it.type])).toEqual([1, 2, 3].map((n) => [n, 'reservation.created']));
    expect(first.data[0]).toMatchObject({ specversion: '1.0', organizationId: db.organizationId, actor: ada.accountId });
    expect(await log.page(admin, second.last, 2)).toEqual({ data: [], last: 3, hasMore: false });
  });

  it('leaves out what one may not see, and shows in part what one may see in part, as it is live', async () => {
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const room = await given.aResource({ policy: { titlesVisibleTo: 'managers' } });
    const booked = await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, title: 'Canary', ...from('09:00').to('10:00') });
    await on.cancel.execute(ada, { id: booked.id, undoSeconds: 0, reason: 'Canary of the reason' });
    await db.asOwner(`update event set at = $1`, [at('08:00')]);
    const log = await events();

    const facts = (await log.page(admin, undefined, 10)).data.map((it) => it.data as ReservationFacts);
    expect(facts.map((it) => [it.title, it.reason])).toEqual([
      ['Canary', undefined],
      ['Canary', undefined],
    ]);
    const [shown] = (await log.page(without(await given.aPerson(), 'user:read'), undefined, 10)).data;
    expect(shown).toMatchObject({ actor: null, data: { title: null } });
    expect(await log.page(without(admin, 'reservation:read'), undefined, 10)).toEqual({ data: [], last: 2, hasMore: false });
  });

  it('keeps back whose a reservation is, and who did it, from whom that person does not tell', async () => {
    const [ada, jo, admin, room] = [await given.aPerson(), await given.aPerson(), await given.aPerson('admin'), await given.aResource()];
    await db.asOwner(`update account set name_shown_to = 'nobody' where id = $1`, [ada.accountId]);
    const { id } = await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, title: 'Sync', ...from('09:00').to('10:00') });
    await db.asOwner(`update event set at = $1`, [at('08:00')]);
    const log = await events();
    const told = async (reader: Actor) => (await log.page(reader, undefined, 10)).data;

    expect(JSON.stringify(await told(jo))).not.toContain(ada.accountId);
    expect(await told(jo)).toMatchObject([{ actor: null, data: { reservationId: id, title: 'Sync' } }]);
    for (const reader of [ada, admin])
      expect(await told(reader)).toMatchObject([{ actor: ada.accountId, data: { organizerId: ada.accountId } }]);
  });

  it('says when what was asked for is no longer kept, and begins with the oldest that is', async () => {
    const [admin, ada, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    for (const [start, end] of [
      ['09:00', '10:00'],
      ['10:00', '11:00'],
      ['11:00', '12:00'],
    ] as const)
      await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, ...from(start).to(end) });
    for (const [position, days] of [31, 31, 1].entries())
      await db.asOwner(`update event set at = $1 where position = (select position from event order by position offset $2 limit 1)`, [
        new Date(on.clock.now().getTime() - days * DAY),
        position,
      ]);
    const log = await events();

    expect((await log.page(admin, undefined, 10)).data.map((it) => it.sequence)).toEqual([3]);
    expect((await log.page(admin, 2, 10)).data).toHaveLength(1);
    await expect(log.page(admin, 1, 10)).rejects.toMatchObject({ code: 'events-forgotten' });
  });

  it('says so as well of events the audit log gave up, and begins behind them', async () => {
    const [admin, ada, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    for (const hour of [9, 10, 11, 12, 13, 14])
      await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, ...from(`${hour}:00`.padStart(5, '0')).to(`${hour + 1}:00`) });
    await db.asOwner(`update event set at = $1`, [at('08:00')]);
    const log = await events();
    await db.asOwner('delete from event where sequence <= 4');

    expect((await log.page(admin, undefined, 10)).data.map((it) => it.sequence)).toEqual([5, 6]);
    expect((await log.page(admin, 4, 10)).data).toHaveLength(2);
    await expect(log.page(admin, 3, 10)).rejects.toMatchObject({ code: 'events-forgotten' });
  });
});
