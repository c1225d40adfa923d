import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What ends after an instant is found among what began from the day before on, and among the few that are longer; what is in a rarer state
 * without going through a history of completed ones.
 */
export class IndexesOfLists20261123000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index reservation_long on reservation (org_id, ends_at)
        where ends_at - starts_at > interval '1 day' and status not in ('held', 'released', 'expired');
      create index reservation_by_status on reservation (org_id, status, starts_at, id)
        where status in ('pending', 'confirmed', 'checked_in', 'cancelled', 'rejected', 'no_show', 'skipped');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index reservation_long, reservation_by_status');
  }
}
