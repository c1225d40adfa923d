import { newId } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import { waitlistOn } from '@berth/waitlist/testing';
import { reservationsGiven } from '@berth/reservations/testing';
import { DemoBookings, type DemoCast } from './demo-bookings';
import { demoPeople, demoResources } from './demo-data';

const db = useDatabase();
const given = reservationsGiven(db);
const waitlist = waitlistOn(db);
const { on } = waitlist;

/** All people and things of the demo, things under names of their own so that each round has new ones. */
async function aCast(): Promise<DemoCast> {
  const people = new Map([
    [null, await given.aPerson('admin')],
    ...(await Promise.all(demoPeople.map(async ({ name }) => [name, await given.aPerson()] as const))),
  ] as const);
  const ids = new Map<string, string>();
  for (const { name, units, policy } of demoResources) {
    const { id } = await given.aResource({ name: `${name} ${newId()}`, units, policy, timeZone: 'Europe/Berlin' });
    ids.set(name, id);
  }
  const terms = await on.catalogue.termsOfMany(db.organizationId, [...ids.values()]);
  return { people, resources: new Map([...ids].map(([name, id]) => [name, terms.get(id)!])) };
}

describe('The demo', () => {
  // The first and last moment of a working day, the middle of one, and a weekend.
  it.each(['2026-12-06T23:00:00Z', '2027-01-08T22:59:00Z', '2027-02-10T10:07:00Z', '2027-03-13T21:30:00Z'])(
    'comes about at %s, with a few requests, series and people who wait',
    async (now) => {
      on.clock.set(new Date(now));
      const cast = await aCast();
      const ids = [...cast.resources.values()].map((it) => it.id);

      await new DemoBookings(on.book, on.series.book, waitlist.join, on.cancel, on.clock).book(cast, 'Europe/Berlin');

      const counted = await db.asOwner<{ status: string; series: boolean; count: number }>(
        `select r.status, r.series_id is not null as series, count(*)::int as count from reservation r
         where exists (select from reservation_item i where i.reservation_id = r.id and i.resource_id = any($1)) group by 1, 2`,
        [ids],
      );
      const count = (status: string, series: boolean): number =>
        counted.find((it) => it.status === status && it.series === series)?.count ?? 0;
      expect(count('pending', false)).toBe(3);
      expect(count('confirmed', false)).toBeGreaterThan(300);
      expect(count('confirmed', true)).toBeGreaterThan(40);
      expect(count('skipped', true)).toBe(1);
      expect(count('cancelled', false)).toBe(2);
      const [waits] = await db.asOwner<{ count: number }>('select count(*)::int as count from waitlist_entry where resource_id = any($1)', [
        ids,
      ]);
      expect(waits?.count).toBe(3);
    },
    240_000,
  );
});
