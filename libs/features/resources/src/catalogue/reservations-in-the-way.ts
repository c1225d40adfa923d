import { Problem } from '@berth/contracts';
import { formatInstant, type Interval } from '@berth/kernel';
import { nothing, type Sql, sql, type Statement } from '@berth/platform/database';

/** A reservation that stands against a change; whose it is, is not told. */
export interface ReservationInTheWay {
  readonly id: string;
  readonly start: string;
  readonly end: string;
}

export interface ReservationsInTheWay {
  /** The first of them by start, 20 at most. */
  readonly reservations: readonly ReservationInTheWay[];
  readonly total: number;
}

/** Time that counts: everything after `from`, or only what touches one of the times. */
export interface TimeInQuestion {
  readonly from: Date;
  readonly times?: readonly Interval[];
  /** Somebody whose reservations do not count. */
  readonly notOf?: string;
}

const SHOWN = 20;

/**
 * Reservations of these resources that are alive or still hold their time (undone ones do for a moment). The only place
 * that looks at reservations from here; what becomes of them is for the reservations feature to decide.
 */
export async function reservationsInTheWay(
  db: Sql,
  organizationId: string,
  resourceIds: readonly string[],
  { from, times, notOf }: TimeInQuestion,
): Promise<ReservationsInTheWay> {
  const rows = await db.sql<{ id: string; starts_at: Date; ends_at: Date; total: number }>`
    select v.id, v.starts_at, v.ends_at, count(*) over ()::integer as total
    from reservation v
    where v.org_id = ${organizationId} ${notOf ? sql`and v.organizer_id <> ${notOf}` : nothing}
      and v.id in (select i.reservation_id
                   from reservation_item i
                   where i.org_id = ${organizationId} and i.resource_id = any(${resourceIds}::uuid[]) and i.held_to > ${from}
                     ${times ? sql`and exists (${touching(times)})` : nothing})
      and (v.status in ('pending', 'confirmed', 'checked_in')
           or v.status = 'held' and v.hold_until > ${from}
           or exists (select from occupancy o where o.reservation_id = v.id and o.e > ${from} and (o.hold_until is null or o.hold_until > ${from})))
    order by v.starts_at, v.id
    limit ${SHOWN}`;
  return {
    reservations: rows.map((it) => ({ id: it.id, start: formatInstant(it.starts_at), end: formatInstant(it.ends_at) })),
    total: rows[0]?.total ?? 0,
  };
}

/** Which of the times an item `i` touches. */
const touching = (times: readonly Interval[]): Statement => sql`
  select from unnest(${times.map((it) => it.start)}::timestamptz[], ${times.map((it) => it.end)}::timestamptz[]) as t(s, e)
  where i.held_from < t.e and i.held_to > t.s`;

/** @throws Problem `resource-has-reservations` with the first of them */
export async function demandNoReservations(
  db: Sql,
  organizationId: string,
  resourceIds: readonly string[],
  time: TimeInQuestion,
): Promise<void> {
  const { reservations, total } = await reservationsInTheWay(db, organizationId, resourceIds, time);
  if (total > 0)
    throw new Problem('resource-has-reservations', {
      detail: total === 1 ? 'A reservation is in the way.' : `${total} reservations are in the way.`,
      reservations,
      total,
    });
}
