import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { bodyOf, thinFacts } from '../message/message';
import { type Posted, PostMessage } from '../message/post-message';
import { sampleOf, sampleProvisioning, TEST_EVENT } from '../message/sample';
import type { Webhook } from './webhook';
import { WebhookQueries } from './webhook.queries';
import { enable } from './webhook.store';

/** What came of a test. */
export interface TestReport {
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly outcome: 'delivered' | 'failed';
  readonly status: number | null;
  readonly durationMs: number;
  readonly answer: string | null;
  readonly failure: Posted['failure'];
}

/** Sends a webhook a real signed request about something that never happened, while somebody waits. */
@Injectable()
export class TryWebhook {
  constructor(
    private readonly database: Database,
    private readonly queries: WebhookQueries,
    private readonly posting: PostMessage,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` */
  async execute(actor: Actor, id: string, event = TEST_EVENT): Promise<TestReport> {
    const { name, report } = await this.send(actor, id, event);
    await this.database.transaction(keepingNoAnswer(actor), (tx) => this.tell(tx, actor, id, name, event, report));
    return report;
  }

  /** Sends to it again, when a test arrives. @throws Problem `not-found`, `webhook-test-failed` with what came of it */
  async enable(actor: Actor, id: string): Promise<Webhook> {
    const { organizationId } = actor;
    const { name, report } = await this.send(actor, id, TEST_EVENT);
    if (report.outcome === 'failed') throw new Problem('webhook-test-failed', { detail: report.failure?.detail, test: report });
    return this.database.transaction(actor, async (tx) => {
      const { settings } = await this.queries.forUpdate(tx, organizationId, id);
      await enable(tx, organizationId, id);
      const facts = { id, name, before: { state: settings.state }, after: { state: 'active' } };
      await this.outbox.append(tx, actor, catalogueEvent('webhook.enabled', facts));
      return this.queries.one(organizationId, id, tx);
    });
  }

  private async send(actor: Actor, id: string, event: string): Promise<{ name: string; report: TestReport }> {
    const { organizationId } = actor;
    const db = this.database.of(organizationId);
    const { name, payload } = await this.queries.one(organizationId, id, db);
    const address = await this.queries.addressOf(db, organizationId, id);
    const messageId = newId();
    const { told, facts } = sampleOf(event, { id: messageId, time: formatInstant(this.clock.now()), organizationId });
    const full = payload === 'provisioning' && /^reservation\.(started|ended)$/.test(event) ? { ...facts, ...sampleProvisioning } : facts;
    const body = bodyOf(told, [payload === 'thin' && event !== TEST_EVENT ? thinFacts(told, facts) : full]);
    const posted = await this.posting.execute({ ...address, messageId, body });
    const { status, durationMs, failure, requestHeaders: headers } = posted;
    const answer = posted.answer && posted.answer.toString('utf8');
    const outcome = failure ? 'failed' : 'delivered';
    return { name, report: { request: { url: address.url, headers, body }, outcome, status, durationMs, answer, failure } };
  }

  private tell(
    tx: Parameters<Outbox['append']>[0],
    actor: Actor,
    id: string,
    name: string,
    event: string,
    { outcome, status }: TestReport,
  ): Promise<void> {
    return this.outbox.append(tx, actor, catalogueEvent('webhook.test', { id, name, after: { event, outcome, status } }));
  }
}
