import { type Permission, Problem } from '@berth/contracts';
import { type Actor, denied, may, maySomewhere } from '@berth/platform/auth';
import { type Sql, sql, type Statement } from '@berth/platform/database';
import { resourcesWith, visibleResources } from '@berth/resources';

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
 * Somebody else's reservation is for who manages it.
 * @throws Problem `not-found` where the actor may not see what it is of, else `permission-denied`
 */
export async function demandManaged(
  db: Sql,
  actor: Actor,
  reservation: { readonly id: string; readonly organizer_id: string | null },
): Promise<void> {
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
  if (series.organizer_id === actor.accountId || series.booked_by_id === actor.accountId || may(actor, 'reservation:manage')) return;
  const [others] = await db.sql<{ hidden: boolean }>`
    select bool_or(not (${visibleResources(actor)})) as hidden
    from resource r
    where (r.id in (select s.resource_id from series_item s where s.series_id = ${series.id})
        or r.id in (select i.resource_id from reservation v join reservation_item i on i.reservation_id = v.id where v.series_id = ${series.id}))
      and not ${resourcesWith(actor, 'reservation:manage')}
    having count(*) > 0`;
  if (others) throw others.hidden ? new Problem('not-found') : denied('reservation:manage');
}
