import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed places of the chain, cutting the log at one of them, and saying what is wrong where the chain breaks (ADR 0035). */
export class AuditCheckpoints20261122113002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table event_checkpoint (
        org_id    uuid not null references organization,
        sequence  bigint not null,
        hash      bytea not null,
        at        timestamptz not null,
        signature text not null,

        constraint event_checkpoint_once primary key (org_id, sequence)
      );
      call guard_by_organization('event_checkpoint');
      revoke insert, update, delete on event_checkpoint from berth_app;
      revoke update, delete on event_checkpoint from berth_system;
      comment on table event_checkpoint is 'What the chain was at an hour, signed by the installation: who writes the log anew from some place on cannot write these.';
      comment on column event_checkpoint.signature is 'Compact JWS over organization, sequence, hash and instant.';

      create table event_cut (
        org_id   uuid not null,
        sequence bigint not null,
        at       timestamptz not null,

        constraint event_cut_one primary key (org_id),
        constraint event_cut_at_checkpoint foreign key (org_id, sequence) references event_checkpoint
      );
      call guard_by_organization('event_cut');
      revoke insert, update, delete on event_cut from berth_app, berth_system;
      comment on table event_cut is 'Up to where the log was given up: what it holds begins after this checkpoint.';

      alter table organization
        add column audit_keep_days integer,
        add constraint organization_audit_keep_days check (audit_keep_days between 90 and 36500);
      comment on column organization.audit_keep_days is 'How long events are kept; null for ever.';

      -- Gives the log up to a checkpoint. The rows go in forget_cut_events, a few at a time; the chain holds meanwhile.
      create function cut_events(p_org uuid, p_sequence bigint, p_now timestamptz) returns boolean
        language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if not exists (
          select from event_checkpoint c join event e on e.org_id = c.org_id and e.sequence = c.sequence and e.hash = c.hash
          where c.org_id = p_org and c.sequence = p_sequence)
        then
          raise exception 'the log is cut at a checkpoint only' using errcode = 'integrity_constraint_violation', constraint = 'event_cut_at_checkpoint';
        end if;
        insert into event_cut (org_id, sequence, at) values (p_org, p_sequence, p_now)
        on conflict (org_id) do update set sequence = excluded.sequence, at = excluded.at where event_cut.sequence < excluded.sequence;
        return found;
      end $$;

      create function forget_cut_events(p_org uuid, p_limit integer) returns integer
        language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        gone integer;
      begin
        delete from event e using (
          select position from event
          where org_id = p_org and sequence <= (select c.sequence from event_cut c where c.org_id = p_org)
          order by sequence limit p_limit
        ) as old
        where e.position = old.position;
        get diagnostics gone = row_count;
        return gone;
      end $$;
      revoke execute on function cut_events, forget_cut_events from public;
      grant execute on function cut_events, forget_cut_events to berth_system;

      -- A row as it would stand at another place.
      create function event_at(e event, p_sequence bigint, p_place bigint default null, p_position bigint default null) returns event language plpgsql immutable as $$
      begin
        e.sequence := p_sequence;
        e.log_position := coalesce(p_place, e.log_position);
        e.position := coalesce(p_position, e.position);
        return e;
      end $$;

      -- What is wrong where follow_chain stopped: with the row at p_at, p_hash being the hash before it. An inserted row that was
      -- given a fitting hash is found at the one after it, so at may be one less than p_at.
      create function why_broken(p_org uuid, p_at bigint, p_hash bytea, out fault text, out at bigint) language plpgsql stable as $$
      declare
        here event;
        next event;
        before bytea;
      begin
        at := p_at;
        select * into here from event e where e.org_id = p_org and e.sequence = p_at;
        if not found then
          fault := case when exists (select from event e where e.org_id = p_org and e.sequence > p_at) then 'missing' else 'truncated' end;
          return;
        end if;
        select * into next from event e where e.org_id = p_org and e.sequence = p_at + 1;
        if next.sequence is not null and event_hash(p_hash, event_at(next, p_at)) = next.hash then
          fault := case when event_hash(next.hash, event_at(here, p_at + 1)) = here.hash then 'swapped' else 'inserted' end;
          return;
        end if;
        select coalesce((select e.hash from event e where e.org_id = p_org and e.sequence = p_at - 2), case p_at when 2 then sha256('') end) into before;
        if event_hash(before, event_at(here, p_at - 1)) = here.hash then
          fault := 'inserted';
          at := p_at - 1;
          return;
        end if;
        if exists (
          select from event e where e.org_id = p_org and e.sequence > p_at
            and e.hash in (event_hash(p_hash, event_at(e, p_at)), event_hash(p_hash, event_at(e, p_at, here.log_position, here.position))))
        then
          fault := 'swapped';
          return;
        end if;
        fault := case
          when next.sequence is not null and event_hash(here.hash, event_at(next, p_at + 2)) = next.hash then 'missing'
          else 'edited' end;
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function why_broken, event_at, forget_cut_events, cut_events;
      alter table organization drop column audit_keep_days;
      drop table event_cut, event_checkpoint;
    `);
  }
}
