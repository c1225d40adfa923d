import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a session was last used, for the list people see of their own. */
export class SessionList20261121232002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table session add column last_seen_at timestamptz;

      comment on column session.last_seen_at is 'To the minute, written at most once in that time; null while it has only been opened.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table session drop column last_seen_at`);
  }
}
