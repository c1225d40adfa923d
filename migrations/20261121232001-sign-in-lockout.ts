import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What holds up guessing of passwords: attempts by name and source, and browsers that are known to belong to an account. */
export class SignInLockout20261121232001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table sign_in_lockout (
        key        bytea primary key,
        failed_at  timestamptz[] not null default '{}',
        trying_at  timestamptz[] not null default '{}',
        touched_at timestamptz not null,

        constraint sign_in_lockout_few check (cardinality(failed_at) + cardinality(trying_at) <= 5)
      );
      create index sign_in_lockout_by_age on sign_in_lockout (touched_at);
      alter table sign_in_lockout enable row level security;
      create policy system on sign_in_lockout to berth_system using (true) with check (true);
      grant select, insert, update, delete on sign_in_lockout to berth_system;

      comment on table sign_in_lockout is
        'Failed and running attempts to sign in, by name and source, whether there is such a name or not. Swept once they no longer count.';
      comment on column sign_in_lockout.key is 'HMAC of name and source: the table tells nobody who tried what from where.';

      create table trusted_device (
        token_hash              bytea not null,
        org_id                  uuid not null references organization,
        account_id              uuid not null,
        created_at              timestamptz not null,
        expires_at              timestamptz not null,
        skips_second_step_until timestamptz,

        primary key (token_hash, account_id),
        constraint trusted_device_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade
      );
      create index trusted_device_by_account on trusted_device (org_id, account_id, created_at);
      call guard_by_organization('trusted_device');

      comment on table trusted_device is 'A browser somebody signed in with. It counts its failures by itself, so that no stranger can lock it out.';
      comment on column trusted_device.skips_second_step_until is 'The person asked not to be asked for the second factor in this browser until then.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table trusted_device, sign_in_lockout`);
  }
}
