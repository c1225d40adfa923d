import type { ReservationFacts } from '@berth/contracts';
import type { Tx } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';

/**
 * Sets aside cancellations that can still be taken back, until they cannot (ADR 0012).
 * @returns ids of events nobody is told of, now or at all: those set aside, those that were taken back, and that they were, unless somebody
 *   had been told of the cancellation
 */
export async function holdNews(tx: Tx, events: readonly LogEntry[], now: Date): Promise<ReadonlySet<string>> {
  const cancelled = events.filter((it) => it.type === 'reservation.cancelled' && expiryOf(it));
  const restored = events.filter((it) => it.type === 'reservation.restored');
  const takenBack = await whichWereTakenBack(tx, cancelled);
  const early = cancelled.filter((it) => !takenBack.has(it.id) && (expiryOf(it) ?? now) > now);
  await setAside(tx, early);
  const heardOf = await whichWereHeardOf(tx, restored);
  return new Set([...takenBack, ...early.map((it) => it.id), ...restored.map((it) => it.id).filter((id) => !heardOf.has(id))]);
}

/** Takes what can be told by now. @returns nothing that another process takes */
export async function takeDueNews(tx: Tx, now: Date, limit: number): Promise<{ readonly id: string; readonly organizationId: string }[]> {
  return tx.sql<{ id: string; organizationId: string }>`
    with due as materialized (
      select event_id from held_news where due_at <= ${now} order by due_at limit ${limit} for update skip locked)
    delete from held_news where event_id in (select event_id from due)
    returning event_id as id, org_id as "organizationId"`;
}

const expiryOf = ({ data }: LogEntry): Date | undefined => {
  const { expiresAt } = data as ReservationFacts;
  return expiresAt === undefined ? undefined : new Date(expiresAt);
};

async function setAside(tx: Tx, events: readonly LogEntry[]): Promise<void> {
  if (events.length === 0) return;
  await tx.sql`
    insert into held_news (event_id, org_id, reservation_id, due_at)
    select * from unnest(${events.map((it) => it.id)}::uuid[], ${events.map((it) => it.organizationId)}::uuid[],
      ${events.map((it) => (it.data as ReservationFacts).reservationId)}::uuid[], ${events.map(expiryOf)}::timestamptz[])
    on conflict do nothing`;
}

/** Also those whose restoration stands in the log, but nobody has read of yet. */
async function whichWereTakenBack(tx: Tx, events: readonly LogEntry[]): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  const rows = await tx.sql<{ id: string }>`
    select c.id from event c
    where c.log_position = any(${events.map((it) => it.logPosition)}::bigint[]) and exists (
      select from event r
      where r.org_id = c.org_id and r.subject_id = c.subject_id and r.type = 'reservation.restored' and r.position > c.position)`;
  return new Set(rows.map((it) => it.id));
}

/** Restorations of what was told as cancelled: the news went out as the last instant was used to take it back. */
async function whichWereHeardOf(tx: Tx, events: readonly LogEntry[]): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  const rows = await tx.sql<{ id: string }>`
    select r.id from event r
    where r.log_position = any(${events.map((it) => it.logPosition)}::bigint[]) and exists (
      select from event c
      join notification n on n.org_id = c.org_id and n.kind = 'booking-cancelled' and n.cause = c.id::text
        and n.account_id in ((c.data ->> 'organizerId')::uuid, (c.data ->> 'bookedById')::uuid)
      where c.org_id = r.org_id and c.subject_id = r.subject_id and c.type = 'reservation.cancelled'
        and (c.data ->> 'version')::integer = (r.data ->> 'version')::integer - 1)`;
  return new Set(rows.map((it) => it.id));
}
