import { newId } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import type { ReservationFilter } from './reservations.queries';
import { reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 1);
const STATES = ['pending', 'confirmed', 'completed', 'completed', 'completed', 'cancelled', 'no_show', 'held'];
const COUNT = 160;

interface Written {
  readonly id: string;
  readonly status: string;
  readonly start: number;
  readonly end: number;
}

/** The n-th of a fixed sequence in [0, 1). */
const chance = (n: number): number => (Math.imul(n + 1, 0x9e3779b1) >>> 0) / 2 ** 32;

/** Reservations of a year, most an hour long and some of weeks, many of them at the same instants. */
async function aHistory(organizer: string): Promise<Written[]> {
  const written = Array.from({ length: COUNT }, (_, n): Written => {
    const start = BEGIN + Math.floor(chance(n) * 40) * 9 * 24 * HOUR;
    const hours = n % 4 === 0 ? Math.ceil(chance(n + 500) * 24 * 30) : n % 4 === 1 ? 24 : 1;
    return { id: newId(), status: STATES[n % STATES.length]!, start, end: start + hours * HOUR };
  });
  await db.asOwner(
    `insert into reservation (id, org_id, organizer_id, status, hold_until, starts_at, ends_at, time_zone, created_at, updated_at)
     select id, $1, $2, status, case when status = 'held' then now() end, to_timestamp(s), to_timestamp(e), 'UTC', now(), now()
     from unnest($3::uuid[], $4::text[], $5::float8[], $6::float8[]) as it(id, status, s, e)`,
    [
      db.organizationId,
      organizer,
      ...(['id', 'status'] as const).map((key) => written.map((it) => it[key])),
      ...['start', 'end'].map((key) => written.map((it) => it[key as 'start'] / 1000)),
    ],
  );
  return written;
}

describe('The list of reservations', () => {
  it('gives each that fits once, in order, whatever is asked for and however small its pages', async () => {
    const person = await given.aPerson('admin');
    const history = await aHistory(person.accountId);
    const read = async (filter: ReservationFilter): Promise<string[]> => {
      const ids: string[] = [];
      for (let cursor: string | undefined; ;) {
        const { data, page } = await on.queries.page(person, filter, { limit: 7, cursor });
        ids.push(...data.map((it) => it.id));
        if (!page.nextCursor) return ids;
        cursor = page.nextCursor;
      }
    };
    const wanted = ({ status, from, to, sort }: ReservationFilter): string[] =>
      history
        .filter((it) => it.status !== 'held' && (!status || status.includes(it.status)))
        .filter((it) => (!from || it.end > from.getTime()) && (!to || it.start < to.getTime()))
        .sort((a, b) => (a.start - b.start || (a.id < b.id ? -1 : 1)) * (sort === 'start' ? 1 : -1))
        .map((it) => it.id);

    const filters = [undefined, ['pending'], ['cancelled', 'no_show', 'cancelled'], ['completed', 'pending'], ['held']].flatMap((status) =>
      [undefined, 0, 30, 99.5, 300].flatMap((day) =>
        (['start', '-start'] as const).map((sort): ReservationFilter => {
          const from = day === undefined ? undefined : new Date(BEGIN + day * 24 * HOUR);
          return { status, from, to: from && day! > 50 ? new Date(from.getTime() + 40 * 24 * HOUR) : undefined, sort };
        }),
      ),
    );
    for (const filter of filters) {
      expect([filter, await read(filter)]).toEqual([filter, wanted(filter)]);
      const mine = { ...filter, organizer: 'me' };
      expect([mine, await read(mine)]).toEqual([mine, wanted(filter)]);
    }
    expect(filters.some((it) => wanted(it).length > 30)).toBe(true);
  });
});
