import { catalogueEvent } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { demandMayProvision } from './webhook-rules';
import { WebhookQueries } from './webhook.queries';
import { renewSecret } from './webhook.store';

const OVERLAP_MS = 24 * 3_600_000;

/** Gives a webhook a new secret; for a day both sign, so that receivers have time to change over. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly database: Database,
    private readonly queries: WebhookQueries,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied` for one that is told the keys of people */
  execute(actor: Actor, id: string): Promise<{ secret: string; previousExpiresAt: string }> {
    const { organizationId } = actor;
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const { settings } = await this.queries.forUpdate(tx, organizationId, id);
      demandMayProvision(actor, settings);
      const now = this.clock.now();
      const ends = new Date(now.getTime() + OVERLAP_MS);
      const secret = await renewSecret(tx, this.secrets, { id, organizationId }, now, ends);
      const previousExpiresAt = formatInstant(ends);
      const facts = { id, name: settings.name, after: { previousExpiresAt } };
      await this.outbox.append(tx, actor, catalogueEvent('webhook.secret_rotated', facts));
      return { secret, previousExpiresAt };
    });
  }
}
