import { builtInRoleKeys, builtInRoles, type Permission, permissionsOf, placeable, Problem } from '@berth/contracts';
import { type Actor, may, nameOf, readRights, type Rights, type Scope } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Assignment } from './assignment';
import { assignmentsSeenBy, demandToRead, type Named, type PlaceRef, readAssignment } from './assignments.queries';
import { type ExplainedGate, GateQueries } from './gates/gate.queries';

export interface Question extends PlaceRef {
  readonly user: string;
  readonly permission: Permission;
}

/** Why somebody can or cannot do something somewhere. */
export interface Explanation {
  /** Whether the right is there and every gate that counts for it is open. */
  readonly allowed: boolean;
  /** Whether the right is there, whatever the gates say. */
  readonly hasRight: boolean;
  readonly permission: Permission;
  /** `organization`, `site:ID` or `resource:ID`. */
  readonly scope: string;
  /** Whether the role of their account allows it everywhere; the others are in `assignments`. */
  readonly byRole: string | null;
  /** What allows it there now. */
  readonly assignments: readonly Assignment[];
  /** Gates of the place that count for it, from the site down; none where the right is about nothing that is shown or booked. */
  readonly gates: readonly ExplainedGate[];
  /** Whether they may see the place: through its gates, or because of a role there; null where none is named. */
  readonly sees: boolean | null;
  /** What of theirs would allow it elsewhere, or at another time. */
  readonly elsewhere: readonly Assignment[];
  /** Roles that would allow it there: keys of built-in ones, ids of the organization's own. */
  readonly roles: readonly { readonly id: string; readonly name: string | null }[];
  /** Who can give it there: at most ten, by name. */
  readonly grantors: readonly Named[];
}

const MOST_GRANTORS = 10;

/** Explains rights by the very functions that decide. */
@Injectable()
export class ExplainQueries {
  constructor(
    private readonly database: Database,
    private readonly gates: GateQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` for a person or place the organization does not have, `permission-denied` for who may not read roles there */
  async explain(actor: Actor, { user, permission, ...place }: Question): Promise<Explanation> {
    const { organizationId } = actor;
    const db = this.database.of(organizationId);
    const now = this.clock.now();
    const scope = await demandToRead(db, actor, place);
    const rights = await readRights(db, organizationId, user, now);
    if (!rights) throw new Problem('not-found');
    const byRole = permissionsOf[rights.role].has(permission) ? rights.role : null;

    const holds = (it: Rights['grants'][number]): boolean => may({ role: 'guest', groupIds: [], grants: [it] }, permission, scope);
    const reaching = rights.grants.filter((it) => it.permissions.has(permission) && holds(it)).map((it) => it.assignmentId);
    const all = await db.sql<{ id: string; seen: boolean }>`
      select g.id, ${assignmentsSeenBy(actor)} as seen
      from role_assignment g
      left join role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = ${organizationId} and (g.account_id = ${user} or g.group_id = any(${[...rights.groupIds]}::uuid[]))
        and (${permission} = any(r.permissions) or g.built_in = any(${builtInWith(permission)}::text[]))
      order by g.id
      limit 50`;
    // Where else somebody has it is no business of who may read it here only.
    const shown = all.filter((it) => it.seen || reaching.includes(it.id));
    const named = await Promise.all(shown.map((it) => readAssignment(db, organizationId, it.id)));
    const gated = await this.gates.explain({ ...rights, organizationId }, permission, place);
    return {
      allowed: may(rights, permission, scope) && gated.isOpen,
      hasRight: may(rights, permission, scope),
      permission,
      scope: nameOf(scope),
      byRole,
      gates: gated.gates,
      sees: gated.sees,
      assignments: named.filter((it) => reaching.includes(it.id)),
      elsewhere: named.filter((it) => !reaching.includes(it.id)),
      roles: await this.rolesWith(organizationId, permission, scope !== undefined),
      grantors: await this.grantors(organizationId, permission, scope, now),
    };
  }

  private async rolesWith(organizationId: string, permission: Permission, isOfAPlace: boolean): Promise<Explanation['roles']> {
    if (isOfAPlace && !placeable.has(permission)) return [];
    const own = await this.database.of(organizationId).sql<{ id: string; name: string }>`
      select id, name from role where org_id = ${organizationId} and ${permission} = any(permissions) order by lower(name), id`;
    return [...builtInWith(permission).map((id) => ({ id, name: null })), ...own];
  }

  /** People who hold both the right and that of giving it there. */
  private async grantors(organizationId: string, permission: Permission, scope: Scope | undefined, now: Date): Promise<Named[]> {
    const db = this.database.of(organizationId);
    const candidates = await db.sql<Named>`
      select a.id, a.display_name as name
      from account a
      where a.org_id = ${organizationId} and a.status = 'active'
        and (a.role = 'admin' or exists (
          select from role_assignment g
          where g.org_id = a.org_id and (g.account_id = a.id or g.group_id in (
            select m.group_id from group_membership m where m.org_id = a.org_id and m.account_id = a.id))))
      order by lower(a.display_name), a.id
      limit 200`;
    const found: Named[] = [];
    for (const it of candidates) {
      const rights = await readRights(db, organizationId, it.id, now);
      if (rights && may(rights, 'role:assign', scope) && may(rights, permission, scope)) found.push(it);
      if (found.length >= MOST_GRANTORS) break;
    }
    return found;
  }
}

const builtInWith = (permission: Permission): string[] => builtInRoleKeys.filter((it) => builtInRoles[it].has(permission));
