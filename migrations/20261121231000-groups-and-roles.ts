import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Groups of people, roles of an organization's own, and who has which role where. */
export class GroupsAndRoles20261121231000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table people_group (
        id          uuid primary key,
        org_id      uuid not null references organization,
        name        text not null,
        description text,
        kind        text not null,
        roles       text[],
        domains     text[],
        version     integer not null default 1,
        created_at  timestamptz not null,

        constraint people_group_organization unique (org_id, id),
        constraint people_group_name_length check (char_length(name) between 1 and 200),
        constraint people_group_kind_known check (kind in ('static', 'rule')),
        constraint people_group_rule_whole check ((kind = 'rule') = (num_nonnulls(roles, domains) > 0)),
        constraint people_group_roles_known check (cardinality(roles) > 0 and roles <@ array['admin', 'user', 'guest']),
        constraint people_group_domains_some check (cardinality(domains) > 0)
      );
      create unique index people_group_name_unique on people_group (lower(name), org_id);
      call guard_by_organization('people_group');
      comment on table people_group is 'People who share gates, approvals or roles; of kind rule it has whoever fits every condition that is set.';
      comment on column people_group.roles is 'Condition: account.role is one of these.';
      comment on column people_group.domains is 'Condition: the e-mail address is at one of these, in lower case.';

      create table group_member (
        org_id          uuid not null references organization,
        group_id        uuid not null,
        account_id      uuid not null,
        may_add_members boolean not null default false,
        created_at      timestamptz not null,

        primary key (group_id, account_id),
        constraint group_member_group foreign key (org_id, group_id) references people_group (org_id, id) on delete cascade,
        constraint group_member_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade
      );
      create index group_member_by_account on group_member (account_id, group_id);
      call guard_by_organization('group_member');
      comment on column group_member.may_add_members is 'Decides who else is in the group, without managing groups.';

      create view group_membership with (security_invoker = true) as
        select g.org_id, g.id as group_id, m.account_id
        from people_group g
        join group_member m on m.org_id = g.org_id and m.group_id = g.id
        where g.kind = 'static'
        union all
        select g.org_id, g.id, a.id
        from people_group g
        join account a on a.org_id = g.org_id and a.status = 'active'
        where g.kind = 'rule'
          and (g.roles is null or a.role = any(g.roles))
          and (g.domains is null or lower(split_part(a.email, '@', 2)) = any(g.domains));
      grant select on group_membership to berth_app, berth_system;
      comment on view group_membership is 'Who is in which group at this moment, by name or by rule; the one place that knows.';

      create table role (
        id          uuid primary key,
        org_id      uuid not null references organization,
        name        text not null,
        description text,
        permissions text[] not null,
        version     integer not null default 1,
        created_at  timestamptz not null,

        constraint role_organization unique (org_id, id),
        constraint role_name_length check (char_length(name) between 1 and 200)
      );
      create unique index role_name_unique on role (lower(name), org_id);
      call guard_by_organization('role');
      comment on table role is 'Roles an organization made itself; the built-in ones stand in libs/contracts and grow with the releases.';

      create table role_assignment (
        id          uuid primary key,
        org_id      uuid not null references organization,
        account_id  uuid,
        group_id    uuid,
        built_in    text,
        role_id     uuid,
        site_id     uuid,
        resource_id uuid,
        starts_at   timestamptz,
        ends_at     timestamptz,
        granted_by  uuid,
        created_at  timestamptz not null,

        constraint role_assignment_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint role_assignment_group foreign key (org_id, group_id) references people_group (org_id, id),
        constraint role_assignment_role foreign key (org_id, role_id) references role (org_id, id),
        constraint role_assignment_site foreign key (org_id, site_id) references site (org_id, id) on delete cascade,
        constraint role_assignment_resource foreign key (org_id, resource_id) references resource (org_id, id) on delete cascade,
        constraint role_assignment_granter foreign key (org_id, granted_by) references account (org_id, id),
        constraint role_assignment_one_holder check (num_nonnulls(account_id, group_id) = 1),
        constraint role_assignment_one_role check (num_nonnulls(built_in, role_id) = 1),
        constraint role_assignment_one_place check (num_nonnulls(site_id, resource_id) <= 1),
        constraint role_assignment_built_in_known
          check (built_in in ('admin', 'user', 'guest', 'site-manager', 'resource-manager', 'approver')),
        constraint role_assignment_ordered check (ends_at > starts_at),
        constraint role_assignment_once
          unique nulls not distinct (org_id, account_id, group_id, built_in, role_id, site_id, resource_id)
      );
      create index role_assignment_by_group on role_assignment (group_id) where group_id is not null;
      create index role_assignment_by_role on role_assignment (role_id) where role_id is not null;
      call guard_by_organization('role_assignment');
      comment on table role_assignment is
        'A role somebody has besides account.role: in the organization, at a site, or at a resource with its parts; null dates are open.';

      create function organization_has_owner() returns trigger language plpgsql as $$
      begin
        -- One at a time: of two owners who resign at once the second must see that the first is gone.
        perform from organization where id = old.org_id for no key update;
        if not exists (select from account where org_id = old.org_id and role = 'admin' and status = 'active') then
          raise exception 'an organization keeps at least one owner'
            using errcode = 'check_violation', constraint = 'organization_has_owner', table = 'account';
        end if;
        return null;
      end $$;
      create constraint trigger organization_has_owner after update of role, status or delete on account
        for each row when (old.role = 'admin' and old.status = 'active') execute function organization_has_owner();
      comment on function organization_has_owner is 'An active admin is an owner; the last one stays.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger organization_has_owner on account;
      drop function organization_has_owner;
      drop view group_membership;
      drop table role_assignment, role, group_member, people_group;
    `);
  }
}
