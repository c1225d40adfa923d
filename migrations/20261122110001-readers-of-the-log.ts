import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a reader of the log has stumbled, and the events it was spared after it had tried often enough. */
export class ReadersOfTheLog20261122110001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table event_reader
        add column tries        integer not null default 0,
        add column next_try_at  timestamptz,
        add column singly_until bigint not null default 0,
        add column error        text;

      comment on column event_reader.tries is 'How often the next event has failed.';
      comment on column event_reader.next_try_at is 'It stumbled and rests until then.';
      comment on column event_reader.singly_until is 'Up to this place it takes one event at a time: one of them fails.';
      comment on column event_reader.error is 'Why it stumbled last; null while it goes on.';

      create table event_parked (
        org_id     uuid not null references organization,
        reader     text not null references event_reader,
        sequence   bigint not null,
        event_id   uuid not null,
        event_type text not null,
        error      text not null,
        parked_at  timestamptz not null,

        constraint event_parked_once primary key (reader, org_id, sequence)
      );
      call guard_by_organization('event_parked');

      comment on table event_parked is 'An event a reader has failed at again and again. It has gone on without it; a replay hands it over once more.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table event_parked;
      alter table event_reader drop column tries, drop column next_try_at, drop column singly_until, drop column error;
    `);
  }
}
