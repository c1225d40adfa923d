import { Problem } from '@berth/contracts';
import type { Sql, Tx } from '@berth/platform/database';
import type { ReservationStatus } from '@berth/scheduling';
import { free } from '../occupancy.store';
import type { SeriesDetails } from './series.store';

/** A stored occurrence of a series. */
export interface StoredOccurrence {
  readonly id: string;
  readonly recurrenceId: Date;
  /** Civil date of `recurrenceId` in the zone of the series. */
  readonly date: string;
  readonly start: Date;
  readonly end: Date;
  readonly status: ReservationStatus;
  readonly resourceIds: readonly string[];
  readonly leaves: readonly string[];
  readonly version: number;
}

/** Occurrences that can still be changed: not begun, from one on; cancelled ones are among them, for they stay cancelled. */
export async function comingOccurrences(db: Sql, seriesId: string, from: Date | null, now: Date): Promise<StoredOccurrence[]> {
  return db.sql<StoredOccurrence>`
    select v.id, v.recurrence_id as "recurrenceId", to_char(v.recurrence_id at time zone s.time_zone, 'YYYY-MM-DD') as date, v.starts_at as start, v.ends_at as end,
           v.status, v.version,
           array(select i.resource_id::text from reservation_item i where i.reservation_id = v.id order by i.resource_id) as "resourceIds",
           array(select distinct o.leaf_id::text from occupancy o where o.reservation_id = v.id) as leaves
    from reservation v join series s on s.id = v.series_id
    where v.series_id = ${seriesId} and v.starts_at > ${now} and v.recurrence_id >= coalesce(${from}, '-infinity'::timestamptz)
      and v.status in ('pending', 'confirmed', 'skipped', 'cancelled')
    order by v.recurrence_id`;
}

/** The reservation that is one occurrence. @throws Problem `not-found` */
export async function occurrenceAt(
  db: Sql,
  seriesId: string,
  recurrenceId: Date,
): Promise<{ readonly id: string; readonly status: ReservationStatus }> {
  const [row] = await db.sql<{ id: string; status: ReservationStatus }>`
    select id, status from reservation where series_id = ${seriesId} and recurrence_id = ${recurrenceId}`;
  if (!row) throw new Problem('not-found', { detail: 'The series has no such occurrence.' });
  return row;
}

/** Occurrences from one on that were not booked. */
export async function skippedFrom(db: Sql, seriesId: string, from: Date | null): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    select id from reservation
    where series_id = ${seriesId} and status = 'skipped' and recurrence_id >= coalesce(${from}, '-infinity'::timestamptz)`;
  return rows.map((it) => it.id);
}

/** The series an occurrence belongs to, and which of its dates it is. */
export async function seriesDateOf(
  db: Sql,
  occurrenceId: string,
): Promise<{ readonly id: string; readonly recurrenceId: Date } | undefined> {
  const [row] = await db.sql<{ id: string; recurrenceId: Date }>`
    select series_id as id, recurrence_id as "recurrenceId" from reservation where id = ${occurrenceId} and series_id is not null`;
  return row;
}

/** Takes back what was asked for these reservations. */
export async function withdrawAll(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await tx.sql`
    update approval_request set status = 'withdrawn', ended_at = ${now}, version = version + 1
    where reservation_id = any(${[...ids]}::uuid[]) and status = 'waiting'`;
}

/** Cancels reservations and frees their time; `late` are those cancelled with too little notice. */
export async function cancelAll(tx: Tx, ids: readonly string[], late: readonly string[], reason: string | null, now: Date): Promise<void> {
  await free(tx, ids);
  await withdrawAll(tx, ids, now);
  await tx.sql`
    update reservation
    set status = 'cancelled', cancelled_at = ${now}, cancel_reason = ${reason}, cancelled_late = id = any(${[...late]}::uuid[]),
        hold_until = null, undo_until = null, version = version + 1, updated_at = ${now}
    where id = any(${[...ids]}::uuid[])`;
}

/** An occurrence and the start its series gives it now; with `time`, what was skipped is offered then. */
export interface KeptIdentity {
  readonly id: string;
  readonly recurrenceId: Date;
  readonly time?: { readonly start: Date; readonly end: Date };
}

/** Gives occurrences their series and start. The unique index is looked at row by row, so all leave their start first. */
export async function keepIdentities(tx: Tx, seriesId: string, kept: readonly KeptIdentity[]): Promise<void> {
  const ids = kept.map((it) => it.id);
  await tx.sql`update reservation set recurrence_id = recurrence_id - interval '1000 years' where id = any(${ids}::uuid[])`;
  await tx.sql`
    update reservation v
    set series_id = ${seriesId}, recurrence_id = it.recurrence_id,
        starts_at = case when v.status = 'skipped' then coalesce(it.starts_at, v.starts_at) else v.starts_at end,
        ends_at = case when v.status = 'skipped' then coalesce(it.ends_at, v.ends_at) else v.ends_at end
    from unnest(${ids}::uuid[], ${kept.map((it) => it.recurrenceId)}::timestamptz[],
                ${kept.map((it) => it.time?.start ?? null)}::timestamptz[], ${kept.map((it) => it.time?.end ?? null)}::timestamptz[]) as it(id, recurrence_id, starts_at, ends_at)
    where v.id = it.id`;
}

/** Writes details over those of occurrences. */
export async function rewriteDetails(tx: Tx, ids: readonly string[], details: SeriesDetails, now: Date): Promise<void> {
  await tx.sql`
    update reservation
    set title = ${details.title}, description = ${details.description}, private = ${details.private}, attendees = ${details.attendees},
        version = version + 1, updated_at = ${now}
    where id = any(${[...ids]}::uuid[])`;
}

/** Merges answers into those of occurrences, each of which may have its own; null takes one back. */
export async function rewriteAnswers(tx: Tx, ids: readonly string[], patch: Readonly<Record<string, unknown>>): Promise<void> {
  const merged = Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, value === '' ? null : value]));
  await tx.sql`
    update reservation set custom_fields = jsonb_strip_nulls(custom_fields || ${JSON.stringify(merged)}::jsonb) where id = any(${[...ids]}::uuid[])`;
}
