import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { ChangeStatus, type ChangeStatusCommand, closedTime, demandAtResource, type Resource, ResourcesQueries } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { type AffectedOutcomes, AffectedReservations, type Choice, demandNotTooMany, type Treatment } from './affected-outcome';
import { type Affected, AffectedQueries } from './affected.queries';

export type CloseCommand = Omit<ChangeStatusCommand, 'reservations'> & { readonly reservations?: Choice | 'refuse' };

export type ClosedResource = Resource & { readonly affected: AffectedOutcomes };

/**
 * Puts a resource into maintenance, archives it or takes it back into use, and does with the reservations in the way
 * what the caller chose. The status changes first, so that nobody books meanwhile; each reservation then is moved or
 * cancelled as if by hand, in a transaction of its own, and the whole may be repeated until nothing is left.
 */
@Injectable()
export class CloseResource {
  constructor(
    private readonly database: Database,
    private readonly changing: ChangeStatus,
    private readonly resources: ResourcesQueries,
    private readonly affected: AffectedQueries,
    private readonly outcomes: AffectedReservations,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `validation-failed`, `resource-has-reservations` where they refuse or are too many */
  async execute(actor: Actor, command: CloseCommand): Promise<ClosedResource> {
    const earlier = await recall<ClosedResource>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    await demandAtResource(this.database.of(actor.organizationId), actor, 'resource:manage', command.id);
    const { idempotency: _, ...once } = actor;
    const found = await this.found(actor, command);
    const treatment = treatmentOf(command);
    demandNotTooMany(found, treatment.choice);
    const resource = await this.changing.execute(once, { ...command, reservations: refuses(command) ? 'refuse' : 'keep' });
    const closed = { ...resource, affected: await this.outcomes.treat(once, found, treatment) };
    return this.database.transaction(actor, async () => closed);
  }

  /** What would become of whom; changes nothing. @throws Problem `not-found`, `validation-failed` */
  async tryOut(actor: Actor, command: CloseCommand): Promise<ClosedResource> {
    await demandAtResource(this.database.of(actor.organizationId), actor, 'resource:manage', command.id);
    const resource = await this.resources.one(actor, command.id);
    const found = await this.found(actor, command);
    return { ...resource, affected: await this.outcomes.tryOut(actor, found, treatmentOf(command)) };
  }

  private async found(actor: Actor, command: CloseCommand): Promise<Affected[]> {
    const time = closedTime({ ...command, reservations: 'keep' }, this.clock.now());
    return time ? this.affected.of(actor, command.id, time) : [];
  }
}

const refuses = ({ status, reservations }: CloseCommand): boolean =>
  (reservations ?? (status === 'archived' ? 'refuse' : 'keep')) === 'refuse';

const treatmentOf = ({ id, status, reservations = 'keep', reason }: CloseCommand): Treatment => ({
  resourceId: id,
  choice: reservations === 'refuse' ? 'keep' : reservations,
  reason: reason ?? status,
});
