import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cancellations that came later than the owner of a resource wants them. */
export class LateCancellation20261121191001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation add column cancelled_late boolean not null default false;
      alter table reservation add constraint reservation_late_is_cancelled check (not cancelled_late or status = 'cancelled');

      comment on column reservation.cancelled_late is 'Cancelled with less notice than its resources ask for (engine §3); recorded, not refused.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation drop constraint reservation_late_is_cancelled;
      alter table reservation drop column cancelled_late;
    `);
  }
}
