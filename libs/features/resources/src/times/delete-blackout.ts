import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, sql } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { ResourceCatalogue } from '../resource-catalogue';
import { judgeAgain } from './add-blackout';
import { readBlackout } from './blackouts.queries';
import { demandScope, subjectOf, type TimeScope } from './time-scope';

export interface DeleteBlackoutCommand {
  readonly id: string;
  /** Resource it must have been set for; left out for those of the organization and its sites. */
  readonly resourceId?: string;
}

/** Takes a blackout away. */
@Injectable()
export class DeleteBlackout {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, also for one that was set elsewhere */
  execute(actor: Actor, { id, resourceId }: DeleteBlackoutCommand): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      if (resourceId) await demandScope(tx, actor, { level: 'resource', id: resourceId });
      const before = await readBlackout(tx, organizationId, id);
      const [deleted] = await tx.sql<{ site_id: string | null }>`
        delete from blackout
        where org_id = ${organizationId} and id = ${id} and ${resourceId ? sql`resource_id = ${resourceId}` : sql`resource_id is null`}
        returning site_id`;
      if (!deleted) throw new Problem('not-found');

      const scope = scopeOf(resourceId, deleted.site_id);
      await demandScope(tx, actor, scope);
      const { siteIds, name } = await subjectOf(tx, organizationId, scope);
      await judgeAgain(tx, organizationId, scope, this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent('blackout.deleted', { id, name, siteIds, before: { ...before } }));
      if (resourceId) tx.afterCommit(() => this.catalogue.forget(resourceId));
    });
  }
}

function scopeOf(resourceId: string | undefined, siteId: string | null): TimeScope {
  if (resourceId) return { level: 'resource', id: resourceId };
  return siteId ? { level: 'site', id: siteId } : { level: 'organization' };
}
