import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An endpoint also rests after a failure of its own. */
export class WebhookRests20261122160001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`comment on column webhook.resting_until is 'Nothing is sent before: the receiver asked for time, or has just failed.'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`comment on column webhook.resting_until is 'The receiver asked for time (429 or 503 with Retry-After).'`);
  }
}
