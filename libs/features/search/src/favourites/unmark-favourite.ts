import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Takes a mark away; where there is none, nothing changes. */
@Injectable()
export class UnmarkFavourite {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  execute(actor: Actor, resourceId: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId, accountId } = actor;
      const gone = await tx.sql`
        delete from favourite
        where org_id = ${organizationId} and account_id = ${accountId} and resource_id = ${resourceId}
        returning resource_id`;
      if (gone.length === 0) return;
      await this.outbox.append(tx, actor, catalogueEvent('user.updated', { id: accountId, before: { favourite: resourceId } }));
    });
  }
}
