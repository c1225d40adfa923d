import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each person says who reads the name that stands on what they booked. */
export class WhoReadsNames20261122230001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table account
        add column name_shown_to text not null default 'everyone'
          constraint account_name_shown_to check (name_shown_to in ('everyone', 'groups', 'nobody'));
      comment on column account.name_shown_to is 'Who reads the name on the person’s reservations; groups: who is in a group with them';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table account drop column name_shown_to`);
  }
}
