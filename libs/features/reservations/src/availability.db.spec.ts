import { addMinutes } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import type { AvailabilityGrid } from './availability.queries';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const day = { start: at('00:00'), end: at('00:00', 8) };
const morning = from('09:00').to('10:00');
const wish = (resource: { id: string }, when = morning) => ({ resourceIds: [resource.id], quantity: 1, title: 'Sync', ...when });

beforeEach(() => on.clock.set(at('08:00')));

/** The bars of one resource as `title start–end`, with what they came through and how many units they take. */
function barsOf(grid: AvailabilityGrid, resource: { id: string }): string[] {
  const { bars } = grid;
  const row = grid.resources.indexOf(resource.id);
  const hour = (seconds: number) => `${seconds / 3600}`;
  return bars.id.flatMap((_, i) => {
    if (bars.resource[i] !== row) return [];
    const other = grid.others[bars.through[i] ?? -1];
    return [
      [
        bars.title[i] ?? 'Busy',
        `${hour(bars.start[i] ?? 0)}–${hour(bars.end[i] ?? 0)}`,
        bars.status[i] === 'confirmed' ? null : bars.status[i],
        other && `through ${other.name}`,
        (bars.quantity[i] ?? 1) > 1 ? `× ${bars.quantity[i]}` : null,
      ]
        .filter(Boolean)
        .join(' '),
    ];
  });
}

describe('The grid', () => {
  it('shows what is another person’s own, and whose to those who may know', async () => {
    const UTC = { timeZone: 'UTC' };
    const [desk, secret] = [await given.aResource(UTC), await given.aResource({ ...UTC, policy: { titlesVisibleTo: 'managers' } })];
    const [ada, grace] = [await given.aPerson(), await given.aPerson()];
    for (const resource of [desk, secret]) await given.anAssignment({ resource, person: ada, from: at('06:00'), days: ['2026-12-08'] });
    const assigned = async (to: typeof ada) => {
      const grid = await on.availability.grid(to, [desk.id, secret.id], { ...day, end: at('00:00', 10) });
      return grid.assigned.map((spans) => spans.map((it) => [it.start / 3600, it.end / 3600, it.person]));
    };

    expect(await assigned(grace)).toEqual([
      [
        [6, 24, 'Ada'],
        [48, 72, 'Ada'],
      ],
      [
        [6, 24, null],
        [48, 72, null],
      ],
    ]);
    expect(await assigned(ada)).toEqual([[], []]);
  });

  it('shows what began weeks before, for as long as it lasts', async () => {
    const room = await given.aResource({ timeZone: 'UTC', policy: { maxDuration: 'P30D' } });
    const ada = await given.aPerson();
    const hours = (days: number) => days * 24;
    await on.book.execute(ada, { ...wish(room), start: at('10:00'), end: new Date(at('10:00').getTime() + hours(30) * 3_600_000) });
    const weekFrom = async (days: number) => {
      const start = new Date(day.start.getTime() + hours(days) * 3_600_000);
      return barsOf(await on.availability.grid(ada, [room.id], { start, end: new Date(start.getTime() + hours(7) * 3_600_000) }), room);
    };

    expect(await weekFrom(0)).toEqual([`Sync 10–${10 + hours(30)}`]);
    expect(await weekFrom(20)).toEqual([`Sync ${10 - hours(20)}–${10 + hours(10)}`]);
    expect(await weekFrom(30)).toEqual([`Sync ${10 - hours(30)}–10`]);
    expect(await weekFrom(31)).toEqual([]);
  });

  it('shows the longest there is to its last minute: 30 days in which clocks go back, and a day before and after', async () => {
    const policy = { maxDuration: 'P30D', bufferBefore: 'P1D', bufferAfter: 'P1D', horizon: 'P365D' };
    const room = await given.aResource({ timeZone: 'Pacific/Auckland', policy });
    const ada = await given.aPerson();
    // Noon in summer time, and noon thirty days later in winter time.
    const [start, end] = [new Date('2027-03-19T23:00:00Z'), new Date('2027-04-19T00:00:00Z')];
    await on.book.execute(ada, { ...wish(room), start, end });
    const hourFrom = async (minutes: number) => {
      const begin = addMinutes(end, 24 * 60 + minutes);
      return barsOf(await on.availability.grid(ada, [room.id], { start: begin, end: addMinutes(begin, 60) }), room);
    };

    expect(await hourFrom(-1)).toHaveLength(1);
    expect(await hourFrom(0)).toEqual([]);
  });

  it('shows a whole taken on each of its parts, and a part taken on the whole, and siblings free', async () => {
    const hall = await given.aResource({ name: 'Hall' });
    const [a, b] = [
      await given.aResource({ name: 'Half A', parent: hall }),
      await given.aResource({ name: 'Half B', parent: hall, units: 3 }),
    ];
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(hall));
    await on.book.execute(ada, wish(a, from('11:00').to('12:00')));

    const grid = await on.availability.grid(await given.aPerson(), [hall.id, a.id, b.id], day);

    expect(barsOf(grid, hall)).toEqual(['Sync 9–10', 'Sync 11–12 through Half A']);
    expect(barsOf(grid, a)).toEqual(['Sync 9–10 through Hall', 'Sync 11–12']);
    expect(barsOf(grid, b)).toEqual(['Sync 9–10 through Hall × 3']);
  });

  it('tells a part what takes its time when nobody asked about the whole', async () => {
    const house = await given.aResource({ name: 'House' });
    const hall = await given.aResource({ name: 'Hall', parent: house });
    const half = await given.aResource({ name: 'Half', parent: hall });
    await on.book.execute(await given.aPerson(), wish(house));

    const grid = await on.availability.grid(await given.aPerson(), [half.id], day);

    expect(barsOf(grid, half)).toEqual(['Sync 9–10 through House']);
    expect(grid.others).toEqual([{ resourceId: house.id, name: 'House' }]);
  });

  it('takes the hall once for a reservation of both halves', async () => {
    const hall = await given.aResource({ name: 'Hall' });
    const [a, b] = [await given.aResource({ name: 'A', parent: hall }), await given.aResource({ name: 'B', parent: hall })];
    const ada = await given.aPerson();
    await on.book.execute(ada, { ...wish(a), resourceIds: [a.id, b.id] });

    expect(barsOf(await on.availability.grid(ada, [hall.id], day), hall)).toHaveLength(1);
  });

  it('tells titles as the booked resource allows, also where another one shows them', async () => {
    const hall = await given.aResource({ name: 'Hall', policy: { titlesVisibleTo: 'managers' } });
    const half = await given.aResource({ name: 'Half', parent: hall });
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(hall));

    expect(barsOf(await on.availability.grid(await given.aPerson(), [half.id], day), half)).toEqual(['Busy 9–10 through Hall']);
    expect(barsOf(await on.availability.grid(ada, [half.id], day), half)).toEqual(['Sync 9–10 through Hall']);
    expect(barsOf(await on.availability.grid(await given.aPerson('admin'), [half.id], day), half)).toEqual(['Sync 9–10 through Hall']);
  });

  it('names no whole the reader may not see, and blocks its time all the same', async () => {
    const hall = await given.aResource({ name: 'Hall' });
    const half = await given.aResource({ name: 'Half', parent: hall });
    await on.book.execute(await given.aPerson(), wish(hall));
    await db.asOwner(`update resource set status = 'archived', version = version + 1 where id = $1`, [hall.id]);

    const grid = await on.availability.grid(await given.aPerson(), [half.id], day);

    expect(barsOf(grid, half)).toEqual(['Busy 9–10 through null']);
    expect(grid.others).toEqual([{ resourceId: null, name: null }]);
  });

  it('shows the time of a cancellation as taken for as long as it can be taken back', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(room));
    await on.cancel.execute(ada, { id: booked.id, undoSeconds: 8 });
    const reader = await given.aPerson();

    const during = await on.availability.grid(reader, [room.id], day);
    expect(barsOf(during, room)).toEqual(['Sync 9–10 cancelled']);
    expect(during.bars.expiresAt).toEqual(['2026-12-07T08:00:08.000Z']);
    await expect(on.book.execute(reader, wish(room))).rejects.toMatchObject({ code: 'reservation-conflict' });

    on.clock.set(new Date(at('08:00').getTime() + 8_000));
    expect(barsOf(await on.availability.grid(reader, [room.id], day), room)).toEqual([]);
    expect(await on.book.execute(reader, wish(room))).toMatchObject({ status: 'confirmed' });
  });
});
