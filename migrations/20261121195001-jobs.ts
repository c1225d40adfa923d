import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work that takes longer than a request may: what is asked, how far it is and what became of each item. */
export class Jobs20261121195001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table job (
        id          uuid primary key,
        org_id      uuid not null references organization,
        account_id  uuid not null,
        kind        text not null,
        request     jsonb not null,
        state       text not null default 'queued',
        done        integer not null,
        total       integer not null,
        results     jsonb not null default '[]',
        problem     jsonb,
        attempt     integer not null default 0,
        lease_until timestamptz,
        created_at  timestamptz not null,
        ended_at    timestamptz,

        constraint job_organization unique (org_id, id),
        constraint job_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint job_state_known check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
        constraint job_progress_range check (done between 0 and total),
        constraint job_done_is_whole check (state <> 'done' or done = total),
        constraint job_ended check ((state in ('done', 'failed', 'cancelled')) = (ended_at is not null)),
        constraint job_leased_while_running check ((state = 'running') = (lease_until is not null)),
        constraint job_failed_for_a_reason check ((state = 'failed') = (problem is not null))
      );
      create index job_to_take on job (created_at, id) where state in ('queued', 'running');
      create index job_of_account on job (org_id, account_id, id);
      call guard_by_organization('job');

      comment on table job is 'Work too long for a request. Who runs it holds a lease; when that has run out another goes on from what is done.';
      comment on column job.attempt is 'Counts who took it: one whose lease was taken over writes nothing any more.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table job`);
  }
}
