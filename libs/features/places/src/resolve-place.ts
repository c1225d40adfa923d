import { Problem } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';

/** Where something lies: a room implies its floor, a floor its site. */
export interface Place {
  readonly siteId: string | null;
  readonly floorId: string | null;
  readonly roomId: string | null;
}

/** What a request says of a place; what it leaves out stays as it is, null takes it away with all that lies in it. */
export type PlaceWish = { readonly [K in keyof Place]?: string | null };

const NOWHERE: Place = { siteId: null, floorId: null, roomId: null };

/**
 * The place that is meant, whole: a room alone gives its floor and site, and a new site leaves floor and room of the old
 * one behind.
 * The last argument is where it lies now.
 * @throws Problem `invalid-reference` for an id the organization does not have, or one that lies elsewhere than another
 */
export async function resolvePlace(
  db: Sql,
  organizationId: string,
  wish: PlaceWish,
  { siteId, floorId, roomId }: Place = NOWHERE,
): Promise<Place> {
  if (wish.roomId) return agreeing(await placeOfRoom(db, organizationId, wish.roomId), wish);
  if (wish.floorId) {
    const floor = agreeing(await placeOfFloor(db, organizationId, wish.floorId), wish);
    return floorId === wish.floorId && wish.roomId === undefined ? { ...floor, roomId } : floor;
  }
  if (wish.siteId) {
    await demandSite(db, organizationId, wish.siteId);
    if (siteId !== wish.siteId || wish.floorId === null) return { ...NOWHERE, siteId: wish.siteId };
  }
  if (wish.siteId === null) return NOWHERE;
  if (wish.floorId === null) return { ...NOWHERE, siteId };
  return { siteId, floorId, roomId: wish.roomId === null ? null : roomId };
}

async function placeOfRoom(db: Sql, organizationId: string, roomId: string): Promise<Place> {
  const [row] = await db.sql<Place>`
    select f.site_id as "siteId", f.id as "floorId", m.id as "roomId"
    from room m
    join floor f on f.org_id = m.org_id and f.id = m.floor_id
    where m.org_id = ${organizationId} and m.id = ${roomId}`;
  return row ?? refuse('/roomId', 'There is no such room.');
}

async function placeOfFloor(db: Sql, organizationId: string, floorId: string): Promise<Place> {
  const [row] = await db.sql<{ site_id: string }>`
    select site_id from floor where org_id = ${organizationId} and id = ${floorId}`;
  return row ? { siteId: row.site_id, floorId, roomId: null } : refuse('/floorId', 'There is no such floor.');
}

async function demandSite(db: Sql, organizationId: string, siteId: string): Promise<void> {
  const rows = await db.sql`select from site where org_id = ${organizationId} and id = ${siteId}`;
  if (rows.length === 0) refuse('/siteId', 'There is no such site.');
}

/** What a request says beside the most exact id must be where that lies. */
function agreeing(place: Place, wish: PlaceWish): Place {
  if (wish.siteId && wish.siteId !== place.siteId) refuse('/siteId', 'The floor or room lies on another site.');
  if (wish.floorId && wish.floorId !== place.floorId) refuse('/floorId', 'The room lies on another floor.');
  return place;
}

function refuse(pointer: string, detail: string): never {
  throw new Problem('invalid-reference', { detail, errors: [{ pointer, code: 'invalid-reference', detail }] });
}
