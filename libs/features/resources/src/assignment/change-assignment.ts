import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant, parseInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { demandVersion, validationFailed } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { bumpVersions } from '../catalogue/resource.store';
import { resourceForUpdate } from '../catalogue/resources.queries';
import { ResourceCatalogue } from '../resource-catalogue';
import { demandAtResource } from '../visible-resources';
import type { AssignmentSeen, ResourceAssignment } from './assignment';
import { deleteAssignment, demandNobodyElse, lockSharing, writeAssignment } from './assignment.store';
import { AssignmentsQueries } from './assignments.queries';

export interface AssignCommand {
  readonly id: string;
  /** Version of the resource it was decided on; whatever it is where it is left out. */
  readonly version?: number;
  /** Whose it is to be. */
  readonly personId: string;
  /** RFC 3339; now where it is left out. */
  readonly from?: string;
  /** RFC 3339; null where nobody knows. */
  readonly until?: string | null;
}

/** Makes a resource one person's own, or everybody's again. What others have reserved stays as it is. */
@Injectable()
export class ChangeAssignment {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: AssignmentsQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `not-found`, `permission-denied`, `validation-failed`, `invalid-reference` for somebody who is not there,
   *   `precondition-failed` with whose it is now, `invalid-state` where a whole or a part of it is somebody else's
   */
  assign(actor: Actor, command: AssignCommand): Promise<AssignmentSeen> {
    return this.database.transaction(actor, async (tx) => {
      const { id, personId } = command;
      const now = this.clock.now();
      await demandAtResource(tx, actor, 'resource:manage', id);
      const { start, end } = assignedTime(command, now);
      const sharing = await lockSharing(tx, id);
      const { name, site_id: siteId } = await resourceForUpdate(tx, actor.organizationId, id);
      const before = await this.at(tx, actor, id, command.version);
      const person = await demandPerson(tx, personId);
      const wanted = { resourceId: id, personId, start, end, now };
      await demandNobodyElse(tx, wanted, sharing);
      await writeAssignment(tx, actor.accountId, wanted);
      await this.told(tx, actor, sharing, now);
      const after = { person, from: formatInstant(start), until: end && formatInstant(end) };
      const facts = {
        id,
        name,
        siteIds: siteId === null ? [] : [siteId],
        before: before ? { assignment: before } : {},
        after: { assignment: after },
      };
      await this.outbox.append(tx, actor, catalogueEvent('resource.assigned', facts));
      return this.queries.seen(actor, id, tx);
    });
  }

  /** @throws Problem `not-found`, `permission-denied`, `precondition-failed` with whose it is now */
  end(actor: Actor, id: string, version?: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      await demandAtResource(tx, actor, 'resource:manage', id);
      const sharing = await lockSharing(tx, id);
      const { name, site_id: siteId } = await resourceForUpdate(tx, actor.organizationId, id);
      const before = await this.at(tx, actor, id, version);
      if (!before) return;
      await deleteAssignment(tx, id);
      await this.told(tx, actor, sharing, now);
      const facts = { id, name, siteIds: siteId === null ? [] : [siteId], before: { assignment: before }, after: { assignment: null } };
      await this.outbox.append(tx, actor, catalogueEvent('resource.unassigned', facts));
    });
  }

  /** Whose it was when it was decided. */
  private async at(tx: Tx, actor: Actor, id: string, version: number | undefined): Promise<ResourceAssignment | null> {
    const seen = await this.queries.seen(actor, id, tx);
    if (version !== undefined) demandVersion(version, seen.resourceVersion, seen);
    return seen.assignment;
  }

  private async told(tx: Tx, actor: Actor, sharing: readonly string[], now: Date): Promise<void> {
    await bumpVersions(tx, actor.organizationId, sharing, now);
    tx.afterCommit(() => sharing.forEach((it) => this.catalogue.forget(it)));
  }
}

/** The time an assignment keeps a resource from others. @throws Problem `validation-failed` when it ends before it begins, or is over */
export function assignedTime({ from, until }: Pick<AssignCommand, 'from' | 'until'>, now: Date): { start: Date; end: Date | null } {
  const start = (from ? parseInstant(from) : undefined) ?? now;
  const end = (until ? parseInstant(until) : undefined) ?? null;
  if (end && (end <= start || end <= now))
    throw validationFailed([{ pointer: '/until', code: 'not-after-start', detail: 'must lie ahead, and after the begin' }]);
  return { start, end };
}

async function demandPerson(tx: Tx, id: string): Promise<{ id: string; displayName: string }> {
  const [person] = await tx.sql<{ display_name: string }>`
    select display_name from account where org_id = ${tx.organizationId} and id = ${id} and status = 'active' for key share`;
  if (person) return { id, displayName: person.display_name };
  const detail = 'There is no such person.';
  throw new Problem('invalid-reference', { detail, errors: [{ pointer: '/personId', code: 'unknown', detail }] });
}
