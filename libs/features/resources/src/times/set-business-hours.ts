import { catalogueEvent, difference } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion, validationFailed } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { formatHours, type HoursDocument, parseHours } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { ResourceCatalogue } from '../resource-catalogue';
import { keepHours, ownHours } from './hours.store';
import { demandScope, subjectOf, type TimeScope } from './time-scope';

export interface SetBusinessHoursCommand {
  readonly scope: TimeScope;
  /** Version of what the scope names the change was made on. */
  readonly version: number;
  /** As it came; null goes back to what is inherited. */
  readonly hours: unknown;
}

/** Sets when a resource, the resources of a site, or all of them may be booked. */
@Injectable()
export class SetBusinessHours {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed` with what is set there now, `validation-failed` with a pointer to everything that is wrong */
  async execute(actor: Actor, { scope, version, hours }: SetBusinessHoursCommand): Promise<void> {
    const wanted = hours === null ? null : readHours(hours);
    await this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await demandScope(tx, actor, scope);
      const { siteIds, ...subject } = await subjectOf(tx, organizationId, scope);
      const own = await ownHours(tx, organizationId, scope);
      demandVersion(version, own.version, { hours: own.hours, settingsVersion: own.version });
      const changed = difference({ hours: own.hours }, { hours: wanted });
      if (!changed) return;

      await keepHours(tx, organizationId, scope, wanted, this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent(`${scope.level}.updated`, { ...subject, siteIds, ...changed }));
      if (scope.level === 'resource') tx.afterCommit(() => this.catalogue.forget(scope.id));
    });
  }
}

function readHours(json: unknown): HoursDocument {
  const { hours, errors } = parseHours(json);
  if (!hours) throw validationFailed(errors);
  return formatHours(hours);
}
