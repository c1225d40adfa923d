import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked of the history of webhooks is found without reading all of it. */
export class WebhookHistory20261122140101 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index webhook_delivery_by_state on webhook_delivery (webhook_id, state, id);
      create index webhook_delivery_by_type on webhook_delivery (webhook_id, event_type, id);
      create index webhook_delivery_by_resource on webhook_delivery using gin (resource_ids);

      -- Of all attempts, as a webhook that goes takes them along; with all its health is reckoned from.
      drop index webhook_attempt_health;
      create index webhook_attempt_of_webhook on webhook_attempt (webhook_id, at) include (counts, succeeded, duration_ms);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index webhook_attempt_of_webhook;
      create index webhook_attempt_health on webhook_attempt (webhook_id, at) where counts;
      drop index webhook_delivery_by_resource, webhook_delivery_by_type, webhook_delivery_by_state;
    `);
  }
}
