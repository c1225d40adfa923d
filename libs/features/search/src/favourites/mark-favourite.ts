import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { visibleResources } from '@berth/resources';
import { Injectable } from '@nestjs/common';

/** Marks a resource for the actor; once more changes nothing. */
@Injectable()
export class MarkFavourite {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` for a resource the actor may not see */
  execute(actor: Actor, resourceId: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId, accountId } = actor;
      const known = await tx.sql`select from resource r where r.id = ${resourceId} and ${visibleResources(actor)}`;
      if (known.length === 0) throw new Problem('not-found');
      const marked = await tx.sql`
        insert into favourite (org_id, account_id, resource_id, created_at)
        values (${organizationId}, ${accountId}, ${resourceId}, ${this.clock.now()})
        on conflict do nothing
        returning resource_id`;
      if (marked.length === 0) return;
      await this.outbox.append(tx, actor, catalogueEvent('user.updated', { id: accountId, after: { favourite: resourceId } }));
    });
  }
}
