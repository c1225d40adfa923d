import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import type { Sql, Tx } from '@berth/platform/database';

/** Which event of a calendar a row is (RFC 5545 §3.8.4.7, §3.8.4.4), and what it says. */
export interface EventIdentity {
  readonly uid: string;
  /** Empty for what is no change of a date. */
  readonly recurrenceId: string;
  /** Of the body it makes: another text of the same content is the same. */
  readonly fingerprint: string;
}

/** What an event became when it was brought in before; only while that is there. */
export type KnownEvent = { readonly fingerprint: string } & (
  { readonly reservationId: string; readonly seriesId: null } | { readonly reservationId: null; readonly seriesId: string }
);

/** What an event of this person is by now; undefined where it is new, or its booking is gone. */
export async function knownEvent(db: Sql, actor: Actor, { uid, recurrenceId }: EventIdentity): Promise<KnownEvent | undefined> {
  const [row] = await db.sql<KnownEvent>`
    select e.fingerprint, e.reservation_id as "reservationId", e.series_id as "seriesId"
    from imported_event e
    left join reservation r on r.org_id = e.org_id and r.id = e.reservation_id
    left join series s on s.org_id = e.org_id and s.id = e.series_id
    where e.org_id = ${actor.organizationId} and e.account_id = ${actor.accountId} and e.uid = ${uid} and e.recurrence_id = ${recurrenceId}
      and (r.status in ('pending', 'confirmed', 'checked_in', 'completed') or (s.id is not null and s.cancelled_at is null))`;
  return row;
}

/**
 * Keeps what an event has become, in the transaction that books it.
 * @throws Problem `already-exists` where another import was quicker
 */
export async function keepEvent(
  tx: Tx,
  actor: Actor,
  { uid, recurrenceId, fingerprint }: EventIdentity,
  became: { readonly reservationId?: string; readonly seriesId?: string },
  now: Date,
): Promise<void> {
  const kept = await tx.sql`
    insert into imported_event as e (org_id, account_id, uid, recurrence_id, fingerprint, reservation_id, series_id, imported_at)
    values (${actor.organizationId}, ${actor.accountId}, ${uid}, ${recurrenceId}, ${fingerprint}, ${became.reservationId ?? null}, ${became.seriesId ?? null}, ${now})
    on conflict (org_id, account_id, uid, recurrence_id) do update
      set fingerprint = excluded.fingerprint, reservation_id = excluded.reservation_id, series_id = excluded.series_id, imported_at = excluded.imported_at
      where not exists (select from reservation r where r.org_id = e.org_id and r.id = e.reservation_id
                          and r.status in ('pending', 'confirmed', 'checked_in', 'completed'))
        and not exists (select from series s where s.org_id = e.org_id and s.id = e.series_id and s.cancelled_at is null)
    returning uid`;
  if (kept.length === 0) throw new Problem('already-exists', { detail: 'This event was brought in by another import meanwhile.' });
}

/** Keeps what an event says by now; what it has become stays what it is. */
export async function keepFingerprint(tx: Tx, actor: Actor, { uid, recurrenceId, fingerprint }: EventIdentity, now: Date): Promise<void> {
  await tx.sql`
    update imported_event set fingerprint = ${fingerprint}, imported_at = ${now}
    where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and uid = ${uid} and recurrence_id = ${recurrenceId}`;
}
