import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '../testing';
import { MyStatsQueries } from './my-stats.queries';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const wish = (resource: { id: string }, when: ReturnType<ReturnType<typeof from>['to']>) => ({
  resourceIds: [resource.id],
  quantity: 1,
  ...when,
});
const utc = { timeZone: 'UTC', weekStart: 1 };
const statsOf = (actor: Parameters<MyStatsQueries['of']>[0], reckoning = utc) =>
  new MyStatsQueries(db.database, on.clock).of(actor, reckoning);

describe('MyStats', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('says nothing of who has never booked', async () => {
    const ada = await given.aPerson();

    expect(await statsOf(ada)).toMatchObject({
      timeZone: 'UTC',
      week: { from: '2026-12-07T00:00:00Z', to: '2026-12-14T00:00:00Z', minutes: 0, bookings: 0, noShows: 0 },
      month: { from: '2026-12-01T00:00:00Z', to: '2027-01-01T00:00:00Z', minutes: 0, toCome: 0 },
      lastMonth: { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z', minutes: 0 },
      weekdayMinutes: [0, 0, 0, 0, 0, 0, 0],
      busiestWeekday: null,
      usual: [],
    });
  });

  it('adds up the week and the month and names the busiest weekday and the usual places', async () => {
    const [ada, grace] = [await given.aPerson(), await given.aPerson()];
    const [desk, room] = [await given.aResource({ name: 'Desk' }), await given.aResource({ name: 'Room' })];
    await on.book.execute(ada, wish(desk, from('09:00').to('11:00')));
    await on.book.execute(ada, wish(desk, from('09:00', 8).to('10:30')));
    await on.book.execute(ada, wish(room, from('12:00', 8).to('13:00')));
    await on.book.execute(ada, wish(desk, from('09:00', 16).to('10:00')));
    await on.book.execute(grace, wish(room, from('09:00').to('17:00')));
    on.clock.set(at('08:00', 8));

    const stats = await statsOf(ada);

    expect(stats.week).toMatchObject({ minutes: 120 + 90 + 60, bookings: 3 });
    expect(stats.month).toMatchObject({ minutes: 330, bookings: 4, toCome: 3 });
    expect(stats.weekdayMinutes).toEqual([120, 150, 60, 0, 0, 0, 0]);
    expect(stats.busiestWeekday).toBe(2);
    expect(stats.usual).toMatchObject([
      {
        resourceId: desk.id,
        name: 'Desk',
        bookings: 3,
        minutes: 270,
        bookable: true,
        lastStart: '2026-12-16T09:00:00Z',
        lastEnd: '2026-12-16T10:00:00Z',
      },
      { resourceId: room.id, name: 'Room', bookings: 1, minutes: 60 },
    ]);
  });

  it('counts neither what was cancelled nor the time of a no-show, which it tells apart', async () => {
    const ada = await given.aPerson();
    const room = await given.aResource({ policy: { checkIn: { mode: 'required', before: 'PT15M', after: 'PT15M' } } });
    const missed = await on.book.execute(ada, wish(room, from('09:00').to('11:00')));
    const cancelled = await on.book.execute(ada, wish(room, from('12:00').to('13:00')));
    await on.cancel.execute(ada, { id: cancelled.id, undoSeconds: 0 });
    on.clock.set(at('09:30'));
    await on.lifecycle.run();

    expect((await on.queries.one(ada, missed.id)).status).toBe('no_show');
    expect((await statsOf(ada)).week).toMatchObject({ minutes: 0, bookings: 0, noShows: 1 });
  });

  it('counts a booking over midnight of Sunday to both weeks, as far as it lies in each', async () => {
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(await given.aResource(), { start: at('22:00', 13), end: at('01:00', 14) }));

    expect((await statsOf(ada)).week.minutes).toBe(120);
    on.clock.set(at('08:00', 14));
    expect((await statsOf(ada)).week.minutes).toBe(60);
  });

  it('begins weeks and months where the reader lives', async () => {
    const ada = await given.aPerson();

    expect((await statsOf(ada, { timeZone: 'America/New_York', weekStart: 7 })).week).toMatchObject({
      from: '2026-12-06T05:00:00Z',
      to: '2026-12-13T05:00:00Z',
    });
  });
});
