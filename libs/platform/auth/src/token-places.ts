import { type Permission, Problem, scopesInPlaces } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';
import { validationFailed } from '@berth/platform/http';
import type { Places } from './rights';

/** How many places one token, or one program, can be limited to. */
export const MOST_PLACES_OF_TOKEN = 50;

/** The columns `site_ids` and `resource_ids`; both null where nothing limits. */
export interface PlacesRow {
  site_ids: string[] | null;
  resource_ids: string[] | null;
}

export const placesOfRow = (row: PlacesRow): Places | null =>
  row.site_ids && { siteIds: row.site_ids, resourceIds: row.resource_ids ?? [] };

/**
 * What is limited to places names some, and asks only for rights that say something about a place.
 * @throws Problem `validation-failed`, `invalid-reference` for a place the organization does not have
 */
export async function demandPlaces(db: Sql, organizationId: string, places: Places | null, scopes: readonly Permission[]): Promise<void> {
  if (places === null) return;
  const count = places.siteIds.length + places.resourceIds.length;
  if (count === 0 || count > MOST_PLACES_OF_TOKEN)
    throw validationFailed([{ pointer: '/places', code: 'places-count', detail: `names 1 to ${MOST_PLACES_OF_TOKEN} places` }]);
  const unplaced = scopes.find((it) => !scopesInPlaces.has(it));
  if (unplaced)
    throw validationFailed([
      { pointer: '/scopes', code: 'of-no-place', detail: `${unplaced} counts in the whole organization or not at all` },
    ]);
  const [known] = await db.sql<{ count: number }>`
    select ((select count(*) from site where org_id = ${organizationId} and id = any(${[...places.siteIds]}::uuid[]))
          + (select count(*) from resource where org_id = ${organizationId} and id = any(${[...places.resourceIds]}::uuid[])))::int as count`;
  if (known?.count !== count)
    throw new Problem('invalid-reference', { errors: [{ pointer: '/places', code: 'unknown-id', detail: 'has a place there is not' }] });
}
