import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets a grid find what was booked of 200 resources in one index. Without the columns every claim of the past 32 days was
 * fetched from the table to learn that it is over.
 */
export class GridReads20261121194000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index reservation_item_by_resource;
      create index reservation_item_by_resource on reservation_item (resource_id, held_from) include (held_to, reservation_id, quantity, org_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index reservation_item_by_resource;
      create index reservation_item_by_resource on reservation_item (resource_id, held_from);
    `);
  }
}
