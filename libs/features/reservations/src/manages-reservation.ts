import { type Permission, Problem } from '@berth/contracts';
import { type Actor, denied, may, maySomewhere } from '@berth/platform/auth';
import { type Sql, sql, type Statement } from '@berth/platform/database';
import { resourcesInReach, resourcesWith, visibleResources } from '@berth/resources';

/**
 * Whether all a reservation has lies in the places a token is limited to, also where it is one's own; everything does where nothing limits.
 * @param reservationId the column that names it where the condition stands
 */
export const reservationsInReach = (actor: Actor, reservationId: Statement): Statement =>
  actor.within
    ? sql`not exists (select from reservation_item i join resource r on r.id = i.resource_id
                      where i.reservation_id = ${reservationId} and not ${resourcesInReach(actor)})`
    : sql`true`;

/** The same of a series: of everything it asks for and everything its dates have. */
export const seriesInReach = (actor: Actor, seriesId: Statement): Statement =>
  actor.within
    ? sql`not exists (select from resource r where r.id in (${resourcesOfSeries(seriesId)}) and not ${resourcesInReach(actor)})`
    : sql`true`;

const resourcesOfSeries = (seriesId: Statement): Statement => sql`
  select wish.resource_id from series_item wish where wish.series_id = ${seriesId}
  union all
  select i.resource_id from reservation date join reservation_item i on i.reservation_id = date.id where date.series_id = ${seriesId}`;

/** @throws Problem `not-found` where something of it lies outside the places a token is limited to */
export async function demandInReach(db: Sql, actor: Actor, reservationId: string): Promise<void> {
  if (!actor.within) return;
  const reached = await db.sql`select where ${reservationsInReach(actor, sql`${reservationId}::uuid`)}`;
  if (reached.length === 0) throw new Problem('not-found');
}

/**
 * Whether the actor has a right about everything a reservation has: in the organization, at each site or of each resource.
 * @param reservationId the column that names it where the condition stands
 */
export function reservationsWith(actor: Actor, permission: Permission, reservationId: Statement): Statement {
  if (may(actor, permission)) return sql`true`;
  if (!maySomewhere(actor, permission)) return sql`false`;
  return sql`(exists (select from reservation_item i where i.reservation_id = ${reservationId})
    and not exists (select from reservation_item i join resource r on r.id = i.resource_id
                    where i.reservation_id = ${reservationId} and not ${resourcesWith(actor, permission)}))`;
}

/** Whether the actor manages the reservations of everything this one has. */
export async function managesReservation(db: Sql, actor: Actor, id: string): Promise<boolean> {
  if (may(actor, 'reservation:manage')) return true;
  if (!maySomewhere(actor, 'reservation:manage')) return false;
  const rows = await db.sql`select where ${reservationsWith(actor, 'reservation:manage', sql`${id}`)}`;
  return rows.length > 0;
}

/**
 * Somebody else's reservation is for who manages it, and nobody's for a token of other places.
 * @throws Problem `not-found` where the actor may not see what it is of, else `permission-denied`
 */
export async function demandManaged(
  db: Sql,
  actor: Actor,
  reservation: { readonly id: string; readonly organizer_id: string | null },
): Promise<void> {
  await demandInReach(db, actor, reservation.id);
  if (reservation.organizer_id === actor.accountId || (await managesReservation(db, actor, reservation.id))) return;
  const [hidden] = await db.sql`
    select from reservation_item i join resource r on r.id = i.resource_id
    where i.reservation_id = ${reservation.id} and not (${visibleResources(actor)})
    limit 1`;
  throw hidden ? new Problem('not-found') : denied('reservation:manage');
}

/**
 * The same of a series: of everything it asks for and everything its dates have.
 * @throws Problem `not-found` where the actor may not see what it is of, else `permission-denied`
 */
export async function demandSeriesManaged(
  db: Sql,
  actor: Actor,
  series: { readonly id: string; readonly organizer_id: string; readonly booked_by_id: string | null },
): Promise<void> {
  if (actor.within) {
    const reached = await db.sql`select where ${seriesInReach(actor, sql`${series.id}::uuid`)}`;
    if (reached.length === 0) throw new Problem('not-found');
  }
  if (series.organizer_id === actor.accountId || series.booked_by_id === actor.accountId || may(actor, 'reservation:manage')) return;
  const [others] = await db.sql<{ hidden: boolean }>`
    select bool_or(not (${visibleResources(actor)})) as hidden
    from resource r
    where r.id in (${resourcesOfSeries(sql`${series.id}`)}) and not ${resourcesWith(actor, 'reservation:manage')}
    having count(*) > 0`;
  if (others) throw others.hidden ? new Problem('not-found') : denied('reservation:manage');
}
