import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Groups, roles somebody has and quotas of the start data go with it and come back. A demo group stays where something that is no
 * demo needs it: a member, a role, a gate, a quota, a provider or a rule.
 */
export class DemoAccess20261122151001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table people_group add column demo boolean not null default false;
      alter table role_assignment add column demo boolean not null default false;
      alter table quota_rule add column demo boolean not null default false;
    `);
    for (const it of words) await db.query(inDemo(it.name, it.before, it.after));
  }

  async down(db: QueryRunner): Promise<void> {
    for (const it of [...words].reverse()) await db.query(inDemo(it.name, it.after, it.before));
    await db.query(`
      alter table quota_rule drop column demo;
      alter table role_assignment drop column demo;
      alter table people_group drop column demo;
    `);
  }
}

const words = [
  {
    name: 'mark_demo',
    before: 'update blackout set demo = true where org_id = p_org;',
    after: `update blackout set demo = true where org_id = p_org;
    update people_group set demo = true where org_id = p_org;
    update role_assignment set demo = true where org_id = p_org;
    update quota_rule set demo = true where org_id = p_org;`,
  },
  {
    name: 'demo_going',
    before: `select 'account', id from going_account
`,
    after: `select 'account', id from going_account
    union all select 'role_assignment', id from role_assignment where org_id = p_org and demo
    union all select 'quota_rule', id from quota_rule where org_id = p_org and demo
    union all
    select 'people_group', g.id from people_group g
    where g.org_id = p_org and g.demo
      and not exists (select from group_member m where m.group_id = g.id and m.account_id not in (select id from guest))
      and not exists (select from role_assignment a where a.group_id = g.id and not a.demo)
      and not exists (select from identity_mapping i where i.group_id = g.id)
      and not exists (select from quota_rule q where q.org_id = p_org and not q.demo and q.who_kind = 'group' and q.who_id = g.id::text)
      and not exists (
        select from gate_group t
        where t.group_id = g.id
          and (t.site_id is null or t.site_id not in (select id from going_site))
          and (t.resource_id is null or t.resource_id not in (select id from going_resource)))
      and not exists (select from lasting_policy p where p.policy like '%' || g.id || '%')
`,
  },
  {
    name: 'remove_demo',
    before: 'entries uuid[]; blackouts uuid[];',
    after: 'entries uuid[]; blackouts uuid[]; teams uuid[]; given uuid[]; quotas uuid[];',
  },
  {
    name: 'remove_demo',
    before: `filter (where it.kind = 'blackout')`,
    after: `filter (where it.kind = 'blackout'),
             array_agg(it.id) filter (where it.kind = 'people_group'), array_agg(it.id) filter (where it.kind = 'role_assignment'),
             array_agg(it.id) filter (where it.kind = 'quota_rule')`,
  },
  { name: 'remove_demo', before: 'reservations, entries, blackouts\n', after: 'reservations, entries, blackouts, teams, given, quotas\n' },
  {
    name: 'remove_demo',
    before: `call set_aside_demo(p_org, 'waitlist_entry'`,
    after: `call set_aside_demo(p_org, 'role_assignment', 't.id = any ($2)', given);
      call set_aside_demo(p_org, 'quota_exception', 't.rule_id = any ($2)', quotas);
      call set_aside_demo(p_org, 'quota_rule', 't.id = any ($2)', quotas);
      call set_aside_demo(p_org, 'group_member', 't.group_id = any ($2)', teams);
      call set_aside_demo(p_org, 'group_member', 't.account_id = any ($2)', accounts);
      call set_aside_demo(p_org, 'waitlist_entry'`,
  },
  {
    name: 'remove_demo',
    before: `call set_aside_demo(p_org, 'account', `,
    after: `call set_aside_demo(p_org, 'people_group', 't.id = any ($2)', teams);
      call set_aside_demo(p_org, 'account', `,
  },
  {
    name: 'remove_demo',
    before: `array['site', 'floor', 'room', 'resource_type', 'resource', 'account']`,
    after: `array['site', 'floor', 'room', 'resource_type', 'resource', 'account', 'people_group']`,
  },
  {
    name: 'restore_demo',
    before: `'favourite', 'series', `,
    after: `'favourite', 'people_group', 'group_member', 'quota_rule', 'quota_exception', 'role_assignment', 'series', `,
  },
  {
    name: 'restore_demo',
    before: `array['account', 'resource_type', 'site', 'floor', 'room', 'resource'])`,
    after: `array['account', 'resource_type', 'site', 'floor', 'room', 'resource', 'people_group'])`,
  },
  {
    name: 'restore_demo',
    before: 'foreach back in array',
    after: `-- What belonged to a person, a group or a site that stayed and has gone since is lost with it.
      delete from demo_removed_row d
      where d.org_id = p_org and d.table_name in ('group_member', 'quota_exception', 'role_assignment')
        and exists (
          select from unnest(array[d.content ->> 'account_id', d.content ->> 'group_id', d.content ->> 'site_id']) as it (id)
          where it.id is not null and it.id not in (
            select id::text from account where org_id = p_org
            union all select id::text from people_group where org_id = p_org
            union all select id::text from site where org_id = p_org
            union all select r.content ->> 'id' from demo_removed_row r
              where r.org_id = p_org and r.table_name in ('account', 'people_group', 'site') and not r.stays));
      foreach back in array`,
  },
];

/** Puts other words into a function of the demo data, and leaves the rest of it as it is. */
const inDemo = (name: string, before: string, after: string): string => `
  do $do$
    declare
      text_before text := pg_get_functiondef('${name}'::regproc);
      text_after text := replace(text_before, $a$${before}$a$, $b$${after}$b$);
    begin
      if text_before = text_after then raise exception 'nothing to change in ${name}'; end if;
      execute text_after;
    end $do$`;
