import { type Permission, Problem } from '@berth/contracts';
import { type Viewer, visibleSites } from '@berth/places';
import { demand, isInReach, may, mayThroughout, type Places, placesWith, type Scope, scopeOf } from '@berth/platform/auth';
import { type Sql, sql, type Statement } from '@berth/platform/database';
import { DEFAULT_POLICY, type ForWhom, opensTo } from '@berth/scheduling';
import type { ResourceTerms } from './resource-terms';

/**
 * Which resources an actor may see, as the condition every list and lookup carries; the table is called `r` there. The
 * gates of the site and of the resource decide, and archived ones are for who manages; who has a role at the site, of the
 * resource or of what it is a part of sees it always. What is out of reach is seen by nobody, whatever their rights.
 */
export function visibleResources(viewer: Viewer): Statement {
  const own = sql`r.org_id = ${viewer.organizationId} and ${resourcesInReach(viewer)}`;
  if (mayThroughout(viewer, 'resource:manage')) return own;
  const open = sql`r.status <> 'archived'
    and (r.see_mode = 'everyone' or (r.see_mode = 'groups' and exists (
      select from gate_group g where g.resource_id = r.id and g.verb = 'see' and g.group_id = any(${[...viewer.groupIds]}::uuid[]))))
    and (r.site_id is null or r.site_id in (select s.id from site s where ${visibleSites(viewer)}))`;
  const { siteIds, resourceIds } = placesWith(viewer);
  if (siteIds.length + resourceIds.length === 0) return sql`${own} and ${open}`;
  return sql`${own} and ((${open}) or ${lieIn(viewer, { siteIds, resourceIds })})`;
}

/**
 * Which resources tell an actor what their reservations are about (`titlesVisibleTo`), as a condition; the table is called `r` there.
 * The layer nearest to the resource decides, as it does in its terms.
 */
export function opensTitles(viewer: Viewer): Statement {
  if (mayThroughout(viewer, 'reservation:manage')) return sql`true`;
  const open = sql`coalesce(
    r.policy ->> 'titlesVisibleTo',
    (select t.policy ->> 'titlesVisibleTo' from resource_type t where t.id = r.type_id),
    (select s.policy ->> 'titlesVisibleTo' from site s where s.id = r.site_id),
    (select o.policy ->> 'titlesVisibleTo' from organization o where o.id = r.org_id),
    ${DEFAULT_POLICY.titlesVisibleTo}) = 'organization'`;
  return sql`(${open} or ${resourcesWith(viewer, 'reservation:manage')})`;
}

/** Resources about which an actor has a right, in the organization or where they lie, as a condition; the table is called `r` there. */
export function resourcesWith(viewer: Viewer, permission: Permission): Statement {
  if (mayThroughout(viewer, permission)) return sql`(r.org_id = ${viewer.organizationId} and ${resourcesInReach(viewer)})`;
  const placed = placesWith(viewer, permission);
  if (placed.siteIds.length + placed.resourceIds.length === 0) return sql`false`;
  return sql`(r.org_id = ${viewer.organizationId} and ${resourcesInReach(viewer)} and ${lieIn(viewer, placed)})`;
}

/** Resources in the places a token is limited to, as a condition; all of them where nothing limits. The table is called `r` there. */
export const resourcesInReach = (viewer: Viewer): Statement => (viewer.within ? lieIn(viewer, viewer.within) : sql`true`);

/** Resources at one of the sites, or one of the resources with what they consist of. */
const lieIn = ({ organizationId }: Viewer, { siteIds, resourceIds }: Places): Statement =>
  sql`(r.site_id = any(${[...siteIds]}::uuid[]) or r.id in (
    with recursive below as (
      select x.id from resource x where x.org_id = ${organizationId} and x.id = any(${[...resourceIds]}::uuid[])
      union
      select x.id from below join resource x on x.org_id = ${organizationId} and x.parent_id = below.id
    )
    select id from below))`;

/** The same rule for terms that were read already. */
export function maySee(viewer: Viewer, terms: Pick<ResourceTerms, 'organizationId' | 'state' | 'siteId' | 'wholes' | 'seeGates'>): boolean {
  if (terms.organizationId !== viewer.organizationId || !isInReach(viewer, scopeOfTerms(terms))) return false;
  if (mayThroughout(viewer, 'resource:manage')) return true;
  const { siteIds, resourceIds } = placesWith(viewer);
  if (terms.siteId !== null && siteIds.includes(terms.siteId)) return true;
  if (terms.wholes.some((it) => resourceIds.includes(it))) return true;
  return terms.state.status !== 'archived' && terms.seeGates.every((it) => opensTo(it, viewer.groupIds));
}

/** Whether no gate is shut; the rule `gated` says which one is. */
export const mayBook = ({ groupIds }: Pick<Viewer, 'groupIds'>, { gates }: Pick<ResourceTerms, 'gates'>): boolean =>
  gates.every((it) => opensTo(it, groupIds));

/** Whether the actor may read what reservations of others are about, by the rules of the resource. */
export const showsTitles = (actor: Viewer, terms: Pick<ResourceTerms, 'policy' | 'siteId' | 'wholes'>): boolean =>
  may(actor, 'reservation:read') &&
  (terms.policy.titlesVisibleTo.value === 'organization' || may(actor, 'reservation:manage', scopeOfTerms(terms)));

/** For whom rules judge: the person it is for, and whether whoever asks may know whose a resource is. */
export const wishedFor = (actor: Viewer, terms: ResourceTerms, personId: string, groupIds: readonly string[]): Required<ForWhom> => ({
  ...{ personId, groupIds },
  mayKnowWhose: showsTitles(actor, terms),
});

/** Where rights about a resource are asked. */
export const scopeOfTerms = ({ siteId, wholes }: Pick<ResourceTerms, 'siteId' | 'wholes'>): Scope => ({ siteId, resourceIds: wholes });

/** @throws Problem `not-found` for a resource that is not there, and for one the actor may not see */
export async function demandVisible(db: Sql, actor: Viewer, resourceId: string): Promise<void> {
  const [seen] = await db.sql`select from resource r where r.id = ${resourceId} and ${visibleResources(actor)}`;
  if (!seen) throw new Problem('not-found');
}

/**
 * A right at one resource: in the organization, at its site, of it or of what it is a part of.
 * @throws Problem `not-found` when the actor may not see it, `permission-denied` naming the right and the resource
 */
export async function demandAtResource(db: Sql, actor: Viewer, permission: Permission, resourceId: string): Promise<void> {
  if (may(actor, permission)) return;
  await demandVisible(db, actor, resourceId);
  demand(actor, permission, await scopeOf(db, actor.organizationId, { resourceId }));
}
