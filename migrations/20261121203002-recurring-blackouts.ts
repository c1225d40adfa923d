import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A blackout may recur by the clock on the wall; starts_at and ends_at are then those of its first time. */
export class RecurringBlackouts20261121203002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table blackout
        add column rrule text,
        add column civil_start timestamp,
        add column time_zone text,
        add column minutes integer,
        add column last_ends_at timestamptz,
        add constraint blackout_recurrence_whole check (num_nonnulls(rrule, civil_start, time_zone, minutes) in (0, 4)),
        add constraint blackout_minutes_range check (minutes between 1 and 527040),
        add constraint blackout_last_recurs check (last_ends_at is null or rrule is not null);
      comment on column blackout.rrule is 'RFC 5545 §3.3.10; null for one that is once.';
      comment on column blackout.civil_start is 'Reading of the clock in time_zone at the first; never an offset.';
      comment on column blackout.minutes is 'Whole days by the calendar, the rest by the time that passes (RFC 5545 §3.8.2.5).';
      comment on column blackout.last_ends_at is 'End of the last time of one that recurs; null where there is no last.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from blackout where rrule is not null;
      alter table blackout drop constraint blackout_last_recurs, drop constraint blackout_minutes_range, drop constraint blackout_recurrence_whole,
        drop column last_ends_at, drop column minutes, drop column time_zone, drop column civil_start, drop column rrule;
    `);
  }
}
