import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What reads a span of time looks back no further than the longest reservation: 30 civil days, which have hours more when clocks go back,
 * and a day of buffer on each side of what is held.
 */
export class LongestReservation20261124000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation add constraint reservation_length check (ends_at - starts_at <= interval '31 days');
      alter table reservation_item add constraint reservation_item_length check (held_to - held_from <= interval '33 days');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation drop constraint reservation_length;
      alter table reservation_item drop constraint reservation_item_length;
    `);
  }
}
