import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, sql, type Statement, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

const MOST = 10_000;

/** Sends messages again: the same bytes under the same id, at a new time, marked, and without a word on how the receiver is doing. */
@Injectable()
export class Replay {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @returns id of the new delivery. @throws Problem `not-found`, `invalid-state` for a webhook nothing is sent to */
  async one(actor: Actor, webhookId: string, id: string): Promise<{ id: string }> {
    return this.database.transaction(actor, async (tx) => {
      const [made] = await this.copy(tx, actor, webhookId, sql`d.id = ${id}`, { delivery: id });
      if (made === undefined) throw new Problem('not-found');
      return { id: made };
    });
  }

  /**
   * All that were made since then and have not arrived, at once; those that are still tried, too.
   * @returns how many. @throws Problem `not-found`, `invalid-state` for a webhook nothing is sent to
   */
  async failedSince(actor: Actor, webhookId: string, since: Date): Promise<{ count: number }> {
    return this.database.transaction(actor, async (tx) => {
      const failed = sql`
        d.created_at >= ${since} and d.state in ('failed', 'exhausted') and not d.is_replay and not exists (
          select from webhook_delivery r where r.webhook_id = d.webhook_id and r.event_id = d.event_id and r.is_replay and r.state <> 'exhausted')`;
      const made = await this.copy(tx, actor, webhookId, failed, { since: formatInstant(since) });
      return { count: made.length };
    });
  }

  private async copy(
    tx: Tx,
    actor: Actor,
    webhookId: string,
    which: Statement,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<string[]> {
    const { organizationId } = actor;
    const [webhook] = await tx.sql<{ name: string; state: string }>`
      select name, state from webhook where org_id = ${organizationId} and id = ${webhookId} for key share`;
    if (!webhook) throw new Problem('not-found');
    if (webhook.state !== 'active') throw new Problem('invalid-state', { detail: 'Nothing is sent to it now: enable it first.' });
    const chosen = await tx.sql<{ id: string }>`
      select d.id from webhook_delivery d
      where d.org_id = ${organizationId} and d.webhook_id = ${webhookId} and ${which}
      order by d.id limit ${MOST}`;
    if (chosen.length === 0) return [];
    const made = chosen.map((it) => ({ id: newId(), of: it.id }));
    const now = this.clock.now();
    await tx.sql`
      insert into webhook_delivery (id, org_id, webhook_id, event_id, event_type, subject, sequence, resource_ids, account_id, body, traceparent,
                                    is_replay, next_attempt_at, created_at)
      select m.id, d.org_id, d.webhook_id, d.event_id, d.event_type, d.subject, d.sequence, d.resource_ids, d.account_id, d.body, d.traceparent,
             true, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as m(id uuid, "of" uuid)
      join webhook_delivery d on d.id = m."of"`;
    const after = { ...facts, count: made.length };
    await this.outbox.append(tx, actor, catalogueEvent('webhook.replayed', { id: webhookId, name: webhook.name, after }));
    return made.map((it) => it.id);
  }
}
