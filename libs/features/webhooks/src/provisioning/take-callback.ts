import { Problem, type ProvisioningOutcome } from '@berth/contracts';
import { isId } from '@berth/kernel';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { ReportProvisioning } from '@berth/reservations';
import { ResourceCatalogue } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { isInScope } from '../endpoints/scope';
import { settingsOf, WebhookQueries, type WebhookRow } from '../endpoints/webhook.queries';
import { isSigned } from '../message/signature';

/** What was reported, with what it was signed by. */
export interface CallbackCommand {
  readonly signed: {
    readonly webhookId: string;
    readonly messageId: string;
    readonly timestamp: string;
    readonly signature: string;
    readonly body: Buffer;
  };
  readonly reservationId: string;
  readonly outcome: ProvisioningOutcome;
  readonly message: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Takes the word of a provisioner: somebody who has the secret of a webhook that sets up what is booked. */
@Injectable()
export class TakeCallback {
  constructor(
    private readonly database: Database,
    private readonly queries: WebhookQueries,
    private readonly catalogue: ResourceCatalogue,
    private readonly reporting: ReportProvisioning,
    private readonly clock: Clock,
  ) {}

  /** A repetition changes nothing. @throws Problem `signature-invalid`, `not-found` for a reservation that is none of its business */
  async execute({ signed, reservationId, outcome, message, details }: CallbackCommand): Promise<void> {
    const webhook = await this.signer(signed);
    const { id: webhookId, org_id: organizationId } = webhook;
    await this.demandConcern(webhook, reservationId);
    await this.database.systemTransaction(async (tx) => {
      const taken = await tx.sql`
        insert into webhook_callback (org_id, webhook_id, message_id, at)
        select org_id, id, ${signed.messageId}, ${this.clock.now()} from webhook where id = ${webhookId} for key share
        on conflict do nothing returning message_id`;
      if (taken.length > 0) await this.reporting.execute(tx, { organizationId, reservationId, webhookId, outcome, message, details });
    });
  }

  /** Nothing tells apart a webhook that is not there, one that may not report, and a wrong signature. */
  private async signer(signed: CallbackCommand['signed']): Promise<WebhookRow> {
    const { webhookId, messageId, timestamp, signature, body } = signed;
    const isWellFormed = isId(webhookId) && /^[\x21-\x7e]{1,200}$/.test(messageId) && /^\d{1,12}$/.test(timestamp);
    const [webhook] = isWellFormed
      ? await this.database.system.sql<WebhookRow>`select * from webhook where id = ${webhookId} and payload = 'provisioning'`
      : [];
    if (!webhook) throw new Problem('signature-invalid');
    const { secrets } = await this.queries.addressOf(this.database.system, webhook.org_id, webhook.id);
    const message = { id: messageId, timestamp: Number(timestamp), body };
    if (!isSigned(message, signature, secrets, this.clock.now())) throw new Problem('signature-invalid');
    return webhook;
  }

  private async demandConcern(webhook: WebhookRow, reservationId: string): Promise<void> {
    const items = await this.database.of(webhook.org_id).sql<{ resource_id: string }>`
      select resource_id from reservation_item where org_id = ${webhook.org_id} and reservation_id = ${reservationId}`;
    const terms = await this.catalogue.termsOfMany(
      webhook.org_id,
      items.map((it) => it.resource_id),
    );
    const where = { siteIds: [], typeIds: [], resources: [...terms.values()] };
    if (items.length === 0 || !isInScope(settingsOf(webhook).scope, where)) throw new Problem('not-found');
  }
}
