import type { Actor } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import type { ResourceCatalogue, ResourceTerms } from '@berth/resources';

/** What a stored reservation has of a resource, with the terms of that resource at this moment. */
export interface StoredItem {
  readonly resource: ResourceTerms;
  readonly quantity: number;
}

/** The items of a stored reservation in the order of their resources' ids; read outside of its transaction. */
export async function termsOfReservation(
  db: Sql,
  catalogue: ResourceCatalogue,
  actor: Pick<Actor, 'organizationId'>,
  reservationId: string,
): Promise<StoredItem[]> {
  const items = await db.sql<{ resource_id: string; quantity: number }>`
    select resource_id, quantity
    from reservation_item
    where org_id = ${actor.organizationId} and reservation_id = ${reservationId}
    order by resource_id`;
  const terms = await catalogue.termsOfMany(
    actor.organizationId,
    items.map((it) => it.resource_id),
  );
  return items.flatMap(({ resource_id, quantity }) => {
    const resource = terms.get(resource_id);
    return resource ? [{ resource, quantity }] : [];
  });
}
