import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { SafeFetch } from '@berth/platform/outgoing';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { factsOf } from './webhook-facts';
import { demandConsistent, demandMayProvision, demandReachable, demandScope, unmasked } from './webhook-rules';
import { type Webhook, type WebhookSettings } from './webhook';
import { WebhookQueries } from './webhook.queries';
import { insertWebhook, renewSecret } from './webhook.store';

/** Sets up a webhook. */
@Injectable()
export class AddWebhook {
  constructor(
    private readonly database: Database,
    private readonly queries: WebhookQueries,
    private readonly secrets: Secrets,
    private readonly fetch: SafeFetch,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the webhook with its secret, which is nowhere else
   * @throws Problem `validation-failed`, `already-exists`, `limit-reached`, `invalid-reference`, `permission-denied` for more than the actor may let be told
   */
  async execute(actor: Actor, wanted: WebhookSettings): Promise<Webhook & { secret: string }> {
    demandMayProvision(actor, wanted);
    const settings = { ...wanted, headers: unmasked(wanted.headers, []) };
    demandConsistent(settings);
    await demandReachable(this.fetch, settings.url);
    const { organizationId, accountId: responsibleId } = actor;
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const now = this.clock.now();
      const id = newId();
      await demandScope(tx, organizationId, settings.scope);
      await insertWebhook(tx, this.secrets, { id, organizationId, responsibleId, settings }, now);
      const secret = await renewSecret(tx, this.secrets, { id, organizationId }, now, now);
      await this.outbox.append(tx, actor, catalogueEvent('webhook.created', { id, name: settings.name, after: factsOf(settings) }));
      return { ...(await this.queries.one(organizationId, id, tx)), secret };
    });
  }
}
