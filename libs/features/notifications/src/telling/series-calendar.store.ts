import { toInstant } from '@berth/kernel';
import type { Sql } from '@berth/platform/database';
import { calendarStatus, parseRule, type Recurrence, RESERVATION_STATUSES } from '@berth/scheduling';
import type { CalendarDate, CalendarEntry, Draft, StandingSeries } from './draft';

const STANDING = RESERVATION_STATUSES.filter((it) => calendarStatus(it) === 'CONFIRMED');

interface SeriesRow {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly local_start: string;
  readonly minutes: number;
  readonly time_zone: string;
  readonly rrule: string;
  readonly open_until: Date | null;
}

interface DateRow extends CalendarDate {
  readonly series_id: string;
  readonly people: readonly string[];
}

/**
 * Gives letters about series, and about dates of them, what a calendar is to hold: the whole as it stands now for who reads it.
 * So a letter that was lost or overtaken is made good by the next. Where nothing stands any more it is a cancellation.
 */
export async function withSeriesCalendars(db: Sql, drafts: readonly Draft[]): Promise<Draft[]> {
  const ids = [...new Set(drafts.flatMap((it) => it.ofSeries?.seriesId ?? []))];
  if (ids.length === 0) return [...drafts];
  const series = await readSeries(db, ids);
  const dates = Map.groupBy(await readDates(db, ids), (it) => it.series_id);
  return drafts.map((draft) => {
    const row = draft.ofSeries && series.get(draft.ofSeries.seriesId);
    if (!draft.ofSeries || !row) return draft;
    const own = (dates.get(row.id) ?? []).filter((it) => it.people.includes(draft.accountId));
    const calendar = entryOf(row, own, draft.ofSeries.sequence);
    // What waits for approval is in no calendar yet, so there is nothing to take out of it.
    const isSaid = calendar.method === 'REQUEST' || draft.kind === 'booking-cancelled' || draft.letterOnly;
    return isSaid ? { ...draft, calendar } : draft;
  });
}

/** A series that is not there any more, as when it was joined to another. */
export const seriesIsGone = (
  uid: string,
  sequence: number,
  { localStart, timeZone }: { readonly localStart: string; readonly timeZone: string },
): CalendarEntry => {
  const start = toInstant(localStart, timeZone).instant;
  return { method: 'CANCEL', uid, sequence, date: { start, end: start, title: '', place: '' } };
};

function entryOf(row: SeriesRow, dates: readonly DateRow[], sequence: number): CalendarEntry {
  const recurrence = recurrenceOf(row);
  const [first, ...more] = dates;
  if (!first) {
    const gone = seriesIsGone(row.id, sequence, { localStart: row.local_start, timeZone: row.time_zone });
    return { ...gone, date: { ...gone.date, title: row.title, place: row.place } };
  }
  const { title, place, open_until: openUntil } = row;
  const series: StandingSeries = { recurrence, openUntil, title, place, dates: [first, ...more] };
  return { method: 'REQUEST', uid: row.id, sequence, date: first, series };
}

async function readSeries(db: Sql, ids: readonly string[]): Promise<Map<string, SeriesRow>> {
  const rows = await db.sql<SeriesRow>`
    select s.id, coalesce(s.title, names.text) as title, names.text as place, to_char(s.civil_start, 'YYYY-MM-DD"T"HH24:MI:SS') as local_start,
           s.minutes, s.time_zone, s.rrule, case when s.cancelled_at is null then s.materialised_until end as open_until
    from series s
    cross join lateral (
      select coalesce(string_agg(x.name, ', ' order by x.name), '') as text from series_item i join resource x on x.id = i.resource_id where i.series_id = s.id) names
    where s.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((it) => [it.id, it]));
}

function readDates(db: Sql, ids: readonly string[]): Promise<DateRow[]> {
  return db.sql<DateRow>`
    select r.series_id, r.recurrence_id as "recurrenceId", r.starts_at as start, r.ends_at as "end", coalesce(r.title, names.text) as title,
           names.text as place, array_remove(array[r.organizer_id::text, r.booked_by_id::text], null) as people
    from reservation r
    cross join lateral (
      select coalesce(string_agg(x.name, ', ' order by x.name), '') as text
      from reservation_item i join resource x on x.id = i.resource_id where i.reservation_id = r.id) names
    where r.series_id = any(${[...ids]}::uuid[]) and r.status = any(${STANDING}::text[])
    order by r.series_id, r.recurrence_id`;
}

function recurrenceOf(row: SeriesRow): Recurrence {
  const { rule } = parseRule(row.rrule);
  if (!rule) throw new RangeError(`the rule of series ${row.id} cannot be read`);
  return { start: row.local_start, timeZone: row.time_zone, minutes: row.minutes, rule, exdates: [], rdates: [] };
}
