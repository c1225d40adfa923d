import { type Permission, Problem } from '@berth/contracts';
import { demand, may, placesWith, type Rights } from '@berth/platform/auth';
import { type Sql, sql, type Statement } from '@berth/platform/database';
import type { Gate } from '@berth/scheduling';

/** As much of an actor as decides what they see. */
export interface Viewer extends Rights {
  readonly organizationId: string;
}

/** Whether the gate `see` of a site called `s` lets the viewer through. */
const siteGate = ({ groupIds }: Viewer): Statement => sql`(s.see_mode = 'everyone' or (s.see_mode = 'groups' and exists (
  select from gate_group g where g.site_id = s.id and g.verb = 'see' and g.group_id = any(${[...groupIds]}::uuid[]))))`;

/**
 * Which sites a viewer may see, as the condition every list and lookup carries; the table is called `s` there. Who manages
 * places sees all, who has a role at a site or of something there sees that.
 */
export function visibleSites(viewer: Viewer): Statement {
  const own = sql`s.org_id = ${viewer.organizationId}`;
  if (may(viewer, 'place:manage') || may(viewer, 'resource:manage')) return own;
  const { siteIds, resourceIds } = placesWith(viewer);
  const open = siteGate(viewer);
  if (siteIds.length + resourceIds.length === 0) return sql`${own} and ${open}`;
  return sql`${own} and (${open} or s.id = any(${siteIds}::uuid[])
    or s.id in (select x.site_id from resource x where x.org_id = ${viewer.organizationId} and x.id = any(${resourceIds}::uuid[])))`;
}

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
  if (may(actor, permission)) return;
  const [seen] = await db.sql`select from site s where s.id = ${siteId} and ${visibleSites(actor)}`;
  if (!seen) throw new Problem('not-found');
  demand(actor, permission, { siteId, resourceIds: [] });
}
