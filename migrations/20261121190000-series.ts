import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Series: what recurs, and which occurrence of it a reservation is. */
export class Series20261121190000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table series (
        id                 uuid primary key,
        org_id             uuid not null references organization,
        organizer_id       uuid not null,
        booked_by_id       uuid,
        split_from_id      uuid,
        title              text,
        description        text,
        private            boolean not null default false,
        attendees          integer,
        civil_start        timestamp not null,
        minutes            integer not null,
        time_zone          text not null,
        rrule              text not null,
        exdates            timestamp[] not null default '{}',
        rdates             timestamp[] not null default '{}',
        tzdb_version       text not null,
        materialised_until timestamptz,
        extend_at          timestamptz,
        cancelled_at       timestamptz,
        cancel_reason      text,
        version            integer not null default 1,
        created_at         timestamptz not null,
        updated_at         timestamptz not null,

        constraint series_organization unique (org_id, id),
        constraint series_organizer foreign key (org_id, organizer_id) references account (org_id, id),
        constraint series_booked_by foreign key (org_id, booked_by_id) references account (org_id, id),
        constraint series_split_from foreign key (org_id, split_from_id) references series (org_id, id),
        constraint series_minutes_range check (minutes between 1 and 527040),
        constraint series_attendees_range check (attendees between 1 and 1000000),
        constraint series_dates_few check (cardinality(exdates) <= 366 and cardinality(rdates) <= 366),
        constraint series_extended_whole check ((materialised_until is null) = (extend_at is null))
      );
      create index series_due on series (extend_at) where extend_at is not null;
      call guard_by_organization('series');

      comment on table series is 'What recurs by the clock on the wall; each occurrence is a reservation.';
      comment on column series.civil_start is 'Reading of the clock in time_zone; never an offset.';
      comment on column series.minutes is 'Whole days by the calendar, the rest by the time that passes (RFC 5545 §3.8.2.5).';
      comment on column series.materialised_until is 'Occurrences that start later are not booked yet; null where the last one is known.';
      comment on column series.extend_at is 'When the next occurrences are due to be booked.';
      comment on column series.tzdb_version is 'Rules of zones its occurrences were reckoned with.';

      create table series_item (
        org_id      uuid not null references organization,
        series_id   uuid not null,
        resource_id uuid not null,
        quantity    smallint not null default 1,

        primary key (series_id, resource_id),
        constraint series_item_series foreign key (org_id, series_id) references series (org_id, id) on delete cascade,
        constraint series_item_resource foreign key (org_id, resource_id) references resource (org_id, id),
        constraint series_item_quantity_range check (quantity between 1 and 1000)
      );
      call guard_by_organization('series_item');

      alter table reservation
        add column series_id uuid,
        add column recurrence_id timestamptz,
        add constraint reservation_series foreign key (org_id, series_id) references series (org_id, id),
        add constraint reservation_occurrence_named check ((series_id is null) = (recurrence_id is null)),
        add constraint reservation_skipped_in_series check (status <> 'skipped' or series_id is not null);
      -- Partial, so that a single booking writes no entry.
      create unique index reservation_occurrence on reservation (series_id, recurrence_id) where series_id is not null;
      comment on column reservation.recurrence_id is 'Start its series gave it: which occurrence it is, wherever it was moved (RFC 5545 §3.8.4.4).';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation drop constraint reservation_skipped_in_series, drop constraint reservation_occurrence_named,
        drop constraint reservation_series, drop column recurrence_id, drop column series_id;
      drop table series_item, series;
    `);
  }
}
