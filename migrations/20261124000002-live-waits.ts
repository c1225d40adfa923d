import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who waits or has an offer now is found without going through all who ever did; so is whose time has passed. */
export class LiveWaits20261124000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index waitlist_entry_live on waitlist_entry (org_id, account_id) where status in ('waiting', 'offered');
      create index waitlist_entry_passing on waitlist_entry (starts_at) where status = 'waiting';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index waitlist_entry_live, waitlist_entry_passing');
  }
}
