import { webhookDisabledEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { Database, type Sql, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { type DueWork, Queue } from '@berth/platform/queue';
import { Clock, LOG } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DisabledReason } from '../endpoints/webhook';
import { type SealedAddress, WebhookQueries } from '../endpoints/webhook.queries';
import { type Posted, PostMessage } from '../message/post-message';
import { DISABLED_AFTER, nextAttempt, restUntil } from './retry-schedule';

export const QUEUE = 'webhooks';
/** Requests one process has in flight, and how many of them go to endpoints where the last attempt failed. */
const AT_ONCE = 64;
const FAILING_AT_ONCE = 24;
/** Requests in flight to one endpoint, and to one where the last attempt failed. */
const EACH = 4;
const EACH_FAILING = 1;
/** Longer than an attempt may take: nobody takes a delivery that is still being sent. */
const LEASE_MS = 60_000;

interface Leased extends SealedAddress {
  id: string;
  org_id: string;
  event_id: string;
  body: string;
  traceparent: string | null;
  is_replay: boolean;
  attempts: number;
  first_attempt_at: Date;
}

/**
 * Sends what is due. One endpoint never has more than a few requests in flight, one that fails no more than one and that not at once again, and all
 * that fail together no more than a part of what a process does at once: whoever is slow waits for themselves.
 */
@Injectable()
export class SendDelivery implements DueWork {
  readonly name = QUEUE;
  readonly atOnce = AT_ONCE;

  constructor(
    queue: Queue,
    private readonly database: Database,
    private readonly queries: WebhookQueries,
    private readonly posting: PostMessage,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    queue.add(this);
  }

  async due(limit: number): Promise<readonly string[]> {
    const now = this.clock.now();
    const rows = await this.database.system.sql<{ id: string }>`
      with busy as (
        select d.webhook_id, count(*) as n, bool_or(w.failing_since is not null) as failing
        from webhook_delivery d join webhook w on w.id = d.webhook_id
        where d.leased_until > ${now} group by d.webhook_id),
      turns as (
        select d.id, d.next_attempt_at, w.failing_since is not null as failing, d.turn
        from webhook w
        left join busy b on b.webhook_id = w.id
        cross join lateral (
          select x.id, x.next_attempt_at, row_number() over (order by x.next_attempt_at, x.id) + coalesce(b.n, 0) as turn
          from (
            select d.id, d.next_attempt_at from webhook_delivery d
            where d.webhook_id = w.id and d.next_attempt_at <= ${now} and (d.leased_until is null or d.leased_until <= ${now})
            order by d.next_attempt_at, d.id limit ${EACH}) x) d
        where w.state = 'active' and (w.resting_until is null or w.resting_until <= ${now})
          and d.turn <= case when w.failing_since is null then ${EACH}::integer else ${EACH_FAILING}::integer end),
      ranked as (
        select id, next_attempt_at, turn, failing, row_number() over (partition by failing order by turn, next_attempt_at, id) as rank from turns)
      select id from ranked
      where not failing or rank + coalesce((select sum(n) from busy where failing), 0) <= ${FAILING_AT_ONCE}
      order by turn, failing, next_attempt_at, id
      limit ${limit}`;
    return rows.map((it) => it.id);
  }

  async execute(id: string, stopping?: AbortSignal): Promise<void> {
    const leased = await this.lease(id);
    if (!leased) return;
    const { event_id: messageId, body, is_replay: isReplay, traceparent } = leased;
    const address = this.queries.opened(leased);
    const posted = await this.posting.execute({ ...address, messageId, body, isReplay, traceparent, signal: stopping });
    if (posted.failure && stopping?.aborted) return this.giveBack(leased);
    await this.record(leased, posted);
    if (posted.failure) {
      const facts = { delivery: id, webhook: leased.webhook_id, reason: posted.failure.reason, status: posted.status };
      this.log.info({ ...facts, attempt: leased.attempts + 1 }, 'a webhook was not delivered');
    }
  }

  /** One at a time for each endpoint, so that the count of what is in flight is right; with where it goes. */
  private async lease(id: string): Promise<Leased | undefined> {
    const now = this.clock.now();
    const [leased] = await this.database.system.sql<Leased>`
      select * from lease_webhook_delivery(${id}, ${now}, ${new Date(now.getTime() + LEASE_MS)}, ${EACH}::integer, ${EACH_FAILING}::integer)`;
    return leased;
  }

  /** The process ends: whoever comes next sends it, under the same id. */
  private async giveBack({ id, attempts }: Leased): Promise<void> {
    await this.database.system.sql`update webhook_delivery set leased_until = null where id = ${id} and attempts = ${attempts}`;
  }

  /** What arrived is written down in one statement: it is what happens most. */
  private async record(leased: Leased, posted: Posted): Promise<void> {
    if (!posted.failure) return void (await this.write(this.database.system, leased, posted, 'delivered'));
    const { reason } = posted.failure;
    await this.database.systemTransaction(async (tx) => {
      const now = this.clock.now();
      const attempts = leased.attempts + 1;
      const { retryAfter } = posted;
      const next = nextAttempt({ firstAttemptAt: leased.first_attempt_at, attempts, now, retryAfter, chance: Math.random() });
      // Where somebody took it over while this process stood still, what they see counts.
      if (!(await this.write(tx, leased, posted, next ? 'failed' : 'exhausted', next))) return;
      if (retryAfter) await this.rest(tx, leased.webhook_id, retryAfter);
      if (!leased.is_replay) await this.noteFailure(tx, leased, reason, now);
    });
  }

  /** @returns whether the delivery was still this process's to write of */
  private async write(db: Sql, leased: Leased, posted: Posted, state: string, next?: Date): Promise<boolean> {
    const { at, durationMs, status, failure, answer, requestHeaders } = posted;
    const written = await db.sql`
      with written as (
        update webhook_delivery
        set attempts = attempts + 1, state = ${state}, next_attempt_at = ${next ?? null}, leased_until = null, last_status = ${status},
            last_failure = ${failure?.reason ?? null}, last_duration_ms = ${durationMs}, delivered_at = ${failure ? null : this.clock.now()}
        where id = ${leased.id} and attempts = ${leased.attempts} and next_attempt_at is not null
        returning id, org_id, webhook_id, is_replay),
      noted as (
        insert into webhook_attempt (id, org_id, webhook_id, delivery_id, at, duration_ms, succeeded, counts, status, failure, detail, request_headers, answer)
        select ${newId()}::uuid, org_id, webhook_id, id, ${at}::timestamptz, ${durationMs}::integer, ${failure === null}, not is_replay,
               ${status}::integer, ${failure?.reason ?? null}::text, ${failure?.detail ?? null}::text, ${JSON.stringify(requestHeaders)}::jsonb,
               ${answer}::bytea
        from written),
      healed as (
        update webhook w set failing_since = null from written
        where w.id = written.webhook_id and w.failing_since is not null and ${failure === null} and not written.is_replay)
      select id from written`;
    return written.length > 0;
  }

  private async noteFailure(tx: Tx, { webhook_id: id }: Leased, reason: string, now: Date): Promise<void> {
    const [webhook] = await tx.sql<{ failing_since: Date }>`
      update webhook set failing_since = coalesce(failing_since, ${now}) where id = ${id} returning failing_since`;
    if (!webhook) return;
    await this.rest(tx, id, restUntil(webhook.failing_since, now));
    if (reason === 'gone') await this.disable(tx, id, 'gone');
    else if (now.getTime() - webhook.failing_since.getTime() >= DISABLED_AFTER) await this.disable(tx, id, 'failing');
  }

  private async rest(tx: Tx, id: string, until: Date): Promise<void> {
    await tx.sql`update webhook set resting_until = greatest(resting_until, ${until}::timestamptz) where id = ${id}`;
  }

  private async disable(tx: Tx, id: string, reason: DisabledReason): Promise<void> {
    const [row] = await tx.sql<{ org_id: string; name: string; url: string; responsible_id: string | null }>`
      update webhook set state = 'disabled', disabled_reason = ${reason}, version = version + 1
      where id = ${id} and state <> 'disabled' returning org_id, name, url, responsible_id`;
    if (!row) return;
    const facts = { id, name: row.name, host: new URL(row.url).host, reason, responsibleId: row.responsible_id };
    await this.outbox.append(tx, { organizationId: row.org_id, accountId: null, requestId: null }, webhookDisabledEvent(facts));
  }
}
