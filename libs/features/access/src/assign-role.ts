import { catalogueEvent, type Permission, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { demandAtSite } from '@berth/places';
import { type Actor, demand, demandGrantable, denied, permissionsIn, rightsUnderLock, scopeOf } from '@berth/platform/auth';
import { brokenConstraint, Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { demandAtResource } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import type { Assignment } from './assignment';
import { readAssignment } from './assignments.queries';
import { isBuiltIn } from './role';

export interface AssignRoleCommand {
  /** Key of a built-in role, or id of one of the organization's own. */
  readonly roleId: string;
  /** Exactly one of the two. */
  readonly accountId?: string;
  readonly groupId?: string;
  /** At most one of the two; neither is the whole organization. */
  readonly siteId?: string;
  readonly resourceId?: string;
  readonly from?: Date;
  readonly until?: Date;
}

/** Gives a role to a person or a group, in the organization, at a site or at a resource with its parts. */
@Injectable()
export class AssignRole {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `validation-failed`, `invalid-reference`, `already-exists`, `not-found` for the place;
   *   `permission-denied` for oneself, and for more than the actor has there or for longer
   */
  execute(actor: Actor, command: AssignRoleCommand): Promise<Assignment> {
    demandOneOfEach(command);
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const rights = await rightsUnderLock(tx, actor, now);
      const scope = await scopeOf(tx, actor.organizationId, command);
      if (command.resourceId) await demandAtResource(tx, { ...actor, ...rights }, 'role:assign', command.resourceId);
      else if (command.siteId) await demandAtSite(tx, { ...actor, ...rights }, 'role:assign', command.siteId);
      else demand(rights, 'role:assign');
      const permissions = await permissionsOfRole(tx, command, scope !== undefined);
      demandGrantable(rights, permissions, scope, command.until ?? null);
      if (command.accountId === actor.accountId || (command.groupId && rights.groupIds.includes(command.groupId)))
        throw denied('role:assign', scope, 'Nobody changes their own roles.');

      const id = newId();
      await this.insert(tx, actor, id, command, now);
      const assignment = await readAssignment(tx, actor.organizationId, id);
      const { role, holder, place, from, until } = assignment;
      await this.outbox.append(tx, actor, catalogueEvent('role.assigned', { id, after: { role, holder, place, from, until } }));
      return assignment;
    });
  }

  private async insert(tx: Tx, actor: Actor, id: string, command: AssignRoleCommand, now: Date): Promise<void> {
    const { roleId, accountId, groupId, siteId, resourceId, from, until } = command;
    try {
      await tx.sql`
        insert into role_assignment (id, org_id, account_id, group_id, built_in, role_id, site_id, resource_id, starts_at, ends_at, granted_by, created_at)
        values (${id}, ${actor.organizationId}, ${accountId ?? null}, ${groupId ?? null}, ${isBuiltIn(roleId) ? roleId : null},
                ${isBuiltIn(roleId) ? null : roleId}, ${siteId ?? null}, ${resourceId ?? null}, ${from ?? null}, ${until ?? null},
                ${actor.accountId}, ${now})`;
    } catch (error) {
      const constraint = brokenConstraint(error);
      if (constraint === 'role_assignment_once') throw new Problem('already-exists', { detail: 'They have this role there already.' });
      if (constraint === 'role_assignment_account') throw unknown('/accountId');
      if (constraint === 'role_assignment_group') throw unknown('/groupId');
      throw error;
    }
  }
}

const unknown = (pointer: string): Problem =>
  new Problem('invalid-reference', { errors: [{ pointer, code: 'unknown-id', detail: 'is none of yours' }] });

/** @throws Problem `validation-failed` unless there is one holder, at most one place, and an end that follows the beginning */
function demandOneOfEach({ accountId, groupId, siteId, resourceId, from, until }: AssignRoleCommand): void {
  const errors = [
    ...((accountId === undefined) === (groupId === undefined)
      ? [{ pointer: '/accountId', code: 'one-of', detail: 'takes a person or a group' }]
      : []),
    ...(siteId !== undefined && resourceId !== undefined
      ? [{ pointer: '/resourceId', code: 'one-of', detail: 'takes a site or a resource' }]
      : []),
    ...(from && until && until <= from ? [{ pointer: '/until', code: 'not-after-start', detail: 'must be after from' }] : []),
  ];
  if (errors.length > 0) throw new Problem('validation-failed', { errors });
}

/** What the role allows where it is given. @throws Problem `invalid-reference`, `validation-failed` when that is nothing */
async function permissionsOfRole(tx: Tx, { roleId }: AssignRoleCommand, isOfAPlace: boolean): Promise<Set<Permission>> {
  const permissions = permissionsIn(isBuiltIn(roleId) ? { builtIn: roleId } : await ownRole(tx, roleId), isOfAPlace);
  if (permissions.size > 0 || !isOfAPlace) return permissions;
  const detail = 'allows nothing that could be given in one place alone';
  throw new Problem('validation-failed', { errors: [{ pointer: '/roleId', code: 'not-allowed', detail }] });
}

async function ownRole(tx: Tx, id: string): Promise<{ permissions: Permission[] }> {
  const [row] = await tx.sql<{ permissions: Permission[] }>`
    select permissions from role where org_id = ${tx.organizationId} and id::text = ${id}`;
  if (!row) throw unknown('/roleId');
  return row;
}
