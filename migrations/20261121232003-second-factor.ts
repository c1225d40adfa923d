import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second factor beside the password: one-time codes from an app (RFC 6238), and codes for when the app is lost. */
export class SecondFactor20261121232003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table one_time_code (
        account_id        uuid primary key,
        org_id            uuid not null references organization,
        secret_sealed     bytea not null,
        created_at        timestamptz not null,
        confirmed_at      timestamptz,
        last_step         bigint,
        failed_at         timestamptz[] not null default '{}',
        failures_in_a_row integer not null default 0,

        constraint one_time_code_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint one_time_code_few_failures check (cardinality(failed_at) <= 5),
        constraint one_time_code_cap check (failures_in_a_row between 0 and 100)
      );
      call guard_by_organization('one_time_code');

      comment on table one_time_code is 'The app that makes codes for an account (TOTP, RFC 6238); asked for at sign-in once it is confirmed.';
      comment on column one_time_code.last_step is 'The newest time step a code of which was taken: none of it or before is taken again.';
      comment on column one_time_code.failures_in_a_row is 'At 100 no code is looked at any more until a recovery code is used.';

      create table recovery_code (
        hash       bytea primary key,
        org_id     uuid not null references organization,
        account_id uuid not null,
        created_at timestamptz not null,
        used_at    timestamptz,

        constraint recovery_code_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade
      );
      create index recovery_code_by_account on recovery_code (org_id, account_id);
      call guard_by_organization('recovery_code');

      comment on table recovery_code is 'Single-use codes of 128 random bits that stand in for the second factor; only their hashes are kept.';

      alter table organization
        add column second_factor_roles text[] not null default '{}';
      comment on column organization.second_factor_roles is 'Roles whose people must have a second factor; who has none sets one up at the next sign-in.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table organization drop column second_factor_roles;
      drop table recovery_code, one_time_code;
    `);
  }
}
