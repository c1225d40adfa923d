import type { Tx } from '@berth/platform/database';

/** A message to be sent. */
export interface NewDelivery {
  readonly id: string;
  readonly organizationId: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly subject: string;
  readonly sequence: number;
  readonly resourceIds: readonly string[];
  /** The person it is about, where it is about one. */
  readonly accountId: string | null;
  readonly body: string;
  readonly traceparent: string | null;
}

/** Makes messages due; what is there already, or has lost its webhook, is left alone. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[], now: Date): Promise<void> {
  if (deliveries.length === 0) return;
  await tx.sql`
    insert into webhook_delivery (id, org_id, webhook_id, event_id, event_type, subject, sequence, resource_ids, account_id, body, traceparent,
                                  next_attempt_at, created_at)
    select d.id, d."organizationId", d."webhookId", d."eventId", d."eventType", d.subject, d.sequence, d."resourceIds", a.id, d.body, d.traceparent,
           ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as d(
      id uuid, "organizationId" uuid, "webhookId" uuid, "eventId" uuid, "eventType" text, subject text, sequence bigint, "resourceIds" uuid[],
      "accountId" uuid, body text, traceparent text)
    left join account a on a.org_id = d."organizationId" and a.id = d."accountId"
    on conflict (webhook_id, event_id) where not is_replay do nothing`;
}
