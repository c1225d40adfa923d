import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { bumpVersions } from '../catalogue/resource.store';
import { resourceForUpdate } from '../catalogue/resources.queries';
import { ResourceCatalogue } from '../resource-catalogue';
import { deleteAssignment, lockSharing, personOf } from './assignment.store';

/** Gives what is somebody's own to another person or to everybody, when that somebody leaves. */
@Injectable()
export class HandOverOwn {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Each in a transaction of its own. Whether the actor may is for the caller to ask.
   * @param to who gets all of it; null makes it everybody's
   */
  async execute(actor: Actor, personId: string, to: string | null): Promise<void> {
    const own = await this.database.of(actor.organizationId).sql<{ resource_id: string }>`
      select resource_id from resource_assignment where org_id = ${actor.organizationId} and account_id = ${personId} order by resource_id`;
    for (const it of own) await this.database.transaction(actor, (tx) => this.handedOver(tx, actor, { id: it.resource_id, personId, to }));
  }

  /** The same as part of something else, to one person: all of it or nothing. @returns how many */
  async executeWithin(tx: Tx, actor: Actor, personId: string, to: string): Promise<number> {
    const own = await tx.sql<{ resource_id: string }>`
      select resource_id from resource_assignment where org_id = ${actor.organizationId} and account_id = ${personId} order by resource_id`;
    for (const it of own) await this.handedOver(tx, actor, { id: it.resource_id, personId, to });
    return own.length;
  }

  private async handedOver(
    tx: Tx,
    actor: Actor,
    { id, personId, to }: { readonly id: string; readonly personId: string; readonly to: string | null },
  ): Promise<void> {
    const sharing = await lockSharing(tx, id);
    const { name, site_id: siteId } = await resourceForUpdate(tx, actor.organizationId, id);
    if ((await personOf(tx, id)) !== personId) return;
    if (to === null) await deleteAssignment(tx, id);
    else await tx.sql`update resource_assignment set account_id = ${to} where org_id = ${actor.organizationId} and resource_id = ${id}`;
    await bumpVersions(tx, actor.organizationId, sharing, this.clock.now());
    const facts = { id, name, siteIds: siteId === null ? [] : [siteId], before: { personId }, after: { personId: to } };
    await this.outbox.append(tx, actor, catalogueEvent(to === null ? 'resource.unassigned' : 'resource.assigned', facts));
    tx.afterCommit(() => sharing.forEach((it) => this.catalogue.forget(it)));
  }
}
