import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows of the start data are known as demo; all of them can be taken away at once and come back as they were. What was
 * taken away stands in `demo_removed_row`, whole, so that no query has to leave it out and its names and times are free.
 */
export class DemoData20261121205001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(marks);
    await db.query(whatGoes);
    await db.query(removal);
    await db.query(restoration);
    await db.query(earlierDemos);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function restore_demo, remove_demo, demo_going, mark_demo;
      drop procedure set_aside_demo;
      drop table demo_removed_row;
      alter table organization drop constraint organization_demo_here_or_removed, drop column demo_undo_until;
      alter table waitlist_entry drop column demo;
      alter table blackout drop column demo;
      alter table reservation drop column demo;
      alter table series drop column demo;
      alter table resource drop column demo;
      alter table resource_type drop column demo;
      alter table room drop column demo;
      alter table floor drop column demo;
      alter table site drop column demo;
      alter table account drop column demo;
    `);
  }
}

const marks = `
  alter table account add column demo boolean not null default false;
  alter table site add column demo boolean not null default false;
  alter table floor add column demo boolean not null default false;
  alter table room add column demo boolean not null default false;
  alter table resource_type add column demo boolean not null default false;
  alter table resource add column demo boolean not null default false;
  alter table series add column demo boolean not null default false;
  alter table reservation add column demo boolean not null default false;
  alter table blackout add column demo boolean not null default false;
  alter table waitlist_entry add column demo boolean not null default false;
  alter table organization
    add column demo_undo_until timestamptz,
    add constraint organization_demo_here_or_removed check (not demo or demo_undo_until is null);

  create table demo_removed_row (
    org_id     uuid not null references organization,
    place      bigint generated always as identity,
    table_name text not null,
    stays      boolean not null,
    content    jsonb not null,
    constraint demo_removed_row_pkey primary key (org_id, place)
  );
  call guard_by_organization('demo_removed_row');

  comment on column account.demo is 'Of the start data: goes when the demo data is removed. What belongs to a marked row goes with it.';
  comment on column organization.demo is 'Demo data is there.';
  comment on column organization.demo_undo_until is 'The demo data was removed and can come back until then; the worker forgets it afterwards.';
  comment on table demo_removed_row is 'Demo data that was removed and may still come back: whole rows, until the worker forgets them.';
  comment on column demo_removed_row.stays is 'The row was not deleted, as something that is no demo needs it; it only lost its mark.';

  create function mark_demo(p_org uuid, p_admin uuid, p_own_types uuid[]) returns void language sql as $$
    update account a set demo = true
    where a.org_id = p_org and a.id <> p_admin and not exists (select from session s where s.org_id = p_org and s.account_id = a.id);
    update site set demo = true where org_id = p_org;
    update floor set demo = true where org_id = p_org;
    update room set demo = true where org_id = p_org;
    update resource_type set demo = true where org_id = p_org and id <> all (p_own_types);
    update resource set demo = true where org_id = p_org;
    update series set demo = true where org_id = p_org;
    update reservation set demo = true where org_id = p_org;
    update blackout set demo = true where org_id = p_org;
    update waitlist_entry set demo = true where org_id = p_org;
  $$;
  comment on function mark_demo is 'Marks what stands in an organization when its start data is complete: all but the first administrator, people who came by themselves, and the types asked for.';
`;

const whatGoes = `
  create function demo_going(p_org uuid, p_actor uuid, p_keeps_own boolean) returns table (kind text, id uuid) language sql stable as $$
    with recursive guest as (
      select a.id from account a where a.org_id = p_org and a.demo and a.id <> p_actor
    ), own_claim as (
      select i.resource_id
      from reservation v
      join reservation_item i on i.reservation_id = v.id
      left join series s on s.id = v.series_id and s.cancelled_at is null
      where v.org_id = p_org and not v.demo and v.organizer_id not in (select id from guest)
        and (v.status in ('pending', 'confirmed', 'checked_in', 'completed', 'no_show') or s.id is not null)
      union
      select i.resource_id from series s join series_item i on i.series_id = s.id
      where s.org_id = p_org and not s.demo and s.cancelled_at is null and s.organizer_id not in (select id from guest)
      union
      select w.resource_id from waitlist_entry w
      where w.org_id = p_org and not w.demo and w.status in ('waiting', 'offered') and w.account_id not in (select id from guest)
    ), staying as (
      select r.id, r.parent_id from resource r
      where r.org_id = p_org and (not r.demo or (p_keeps_own and r.id in (select resource_id from own_claim)))
      union
      select r.id, r.parent_id from resource r join staying s on r.id = s.parent_id or r.parent_id = s.id where r.org_id = p_org
    ), lasting as (
      select r.* from resource r where r.org_id = p_org and (not r.demo or r.id in (select id from staying))
    ), going_resource as (
      select r.id from resource r where r.org_id = p_org and r.demo and r.id not in (select id from staying)
    ), going_series as (
      select s.id from series s
      where s.org_id = p_org
        and (s.demo or s.organizer_id in (select id from guest)
          or exists (select from series_item i where i.series_id = s.id and i.resource_id in (select id from going_resource)))
    ), going_reservation as (
      select v.id from reservation v
      where v.org_id = p_org
        and (v.demo or v.organizer_id in (select id from guest) or v.series_id in (select id from going_series)
          or exists (select from reservation_item i where i.reservation_id = v.id and i.resource_id in (select id from going_resource)))
    ), going_room as (
      select m.id from room m where m.org_id = p_org and m.demo and not exists (select from lasting r where r.room_id = m.id)
    ), going_floor as (
      select f.id from floor f
      where f.org_id = p_org and f.demo and not exists (select from lasting r where r.floor_id = f.id)
        and not exists (select from room m where m.floor_id = f.id and m.id not in (select id from going_room))
    ), going_site as (
      select s.id from site s
      where s.org_id = p_org and s.demo and not exists (select from lasting r where r.site_id = s.id)
        and not exists (select from floor f where f.site_id = s.id and f.id not in (select id from going_floor))
    ), going_type as (
      select t.id from resource_type t where t.org_id = p_org and t.demo and not exists (select from lasting r where r.type_id = t.id)
    ), lasting_policy as (
      select policy::text from organization where id = p_org
      union all select policy::text from site where org_id = p_org and id not in (select id from going_site)
      union all select policy::text from resource_type where org_id = p_org and id not in (select id from going_type)
      union all select policy::text from lasting
    ), needed as (
      select unnest(array[q.requested_by, q.decided_by]) as id from approval_request q
      where q.org_id = p_org and q.reservation_id not in (select id from going_reservation)
      union all
      select g.id from guest g where exists (select from lasting_policy p where p.policy like '%' || g.id || '%')
    ), going_account as (
      select g.id from guest g where not exists (select from needed n where n.id = g.id)
    )
    select 'account', id from going_account
    union all select 'site', id from going_site
    union all select 'floor', id from going_floor
    union all select 'room', id from going_room
    union all select 'resource_type', id from going_type
    union all select 'resource', id from going_resource
    union all select 'series', id from going_series
    union all select 'reservation', id from going_reservation
    union all
    select 'waitlist_entry', w.id from waitlist_entry w
    where w.org_id = p_org
      and (w.demo or w.account_id in (select id from guest) or w.resource_id in (select id from going_resource)
        or w.reservation_id in (select id from going_reservation) or w.hold_id in (select id from going_reservation)
        or w.occurrence_id in (select id from going_reservation))
    union all
    select 'blackout', b.id from blackout b
    where b.org_id = p_org
      and (b.demo or b.resource_id in (select id from going_resource) or b.site_id in (select id from going_site))
  $$;
  comment on function demo_going is 'Rows that go when the demo data is removed. Demo rows stay where something that is no demo needs them; p_keeps_own: bookings people made themselves are such.';
`;

const removal = `
  create procedure set_aside_demo(p_org uuid, p_table name, p_rows text, p_ids uuid[]) language plpgsql as $$
    begin
      execute format(
        'with gone as (delete from %1$I t where t.org_id = $1 and %2$s returning to_jsonb(t) as content)
         insert into demo_removed_row (org_id, table_name, stays, content) select $1, %1$L, false, content from gone',
        p_table, p_rows) using p_org, p_ids;
    end $$;
  revoke execute on procedure set_aside_demo from public;
  comment on procedure set_aside_demo is 'Takes rows of one table away and keeps them; the condition on p_ids ($2) is text of remove_demo.';

  create function remove_demo(p_org uuid, p_actor uuid, p_keeps_own boolean, p_undo_until timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      accounts uuid[]; sites uuid[]; floors uuid[]; rooms uuid[]; types uuid[]; resources uuid[]; rows_of uuid[]; reservations uuid[];
      entries uuid[]; blackouts uuid[];
      marked name;
    begin
      if p_org is distinct from current_org() then
        raise insufficient_privilege using message = 'the demo data of another organization';
      end if;
      -- Who books one of these at this moment waits here, and then finds it gone.
      perform from resource where org_id = p_org and demo order by id for update;
      perform from account where org_id = p_org and demo order by id for update;

      select array_agg(it.id) filter (where it.kind = 'account'), array_agg(it.id) filter (where it.kind = 'site'),
             array_agg(it.id) filter (where it.kind = 'floor'), array_agg(it.id) filter (where it.kind = 'room'),
             array_agg(it.id) filter (where it.kind = 'resource_type'), array_agg(it.id) filter (where it.kind = 'resource'),
             array_agg(it.id) filter (where it.kind = 'series'), array_agg(it.id) filter (where it.kind = 'reservation'),
             array_agg(it.id) filter (where it.kind = 'waitlist_entry'), array_agg(it.id) filter (where it.kind = 'blackout')
      into accounts, sites, floors, rooms, types, resources, rows_of, reservations, entries, blackouts
      from demo_going(p_org, p_actor, p_keeps_own) as it;

      -- Each table after those that point at it; restore_demo goes the other way.
      call set_aside_demo(p_org, 'waitlist_entry', 't.id = any ($2)', entries);
      call set_aside_demo(p_org, 'approval_approver', 't.request_id in (select q.id from approval_request q where q.reservation_id = any ($2))', reservations);
      call set_aside_demo(p_org, 'approval_approver', '(t.account_id = any ($2) or t.delegated_by = any ($2))', accounts);
      call set_aside_demo(p_org, 'approval_request', 't.reservation_id = any ($2)', reservations);
      call set_aside_demo(p_org, 'occupancy', 't.reservation_id = any ($2)', reservations);
      call set_aside_demo(p_org, 'reservation_item', 't.reservation_id = any ($2)', reservations);
      call set_aside_demo(p_org, 'reservation', 't.id = any ($2)', reservations);
      call set_aside_demo(p_org, 'series_item', 't.series_id = any ($2)', rows_of);
      update series set split_from_id = null where org_id = p_org and split_from_id = any (rows_of) and id <> all (rows_of);
      call set_aside_demo(p_org, 'series', 't.id = any ($2)', rows_of);
      update reservation set booked_by_id = null where org_id = p_org and booked_by_id = any (accounts);
      update series set booked_by_id = null where org_id = p_org and booked_by_id = any (accounts);
      delete from waitlist_opening where org_id = p_org and resource_id = any (resources);
      call set_aside_demo(p_org, 'favourite', 't.resource_id = any ($2)', resources);
      call set_aside_demo(p_org, 'favourite', 't.account_id = any ($2)', accounts);
      call set_aside_demo(p_org, 'saved_search', 't.account_id = any ($2)', accounts);
      call set_aside_demo(p_org, 'blackout', 't.id = any ($2)', blackouts);
      call set_aside_demo(p_org, 'resource_leaf', 't.resource_id = any ($2)', resources);
      call set_aside_demo(p_org, 'resource', 't.id = any ($2)', resources);
      call set_aside_demo(p_org, 'room', 't.id = any ($2)', rooms);
      call set_aside_demo(p_org, 'floor', 't.id = any ($2)', floors);
      call set_aside_demo(p_org, 'site', 't.id = any ($2)', sites);
      call set_aside_demo(p_org, 'resource_type', 't.id = any ($2)', types);
      -- Sign-ins, tickets and jobs of these people end here and do not come back.
      call set_aside_demo(p_org, 'account', 't.id = any ($2)', accounts);

      foreach marked in array array['site', 'floor', 'room', 'resource_type', 'resource', 'account'] loop
        execute format(
          'with kept as (select to_jsonb(t) as content from %1$I t where t.org_id = $1 and t.demo)
           insert into demo_removed_row (org_id, table_name, stays, content) select $1, %1$L, true, content from kept', marked) using p_org;
        execute format('update %I set demo = false where org_id = $1 and demo', marked) using p_org;
      end loop;
      -- The password of the demo people is no secret: who of them stays cannot sign in with it.
      update account set password_hash = null
      where org_id = p_org and id <> p_actor
        and id in (select (content ->> 'id')::uuid from demo_removed_row where org_id = p_org and table_name = 'account' and stays);
      update organization set demo = false, demo_undo_until = p_undo_until, epoch = epoch + 1 where id = p_org;
    end $$;
  revoke execute on function remove_demo from public;
  grant execute on function remove_demo to berth_app;
  comment on function remove_demo is 'Takes the demo data away, with the rights of the owner: no role of the server may delete a person or a resource.';
`;

const restoration = `
  create function restore_demo(p_org uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      lost uuid[];
      back name;
      columns text;
    begin
      if p_org is distinct from current_org() then
        raise insufficient_privilege using message = 'the demo data of another organization';
      end if;
      -- On resources that stayed somebody may have booked in between: that stands, and the demo booking is lost.
      perform from resource
      where org_id = p_org and id in (select (content ->> 'leaf_id')::uuid from demo_removed_row where org_id = p_org and table_name = 'occupancy')
      order by id for update;
      select array_agg(distinct (d.content ->> 'reservation_id')::uuid) into lost
      from demo_removed_row d
      join occupancy o on o.leaf_id = (d.content ->> 'leaf_id')::uuid and o.lane = (d.content ->> 'lane')::smallint
        and tstzrange(o.s, o.e) && tstzrange((d.content ->> 's')::timestamptz, (d.content ->> 'e')::timestamptz)
      where d.org_id = p_org and d.table_name = 'occupancy';
      delete from demo_removed_row d
      where d.org_id = p_org and d.table_name = 'approval_approver'
        and d.content ->> 'request_id' in (
          select q.content ->> 'id' from demo_removed_row q
          where q.org_id = p_org and q.table_name = 'approval_request' and (q.content ->> 'reservation_id')::uuid = any (lost));
      delete from demo_removed_row d
      where d.org_id = p_org
        and ((d.content ->> 'reservation_id')::uuid = any (lost) or (d.content ->> 'hold_id')::uuid = any (lost)
          or (d.content ->> 'occurrence_id')::uuid = any (lost)
          or (d.table_name = 'reservation' and (d.content ->> 'id')::uuid = any (lost)));

      foreach back in array array['account', 'resource_type', 'site', 'floor', 'room', 'resource', 'resource_leaf', 'blackout', 'saved_search',
          'favourite', 'series', 'series_item', 'reservation', 'reservation_item', 'occupancy', 'approval_request', 'approval_approver', 'waitlist_entry'] loop
        -- A column that came with a later release has its default.
        select string_agg(quote_ident(a.attname), ', ') into columns
        from pg_attribute a
        where a.attrelid = back::text::regclass and a.attnum > 0 and not a.attisdropped
          and exists (select from demo_removed_row d where d.org_id = p_org and d.table_name = back and d.content ? a.attname);
        continue when columns is null;
        execute format(
          'insert into %1$I (%2$s) overriding system value
           select %2$s from jsonb_populate_recordset(null::%1$I, (select jsonb_agg(content order by place) from demo_removed_row where org_id = $1 and table_name = %1$L and not stays))',
          back, columns) using p_org;
        continue when back <> all (array['account', 'resource_type', 'site', 'floor', 'room', 'resource']);
        execute format(
          'update %1$I set demo = true
           where org_id = $1 and id in (select (content ->> ''id'')::uuid from demo_removed_row where org_id = $1 and table_name = %1$L and stays)',
          back) using p_org;
      end loop;
      update account a set password_hash = d.content ->> 'password_hash'
      from demo_removed_row d
      where d.org_id = p_org and d.table_name = 'account' and d.stays and a.id = (d.content ->> 'id')::uuid and a.password_hash is null;
      delete from demo_removed_row where org_id = p_org;
      update organization set demo = true, demo_undo_until = null, epoch = epoch + 1 where id = p_org;
    end $$;
  revoke execute on function restore_demo from public;
  grant execute on function restore_demo to berth_app;
  comment on function restore_demo is 'Brings back what remove_demo took away, as it was.';
`;

/** Organizations made with the demo before its rows had marks: its requests told of themselves as such. */
const earlierDemos = `
  update account a set demo = true from organization o
  where o.id = a.org_id and o.demo and a.role = 'user' and a.email like '%@acme.example'
    and not exists (select from event e where e.org_id = a.org_id and e.subject_id = a.id and e.type = 'user.created');
  update site t set demo = true from organization o where o.id = t.org_id and o.demo
    and exists (select from event e where e.org_id = t.org_id and e.subject_id = t.id and e.request_id = 'demo');
  update floor t set demo = true from organization o where o.id = t.org_id and o.demo
    and exists (select from event e where e.org_id = t.org_id and e.subject_id = t.id and e.request_id = 'demo');
  update resource_type t set demo = true from organization o where o.id = t.org_id and o.demo
    and exists (select from event e where e.org_id = t.org_id and e.subject_id = t.id and e.request_id = 'demo');
  update resource t set demo = true from organization o where o.id = t.org_id and o.demo
    and exists (select from event e where e.org_id = t.org_id and e.subject_id = t.id and e.request_id = 'demo');
  update reservation t set demo = true from organization o where o.id = t.org_id and o.demo
    and exists (select from event e where e.org_id = t.org_id and e.subject_id = t.id and e.request_id = 'demo');
`;
