import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gives the events of a batch their places with one update, and each organization's chain its new end with one: row by
 * row, a batch of one organization left as many dead versions of its chain as it had events. And no longer waits for
 * older transactions, which held the log back for whatever ran anywhere on the PostgreSQL server.
 */
export class SequenceAtOnce20261121180000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What commits later gets a later place, whatever its position. An event that depends on another was written after
      -- that one had committed: whoever sees it sees both, and takes them in the order of their positions. One sequencer at
      -- a time; a second finds the lock taken.
      create or replace function sequence_events(batch integer) returns integer language plpgsql as $$
      declare
        due record;
        e event;
        chain event_chain;
        head bigint;
        placed event[] := '{}';
        ends event_chain[] := '{}';
      begin
        if not pg_try_advisory_xact_lock(hashtext('berth.sequencer')) then
          return 0;
        end if;
        select position into head from event_log_head for update;
        for due in
          select next as event, row_number() over (order by next.position) as n
          from (
            select * from event
            where sequence is null
            order by position
            limit batch
          ) as next
          order by next.org_id, next.position
        loop
          e := due.event;
          if chain.org_id is distinct from e.org_id then
            if chain.org_id is not null then
              ends := ends || chain;
            end if;
            select * into chain from event_chain where org_id = e.org_id;
            if not found then
              chain := row(e.org_id, 0, sha256(''));
            end if;
          end if;
          e.sequence := chain.sequence + 1;
          e.log_position := head + due.n;
          e.hash := event_hash(chain.hash, e);
          chain := row(e.org_id, e.sequence, e.hash);
          placed := placed || e;
        end loop;
        if chain.org_id is null then
          return 0;
        end if;

        update event set sequence = it.sequence, log_position = it.log_position, hash = it.hash
          from unnest(placed) as it where event.position = it.position;
        insert into event_chain select * from unnest(ends || chain)
          on conflict (org_id) do update set sequence = excluded.sequence, hash = excluded.hash;
        update event_log_head set position = head + cardinality(placed);
        return cardinality(placed);
      end $$;

      alter table event drop column xid;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table event add column xid xid8 not null default pg_current_xact_id();

      create or replace function sequence_events(batch integer) returns integer language plpgsql as $$
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
    `);
  }
}
