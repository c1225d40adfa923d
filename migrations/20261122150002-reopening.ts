import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens that let whoever starts the server add an administrator, each once and for half an hour, and who guessed at them. */
export class Reopening20261122150002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table setup_reopening (
        token_hash bytea primary key,
        expires_at timestamptz not null,
        used_at    timestamptz
      );
      alter table setup_reopening enable row level security;
      create policy system on setup_reopening to berth_system using (true) with check (true);
      grant select, insert, update on setup_reopening to berth_system;
      comment on table setup_reopening is 'SETUP_REOPEN_TOKEN as processes were started with it. Used ones stay, so that none is good twice.';

      create table setup_attempt (
        network inet not null,
        at      timestamptz not null
      );
      create index setup_attempt_of_network on setup_attempt (network, at);
      alter table setup_attempt enable row level security;
      create policy system on setup_attempt to berth_system using (true) with check (true);
      grant select, insert, delete on setup_attempt to berth_system;
      comment on table setup_attempt is 'Wrong tokens of the last hour, by where they came from; IPv6 by its network of 64 bits.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table setup_attempt, setup_reopening`);
  }
}
