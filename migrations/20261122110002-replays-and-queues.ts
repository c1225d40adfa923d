import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Spans of the log that are handed to a reader again; and how much each queue has to do, as the workers saw it last. */
export class ReplaysAndQueues20261122110002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table event_replay (
        id         uuid primary key,
        org_id     uuid not null references organization,
        reader     text not null references event_reader,
        after      bigint not null,
        until      bigint not null,
        singly     boolean not null default false,
        created_at timestamptz not null,

        constraint event_replay_span check (after >= 0 and until > after)
      );
      create index event_replay_of_reader on event_replay (reader, created_at);
      call guard_by_organization('event_replay');

      comment on table event_replay is 'A span of an organization''s log to be handed to a reader again; gone when it was.';
      comment on column event_replay.after is 'Sequence of the last event that was handed over, or the one before the first.';
      comment on column event_replay.singly is 'One of its events fails, so they are taken one by one.';

      create table work_queue (
        name      text primary key,
        due       integer not null,
        redis     text,
        looked_at timestamptz not null,

        constraint work_queue_redis_known check (redis in ('reached', 'away'))
      );
      alter table work_queue enable row level security;
      create policy system on work_queue to berth_system using (true) with check (true);
      grant select, insert, update, delete on work_queue to berth_system;

      comment on table work_queue is 'What the workers saw last of each queue, for whoever looks after the installation.';
      comment on column work_queue.due is 'How much is due; not counted beyond 1,000.';
      comment on column work_queue.redis is 'Whether Redis was reached; null where none is set.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table work_queue, event_replay`);
  }
}
