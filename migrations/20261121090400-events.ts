import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append-only log of what happened: outbox and audit trail at once; and the answers kept for repeated requests. */
export class Events20261121090400 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table event (
        position     bigint generated always as identity primary key,
        id           uuid not null,
        org_id       uuid not null references organization,
        type         text not null,
        subject_kind text not null,
        subject_id   uuid not null,
        actor_id     uuid,
        request_id   text,
        at           timestamptz not null default clock_timestamp(),
        data         jsonb not null,
        xid          xid8 not null default pg_current_xact_id(),
        sequence     bigint,
        log_position bigint,
        hash         bytea,

        constraint event_sequenced_whole check (num_nonnulls(sequence, log_position, hash) in (0, 3))
      );
      create index event_unsequenced on event (position) where sequence is null;
      create unique index event_sequence_unique on event (org_id, sequence) where sequence is not null;
      create unique index event_log on event (log_position) where log_position is not null;
      create index event_by_subject on event (org_id, subject_id, position);
      call guard_by_organization('event');
      revoke update, delete on event from berth_app;
      revoke update, delete on event from berth_system;
      grant update (sequence, log_position, hash) on event to berth_system;

      comment on table event is 'One row a change, written in its transaction. Never changed, but for the place in the log the sequencer gives it once.';
      comment on column event.position is 'Order of writing; events that depend on each other have it in the right order.';
      comment on column event.sequence is 'Gap-free per organization, given after commit.';
      comment on column event.log_position is 'Place in the log of all organizations, for readers that follow all of them.';
      comment on column event.hash is 'SHA-256 of the hash before it and this row: a row changed, lost or moved breaks the chain.';

      create function event_keeps_its_place() returns trigger language plpgsql as $$
      begin
        if old.sequence is not null then
          raise exception 'event % has its place in the log already', old.position using errcode = 'integrity_constraint_violation', constraint = 'event_keeps_its_place';
        end if;
        return new;
      end $$;
      create trigger event_keeps_its_place before update on event for each row execute function event_keeps_its_place();

      create table event_chain (
        org_id   uuid primary key references organization,
        sequence bigint not null,
        hash     bytea not null
      );
      call guard_by_organization('event_chain');
      revoke insert, update, delete on event_chain from berth_app;

      create table event_log_head (
        only_one boolean primary key default true,
        position bigint not null,

        constraint event_log_head_only_one check (only_one)
      );
      insert into event_log_head (position) values (0);
      alter table event_log_head enable row level security;
      create policy reader on event_log_head for select to berth_app using (true);
      create policy system on event_log_head to berth_system using (true) with check (true);
      grant select on event_log_head to berth_app;
      grant select, update on event_log_head to berth_system;

      -- What is hashed of an event: the hash before it and the row as canonical JSON (jsonb text has one form for one value).
      create function event_hash(before bytea, e event) returns bytea language sql stable
        return sha256(before || convert_to(jsonb_build_object(
          'id', e.id, 'org', e.org_id, 'sequence', e.sequence, 'type', e.type, 'subject', e.subject_kind || '/' || e.subject_id,
          'actor', e.actor_id, 'request', e.request_id, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'data', e.data)::text, 'UTF8'));

      -- Gives committed events their places, oldest first. Only events older than every running transaction are taken, so
      -- nothing can commit later in front of one that has its place. One sequencer at a time; a second finds the lock taken.
      create function sequence_events(batch integer) returns integer language plpgsql as $$
      declare
        e event;
        chain event_chain;
        head bigint;
        done integer := 0;
      begin
        if not pg_try_advisory_xact_lock(hashtext('berth.sequencer')) then
          return 0;
        end if;
        select position into head from event_log_head for update;
        for e in
          select * from event
          where sequence is null and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by position
          limit batch
        loop
          select * into chain from event_chain where org_id = e.org_id;
          if not found then
            chain := row(e.org_id, 0, sha256(''));
          end if;
          head := head + 1;
          e.sequence := chain.sequence + 1;
          e.hash := event_hash(chain.hash, e);
          update event set sequence = e.sequence, log_position = head, hash = e.hash where position = e.position;
          insert into event_chain values (e.org_id, e.sequence, e.hash)
            on conflict (org_id) do update set sequence = excluded.sequence, hash = excluded.hash;
          done := done + 1;
        end loop;
        update event_log_head set position = head;
        return done;
      end $$;

      create table idempotency (
        org_id      uuid not null references organization,
        account_id  uuid not null,
        key         text not null,
        fingerprint bytea not null,
        result      jsonb,
        created_at  timestamptz not null,

        constraint idempotency_key_unique primary key (org_id, account_id, key),
        constraint idempotency_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint idempotency_key_length check (char_length(key) between 1 and 255)
      );
      create index idempotency_by_age on idempotency (created_at);
      call guard_by_organization('idempotency');

      comment on table idempotency is 'What a request with an Idempotency-Key did, written in the same transaction and kept 24 h.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table idempotency, event_log_head, event_chain;
      drop function sequence_events, event_hash;
      drop table event;
      drop function event_keeps_its_place;
    `);
  }
}
