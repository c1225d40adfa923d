import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sites, their floors and the rooms on them. */
export class Places20261121090200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table site (
        id           uuid primary key,
        org_id       uuid not null references organization,
        name         text not null,
        country_code text,
        time_zone    text not null,
        latitude     double precision,
        longitude    double precision,
        address      text,
        policy       jsonb not null default '{}',
        hours        jsonb,
        version      integer not null default 1,
        created_at   timestamptz not null,

        constraint site_organization unique (org_id, id),
        constraint site_name_length check (char_length(name) between 1 and 200),
        constraint site_country_shape check (country_code ~ '^[A-Z]{2}$'),
        constraint site_latitude_range check (latitude between -90 and 90),
        constraint site_longitude_range check (longitude between -180 and 180)
      );
      create unique index site_name_unique on site (lower(name), org_id);
      call guard_by_organization('site');

      create table floor (
        id         uuid primary key,
        org_id     uuid not null references organization,
        site_id    uuid not null,
        name       text not null,
        level      integer,
        version    integer not null default 1,
        created_at timestamptz not null,

        constraint floor_organization unique (org_id, id),
        constraint floor_site foreign key (org_id, site_id) references site (org_id, id),
        constraint floor_name_length check (char_length(name) between 1 and 200)
      );
      create unique index floor_name_unique on floor (site_id, lower(name));
      call guard_by_organization('floor');

      create table room (
        id         uuid primary key,
        org_id     uuid not null references organization,
        floor_id   uuid not null,
        name       text not null,
        version    integer not null default 1,
        created_at timestamptz not null,

        constraint room_organization unique (org_id, id),
        constraint room_floor foreign key (org_id, floor_id) references floor (org_id, id),
        constraint room_name_length check (char_length(name) between 1 and 200)
      );
      create unique index room_name_unique on room (floor_id, lower(name));
      call guard_by_organization('room');

      comment on table room is 'An area of a floor that resources lie in; not itself booked.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table room, floor, site`);
  }
}
