import { catalogueEvent } from '@berth/contracts';
import { newId, parseInstant } from '@berth/kernel';
import { bumpEpoch } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { validationFailed } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { reservationsInTheWay } from '../catalogue/reservations-in-the-way';
import { bumpVersions } from '../catalogue/resource.store';
import { ResourceCatalogue } from '../resource-catalogue';
import type { NewBlackout } from './blackout';
import { readBlackout } from './blackouts.queries';
import { resourcesWithin, subjectOf, type TimeScope } from './time-scope';

export interface AddBlackoutCommand {
  readonly scope: TimeScope;
  /** RFC 3339 */
  readonly start: string;
  readonly end: string;
  readonly reason?: string | null;
}

/** Sets a time in which nobody may book; reservations that are there stay and are listed. */
@Injectable()
export class AddBlackout {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `validation-failed` when it ends before it starts */
  async execute(actor: Actor, { scope, reason = null, ...times }: AddBlackoutCommand): Promise<NewBlackout> {
    const { start, end } = spanOf(times);
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const now = this.clock.now();
      const subject = await subjectOf(tx, organizationId, scope);
      const id = newId();
      await tx.sql`
        insert into blackout (id, org_id, site_id, resource_id, starts_at, ends_at, reason, created_at)
        values (${id}, ${organizationId}, ${scope.level === 'site' ? scope.id : null}, ${scope.level === 'resource' ? scope.id : null},
                ${start}, ${end}, ${reason}, ${now})`;
      await judgeAgain(tx, organizationId, scope, now);

      const blackout = await readBlackout(tx, organizationId, id);
      const { siteIds, name } = subject;
      await this.outbox.append(tx, actor, catalogueEvent('blackout.created', { id, name, siteIds, after: { ...blackout } }));
      if (scope.level === 'resource') tx.afterCommit(() => this.catalogue.forget(scope.id));

      const concerned = await resourcesWithin(tx, organizationId, scope);
      const from = start.getTime() > now.getTime() ? start : now;
      const affected = await reservationsInTheWay(tx, organizationId, concerned, { from, to: end });
      return { ...blackout, affected };
    });
  }
}

/** Whoever remembers terms of what is in the scope reads them again. */
export const judgeAgain = (tx: Tx, organizationId: string, scope: TimeScope, now: Date): Promise<void> =>
  scope.level === 'resource' ? bumpVersions(tx, organizationId, [scope.id], now) : bumpEpoch(tx, organizationId);

function spanOf(times: { start: string; end: string }): { start: Date; end: Date } {
  const start = parseInstant(times.start);
  const end = parseInstant(times.end);
  if (start && end && start.getTime() < end.getTime()) return { start, end };
  throw validationFailed([{ pointer: '/end', code: 'not-after-start', detail: 'must lie after the start' }]);
}
