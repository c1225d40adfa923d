import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { Cancel } from '../cancel';
import { Conflicts } from '../conflicts';
import { Move } from '../move';
import { readFacts } from '../reservation.store';
import { type Affected, MOST_AFFECTED } from './affected.queries';

/** What is to become of reservations in the way. */
export type Choice = 'keep' | 'notify' | 'move' | 'cancel';

/** What became of a reservation, or (dry run) what would. */
export interface AffectedOutcome extends Pick<Affected, 'id' | 'start' | 'end' | 'status' | 'title' | 'organizer'> {
  readonly outcome: 'kept' | 'notified' | 'moved' | 'cancelled' | 'not-moved';
  /** Where it was moved to. */
  readonly movedTo: { readonly id: string; readonly name: string } | null;
  /** Why it could not be moved; English, for those who have no translation. */
  readonly detail: string | null;
}

/** Reservations in the way of something, and what became of them. */
export interface AffectedOutcomes {
  readonly total: number;
  readonly reservations: readonly AffectedOutcome[];
}

/** What is done with those in the way of a resource, and the reason that is told. */
export interface Treatment {
  readonly resourceId: string;
  readonly choice: Choice;
  readonly reason: string;
}

type Ending = Pick<AffectedOutcome, 'outcome' | 'movedTo' | 'detail'>;
const KEPT: Ending = { outcome: 'kept', movedTo: null, detail: null };

/** Does with reservations in the way what was chosen, each as if by hand and in a transaction of its own. */
@Injectable()
export class AffectedReservations {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly conflicts: Conflicts,
    private readonly moving: Move,
    private readonly cancelling: Cancel,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async treat(actor: Actor, found: readonly Affected[], treatment: Treatment): Promise<AffectedOutcomes> {
    const reservations: AffectedOutcome[] = [];
    for (const it of found) reservations.push(shown(it, await this.treated(actor, it, treatment)));
    return { total: found.length, reservations };
  }

  /** What `treat` would do now; changes nothing. */
  async tryOut(actor: Actor, found: readonly Affected[], treatment: Treatment): Promise<AffectedOutcomes> {
    const reservations: AffectedOutcome[] = [];
    for (const it of found) reservations.push(shown(it, await this.prospect(actor, it, treatment)));
    return { total: found.length, reservations };
  }

  private async treated(actor: Actor, it: Affected, { choice, reason, resourceId }: Treatment): Promise<Ending> {
    if (choice === 'cancel') return this.cancelled(actor, it, reason);
    if (choice === 'move') return this.moved(actor, it, resourceId, (to) => this.moving.execute(actor, { id: it.id, resourceId: to }));
    if (choice !== 'notify') return KEPT;
    await this.notified(actor, it, reason);
    return { outcome: 'notified', movedTo: null, detail: null };
  }

  private async prospect(actor: Actor, it: Affected, { choice, resourceId }: Treatment): Promise<Ending> {
    if (choice === 'cancel') return { outcome: 'cancelled', movedTo: null, detail: null };
    if (choice === 'notify') return { outcome: 'notified', movedTo: null, detail: null };
    if (choice !== 'move') return KEPT;
    return this.moved(actor, it, resourceId, (to) => this.moving.tryOut(actor, { id: it.id, resourceId: to }));
  }

  private async cancelled(actor: Actor, { id }: Affected, reason: string): Promise<Ending> {
    try {
      await this.cancelling.execute(actor, { id, reason, undoSeconds: 0 });
      return { outcome: 'cancelled', movedTo: null, detail: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { outcome: 'kept', movedTo: null, detail: error.message };
    }
  }

  private async moved(actor: Actor, it: Affected, resourceId: string, move: (to: string) => Promise<unknown>): Promise<Ending> {
    let detail = 'Nothing similar is free then.';
    for (const target of await this.similar(actor, it, resourceId)) {
      try {
        await move(target.id);
        return { outcome: 'moved', movedTo: target, detail: null };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        detail = error.message;
      }
    }
    return { outcome: 'not-moved', movedTo: null, detail };
  }

  /** What could take its place; a reservation of several resources, or of a whole with this part, keeps them. */
  private async similar(actor: Actor, it: Affected, not: string): Promise<{ id: string; name: string }[]> {
    const [resourceId, ...more] = it.resourceIds;
    if (!resourceId || more.length > 0) return [];
    const resource = (await this.catalogue.termsOfMany(actor.organizationId, [resourceId])).get(resourceId);
    if (!resource) return [];
    const { organizer, attendees, quantity } = it;
    const wanted = { start: new Date(it.start), end: new Date(it.end), organizer, attendees, quantity, resource, now: this.clock.now() };
    const [found = []] = await this.conflicts.similarFree(actor, [wanted]);
    return found.filter((other) => other.resourceId !== not).map((other) => ({ id: other.resourceId, name: other.name }));
  }

  private async notified(actor: Actor, { id }: Affected, reason: string): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const facts = await readFacts(tx, [id]);
      await this.outbox.append(tx, actor, ...facts.map((it) => reservationEvent('reservation.affected', { ...it, reason })));
    });
  }
}

/** @throws Problem `resource-has-reservations` where more are to be moved or cancelled than is done at once */
export function demandNotTooMany(found: readonly Affected[], choice: Choice): void {
  if (found.length <= MOST_AFFECTED || (choice !== 'move' && choice !== 'cancel')) return;
  const detail = `More than ${MOST_AFFECTED} reservations are in the way.`;
  throw new Problem('resource-has-reservations', { detail, total: found.length });
}

const shown = ({ id, start, end, status, title, organizer }: Affected, ending: Ending): AffectedOutcome => ({
  ...{ id, start, end, status, title, organizer },
  ...ending,
});
