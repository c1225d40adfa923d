import { Problem } from '@berth/contracts';
import { type Actor, denied, may, maySomewhere, scopeOf } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import { visibleResources } from '@berth/resources';

/** Whether the actor manages the reservations of everything this one has: in the organization, at each site or of each resource. */
export async function managesReservation(db: Sql, actor: Actor, id: string): Promise<boolean> {
  if (may(actor, 'reservation:manage')) return true;
  if (!maySomewhere(actor, 'reservation:manage')) return false;
  const items = await db.sql<{ resource_id: string }>`select resource_id from reservation_item where reservation_id = ${id}`;
  for (const { resource_id: resourceId } of items) {
    if (!may(actor, 'reservation:manage', await scopeOf(db, actor.organizationId, { resourceId }))) return false;
  }
  return items.length > 0;
}

/**
 * Somebody else's reservation is for who manages it.
 * @throws Problem `not-found` where the actor may not see what it is of, else `permission-denied`
 */
export async function demandManaged(
  db: Sql,
  actor: Actor,
  reservation: { readonly id: string; readonly organizer_id: string },
): Promise<void> {
  if (reservation.organizer_id === actor.accountId || (await managesReservation(db, actor, reservation.id))) return;
  const [hidden] = await db.sql`
    select from reservation_item i join resource r on r.id = i.resource_id
    where i.reservation_id = ${reservation.id} and not (${visibleResources(actor)})
    limit 1`;
  throw hidden ? new Problem('not-found') : denied('reservation:manage');
}
