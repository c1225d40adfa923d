import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The two roles the server works as, and organizations.
 *
 * `berth_app` sees one organization, the one named by `app.org` (row security); `berth_system` is for what works across
 * organizations: signing in, the sequencer, the sweepers. Neither owns a table nor may bypass row security.
 */
export class Organization20261121090000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create extension if not exists btree_gist;

      do $$
      begin
        if not exists (select from pg_roles where rolname = 'berth_app') then
          create role berth_app nologin nobypassrls;
        end if;
        if not exists (select from pg_roles where rolname = 'berth_system') then
          create role berth_system nologin nobypassrls;
        end if;
        execute format('grant berth_app, berth_system to %I', current_user);
      exception when unique_violation or duplicate_object then
        null; -- another database of this cluster is being migrated at the same time
      end $$;

      do $$
      begin
        execute format('grant usage on schema %I to berth_app, berth_system', current_schema());
      end $$;

      -- The organization the current statement works in; null sees nothing.
      create function current_org() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.org', true), '')::uuid;

      -- The second wall, the same for every table: berth_app sees one organization, berth_system all.
      create procedure guard_by_organization(guarded regclass, org_column name default 'org_id') language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', guarded);
        execute format('create policy one_organization on %s to berth_app using (%I = (select current_org())) with check (%I = (select current_org()))', guarded, org_column, org_column);
        execute format('create policy every_organization on %s to berth_system using (true) with check (true)', guarded);
        execute format('grant select, insert, update, delete on %s to berth_app, berth_system', guarded);
      end $$;

      create table organization (
        id                uuid primary key,
        name              text not null,
        time_zone         text not null,
        language          text not null default 'en',
        week_start        smallint not null default 1,
        registration_open boolean not null default false,
        demo              boolean not null default false,
        policy            jsonb not null default '{}',
        hours             jsonb,
        epoch             bigint not null default 1,
        version           integer not null default 1,
        created_at        timestamptz not null,

        constraint organization_name_length check (char_length(name) between 1 and 200),
        constraint organization_week_start_range check (week_start between 1 and 7),
        constraint organization_language_known check (language in ('en', 'es', 'fr', 'de'))
      );
      call guard_by_organization('organization', 'id');

      comment on table organization is 'Who shares resources; nothing crosses from one to another.';
      comment on column organization.policy is 'Booking policy every resource inherits (engine §3), only what differs from the defaults.';
      comment on column organization.hours is 'Weekly business hours every resource inherits; null is always open.';
      comment on column organization.epoch is 'Bumped by every change a resource inherits from; a booking judged under an older epoch is judged again.';

      create table installation (
        only_one         boolean primary key default true,
        setup_token_hash bytea,
        organization_id  uuid references organization,
        set_up_at        timestamptz,

        constraint installation_only_one check (only_one)
      );
      insert into installation default values;
      alter table installation enable row level security;
      create policy system on installation to berth_system using (true) with check (true);
      grant select, update on installation to berth_system;

      comment on table installation is 'One row: whether Berth was set up. Of parallel set-ups the one that fills it wins.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table installation, organization;
      drop procedure guard_by_organization;
      drop function current_org;
    `);
  }
}
