import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import {
  assignedTime,
  type AssignCommand,
  type AssignmentSeen,
  AssignmentsQueries,
  ChangeAssignment,
  demandAtResource,
} from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { whoMayBook } from '../on-behalf';
import { type AffectedOutcomes, AffectedReservations, type Choice, demandNotTooMany, type Treatment } from './affected-outcome';
import { type Affected, AffectedQueries } from './affected.queries';

export interface AssignResourceCommand extends AssignCommand {
  /** What is to become of what others have reserved of that time; kept where it is left out. */
  readonly reservations?: Choice;
  readonly reason?: string | null;
}

/** Whose a resource is, in a dry run still, with what others have reserved. */
export interface AssignedResource extends AssignmentSeen {
  readonly affected: AffectedOutcomes;
}

/**
 * Makes a resource one person's own, and does with what others have reserved what the caller chose: first it becomes that
 * person's, so that nobody else books meanwhile. May be repeated until nothing is left.
 */
@Injectable()
export class AssignResource {
  constructor(
    private readonly database: Database,
    private readonly changing: ChangeAssignment,
    private readonly assignments: AssignmentsQueries,
    private readonly affected: AffectedQueries,
    private readonly outcomes: AffectedReservations,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `not-found`, `permission-denied`, `validation-failed`, `invalid-reference` for somebody who may not book,
   *   `invalid-state` where a whole or a part is somebody else's, `resource-has-reservations` where they are too many
   */
  async execute(actor: Actor, command: AssignResourceCommand): Promise<AssignedResource> {
    const { idempotency: _, ...once } = actor;
    await this.assignments.of(actor, command.id);
    const found = await this.found(once, command);
    const treatment = treatmentOf(command);
    demandNotTooMany(found, treatment.choice);
    const seen = await this.changing.assign(once, command);
    return { ...seen, affected: await this.outcomes.treat(once, found, treatment) };
  }

  /** What would become of whose reservations; changes nothing. @throws Problem as `execute` */
  async tryOut(actor: Actor, command: AssignResourceCommand): Promise<AssignedResource> {
    const seen = await this.assignments.seen(actor, command.id);
    const found = await this.found(actor, command);
    return { ...seen, affected: await this.outcomes.tryOut(actor, found, treatmentOf(command)) };
  }

  private async found(actor: Actor, command: AssignResourceCommand): Promise<Affected[]> {
    const now = this.clock.now();
    const db = this.database.of(actor.organizationId);
    await demandAtResource(db, actor, 'resource:manage', command.id);
    await whoMayBook(db, actor, command.personId, '/personId', now);
    const { start, end } = assignedTime(command, now);
    return this.affected.of(actor, command.id, { from: start > now ? start : now, to: end ?? undefined, notOf: command.personId });
  }
}

const treatmentOf = ({ id, reservations = 'keep', reason }: AssignResourceCommand): Treatment => ({
  resourceId: id,
  choice: reservations,
  reason: reason ?? 'assigned',
});
