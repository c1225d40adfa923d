import type { DomainEvent } from '../event';

/** A webhook Berth stopped sending to by itself. */
export interface WebhookDisabledFacts {
  readonly id: string;
  readonly name: string;
  /** Of the address only this: the rest may be a secret. */
  readonly host: string;
  /** `gone`: the receiver answered 410. `failing`: nothing arrived for five days. */
  readonly reason: 'gone' | 'failing';
  /** Who set it up or changed it last, and is told; null when they are gone. */
  readonly responsibleId: string | null;
}

export type WebhookDisabledEvent = DomainEvent<'webhook.disabled', WebhookDisabledFacts>;

export const webhookDisabledEvent = (facts: WebhookDisabledFacts): WebhookDisabledEvent => ({
  type: 'webhook.disabled',
  subject: { kind: 'webhooks', id: facts.id },
  data: facts,
});
