import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who waits for what, and the freed times that are still to be offered. */
export class Waitlist20261121192010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table waitlist_entry (
        id             uuid primary key,
        org_id         uuid not null references organization,
        account_id     uuid not null,
        resource_id    uuid,
        criteria       jsonb,
        starts_at      timestamptz not null,
        ends_at        timestamptz not null,
        time_zone      text not null,
        flex_minutes   integer not null default 0,
        quantity       smallint not null default 1,
        auto_accept    boolean not null default false,
        title          text,
        priority       smallint not null default 0,
        place          bigint generated always as identity,
        status         text not null default 'waiting',
        hold_id        uuid,
        offered_at     timestamptz,
        offer_until    timestamptz,
        reservation_id uuid,
        ended_at       timestamptz,
        version        integer not null default 1,
        created_at     timestamptz not null,
        updated_at     timestamptz not null,

        constraint waitlist_entry_organization unique (org_id, id),
        constraint waitlist_entry_account foreign key (org_id, account_id) references account (org_id, id),
        constraint waitlist_entry_resource foreign key (org_id, resource_id) references resource (org_id, id),
        constraint waitlist_entry_hold foreign key (org_id, hold_id) references reservation (org_id, id),
        constraint waitlist_entry_reservation foreign key (org_id, reservation_id) references reservation (org_id, id),
        constraint waitlist_entry_one_wish check (num_nonnulls(resource_id, criteria) = 1),
        constraint waitlist_entry_ordered check (ends_at > starts_at),
        constraint waitlist_entry_flex_range check (flex_minutes between 0 and 10080),
        constraint waitlist_entry_quantity_range check (quantity between 1 and 1000),
        constraint waitlist_entry_status_known check (status in ('waiting', 'offered', 'accepted', 'declined', 'expired', 'left')),
        constraint waitlist_entry_offer_whole check ((status = 'offered') = (hold_id is not null) and (hold_id is null) = (offer_until is null)),
        constraint waitlist_entry_accepted_has_reservation check ((status = 'accepted') = (reservation_id is not null))
      );
      create unique index waitlist_entry_one_offer_a_hold on waitlist_entry (hold_id) where hold_id is not null;
      create unique index waitlist_entry_joined_once on waitlist_entry (org_id, account_id, resource_id, starts_at, ends_at)
        where resource_id is not null and status in ('waiting', 'offered');
      create index waitlist_entry_queue on waitlist_entry (org_id, priority desc, place) where status = 'waiting';
      create index waitlist_entry_by_account on waitlist_entry (org_id, account_id, place);
      create index waitlist_entry_by_resource on waitlist_entry (org_id, resource_id, place) where resource_id is not null;
      call guard_by_organization('waitlist_entry');

      comment on table waitlist_entry is 'Somebody waits for a time. An offer is a hold of theirs on it, so the guard of occupancy forbids two for one.';
      comment on column waitlist_entry.place is 'Order of joining; within a priority the queue''s order.';
      comment on column waitlist_entry.hold_id is 'The hold that is the live offer.';

      create table waitlist_opening (
        id          uuid not null,
        org_id      uuid not null references organization,
        resource_id uuid,
        from_at     timestamptz not null,
        to_at       timestamptz not null,
        due_at      timestamptz not null,
        taken_until timestamptz,

        constraint waitlist_opening_resource foreign key (org_id, resource_id) references resource (org_id, id),
        constraint waitlist_opening_ordered check (to_at > from_at)
      );
      create unique index waitlist_opening_once on waitlist_opening (id, resource_id) nulls not distinct;
      create index waitlist_opening_due on waitlist_opening (due_at);
      call guard_by_organization('waitlist_opening');

      comment on table waitlist_opening is 'A time that may have become free and was not offered yet; work of the waitlist''s worker, gone when it is done.';
      comment on column waitlist_opening.id is 'Of the event that freed it: a repetition is one opening.';
      comment on column waitlist_opening.taken_until is 'A worker is at it; when that dies, another takes it from then on.';

      create table event_reader (
        name     text primary key,
        position bigint not null
      );
      alter table event_reader enable row level security;
      create policy system on event_reader to berth_system using (true) with check (true);
      grant select, insert, update on event_reader to berth_system;
      insert into event_reader (name, position) select 'waitlist', position from event_log_head;

      comment on table event_reader is 'How far each subscriber has read the log of all organizations.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table event_reader, waitlist_opening, waitlist_entry`);
  }
}
