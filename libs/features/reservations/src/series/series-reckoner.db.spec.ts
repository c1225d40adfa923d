import { useDatabase } from '@berth/platform/testing';
import { at, reservationsGiven, reservationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const HOUR = 3_600_000;

const weekly = (resource: { id: string }, time: string, more: object = {}) => ({
  ...{ rrule: 'FREQ=WEEKLY;COUNT=3', exdates: [], rdates: [], onConflict: 'fail' as const, resolutions: [] },
  wish: {
    ...{ resourceIds: [resource.id], quantity: 1, timeZone: 'Europe/Paris' },
    ...{ start: at(time), end: new Date(at(time).getTime() + HOUR) },
  },
  ...more,
});

/**
 * As if the rules of the zone had put the clocks otherwise when the series was booked: its dates stand some minutes off, in
 * everything that is stored of them.
 */
async function bookedByOtherRules(seriesId: string, minutes: number): Promise<void> {
  const by = `${minutes} minutes`;
  await db.asOwner(
    `update occupancy set s = s + $2::interval, e = e + $2::interval where reservation_id in (select id from reservation where series_id = $1)`,
    [seriesId, by],
  );
  await db.asOwner(
    `update reservation_item set held_from = held_from + $2::interval, held_to = held_to + $2::interval where reservation_id in (select id from reservation where series_id = $1)`,
    [seriesId, by],
  );
  await db.asOwner(
    `update reservation set starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval, recurrence_id = recurrence_id + $2::interval where series_id = $1`,
    [seriesId, by],
  );
  await db.asOwner(`update series set tzdb_version = '1999a', materialised_until = materialised_until + $2::interval where id = $1`, [
    seriesId,
    by,
  ]);
}
const starts = async (seriesId: string): Promise<string[]> => {
  const rows = await db.asOwner<{ text: string }>(
    `select to_char(starts_at at time zone 'UTC', 'DD HH24:MI') || case when recurrence_id = starts_at then '' else ' for ' || to_char(recurrence_id at time zone 'UTC', 'DD HH24:MI') end as text
     from reservation where series_id = $1 order by starts_at`,
    [seriesId],
  );
  return rows.map((it) => it.text);
};
const versionOf = async (id: string): Promise<string | undefined> =>
  (await db.asOwner<{ tzdb_version: string }>('select tzdb_version from series where id = $1', [id]))[0]?.tzdb_version;

describe('Series reckoned by other rules of time zones', () => {
  beforeEach(() => on.clock.set(at('05:00')));

  it('stand at their hour again, with their time, and are looked at once', async () => {
    const [room, ada] = [await given.aResource({ timeZone: 'Europe/Paris' }), await given.aPerson()];
    const { series } = await on.series.book.execute(ada, weekly(room, '08:00'));
    await bookedByOtherRules(series.id, 60);

    expect(await on.series.reckoner.run()).toEqual({ moved: 3, left: 0 });

    expect(await starts(series.id)).toEqual(['07 08:00', '14 08:00', '21 08:00']);
    expect(await given.occupancyOf(room)).toEqual(['1 07 08:00–07 09:00', '1 14 08:00–14 09:00', '1 21 08:00–21 09:00']);
    expect(await versionOf(series.id)).toBe(process.versions.tz);
    expect(await given.eventsOf(series)).toEqual(['series.created', 'series.updated']);
    expect(await on.series.reckoner.run()).toEqual({ moved: 0, left: 0 });
  });

  it('change nothing where the rules of their zone say the same', async () => {
    const [room, ada] = [await given.aResource({ timeZone: 'Europe/Paris' }), await given.aPerson()];
    const { series } = await on.series.book.execute(ada, weekly(room, '08:00'));
    await bookedByOtherRules(series.id, 0);

    expect(await on.series.reckoner.run()).toEqual({ moved: 0, left: 0 });
    expect([await starts(series.id), await versionOf(series.id)]).toEqual([['07 08:00', '14 08:00', '21 08:00'], process.versions.tz]);
    expect(await given.eventsOf(series)).toEqual(['series.created']);
  });

  it.each([60, -60])('give way to each other when one wants what another has still (%i minutes off)', async (minutes) => {
    const [room, ada] = [await given.aResource({ timeZone: 'Europe/Paris' }), await given.aPerson()];
    const all = [];
    for (const time of ['08:00', '09:00', '10:00']) all.push((await on.series.book.execute(ada, weekly(room, time))).series.id);
    for (const id of minutes > 0 ? [...all].reverse() : all) await bookedByOtherRules(id, minutes);

    expect(await on.series.reckoner.run()).toEqual({ moved: 9, left: 0 });

    for (const [i, id] of all.entries())
      expect(await starts(id)).toEqual([7, 14, 21].map((day) => `${String(day).padStart(2, '0')} ${['08', '09', '10'][i]}:00`));
  });

  it('keep a date that does not fit, and tell whose it is; what was moved by hand stays where it was put', async () => {
    const [room, ada, grace] = [await given.aResource({ timeZone: 'Europe/Paris' }), await given.aPerson(), await given.aPerson()];
    const { series, occurrences } = await on.series.book.execute(ada, weekly(room, '08:00'));
    await bookedByOtherRules(series.id, 60);
    await on.book.execute(grace, { resourceIds: [room.id], quantity: 1, start: at('08:00', 14), end: at('09:00', 14) });
    await on.move.execute(ada, { id: occurrences[2]!.id, start: at('15:00', 21), end: at('16:00', 21) });

    expect(await on.series.reckoner.run()).toEqual({ moved: 1, left: 1 });

    expect(await starts(series.id)).toEqual(['07 08:00', '14 09:00 for 14 08:00', '21 15:00 for 21 08:00']);
    expect(await given.eventsOf({ id: occurrences[1]!.id })).toEqual(['reservation.created', 'reservation.affected']);
    expect(await on.series.reckoner.run()).toEqual({ moved: 0, left: 0 });
  });

  it('go on where they ended, with no date twice and none left out', async () => {
    const [room, ada] = [await given.aResource({ timeZone: 'Europe/Paris', policy: { horizon: 'P5D' } }), await given.aPerson()];
    const { series } = await on.series.book.execute(ada, weekly(room, '08:00', { rrule: 'FREQ=DAILY' }));
    await bookedByOtherRules(series.id, -60);
    await on.series.reckoner.run();

    on.clock.set(at('05:00', 9));
    await on.series.extender.run();

    expect(await starts(series.id)).toEqual([7, 8, 9, 10, 11, 12, 13].map((day) => `${String(day).padStart(2, '0')} 08:00`));
  });
});
