import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has been told of a reservation's life, so that what is due can be read from the table whenever a worker looks. */
export class Lifecycle20261121192000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation
        add column started_at    timestamptz,
        add column ended_at      timestamptz,
        add column checked_in_at timestamptz,
        add column check_in_by   timestamptz,
        add constraint reservation_ended_after_started check (ended_at is null or started_at is not null);

      create index reservation_to_start on reservation (starts_at) where started_at is null and status in ('confirmed', 'checked_in', 'completed');
      create index reservation_to_end on reservation (ends_at) where ended_at is null and status in ('confirmed', 'checked_in');
      create index reservation_to_check_in on reservation (check_in_by) where check_in_by is not null and status = 'confirmed';
      create index reservation_cut_short on reservation (updated_at) where started_at is not null and ended_at is null and status in ('cancelled', 'completed', 'no_show');

      comment on column reservation.started_at is 'When reservation.started was told; told once, never before the start.';
      comment on column reservation.ended_at is 'When reservation.ended was told; only of one that has started.';
      comment on column reservation.check_in_by is 'From its start on: who has not checked in by then did not show up. Null where nobody has to.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index reservation_to_start, reservation_to_end, reservation_to_check_in, reservation_cut_short;
      alter table reservation
        drop constraint reservation_ended_after_started,
        drop column started_at, drop column ended_at, drop column checked_in_at, drop column check_in_by;
    `);
  }
}
