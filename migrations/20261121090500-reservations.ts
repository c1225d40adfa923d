import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reservations and their items. */
export class Reservations20261121090500 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table reservation (
        id            uuid primary key,
        org_id        uuid not null references organization,
        organizer_id  uuid not null,
        status        text not null,
        title         text,
        description   text,
        starts_at     timestamptz not null,
        ends_at       timestamptz not null,
        time_zone     text not null,
        private       boolean not null default false,
        attendees     integer,
        hold_until    timestamptz,
        undo_until    timestamptz,
        cancelled_at  timestamptz,
        cancel_reason text,
        version       integer not null default 1,
        created_at    timestamptz not null,
        updated_at    timestamptz not null,

        constraint reservation_organization unique (org_id, id),
        constraint reservation_organizer foreign key (org_id, organizer_id) references account (org_id, id),
        constraint reservation_ordered check (ends_at > starts_at),
        constraint reservation_status_known check (status in ('held', 'pending', 'confirmed', 'checked_in', 'completed', 'cancelled', 'rejected', 'expired', 'released', 'no_show', 'skipped')),
        constraint reservation_attendees_range check (attendees between 1 and 1000000)
      );
      -- Partial, as every list asks: holds are in none. (And no check of a foreign key walks through an organization.)
      create index reservation_by_organizer on reservation (org_id, organizer_id, starts_at, id) where status not in ('held', 'released', 'expired');
      create index reservation_by_start on reservation (org_id, starts_at, id) where status not in ('held', 'released', 'expired');
      create index reservation_held on reservation (hold_until) where hold_until is not null;
      call guard_by_organization('reservation');

      comment on table reservation is 'Somebody''s claim, with every state it had. Half-open: it ends the instant the next may start.';
      comment on column reservation.hold_until is 'Until when a held one blocks its time; null for every other status.';
      comment on column reservation.undo_until is 'A cancelled one keeps its time until then, for the person who takes it back.';

      create table reservation_item (
        org_id         uuid not null references organization,
        reservation_id uuid not null,
        resource_id    uuid not null,
        quantity       smallint not null default 1,
        partstat       text not null,
        held_from      timestamptz not null,
        held_to        timestamptz not null,

        primary key (reservation_id, resource_id),
        constraint reservation_item_reservation foreign key (org_id, reservation_id) references reservation (org_id, id) on delete cascade,
        constraint reservation_item_resource foreign key (org_id, resource_id) references resource (org_id, id),
        constraint reservation_item_quantity_range check (quantity between 1 and 1000),
        constraint reservation_item_partstat_known check (partstat in ('NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE'))
      );
      create index reservation_item_by_resource on reservation_item (resource_id, held_from);
      call guard_by_organization('reservation_item');

      comment on column reservation_item.held_from is 'Start of the blocked span, set-up included.';
      comment on column reservation_item.partstat is 'Participation status of the resource (RFC 5545 §3.2.12).';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table reservation_item, reservation`);
  }
}
