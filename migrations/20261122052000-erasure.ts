import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who were erased, and the one exception to “an event is never changed” (ADR 0028). */
export class Erasure20261122052000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table account
        add column erased_at timestamptz,
        add constraint account_erased_stays_out check (erased_at is null or (status = 'suspended' and password_hash is null));
      comment on column account.erased_at is 'Nobody any more: what was personal is gone, the row stays for what was booked, and never signs in again.';

      alter table organization add column may_erase_oneself boolean not null default false;
      comment on column organization.may_erase_oneself is 'People may erase themselves, without asking who looks after people.';

      create table event_redaction (
        position   bigint not null,
        org_id     uuid not null references organization,
        account_id uuid not null,
        digest     bytea not null,

        constraint event_redaction_once primary key (position, account_id)
      );
      create index event_redaction_of_account on event_redaction (org_id, account_id, position);
      call guard_by_organization('event_redaction');
      revoke insert, update, delete on event_redaction from berth_app, berth_system;
      comment on table event_redaction is 'Events that lost their texts when a person was erased. Written by redact_events alone; user.erased seals them.';
      comment on column event_redaction.digest is 'SHA-256 of what the event says since then.';

      -- What was sequenced changes in one way only: its data, to what was written down of it before, in redact_events.
      create or replace function event_keeps_its_place() returns trigger language plpgsql as $$
      begin
        if old.sequence is not null and not (
          to_jsonb(new) - 'data' = to_jsonb(old) - 'data'
          and exists (select from event_redaction r where r.position = old.position and r.digest = sha256(convert_to(new.data::text, 'UTF8')))
        ) then
          raise exception 'event % has its place in the log already', old.position using errcode = 'integrity_constraint_violation', constraint = 'event_keeps_its_place';
        end if;
        return new;
      end $$;

      -- A document without its texts: ids, instants, numbers and words of ours stay. With words, only texts that have one of
      -- them go, and what somebody said. Unknown keys are texts, so what is added tomorrow is erased as well.
      create function without_texts(data jsonb, words text[] default null) returns jsonb language plpgsql immutable as $$
      begin
        case jsonb_typeof(data)
          when 'object' then
            return (select coalesce(jsonb_object_agg(key, case
                when jsonb_typeof(value) = 'string' and key in ('status', 'state', 'role', 'kind', 'rule', 'level', 'outcome', 'code', 'timeZone', 'rrule', 'language', 'unit') then value
                when jsonb_typeof(value) = 'string' and key in ('reason', 'message', 'question', 'answer', 'note', 'comment') then 'null'
                else without_texts(value, words)
              end), '{}') from jsonb_each(data));
          when 'array' then
            return (select coalesce(jsonb_agg(without_texts(value, words) order by n), '[]') from jsonb_array_elements(data) with ordinality as it(value, n));
          when 'string' then
            if words is not null then
              return case when exists (select from unnest(words) as word where position(lower(word) in lower(data #>> '{}')) > 0) then 'null' else data end;
            end if;
            return case when data #>> '{}' ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+Z)?)$' then data else 'null' end;
          else return data;
        end case;
      end $$;

      -- Takes a person out of the log: all texts of what is theirs, and their name and words out of the rest. The hash of an
      -- event stays that of what it said; what it says since then is in event_redaction, and the digest of all of that is the answer.
      create function redact_events(p_org uuid, p_account uuid, p_theirs uuid[], p_words text[], out redacted integer, out digest text)
        language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        e event;
        said jsonb;
      begin
        if p_org is distinct from current_org() then
          raise insufficient_privilege using message = 'the events of another organization';
        end if;
        for e in
          select * from event
          where org_id = p_org and (subject_id = any (p_theirs) or actor_id = p_account or data::text like '%' || p_account || '%')
          order by position
        loop
          said := without_texts(e.data, case
            when e.subject_id = any (p_theirs) then null
            when e.actor_id = p_account and e.subject_kind not in ('organizations', 'sites', 'floors', 'rooms', 'resource-types', 'resources', 'blackouts',
              'users', 'groups', 'roles', 'request-tiers', 'quota-rules', 'reservations', 'series', 'waitlist', 'approvals') then null
            else p_words end);
          continue when said = e.data;
          insert into event_redaction (position, org_id, account_id, digest)
          values (e.position, p_org, p_account, sha256(convert_to(said::text, 'UTF8')))
          on conflict (position, account_id) do update set digest = excluded.digest;
          update event set data = said where position = e.position;
        end loop;
        select count(*), seal_of_redactions(p_org, p_account) into redacted, digest
        from event_redaction r where r.org_id = p_org and r.account_id = p_account;
      end $$;
      revoke execute on function redact_events from public;
      grant execute on function redact_events to berth_app, berth_system;

      create function seal_of_redactions(p_org uuid, p_account uuid) returns text language sql stable
        return (select encode(sha256(convert_to(coalesce(string_agg(r.position || ':' || encode(r.digest, 'hex'), ' ' order by r.position), ''), 'UTF8')), 'hex')
                from event_redaction r where r.org_id = p_org and r.account_id = p_account);

      -- Events the chain does not hold any more: changed, lost or moved, but for those an erasure in the chain answers for.
      create function broken_events(p_org uuid) returns setof bigint language sql stable as $$
        with chained as (
          select e as it, lag(e.hash, 1, sha256('')) over (order by e.sequence) as before, lag(e.sequence, 1, 0::bigint) over (order by e.sequence) as previous
          from event e where e.org_id = p_org and e.sequence is not null
        ), sealed as (
          select s.subject_id as account_id from event s
          where s.org_id = p_org and s.type = 'user.erased' and s.data #>> '{after,digest}' = seal_of_redactions(p_org, s.subject_id)
        )
        select (c.it).sequence from chained c
        where (c.it).sequence <> c.previous + 1
          or (event_hash(c.before, c.it) <> (c.it).hash and not exists (
            select from event_redaction r join sealed s on s.account_id = r.account_id
            where r.position = (c.it).position and r.digest = sha256(convert_to((c.it).data::text, 'UTF8'))))
        order by 1
      $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function broken_events, redact_events, seal_of_redactions, without_texts;
      create or replace function event_keeps_its_place() returns trigger language plpgsql as $$
      begin
        if old.sequence is not null then
          raise exception 'event % has its place in the log already', old.position using errcode = 'integrity_constraint_violation', constraint = 'event_keeps_its_place';
        end if;
        return new;
      end $$;
      drop table event_redaction;
      alter table organization drop column may_erase_oneself;
      alter table account drop constraint account_erased_stays_out, drop column erased_at;
    `);
  }
}
