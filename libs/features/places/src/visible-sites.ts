import { type Permission, Problem } from '@berth/contracts';
import { demand, denied, may, mayThroughout, type Places, placesWith, type Rights } from '@berth/platform/auth';
import { type Sql, sql, type Statement } from '@berth/platform/database';
import type { Gate } from '@berth/scheduling';
import type { PlaceWish } from './resolve-place';

/** As much of an actor as decides what they see. */
export interface Viewer extends Rights {
  readonly organizationId: string;
}

/** Whether the gate `see` of a site called `s` lets the viewer through. */
const siteGate = ({ groupIds }: Viewer): Statement => sql`(s.see_mode = 'everyone' or (s.see_mode = 'groups' and exists (
  select from gate_group g where g.site_id = s.id and g.verb = 'see' and g.group_id = any(${[...groupIds]}::uuid[]))))`;

/**
 * Which sites a viewer may see, as the condition every list and lookup carries; the table is called `s` there. Who manages
 * places sees all, who has a role at a site or of something there sees that; a token of some places sees no other.
 */
export function visibleSites(viewer: Viewer): Statement {
  const own = sql`s.org_id = ${viewer.organizationId}`;
  const reached = viewer.within ? sql`${own} and ${haveToDoWith(viewer, viewer.within)}` : own;
  if (mayThroughout(viewer, 'place:manage') || mayThroughout(viewer, 'resource:manage')) return reached;
  const placed = placesWith(viewer);
  const open = siteGate(viewer);
  if (placed.siteIds.length + placed.resourceIds.length === 0) return sql`${reached} and ${open}`;
  return sql`${reached} and (${open} or ${haveToDoWith(viewer, placed)})`;
}

/** Sites that are among the places, or have one of the resources. */
const haveToDoWith = ({ organizationId }: Viewer, { siteIds, resourceIds }: Places): Statement =>
  sql`(s.id = any(${[...siteIds]}::uuid[])
    or s.id in (select x.site_id from resource x where x.org_id = ${organizationId} and x.id = any(${[...resourceIds]}::uuid[])))`;

/** Whom something is shown to, and who may book it. */
export interface Access {
  readonly see: Pick<Gate, 'mode' | 'groupIds'>;
  readonly book: Pick<Gate, 'mode' | 'groupIds'>;
}

/**
 * A right at one site: in the organization or there.
 * @throws Problem `not-found` when the actor may not see it, `permission-denied` naming the right and the site
 */
export async function demandAtSite(db: Sql, actor: Viewer, permission: Permission, siteId: string): Promise<void> {
  await demandAtPlace(db, actor, permission, { siteId });
}

/**
 * The same where a request says what lies there: at the site of the room, the floor or the site it names, and in the
 * organization where it names none. What the actor may not see is answered like what does not exist.
 * @throws Problem `not-found`, `permission-denied` naming the right and the site
 */
export async function demandAtPlace(db: Sql, actor: Viewer, permission: Permission, wish: PlaceWish): Promise<void> {
  if (may(actor, permission)) return;
  const { siteId, floorId, roomId } = wish;
  if (!siteId && !floorId && !roomId) throw denied(permission);
  const named = roomId
    ? sql`(select f.site_id from room m join floor f on f.id = m.floor_id where m.id = ${roomId})`
    : floorId
      ? sql`(select f.site_id from floor f where f.id = ${floorId})`
      : sql`${siteId}`;
  const [seen] = await db.sql<{ id: string }>`select s.id from site s where s.id = ${named} and ${visibleSites(actor)}`;
  if (!seen) throw new Problem('not-found');
  demand(actor, permission, { siteId: seen.id, resourceIds: [] });
}
