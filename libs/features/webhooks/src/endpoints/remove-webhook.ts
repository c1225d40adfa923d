import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, deleteInPortions, sql } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { factsOf } from './webhook-facts';
import { demandMayProvision } from './webhook-rules';
import { WebhookQueries } from './webhook.queries';

/** Removes a webhook with all that was sent to it; what waits is not sent any more. */
@Injectable()
export class RemoveWebhook {
  constructor(
    private readonly database: Database,
    private readonly queries: WebhookQueries,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed` with what it is now, `permission-denied` for one that is told the keys of people */
  execute(actor: Actor, id: string, version: number): Promise<void> {
    const { organizationId } = actor;
    return this.database.transaction(actor, async (tx) => {
      const current = await this.queries.forUpdate(tx, organizationId, id);
      demandVersion(version, current.version, await this.queries.one(organizationId, id, tx));
      demandMayProvision(actor, current.settings);
      // By itself: a long history takes longer than a statement may.
      await deleteInPortions(
        tx,
        (limit) => sql`
          delete from webhook_delivery where id in (
            select id from webhook_delivery where org_id = ${organizationId} and webhook_id = ${id} limit ${limit})
          returning id`,
      );
      await tx.sql`delete from webhook where org_id = ${organizationId} and id = ${id}`;
      const { name } = current.settings;
      await this.outbox.append(tx, actor, catalogueEvent('webhook.deleted', { id, name, before: factsOf(current.settings) }));
    });
  }
}
