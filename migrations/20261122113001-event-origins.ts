import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events say where they came from: address, trace, what was used to sign in, and for whom (ADR 0035). Rows from before say
 * nothing of it and are hashed as they were; `form` tells one from the other.
 */
export class EventOrigins20261122113001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table event
        add column form smallint not null default 1,
        add column traceparent text,
        add column address inet,
        add column via_kind text,
        add column via_id text,
        add column on_behalf_of uuid,
        add constraint event_via_known check (via_kind in ('session', 'token', 'client', 'system')),
        add constraint event_via_whole check (via_id is null or via_kind is not null);
      alter table event alter column form set default 2;
      comment on column event.form is 'What the hash covers: 1 from before there were origins, 2 every column.';
      comment on column event.via_kind is 'What the doer was known by; null where nobody had signed in: a link from a letter, a sign-in.';
      create index event_erasures on event (org_id) where type = 'user.erased';

      alter table event_redaction add column said bytea;
      comment on column event_redaction.said is 'SHA-256 of what the event said before, so that the hash over the rest of the row can still be checked.';

      -- What an erasure may take out of an event, as one hash: the rest of the row is hashed beside it and stays provable.
      create function event_said(e event) returns bytea language sql immutable
        return sha256(convert_to(case e.form when 1 then e.data else jsonb_build_object('data', e.data, 'address', host(e.address)) end::text, 'UTF8'));

      drop function event_hash(bytea, event);
      -- What is hashed of an event: the hash before it and the row as canonical JSON (jsonb text has one form for one value).
      -- A row of form 1 has no origin; one that was given an origin later is no such row.
      create function event_hash(before bytea, e event, said bytea default null) returns bytea language sql stable
        return case when e.form = 1 and num_nonnulls(e.traceparent, e.address, e.via_kind, e.via_id, e.on_behalf_of) = 0 then
          sha256(before || convert_to(jsonb_build_object(
            'id', e.id, 'org', e.org_id, 'sequence', e.sequence, 'type', e.type, 'subject', e.subject_kind || '/' || e.subject_id,
            'actor', e.actor_id, 'request', e.request_id, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'data', e.data)::text, 'UTF8'))
        else
          sha256(before || sha256(convert_to(jsonb_build_object(
            'form', e.form, 'position', e.position, 'place', e.log_position,
            'id', e.id, 'org', e.org_id, 'sequence', e.sequence, 'type', e.type, 'subject', e.subject_kind || '/' || e.subject_id,
            'actor', e.actor_id, 'request', e.request_id, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'trace', e.traceparent, 'via', e.via_kind, 'viaId', e.via_id, 'for', e.on_behalf_of)::text, 'UTF8')) || coalesce(said, event_said(e)))
        end;

      -- What was sequenced changes in one way only: what it says, to what was written down of it before, in redact_events.
      create or replace function event_keeps_its_place() returns trigger language plpgsql as $$
      begin
        if old.sequence is not null and not (
          to_jsonb(new) - array['data', 'address'] = to_jsonb(old) - array['data', 'address']
          and exists (select from event_redaction r where r.position = old.position and r.digest = event_said(new))
        ) then
          raise exception 'event % has its place in the log already', old.position using errcode = 'integrity_constraint_violation', constraint = 'event_keeps_its_place';
        end if;
        return new;
      end $$;

      -- Takes a person out of the log: all texts of what is theirs and where they were, and their name and words out of the rest.
      create or replace function redact_events(p_org uuid, p_account uuid, p_theirs uuid[], p_words text[], out redacted integer, out digest text)
        language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        e event;
        bare event;
      begin
        if p_org is distinct from current_org() then
          raise insufficient_privilege using message = 'the events of another organization';
        end if;
        for e in
          select * from event
          where org_id = p_org and (subject_id = any (p_theirs) or actor_id = p_account or data::text like '%' || p_account || '%')
          order by position
        loop
          bare := e;
          bare.data := without_texts(e.data, case
            when e.subject_id = any (p_theirs) then null
            when e.actor_id = p_account and e.subject_kind not in ('organizations', 'sites', 'floors', 'rooms', 'resource-types', 'resources', 'blackouts',
              'users', 'groups', 'roles', 'request-tiers', 'quota-rules', 'reservations', 'series', 'waitlist', 'approvals') then null
            else p_words end);
          if e.actor_id = p_account or e.subject_id = any (p_theirs) then
            bare.address := null;
          end if;
          continue when bare = e;
          insert into event_redaction (position, org_id, account_id, digest, said)
          values (e.position, p_org, p_account, event_said(bare),
                  coalesce((select r.said from event_redaction r where r.position = e.position limit 1), event_said(e)))
          on conflict (position, account_id) do update set digest = excluded.digest;
          update event set data = bare.data, address = bare.address where position = e.position;
        end loop;
        select count(*), seal_of_redactions(p_org, p_account) into redacted, digest
        from event_redaction r where r.org_id = p_org and r.account_id = p_account;
      end $$;

      drop function broken_events;
      -- Follows the chain from a place and its hash over at most so many rows. Where the row that ought to come next does not
      -- fit, its sequence is broken_at. Texts an erasure in the chain answers for may be gone.
      create function follow_chain(p_org uuid, p_after bigint, p_hash bytea, p_limit integer,
        out checked integer, out reached bigint, out hash bytea, out broken_at bigint) language plpgsql stable as $$
      declare
        e event;
        sealed uuid[] := array(
          select s.subject_id from event s
          where s.org_id = p_org and s.type = 'user.erased' and s.data #>> '{after,digest}' = seal_of_redactions(p_org, s.subject_id));
      begin
        checked := 0;
        reached := p_after;
        hash := p_hash;
        for e in select * from event where org_id = p_org and sequence > p_after order by sequence limit p_limit loop
          if e.sequence <> reached + 1 or (e.hash <> event_hash(hash, e) and not exists (
            select from event_redaction r
            where r.position = e.position and r.account_id = any (sealed) and r.digest = event_said(e)
              and (e.form = 1 or e.hash = event_hash(hash, e, r.said))))
          then
            broken_at := reached + 1;
            return;
          end if;
          checked := checked + 1;
          reached := e.sequence;
          hash := e.hash;
        end loop;
      end $$;

      drop function book_one_unit;
      ${bookOneUnit(
        ', p_traceparent text default null, p_address inet default null, p_via_kind text default null, p_via_id text default null',
        {
          columns: ', traceparent, address, via_kind, via_id',
          values: ', p_traceparent, p_address, p_via_kind, p_via_id',
        },
      )}
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function book_one_unit;
      ${bookOneUnit('', { columns: '', values: '' })}
      drop function follow_chain;
      drop function event_hash(bytea, event, bytea);
      create function event_hash(before bytea, e event) returns bytea language sql stable
        return sha256(before || convert_to(jsonb_build_object(
          'id', e.id, 'org', e.org_id, 'sequence', e.sequence, 'type', e.type, 'subject', e.subject_kind || '/' || e.subject_id,
          'actor', e.actor_id, 'request', e.request_id, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'data', e.data)::text, 'UTF8'));
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
      create or replace function redact_events(p_org uuid, p_account uuid, p_theirs uuid[], p_words text[], out redacted integer, out digest text)
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
      drop function event_said;
      alter table event_redaction drop column said;
      drop index event_erasures;
      alter table event drop column form, drop column traceparent, drop column address, drop column via_kind, drop column via_id, drop column on_behalf_of;
    `);
  }
}

/** The booking statement, with the parameters that come last and what the event has of them. */
const bookOneUnit = (parameters: string, origin: { readonly columns: string; readonly values: string }): string => `
  create function book_one_unit(
    p_org uuid, p_resource uuid, p_version integer, p_epoch bigint,
    p_id uuid, p_organizer uuid, p_status text, p_title text, p_description text,
    p_start timestamptz, p_end timestamptz, p_zone text, p_private boolean, p_attendees integer,
    p_held_from timestamptz, p_held_to timestamptz, p_hold_until timestamptz,
    p_event_id uuid, p_event_type text, p_event_data jsonb, p_request_id text,
    p_key text, p_fingerprint bytea, p_result jsonb, p_now timestamptz${parameters}
  ) returns boolean language plpgsql as $$
  begin
    perform set_config('app.org', p_org::text, true);

    with leaf as materialized (
      select r.id from resource r
      join organization o on o.id = r.org_id
      where r.org_id = p_org and r.id = p_resource and r.version = p_version and r.units = 1 and o.epoch = p_epoch
    ), taken as (
      insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id, hold_until)
      select p_org, id, 1, p_held_from, p_held_to, p_id, p_hold_until from leaf
      on conflict do nothing
      returning leaf_id
    ), booked as (
      insert into reservation (id, org_id, organizer_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, hold_until, created_at, updated_at)
      select p_id, p_org, p_organizer, p_status, p_title, p_description, p_start, p_end, p_zone, p_private, p_attendees, p_hold_until, p_now, p_now from taken
      returning id
    ), listed as (
      insert into reservation_item (org_id, reservation_id, resource_id, quantity, partstat, held_from, held_to)
      select p_org, booked.id, p_resource, 1, case p_status when 'confirmed' then 'ACCEPTED' else 'TENTATIVE' end, p_held_from, p_held_to from booked
    ), told as (
      insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data${origin.columns})
      select p_event_id, p_org, p_event_type, 'reservations', booked.id, p_organizer, p_request_id, p_event_data${origin.values} from booked
    )
    insert into idempotency (org_id, account_id, key, fingerprint, result, created_at)
    select p_org, p_organizer, p_key, p_fingerprint, p_result, p_now from booked where p_key is not null;

    return exists (select from occupancy where reservation_id = p_id);
  end $$;
`;
