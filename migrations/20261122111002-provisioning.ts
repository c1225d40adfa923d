import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a provisioner last reported about a reservation, and which of its reports were taken. */
export class Provisioning20261122111002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation add column provisioning jsonb,
        add constraint reservation_provisioning_known check (provisioning ->> 'outcome' in ('granted', 'revoked', 'failed'));
      comment on column reservation.provisioning is 'What was last reported of setting up what is booked: outcome, message, at.';

      create table webhook_callback (
        org_id     uuid not null,
        webhook_id uuid not null,
        message_id text not null,
        at         timestamptz not null,

        constraint webhook_callback_once primary key (webhook_id, message_id),
        constraint webhook_callback_webhook foreign key (org_id, webhook_id) references webhook (org_id, id) on delete cascade,
        constraint webhook_callback_message_length check (char_length(message_id) between 1 and 200)
      );
      create index webhook_callback_of_webhook on webhook_callback (org_id, webhook_id);
      create index webhook_callback_by_age on webhook_callback (at);
      call guard_by_organization('webhook_callback');
      comment on table webhook_callback is 'Reports that were taken, for as long as one may still be signed: a repetition changes nothing.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table webhook_callback; alter table reservation drop column provisioning;');
  }
}
