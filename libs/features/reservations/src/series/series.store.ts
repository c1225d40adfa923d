import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { allAtOnce, type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import { type CustomValues, formatRule, parseRule, type Recurrence } from '@berth/scheduling';
import { demandSeriesManaged } from '../manages-reservation';
import type { Claim } from '../reservation';

/** The rules of time zones this process reckons with. */
export const TZDB = process.versions.tz ?? 'unknown';
const DAY_MS = 86_400_000;

/** A series' own row, with what it asks for. */
export interface SeriesRow {
  id: string;
  organizer_id: string;
  booked_by_id: string | null;
  title: string | null;
  description: string | null;
  private: boolean;
  attendees: number | null;
  /** Of the occurrences that are still to come. */
  customFields: CustomValues;
  local_start: string;
  minutes: number;
  time_zone: string;
  rrule: string;
  exdates: string[];
  rdates: string[];
  materialised_until: Date | null;
  extend_at: Date | null;
  cancelled_at: Date | null;
  version: number;
  items: { readonly resourceId: string; readonly quantity: number }[];
}

/** What does not touch the time. */
export interface SeriesDetails {
  readonly title: string | null;
  readonly description: string | null;
  readonly private: boolean;
  readonly attendees: number | null;
  readonly customFields: CustomValues;
}

/** What a new series consists of. */
export interface NewSeries extends SeriesDetails {
  readonly id: string;
  readonly organizerId: string;
  readonly bookedById: string | null;
  readonly splitFromId: string | null;
  readonly recurrence: Recurrence;
  readonly materialisedUntil: Date | null;
  readonly items: readonly { readonly resourceId: string; readonly quantity: number }[];
  readonly now: Date;
}

/** What a series' own row is read by; the table is called `s` there. */
export const seriesColumns = sql`
  s.id, s.organizer_id, s.booked_by_id, s.title, s.description, s.private, s.attendees, s.custom_fields as "customFields",
  to_char(s.civil_start, 'YYYY-MM-DD"T"HH24:MI:SS') as local_start, s.minutes, s.time_zone, s.rrule,
  array(select to_char(d, 'YYYY-MM-DD"T"HH24:MI:SS') from unnest(s.exdates) d) as exdates,
  array(select to_char(d, 'YYYY-MM-DD"T"HH24:MI:SS') from unnest(s.rdates) d) as rdates,
  s.materialised_until, s.extend_at, s.cancelled_at, s.version,
  (select jsonb_agg(jsonb_build_object('resourceId', i.resource_id, 'quantity', i.quantity) order by i.resource_id)
   from series_item i where i.series_id = s.id) as items`;

/** Reads a series; locked, where `lock` is asked for. Locks are taken in the order series, leaves, reservations, occupancy. */
export async function readSeries(db: Sql, organizationId: string, id: string, lock: 'lock' | 'look'): Promise<SeriesRow | undefined> {
  if (lock === 'lock') await db.sql`select from series where org_id = ${organizationId} and id = ${id} for no key update`;
  const [row] = await db.sql<SeriesRow>`select ${seriesColumns} from series s where s.org_id = ${organizationId} and s.id = ${id}`;
  return row;
}

/**
 * The series that is about to be changed.
 * @throws Problem `not-found`, `permission-denied` for somebody else's that the actor does not manage
 */
export async function seriesToChange(db: Sql, actor: Actor, id: string, lock: 'lock' | 'look'): Promise<SeriesRow> {
  const row = await readSeries(db, actor.organizationId, id, lock);
  if (!row) throw new Problem('not-found');
  await demandSeriesManaged(db, actor, row);
  return row;
}

/** The stored recurrence. */
export function recurrenceOfRow(row: SeriesRow): Recurrence {
  const { rule } = parseRule(row.rrule);
  if (!rule) throw new Problem('internal-error', { detail: 'A stored rule cannot be read.' });
  return { start: row.local_start, timeZone: row.time_zone, minutes: row.minutes, rule, exdates: row.exdates, rdates: row.rdates };
}

/** Writes a new series and what it asks for. */
export async function insertSeries(tx: Tx, it: NewSeries): Promise<void> {
  await tx.run(allAtOnce(seriesToInsert(tx, it)));
}

/** The same as parts of a statement that the caller runs. */
export function seriesToInsert(tx: Tx, it: NewSeries): Statement[] {
  const { recurrence } = it;
  const series = sql`
    insert into series (id, org_id, organizer_id, booked_by_id, split_from_id, title, description, private, attendees, custom_fields, civil_start, minutes, time_zone,
                        rrule, exdates, rdates, tzdb_version, materialised_until, extend_at, created_at, updated_at)
    values (${it.id}, ${tx.organizationId}, ${it.organizerId}, ${it.bookedById}, ${it.splitFromId}, ${it.title}, ${it.description}, ${it.private}, ${it.attendees},
            ${JSON.stringify(it.customFields)}, ${recurrence.start}, ${recurrence.minutes}, ${recurrence.timeZone}, ${formatRule(recurrence.rule)}, ${[...recurrence.exdates]}::timestamp[],
            ${[...recurrence.rdates]}::timestamp[], ${TZDB}, ${it.materialisedUntil}, ${nextLook(it.materialisedUntil, it.now)}, ${it.now}, ${it.now})`;
  return [series, itemsToInsert(tx, it.id, it.items)];
}

/** Writes what a series asks for in place of what it asked. */
export async function writeSeriesItems(tx: Tx, id: string, items: NewSeries['items']): Promise<void> {
  await tx.sql`delete from series_item where series_id = ${id}`;
  await tx.run(itemsToInsert(tx, id, items));
}

const itemsToInsert = (tx: Tx, id: string, items: NewSeries['items']): Statement => sql`
  insert into series_item (org_id, series_id, resource_id, quantity)
  select ${tx.organizationId}::uuid, ${id}::uuid, resource_id, quantity
  from unnest(${items.map((it) => it.resourceId)}::uuid[], ${items.map((it) => it.quantity)}::smallint[]) as item(resource_id, quantity)`;

/** Writes the time of a series and how far it is booked; who changes it goes on to count the change. */
export async function updateSeriesTime(
  tx: Tx,
  id: string,
  recurrence: Recurrence,
  materialisedUntil: Date | null,
  now: Date,
): Promise<void> {
  await tx.sql`
    update series
    set civil_start = ${recurrence.start}, minutes = ${recurrence.minutes}, time_zone = ${recurrence.timeZone}, rrule = ${formatRule(recurrence.rule)},
        exdates = ${[...recurrence.exdates]}::timestamp[], rdates = ${[...recurrence.rdates]}::timestamp[], tzdb_version = ${TZDB},
        materialised_until = ${materialisedUntil}, extend_at = ${nextLook(materialisedUntil, now)}, updated_at = ${now}
    where id = ${id}`;
}

/**
 * Says that a series is reckoned by the rules of this process now.
 * @param last start of the last of its dates that is booked, from which a series that goes on is extended; null where none is to come
 * @returns whether it was not yet
 */
export async function markReckoned(tx: Tx, { id }: Pick<SeriesRow, 'id'>, last: Date | null, now: Date): Promise<boolean> {
  const rows = await tx.sql`
    update series
    set tzdb_version = ${TZDB}, version = version + 1, updated_at = ${now},
        materialised_until = case when materialised_until is not null then coalesce(${last}::timestamptz, materialised_until) end
    where id = ${id} and tzdb_version <> ${TZDB}
    returning id`;
  return rows.length > 0;
}

/** Writes what a series is called, for how many it is, and what was answered. */
export async function updateSeriesDetails(tx: Tx, id: string, details: SeriesDetails, now: Date): Promise<void> {
  await tx.sql`
    update series
    set title = ${details.title}, description = ${details.description}, private = ${details.private}, attendees = ${details.attendees},
        custom_fields = ${JSON.stringify(details.customFields)}, version = version + 1, updated_at = ${now}
    where id = ${id}`;
}

/** A series that goes on is looked at once a day. */
const nextLook = (materialisedUntil: Date | null, now: Date): Date | null => (materialisedUntil ? new Date(now.getTime() + DAY_MS) : null);

/** An occurrence as it is written: booked by a claim, or kept as skipped. */
export interface OccurrenceToWrite {
  readonly claim: Claim;
  readonly recurrenceId: Date;
  readonly status: 'confirmed' | 'pending' | 'skipped';
}

/** The series occurrences are written into, with the answers of those that bring none. */
export interface WrittenSeries {
  readonly id: string;
  readonly customFields: CustomValues;
}

/** Writes occurrences over those there are, which keep their answers; what is new among them is added. */
export async function rewriteOccurrences(tx: Tx, series: WrittenSeries, all: readonly OccurrenceToWrite[]): Promise<void> {
  const ids = all.map((it) => it.claim.id);
  // The unique index is looked at row by row, so identities that change places leave theirs first.
  await tx.sql`
    with emptied as (delete from reservation_item where reservation_id = any(${ids}::uuid[]))
    update reservation set recurrence_id = recurrence_id - interval '1000 years' where id = any(${ids}::uuid[]) and series_id is not null`;
  await tx.run(allAtOnce(occurrencesToWrite(tx, series, all)));
}

/**
 * Occurrences with their items as parts of a statement that the caller runs, two however many there are. A row that has no
 * series yet only stands in for its occupancy: it has no answers of its own to keep.
 */
export function occurrencesToWrite(tx: Tx, series: WrittenSeries, all: readonly OccurrenceToWrite[]): Statement[] {
  const rows = all.map((it) => rowOf(it, series.customFields));
  return [
    sql`
      insert into reservation (id, org_id, organizer_id, booked_by_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, custom_fields, series_id, recurrence_id, created_at, updated_at)
      select id, ${tx.organizationId}, organizer_id, booked_by_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, custom_fields, ${series.id}, recurrence_id, now, now
      from jsonb_to_recordset(${JSON.stringify(rows)}) as r(id uuid, organizer_id uuid, booked_by_id uuid, status text, title text, description text,
        starts_at timestamptz, ends_at timestamptz, time_zone text, private boolean, attendees integer, custom_fields jsonb, recurrence_id timestamptz, now timestamptz)
      on conflict (id) do update
        set organizer_id = excluded.organizer_id, booked_by_id = excluded.booked_by_id, status = excluded.status, title = excluded.title, description = excluded.description,
            starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone, private = excluded.private, attendees = excluded.attendees,
            custom_fields = case when reservation.series_id is null then excluded.custom_fields else reservation.custom_fields end,
            series_id = excluded.series_id, recurrence_id = excluded.recurrence_id, updated_at = excluded.updated_at,
            version = reservation.version + case when reservation.created_at = excluded.created_at then 0 else 1 end`,
    sql`
      insert into reservation_item (org_id, reservation_id, resource_id, quantity, partstat, held_from, held_to)
      select ${tx.organizationId}, reservation_id, resource_id, quantity, partstat, held_from, held_to
      from jsonb_to_recordset(${JSON.stringify(all.flatMap(itemRowsOf))}) as i(reservation_id uuid, resource_id uuid, quantity smallint, partstat text, held_from timestamptz, held_to timestamptz)`,
  ];
}

const rowOf = ({ claim, recurrenceId, status }: OccurrenceToWrite, answers: CustomValues) => ({
  id: claim.id,
  organizer_id: claim.organizer.id,
  booked_by_id: claim.bookedBy?.id ?? null,
  status,
  title: claim.title,
  description: claim.description,
  starts_at: claim.start,
  ends_at: claim.end,
  time_zone: claim.timeZone,
  private: claim.private,
  attendees: claim.attendees,
  custom_fields: claim.customFields ?? answers,
  recurrence_id: recurrenceId,
  now: claim.now,
});

const itemRowsOf = ({ claim, status }: OccurrenceToWrite) =>
  claim.items.map((it) => ({
    reservation_id: claim.id,
    resource_id: it.resource.id,
    quantity: it.quantity,
    partstat: status === 'confirmed' ? 'ACCEPTED' : status === 'pending' ? 'TENTATIVE' : 'DECLINED',
    held_from: it.held.start,
    held_to: it.held.end,
  }));
