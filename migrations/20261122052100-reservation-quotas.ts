import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of what each of some people may have, and who may have more for a while. What is used is counted, never kept. */
export class ReservationQuotas20261122052100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table quota_rule (
        id          uuid primary key,
        org_id      uuid not null references organization,
        name        text not null,
        who_kind    text not null,
        who_id      text,
        what_kind   text not null,
        what_id     uuid,
        measure     text not null,
        window_kind text,
        limit_value integer not null,
        version     integer not null default 1,
        created_at  timestamptz not null,

        constraint quota_rule_organization unique (org_id, id),
        constraint quota_rule_name_length check (char_length(name) between 1 and 100),
        constraint quota_rule_who_known check (who_kind in ('everyone', 'person', 'group', 'role')),
        constraint quota_rule_who_whole check ((who_kind = 'everyone') = (who_id is null)),
        constraint quota_rule_what_known check (what_kind in ('everything', 'type', 'site', 'resource')),
        constraint quota_rule_what_whole check ((what_kind = 'everything') = (what_id is null)),
        constraint quota_rule_measure_known check (measure in ('time', 'count', 'concurrent', 'ahead')),
        constraint quota_rule_window_known check (window_kind in ('day', 'week', 'month')),
        constraint quota_rule_window_whole check ((measure in ('time', 'count')) = (window_kind is not null)),
        constraint quota_rule_limit_range check (limit_value between 0 and 1000000)
      );
      create unique index quota_rule_name_unique on quota_rule (org_id, lower(name));
      call guard_by_organization('quota_rule');
      comment on table quota_rule is 'A limit for each person of some, on reservations of some resources; part of the terms of these, so writing one bumps the epoch.';
      comment on column quota_rule.who_id is 'An account, a group, or a role: the key of a built-in one or the id of another.';
      comment on column quota_rule.limit_value is 'Minutes of time, reservations, units at once, or days ahead.';

      create table quota_exception (
        rule_id     uuid not null,
        account_id  uuid not null,
        org_id      uuid not null references organization,
        limit_value integer,
        until       timestamptz not null,
        created_at  timestamptz not null,

        constraint quota_exception_once primary key (rule_id, account_id),
        constraint quota_exception_rule foreign key (org_id, rule_id) references quota_rule (org_id, id) on delete cascade,
        constraint quota_exception_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint quota_exception_limit_range check (limit_value between 0 and 1000000)
      );
      create index quota_exception_by_account on quota_exception (org_id, account_id);
      call guard_by_organization('quota_exception');
      comment on column quota_exception.limit_value is 'Instead of that of the rule; null is without limit.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table quota_exception, quota_rule');
  }
}
