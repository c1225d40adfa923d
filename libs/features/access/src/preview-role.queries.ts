import type { Permission } from '@berth/contracts';
import { type Actor, grantable, permissionsIn, readRights, type Rights, scopeOf } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Named } from './assignments.queries';
import { readRole } from './roles.queries';

/** Whom a change of a role would touch. */
export interface RolePreview {
  /** People who could do something they cannot do now. */
  readonly gain: number;
  /** People who could no longer do something they can do now. */
  readonly lose: number;
  /** The first of them by name. */
  readonly people: readonly (Named & { readonly gains: readonly Permission[]; readonly loses: readonly Permission[] })[];
}

const MOST_SHOWN = 50;

/** Works out what a change of a role would do before it is made. */
@Injectable()
export class RolePreviewQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` */
  async of(actor: Actor, roleId: string, permissions: readonly Permission[]): Promise<RolePreview> {
    const { organizationId } = actor;
    const db = this.database.of(organizationId);
    const now = this.clock.now();
    await readRole(db, organizationId, roleId, now);
    const holders = await db.sql<Named>`
      select a.id, a.display_name as name
      from account a
      where a.org_id = ${organizationId} and a.status = 'active' and exists (
        select from role_assignment g
        where g.org_id = a.org_id and g.role_id::text = ${roleId} and (g.account_id = a.id or g.group_id in (
          select m.group_id from group_membership m where m.org_id = a.org_id and m.account_id = a.id)))
      order by lower(a.display_name), a.id`;
    const touched = [];
    for (const person of holders) {
      const rights = await readRights(db, organizationId, person.id, now);
      const change = rights && (await this.change(organizationId, rights, roleId, permissions));
      if (change && change.gains.length + change.loses.length > 0) touched.push({ ...person, ...change });
    }
    return {
      gain: touched.filter((it) => it.gains.length > 0).length,
      lose: touched.filter((it) => it.loses.length > 0).length,
      people: touched.slice(0, MOST_SHOWN),
    };
  }

  /** What a person has before and after in each place they have the role: what another role gives them there is not lost. */
  private async change(organizationId: string, rights: Rights, roleId: string, permissions: readonly Permission[]) {
    const grants = rights.grants.map((it) =>
      it.role.id === roleId ? { ...it, permissions: permissionsIn({ permissions }, it.siteId !== null || it.resourceId !== null) } : it,
    );
    const gains = new Set<Permission>();
    const loses = new Set<Permission>();
    for (const it of rights.grants.filter((grant) => grant.role.id === roleId)) {
      const scope = await scopeOf(this.database.of(organizationId), organizationId, it);
      const before = grantable(rights, scope, ANY_TIME);
      const after = grantable({ ...rights, grants }, scope, ANY_TIME);
      for (const permission of after) if (!before.has(permission)) gains.add(permission);
      for (const permission of before) if (!after.has(permission)) loses.add(permission);
    }
    return { gains: [...gains].sort(), loses: [...loses].sort() };
  }
}

/** Everything that is in force lasts at least until then. */
const ANY_TIME = new Date(0);
