import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is not told before nobody can take it back any more. */
export class HeldNews20261122120001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table held_news (
        event_id       uuid primary key,
        org_id         uuid not null references organization,
        reservation_id uuid not null,
        due_at         timestamptz not null,

        constraint held_news_reservation foreign key (org_id, reservation_id) references reservation (org_id, id) on delete cascade
      );
      create index held_news_due on held_news (due_at);
      create index held_news_of_reservation on held_news (org_id, reservation_id);
      call guard_by_organization('held_news');
      comment on table held_news is 'Cancellations that can still be taken back; told when that time is over, and not at all when they were. Gone then.';
      create index notification_done on notification (org_id, subject_id) where acted_at is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index notification_done; drop table held_news`);
  }
}
