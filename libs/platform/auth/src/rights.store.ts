import { type BuiltInRole, type Permission, permissionsOf, Problem, type Role } from '@berth/contracts';
import { type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import { demandGrantable, type Grant, permissionsIn, type Rights, type Scope } from './rights';

/** The columns of `rightsColumns`, with the role of the account. */
export interface RightsRow {
  role: Role;
  group_ids: string[];
  grants: StoredGrant[];
}

/** An assignment that is in force. */
export interface StoredGrant {
  id: string;
  builtIn: BuiltInRole | null;
  roleId: string | null;
  name: string | null;
  permissions: Permission[] | null;
  groupId: string | null;
  siteId: string | null;
  resourceId: string | null;
  /** Milliseconds since 1970. */
  endsAt: number | null;
}

/** Groups and roles of the account that is called `a` where these columns stand. */
export const rightsColumns = (now: Date): Statement => sql`
  array(select m.group_id from group_membership m where m.org_id = a.org_id and m.account_id = a.id)::text[] as group_ids,
  (select coalesce(jsonb_agg(${grantDocument} order by g.id), '[]')
   from role_assignment g
   left join role r on r.org_id = g.org_id and r.id = g.role_id
   where g.org_id = a.org_id and ${inForce(now)}
     and (g.account_id = a.id
       or g.group_id in (select m.group_id from group_membership m where m.org_id = a.org_id and m.account_id = a.id))) as grants`;

const grantDocument = sql`jsonb_build_object(
  'id', g.id, 'builtIn', g.built_in, 'roleId', g.role_id, 'name', r.name, 'permissions', r.permissions, 'groupId', g.group_id,
  'siteId', g.site_id, 'resourceId', g.resource_id, 'endsAt', (extract(epoch from g.ends_at) * 1000)::bigint)`;

/** Whether the assignment `g` counts at an instant. */
const inForce = (now: Date): Statement =>
  sql`(g.starts_at is null or g.starts_at <= ${now}::timestamptz) and (g.ends_at is null or g.ends_at > ${now}::timestamptz)`;

export const toRights = (row: RightsRow): Rights => ({ role: row.role, groupIds: row.group_ids, grants: row.grants.map(toGrant) });

export function toGrant(stored: StoredGrant): Grant {
  const role = stored.builtIn !== null ? { builtIn: stored.builtIn } : { permissions: stored.permissions ?? [] };
  return {
    assignmentId: stored.id,
    role: { id: stored.builtIn ?? stored.roleId ?? '', name: stored.name },
    groupId: stored.groupId,
    permissions: permissionsIn(role, stored.siteId !== null || stored.resourceId !== null),
    siteId: stored.siteId,
    resourceId: stored.resourceId,
    until: stored.endsAt === null ? null : new Date(stored.endsAt),
  };
}

/** What a person may do at an instant; undefined when the organization has no such person, or they are not active. */
export async function readRights(db: Sql, organizationId: string, accountId: string, now: Date): Promise<Rights | undefined> {
  const [row] = await db.sql<RightsRow>`
    select a.role, ${rightsColumns(now)}
    from account a
    where a.org_id = ${organizationId} and a.id = ${accountId} and a.status = 'active'`;
  return row && toRights(row);
}

/**
 * Makes whoever changes rights in an organization wait for each other until the transaction ends, and reads what the
 * actor may do now: what a session believes may be seconds old, and of two who take each other's rights one comes second.
 * @throws Problem `permission-denied` when the actor has lost all rights
 */
export async function rightsUnderLock(
  tx: Tx,
  actor: { readonly organizationId: string; readonly accountId: string } & Pick<Rights, 'scopes' | 'within'>,
  now: Date,
): Promise<Rights> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`berth.rights:${actor.organizationId}`}, 0))`;
  const rights = await readRights(tx, actor.organizationId, actor.accountId, now);
  if (!rights) throw new Problem('permission-denied');
  return { ...rights, scopes: actor.scopes, within: actor.within };
}

/** A role that is or will be in force, with where it counts. */
export interface PlacedGrant {
  readonly grant: Grant;
  readonly scope: Scope | undefined;
}

/** Roles a group gives its members, also those that begin later. */
export const grantsOfGroup = (tx: Sql, organizationId: string, groupId: string): Promise<PlacedGrant[]> =>
  placedGrants(tx, organizationId, sql`g.group_id = ${groupId}`);

/** One of them. @throws Problem `not-found` */
export async function grantOf(tx: Sql, organizationId: string, assignmentId: string): Promise<PlacedGrant> {
  const [found] = await placedGrants(tx, organizationId, sql`g.id = ${assignmentId}`);
  if (!found) throw new Problem('not-found');
  return found;
}

/**
 * Nobody changes what somebody may do who may do more: neither the account nor any role of theirs.
 * @throws Problem `permission-denied` naming the first right the person has and the actor has not, where the person has it;
 *   `not-found` when there is no such person
 */
export async function demandNotAbove(tx: Sql, rights: Rights, organizationId: string, accountId: string): Promise<void> {
  const [person] = await tx.sql<{ role: Role }>`select role from account where org_id = ${organizationId} and id = ${accountId}`;
  if (!person) throw new Problem('not-found');
  demandGrantable(rights, permissionsOf[person.role], undefined, null);
  const theirs = sql`(g.account_id = ${accountId} or g.group_id in (
    select m.group_id from group_membership m where m.org_id = ${organizationId} and m.account_id = ${accountId}))`;
  for (const { grant, scope } of await placedGrants(tx, organizationId, theirs))
    demandGrantable(rights, grant.permissions, scope, grant.until);
}

async function placedGrants(tx: Sql, organizationId: string, condition: Statement): Promise<PlacedGrant[]> {
  const rows = await tx.sql<{ document: StoredGrant }>`
    select ${grantDocument} as document
    from role_assignment g
    left join role r on r.org_id = g.org_id and r.id = g.role_id
    where g.org_id = ${organizationId} and ${condition}`;
  const found: PlacedGrant[] = [];
  for (const { document } of rows) {
    const grant = toGrant(document);
    found.push({ grant, scope: await scopeOf(tx, organizationId, grant) });
  }
  return found;
}

/**
 * The scope of a site or a resource; undefined is the organization. Asks `site` and `resource`, which belong to features,
 * for ids alone: where something lies decides who may do what there.
 * @throws Problem `not-found` when the organization has no such thing
 */
export async function scopeOf(
  db: Sql,
  organizationId: string,
  { siteId, resourceId }: { readonly siteId?: string | null; readonly resourceId?: string | null },
): Promise<Scope | undefined> {
  if (resourceId) {
    const rows = await db.sql<{ id: string; site_id: string | null }>`
      with recursive up as (
        select id, parent_id, site_id, 0 as distance from resource where org_id = ${organizationId} and id = ${resourceId}
        union all
        select p.id, p.parent_id, p.site_id, up.distance + 1
        from up
        join resource p on p.org_id = ${organizationId} and p.id = up.parent_id
      )
      select id, site_id from up order by distance`;
    const [own] = rows;
    if (!own) throw new Problem('not-found');
    return { siteId: own.site_id, resourceIds: rows.map((it) => it.id) };
  }
  if (!siteId) return undefined;
  const [site] = await db.sql`select from site where org_id = ${organizationId} and id = ${siteId}`;
  if (!site) throw new Problem('not-found');
  return { siteId, resourceIds: [] };
}
