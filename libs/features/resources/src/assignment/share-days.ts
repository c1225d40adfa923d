import { type CatalogueEventType, catalogueEvent, Problem } from '@berth/contracts';
import { addDays, daysBetween, toCivil } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { validationFailed } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { timeOfDays } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { type ReservationsInTheWay, reservationsInTheWay } from '../catalogue/reservations-in-the-way';
import { bumpVersions } from '../catalogue/resource.store';
import { resourceForUpdate } from '../catalogue/resources.queries';
import type { ResourceRow } from '../catalogue/resource';
import { ResourceCatalogue } from '../resource-catalogue';
import { demandAtResource } from '../visible-resources';
import type { ResourceAssignment } from './assignment';
import { deleteSharedDays, lockSharing, personOf, writeSharedDays } from './assignment.store';
import { AssignmentsQueries } from './assignments.queries';

export interface DaysCommand {
  readonly id: string;
  /** First and last day, `YYYY-MM-DD` by the clock of the resource. */
  readonly from: string;
  readonly to: string;
}

/** What taking days back leaves: what others have reserved then is not taken from them. */
export type TakenBack = ResourceAssignment & { readonly staying: ReservationsInTheWay };

const MOST_DAYS = 366;

/** Lets others have on some days what is one person's own, or keeps it from them again; for that person, and who manages it. */
@Injectable()
export class ShareDays {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: AssignmentsQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `validation-failed`, `invalid-state` where it is nobody's */
  share(actor: Actor, command: DaysCommand): Promise<ResourceAssignment> {
    return this.changed(actor, command, 'resource.days_shared', async (tx, days) => {
      await writeSharedDays(tx, command.id, days);
      return (await this.queries.of(actor, command.id, tx))!;
    });
  }

  /** @throws Problem as `share` */
  takeBack(actor: Actor, command: DaysCommand): Promise<TakenBack> {
    return this.changed(actor, command, 'resource.days_taken_back', async (tx, days, resource, sharing) => {
      const staying = await this.staying(tx, actor, { days, resource, sharing });
      await deleteSharedDays(tx, command.id, days);
      return { ...(await this.queries.of(actor, command.id, tx))!, staying };
    });
  }

  /** What would stay others' if the days were taken back now; changes nothing. @throws Problem as `share` */
  tryOut(actor: Actor, command: DaysCommand): Promise<TakenBack> {
    return this.database.transaction(actor, async (tx) => {
      const sharing = await lockSharing(tx, command.id);
      const { assignment, resource } = await this.demandOwn(tx, actor, command.id);
      const days = this.daysOf(command, resource.time_zone);
      return { ...assignment, staying: await this.staying(tx, actor, { days, resource, sharing }) };
    });
  }

  private changed<T>(
    actor: Actor,
    command: DaysCommand,
    type: CatalogueEventType,
    change: (tx: Tx, days: readonly string[], resource: ResourceRow, sharing: readonly string[]) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(actor, async (tx) => {
      const sharing = await lockSharing(tx, command.id);
      const { resource } = await this.demandOwn(tx, actor, command.id);
      const days = this.daysOf(command, resource.time_zone);
      const answer = await change(tx, days, resource, sharing);
      await bumpVersions(tx, actor.organizationId, sharing, this.clock.now());
      const siteIds = resource.site_id === null ? [] : [resource.site_id];
      const facts = { id: command.id, name: resource.name, siteIds, after: { from: days[0], to: days.at(-1) } };
      await this.outbox.append(tx, actor, catalogueEvent(type, facts));
      tx.afterCommit(() => sharing.forEach((it) => this.catalogue.forget(it)));
      return answer;
    });
  }

  private async demandOwn(tx: Tx, actor: Actor, id: string): Promise<{ assignment: ResourceAssignment; resource: ResourceRow }> {
    const assignment = await this.queries.of(actor, id, tx);
    if (!assignment) throw new Problem('invalid-state', { detail: 'It is assigned to nobody.' });
    if (!assignment.mine) await demandAtResource(tx, actor, 'resource:manage', id);
    return { assignment, resource: await resourceForUpdate(tx, actor.organizationId, id) };
  }

  /** The days from today on. @throws Problem `validation-failed` when they are none, or too many */
  private daysOf({ from, to }: DaysCommand, timeZone: string): string[] {
    const today = toCivil(this.clock.now(), timeZone).date;
    const first = from < today ? today : from;
    const count = daysBetween(first, to) + 1;
    if (daysBetween(from, to) < 0 || count < 1) throw wrong('must not lie before the first day, nor before today');
    if (count > MOST_DAYS) throw wrong(`must be at most ${MOST_DAYS} days on`);
    return Array.from({ length: count }, (_, i) => addDays(first, i));
  }

  /** What others have then. */
  private async staying(
    tx: Tx,
    { organizationId }: Actor,
    { days, resource, sharing }: { days: readonly string[]; resource: ResourceRow; sharing: readonly string[] },
  ): Promise<ReservationsInTheWay> {
    const times = timeOfDays(days, resource.time_zone);
    const notOf = await personOf(tx, resource.id);
    return reservationsInTheWay(tx, organizationId, sharing, { from: this.clock.now(), times, notOf });
  }
}

const wrong = (detail: string) => validationFailed([{ pointer: '/to', code: 'range', detail }]);
