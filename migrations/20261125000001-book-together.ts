import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Several bookings in one statement (ADR 0048): each what `book_one_unit` does, those that find no room left out. They are taken in one
 * order everywhere, and none waits for long: who has to wait does so alone, in `book_one_unit`.
 */
export class BookTogether20261125000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function book_together(p_org uuid, p_claims json) returns uuid[] language plpgsql set enable_seqscan = off set lock_timeout = '50ms' as $$
      declare
        booked uuid[];
      begin
        perform set_config('app.org', p_org::text, true);

        with claim as materialized (
          select * from json_to_recordset(p_claims) as c(
            resource uuid, version integer, epoch bigint,
            id uuid, organizer uuid, status text, title text, description text,
            starts_at timestamptz, ends_at timestamptz, zone text, private boolean, attendees integer,
            held_from timestamptz, held_to timestamptz, hold_until timestamptz,
            event_id uuid, event_type text, event_data jsonb, request_id text,
            key text, fingerprint bytea, result jsonb, now timestamptz,
            traceparent text, address inet, via_kind text, via_id text)
        ), leaf as materialized (
          select c.* from claim c
          join resource r on r.org_id = p_org and r.id = c.resource and r.version = c.version and r.units = 1
          join organization o on o.id = r.org_id and o.epoch = c.epoch
        ), taken as (
          insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id, hold_until)
          select p_org, resource, 1, held_from, held_to, id, hold_until from leaf order by resource, held_from
          on conflict do nothing
          returning reservation_id
        ), placed as materialized (
          select leaf.* from taken join leaf on leaf.id = taken.reservation_id
        ), reserved as (
          insert into reservation (id, org_id, organizer_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, hold_until, created_at, updated_at)
          select id, p_org, organizer, status, title, description, starts_at, ends_at, zone, private, attendees, hold_until, now, now from placed
        ), listed as (
          insert into reservation_item (org_id, reservation_id, resource_id, quantity, partstat, held_from, held_to)
          select p_org, id, resource, 1, case status when 'confirmed' then 'ACCEPTED' else 'TENTATIVE' end, held_from, held_to from placed
        ), told as (
          insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data, traceparent, address, via_kind, via_id)
          select event_id, p_org, event_type, 'reservations', id, organizer, request_id, event_data, traceparent, address, via_kind, via_id from placed
        ), kept as (
          insert into idempotency (org_id, account_id, key, fingerprint, result, created_at)
          select p_org, organizer, key, fingerprint, result, now from placed where key is not null
        )
        select array_agg(id) into booked from placed;

        return booked;
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop function book_together');
  }
}
