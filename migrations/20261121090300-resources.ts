import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What can be reserved: types, resources, the leaves each one occupies, and the times nobody may book. */
export class Resources20261121090300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table resource_type (
        id         uuid primary key,
        org_id     uuid not null references organization,
        key        text not null,
        name       text not null,
        icon       text not null default 'box',
        cutype     text not null,
        is_default boolean not null default false,
        policy     jsonb not null default '{}',
        version    integer not null default 1,
        created_at timestamptz not null,

        constraint resource_type_organization unique (org_id, id),
        constraint resource_type_key_unique unique (org_id, key),
        constraint resource_type_key_shape check (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
        constraint resource_type_name_length check (char_length(name) between 1 and 200),
        constraint resource_type_cutype_known check (cutype in ('ROOM', 'RESOURCE'))
      );
      create unique index resource_type_one_default on resource_type (org_id) where is_default;
      call guard_by_organization('resource_type');

      comment on column resource_type.cutype is 'Calendar user type its resources have (RFC 5545 §3.2.3).';

      create table resource (
        id            uuid primary key,
        org_id        uuid not null references organization,
        type_id       uuid not null,
        site_id       uuid,
        floor_id      uuid,
        room_id       uuid,
        parent_id     uuid,
        name          text not null,
        description   text,
        location      text,
        capacity      integer,
        units         smallint not null default 1,
        tags          text[] not null default '{}',
        time_zone     text,
        status        text not null default 'available',
        status_since  timestamptz,
        status_until  timestamptz,
        status_reason text,
        bookable      boolean not null default true,
        policy        jsonb not null default '{}',
        hours         jsonb,
        external_id   text,
        version       integer not null default 1,
        created_at    timestamptz not null,
        updated_at    timestamptz not null,

        constraint resource_organization unique (org_id, id),
        constraint resource_type foreign key (org_id, type_id) references resource_type (org_id, id),
        constraint resource_site foreign key (org_id, site_id) references site (org_id, id),
        constraint resource_floor foreign key (org_id, floor_id) references floor (org_id, id),
        constraint resource_room foreign key (org_id, room_id) references room (org_id, id),
        constraint resource_parent foreign key (org_id, parent_id) references resource (org_id, id),
        constraint resource_name_length check (char_length(name) between 1 and 200),
        constraint resource_capacity_range check (capacity between 0 and 1000000),
        constraint resource_units_range check (units between 1 and 1000),
        constraint resource_status_known check (status in ('available', 'maintenance', 'archived')),
        constraint resource_not_own_parent check (parent_id <> id)
      );
      -- Partial, so that no check of a foreign key (org_id, id) is ever answered by walking through an organization: before a
      -- table is analyzed PostgreSQL may prefer any index that begins with org_id, and keeps that plan.
      create index resource_by_name on resource (org_id, lower(name), id) where status <> 'archived';
      create unique index resource_external_id_unique on resource (org_id, external_id) where external_id is not null;
      create index resource_by_parent on resource (org_id, parent_id) where parent_id is not null;
      create index resource_by_site on resource (org_id, site_id, floor_id) where site_id is not null;
      create index resource_by_tag on resource using gin (tags);
      call guard_by_organization('resource');
      revoke delete on resource from berth_app, berth_system;

      comment on column resource.units is 'Interchangeable copies: as many reservations at once, never one more.';
      comment on column resource.time_zone is 'IANA zone; null takes the site''s, then the organization''s.';
      comment on column resource.version is 'Bumped by every change; a booking judged under an older version is judged again.';

      create table resource_leaf (
        org_id      uuid not null references organization,
        resource_id uuid not null,
        leaf_id     uuid not null,

        primary key (resource_id, leaf_id),
        constraint resource_leaf_resource foreign key (org_id, resource_id) references resource (org_id, id),
        constraint resource_leaf_leaf foreign key (org_id, leaf_id) references resource (org_id, id)
      );
      create index resource_leaf_by_leaf on resource_leaf (leaf_id, resource_id);
      call guard_by_organization('resource_leaf');

      comment on table resource_leaf is 'The leaves a resource occupies when it is booked; a resource without parts is its own leaf.';

      create table blackout (
        id          uuid primary key,
        org_id      uuid not null references organization,
        site_id     uuid,
        resource_id uuid,
        starts_at   timestamptz not null,
        ends_at     timestamptz not null,
        reason      text,
        created_at  timestamptz not null,

        constraint blackout_site foreign key (org_id, site_id) references site (org_id, id),
        constraint blackout_resource foreign key (org_id, resource_id) references resource (org_id, id),
        constraint blackout_one_scope check (num_nonnulls(site_id, resource_id) <= 1),
        constraint blackout_ordered check (ends_at > starts_at)
      );
      create index blackout_by_scope on blackout (org_id, resource_id, site_id, starts_at);
      call guard_by_organization('blackout');

      comment on table blackout is 'A time nobody may book: of one resource, of one site, or (neither named) of the organization.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table blackout, resource_leaf, resource, resource_type`);
  }
}
