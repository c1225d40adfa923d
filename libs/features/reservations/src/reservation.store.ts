import type { ReservationFacts } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import type { ReservationStatus } from '@berth/scheduling';
import type { Claim } from './reservation';

/** A reservation's own row. */
export interface ReservationRow {
  id: string;
  organizer_id: string;
  booked_by_id: string | null;
  status: ReservationStatus;
  title: string | null;
  description: string | null;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  private: boolean;
  attendees: number | null;
  hold_until: Date | null;
  undo_until: Date | null;
  version: number;
  created_at: Date;
}

/** Locks reservations in the order of their ids, so that nothing changes what they hold until the transaction ends. */
export async function lockReservations(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.sql`select from reservation where id = any(${[...ids]}::uuid[]) order by id for no key update`;
}

/** Locks a reservation until the transaction ends; undefined when there is none with this id. */
export async function lockReservation(tx: Tx, id: string): Promise<ReservationRow | undefined> {
  const [row] = await tx.sql<ReservationRow>`
    select id, organizer_id, booked_by_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, hold_until, undo_until, version, created_at
    from reservation
    where org_id = ${tx.organizationId} and id = ${id}
    for no key update`;
  return row;
}

/** Writes a claim: a new reservation, or the hold that becomes one. */
export async function writeClaim(tx: Tx, claim: Claim): Promise<number> {
  const [row] = await tx.sql<{ version: number }>`
    insert into reservation (id, org_id, organizer_id, booked_by_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, custom_fields, hold_until, created_at, updated_at)
    values (${claim.id}, ${tx.organizationId}, ${claim.organizer.id}, ${claim.bookedBy?.id ?? null}, ${claim.status}, ${claim.title}, ${claim.description}, ${claim.start}, ${claim.end},
            ${claim.timeZone}, ${claim.private}, ${claim.attendees}, ${JSON.stringify(claim.customFields ?? {})}, ${claim.holdUntil}, ${claim.now}, ${claim.now})
    on conflict (id) do update
      set organizer_id = excluded.organizer_id, booked_by_id = excluded.booked_by_id, status = excluded.status, title = excluded.title, description = excluded.description, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
          time_zone = excluded.time_zone, private = excluded.private, attendees = excluded.attendees, custom_fields = case when ${claim.customFields !== undefined} then excluded.custom_fields else reservation.custom_fields end, hold_until = excluded.hold_until,
          version = reservation.version + 1, updated_at = excluded.updated_at
    returning version`;
  await writeItems(tx, claim);
  return row!.version;
}

/** Writes the items of a claim in place of those there were. */
export async function writeItems(tx: Tx, claim: Pick<Claim, 'id' | 'status' | 'items'>): Promise<void> {
  await tx.sql`delete from reservation_item where reservation_id = ${claim.id}`;
  const partstat = claim.status === 'confirmed' ? 'ACCEPTED' : 'TENTATIVE';
  await tx.sql`
    insert into reservation_item (org_id, reservation_id, resource_id, quantity, partstat, held_from, held_to)
    select ${tx.organizationId}, ${claim.id}, resource_id, quantity, ${partstat}, held_from, held_to
    from unnest(
      ${claim.items.map((it) => it.resource.id)}::uuid[], ${claim.items.map((it) => it.quantity)}::smallint[],
      ${claim.items.map((it) => it.held.start)}::timestamptz[], ${claim.items.map((it) => it.held.end)}::timestamptz[]
    ) as item(resource_id, quantity, held_from, held_to)`;
}

/** Holds that ended, by why. */
export interface EndedHolds {
  readonly expired: readonly string[];
  readonly released: readonly string[];
}

/**
 * Ends holds and frees their time: those that have run out, and the live ones `ownerId` made. One that was refreshed or
 * booked in the meantime stays. A cancellation whose time to undo has passed gives its time back without a word.
 */
export async function endHolds(tx: Tx, ids: readonly string[], ownerId: string | null, now: Date): Promise<EndedHolds> {
  if (ids.length === 0) return { expired: [], released: [] };
  const rows = await tx.sql<{ id: string; status: ReservationStatus; holder_id: string; hold_until: Date | null }>`
    select id, status, coalesce(booked_by_id, organizer_id) as holder_id, hold_until
    from reservation
    where id = any(${[...ids]}::uuid[]) and hold_until is not null
    order by id
    for no key update`;
  const over = rows.filter((it) => it.hold_until !== null && it.hold_until <= now);
  const expired = over.filter((it) => it.status === 'held').map((it) => it.id);
  const released = rows.filter((it) => it.status === 'held' && it.holder_id === ownerId && !expired.includes(it.id)).map((it) => it.id);
  const ended = [...new Set([...over.map((it) => it.id), ...released])];
  if (ended.length === 0) return { expired, released };
  await tx.sql`delete from occupancy where reservation_id = any(${ended}::uuid[])`;
  await tx.sql`
    update reservation
    set status = case when status <> 'held' then status when id = any(${expired}::uuid[]) then 'expired' else 'released' end,
        hold_until = null, undo_until = null, version = version + 1, updated_at = ${now}
    where id = any(${ended}::uuid[])`;
  return { expired, released };
}

interface FactsRow {
  id: string;
  status: string;
  starts_at: Date;
  ends_at: Date;
  held_from: Date;
  held_to: Date;
  version: number;
  organizer_id: string;
  booked_by_id: string | null;
  title: string | null;
  quantity: number;
  resource_ids: string[];
  site_ids: string[];
}

/** What is told of stored reservations, as they are now, in the order of their ids. */
export async function readFacts(tx: Tx, ids: readonly string[]): Promise<ReservationFacts[]> {
  if (ids.length === 0) return [];
  const rows = await tx.sql<FactsRow>`
    select r.id, r.status, r.starts_at, r.ends_at, min(i.held_from) as held_from, max(i.held_to) as held_to, r.version, r.organizer_id, r.booked_by_id,
           case when r.private then null else r.title end as title, max(i.quantity) as quantity,
           array_agg(i.resource_id::text order by i.resource_id) as resource_ids,
           array_remove(array_agg(distinct x.site_id::text), null) as site_ids
    from reservation r
    join reservation_item i on i.reservation_id = r.id
    join resource x on x.id = i.resource_id
    where r.id = any(${[...ids]}::uuid[])
    group by r.id
    order by r.id`;
  return rows.map((it) => ({
    reservationId: it.id,
    resourceIds: it.resource_ids,
    siteIds: it.site_ids,
    status: it.status,
    start: formatInstant(it.starts_at),
    end: formatInstant(it.ends_at),
    heldStart: formatInstant(it.held_from),
    heldEnd: formatInstant(it.held_to),
    version: it.version,
    organizerId: it.organizer_id,
    ...(it.booked_by_id && { bookedById: it.booked_by_id }),
    title: it.title,
    quantity: it.quantity,
  }));
}
