import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import {
  demandAtResource,
  ChangeStatus,
  type ChangeStatusCommand,
  closedTime,
  type Resource,
  ResourceCatalogue,
  ResourcesQueries,
} from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { Cancel } from '../cancel';
import { Conflicts } from '../conflicts';
import { Move } from '../move';
import { readFacts } from '../reservation.store';
import { type Affected, AffectedQueries, MOST_AFFECTED } from './affected.queries';

export type Choice = 'refuse' | 'keep' | 'notify' | 'move' | 'cancel';
export type CloseCommand = Omit<ChangeStatusCommand, 'reservations'> & { readonly reservations?: Choice };

/** What became of a reservation, or (dry run) what would. */
export interface AffectedOutcome extends Pick<Affected, 'id' | 'start' | 'end' | 'status' | 'title' | 'organizer'> {
  readonly outcome: 'kept' | 'notified' | 'moved' | 'cancelled' | 'not-moved';
  /** Where it was moved to. */
  readonly movedTo: { readonly id: string; readonly name: string } | null;
  /** Why it could not be moved; English, for those who have no translation. */
  readonly detail: string | null;
}

export type ClosedResource = Resource & {
  readonly affected: { readonly total: number; readonly reservations: readonly AffectedOutcome[] };
};

type Ending = Pick<AffectedOutcome, 'outcome' | 'movedTo' | 'detail'>;

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
    private readonly catalogue: ResourceCatalogue,
    private readonly conflicts: Conflicts,
    private readonly moving: Move,
    private readonly cancelling: Cancel,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `validation-failed`, `resource-has-reservations` where they refuse or are too many */
  async execute(actor: Actor, command: CloseCommand): Promise<ClosedResource> {
    const earlier = await recall<ClosedResource>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    await demandAtResource(this.database.of(actor.organizationId), actor, 'resource:manage', command.id);
    const { idempotency: _, ...once } = actor;
    const choice = choiceOf(command);
    const found = await this.found(actor, command);
    if (found.length > MOST_AFFECTED && (choice === 'move' || choice === 'cancel'))
      throw new Problem('resource-has-reservations', {
        detail: `More than ${MOST_AFFECTED} reservations are in the way.`,
        total: found.length,
      });

    const resource = await this.changing.execute(once, { ...command, reservations: choice === 'refuse' ? 'refuse' : 'keep' });
    const outcomes: AffectedOutcome[] = [];
    for (const it of found) outcomes.push(shown(it, await this.dealtWith(once, it, choice, command)));
    const closed = { ...resource, affected: { total: found.length, reservations: outcomes } };
    return this.database.transaction(actor, async () => closed);
  }

  /** What would become of whom; changes nothing. @throws Problem `not-found`, `validation-failed` */
  async tryOut(actor: Actor, command: CloseCommand): Promise<ClosedResource> {
    await demandAtResource(this.database.of(actor.organizationId), actor, 'resource:manage', command.id);
    const resource = await this.resources.one(actor, command.id);
    const choice = choiceOf(command);
    const found = await this.found(actor, command);
    const outcomes: AffectedOutcome[] = [];
    for (const it of found) outcomes.push(shown(it, await this.prospect(actor, it, choice, command.id)));
    return { ...resource, affected: { total: found.length, reservations: outcomes } };
  }

  private async found(actor: Actor, command: CloseCommand): Promise<Affected[]> {
    const time = closedTime({ ...command, reservations: 'keep' }, this.clock.now());
    return time ? this.affected.of(actor, command.id, time) : [];
  }

  private async dealtWith(actor: Actor, it: Affected, choice: Choice, command: CloseCommand): Promise<Ending> {
    if (choice === 'cancel') return this.cancelled(actor, it, command);
    if (choice === 'move') return this.moved(actor, it, command.id);
    if (choice !== 'notify') return KEPT;
    await this.notified(actor, it, command);
    return { outcome: 'notified', movedTo: null, detail: null };
  }

  private async cancelled(actor: Actor, { id }: Affected, { status, reason }: CloseCommand): Promise<Ending> {
    try {
      await this.cancelling.execute(actor, { id, reason: reason ?? status, undoSeconds: 0 });
      return { outcome: 'cancelled', movedTo: null, detail: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { outcome: 'kept', movedTo: null, detail: error.message };
    }
  }

  private async moved(actor: Actor, it: Affected, closedId: string): Promise<Ending> {
    let detail = 'Nothing similar is free then.';
    for (const target of await this.similar(actor, it, closedId)) {
      try {
        await this.moving.execute(actor, { id: it.id, resourceId: target.id });
        return { outcome: 'moved', movedTo: target, detail: null };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        detail = error.message;
      }
    }
    return { outcome: 'not-moved', movedTo: null, detail };
  }

  private async prospect(actor: Actor, it: Affected, choice: Choice, closedId: string): Promise<Ending> {
    if (choice === 'cancel') return { outcome: 'cancelled', movedTo: null, detail: null };
    if (choice === 'notify') return { outcome: 'notified', movedTo: null, detail: null };
    if (choice !== 'move') return KEPT;
    let detail = 'Nothing similar is free then.';
    for (const target of await this.similar(actor, it, closedId)) {
      try {
        await this.moving.tryOut(actor, { id: it.id, resourceId: target.id });
        return { outcome: 'moved', movedTo: target, detail: null };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        detail = error.message;
      }
    }
    return { outcome: 'not-moved', movedTo: null, detail };
  }

  /** What could take its place; a reservation of several resources, or of a whole with this part, keeps them. */
  private async similar(actor: Actor, it: Affected, closedId: string): Promise<{ id: string; name: string }[]> {
    const [resourceId, ...more] = it.resourceIds;
    if (!resourceId || more.length > 0) return [];
    const resource = (await this.catalogue.termsOfMany(actor.organizationId, [resourceId])).get(resourceId);
    if (!resource) return [];
    const time = { start: new Date(it.start), end: new Date(it.end), attendees: it.attendees, now: this.clock.now() };
    const [found = []] = await this.conflicts.similarFree(actor, [{ ...time, resource, quantity: it.quantity }]);
    return found.filter((other) => other.resourceId !== closedId).map((other) => ({ id: other.resourceId, name: other.name }));
  }

  private async notified(actor: Actor, { id }: Affected, { status, reason }: CloseCommand): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const facts = await readFacts(tx, [id]);
      await this.outbox.append(
        tx,
        actor,
        ...facts.map((it) => reservationEvent('reservation.affected', { ...it, reason: reason ?? status })),
      );
    });
  }
}

const KEPT: Ending = { outcome: 'kept', movedTo: null, detail: null };

const choiceOf = ({ status, reservations }: CloseCommand): Choice => reservations ?? (status === 'archived' ? 'refuse' : 'keep');

const shown = ({ id, start, end, status, title, organizer }: Affected, ending: Ending): AffectedOutcome => ({
  ...{ id, start, end, status, title, organizer },
  ...ending,
});
