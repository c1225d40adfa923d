import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which events of calendars people have brought in, and what they have become: the same event is never brought in twice. */
export class ImportedEvents20261121221001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table imported_event (
        org_id         uuid not null references organization,
        account_id     uuid not null,
        uid            text not null,
        recurrence_id  text not null,
        fingerprint    text not null,
        reservation_id uuid,
        series_id      uuid,
        imported_at    timestamptz not null,

        constraint imported_event_pkey primary key (org_id, account_id, uid, recurrence_id),
        constraint imported_event_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint imported_event_reservation foreign key (org_id, reservation_id) references reservation (org_id, id) on delete cascade,
        constraint imported_event_series foreign key (org_id, series_id) references series (org_id, id) on delete cascade,
        constraint imported_event_became_one check (num_nonnulls(reservation_id, series_id) = 1)
      );
      create index imported_event_of_reservation on imported_event (org_id, reservation_id) where reservation_id is not null;
      create index imported_event_of_series on imported_event (org_id, series_id) where series_id is not null;
      call guard_by_organization('imported_event');

      comment on table imported_event is 'Events of calendars by UID and RECURRENCE-ID (RFC 5545), for each person who brought them in.';
      comment on column imported_event.recurrence_id is 'As the file has it; empty for what is no change of a date.';
      comment on column imported_event.fingerprint is 'SHA-256 of the request it became: an event that says the same once more changes nothing.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table imported_event`);
  }
}
