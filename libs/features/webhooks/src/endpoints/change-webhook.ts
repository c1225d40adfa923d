import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { SafeFetch } from '@berth/platform/outgoing';
import { Outbox } from '@berth/platform/outbox';
import { Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Webhook, WebhookSettings } from './webhook';
import { factsOf } from './webhook-facts';
import { demandConsistent, demandMayProvision, demandMayTakeOver, demandReachable, demandScope, unmasked } from './webhook-rules';
import { WebhookQueries } from './webhook.queries';
import { updateWebhook } from './webhook.store';

export interface ChangeWebhookCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  /** Merge patch. */
  readonly patch: Partial<WebhookSettings>;
}

/** Changes a webhook. Whoever does so answers for what it is told from then on. */
@Injectable()
export class ChangeWebhook {
  constructor(
    private readonly database: Database,
    private readonly queries: WebhookQueries,
    private readonly secrets: Secrets,
    private readonly fetch: SafeFetch,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @throws Problem `not-found`, `validation-failed`, `already-exists`, `invalid-reference`, `permission-denied`, `precondition-failed` with what
   *   it is now, `invalid-state` for one that is disabled, which is enabled by a test
   */
  async execute(actor: Actor, { id, version, patch }: ChangeWebhookCommand): Promise<Webhook> {
    const { organizationId, accountId: responsibleId } = actor;
    if (patch.url !== undefined) await demandReachable(this.fetch, patch.url);
    return this.database.transaction(actor, async (tx) => {
      const current = await this.queries.forUpdate(tx, organizationId, id);
      demandVersion(version, current.version, await this.queries.one(organizationId, id, tx));
      const before = current.settings;
      if (before.state === 'disabled' && patch.state !== undefined)
        throw new Problem('invalid-state', { detail: 'It is disabled: enable it, which sends a test first.' });
      const headers = patch.headers ? unmasked(patch.headers, before.headers) : before.headers;
      const settings: WebhookSettings = { ...before, ...patch, headers };
      demandMayProvision(actor, before, settings);
      demandMayTakeOver(actor, before, current.responsibleId);
      demandConsistent(settings);
      if (patch.scope) await demandScope(tx, organizationId, settings.scope);
      await updateWebhook(tx, this.secrets, { id, organizationId, responsibleId, settings });
      const facts = { id, name: settings.name, before: factsOf(before), after: factsOf(settings) };
      await this.outbox.append(tx, actor, catalogueEvent('webhook.updated', facts));
      return this.queries.one(organizationId, id, tx);
    });
  }
}
