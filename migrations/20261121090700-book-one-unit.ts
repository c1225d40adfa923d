import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The booking statement: one unit of one leaf, judged beforehand, booked in one round trip.
 *
 * It is a function so that the organization is set locally in the same round trip (row security stands on the hot path too).
 * `on conflict do nothing` waits for a rival that is still deciding and then yields no row, so it cannot deadlock and
 * never raises; `occupancy_no_overlap` stays the proof, whoever writes.
 */
export class BookOneUnit20261121090700 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function book_one_unit(
        p_org uuid, p_resource uuid, p_version integer, p_epoch bigint,
        p_id uuid, p_organizer uuid, p_status text, p_title text, p_description text,
        p_start timestamptz, p_end timestamptz, p_zone text, p_private boolean, p_attendees integer,
        p_held_from timestamptz, p_held_to timestamptz, p_hold_until timestamptz,
        p_event_id uuid, p_event_type text, p_event_data jsonb, p_request_id text,
        p_key text, p_fingerprint bytea, p_result jsonb, p_now timestamptz
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
          insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data)
          select p_event_id, p_org, p_event_type, 'reservations', booked.id, p_organizer, p_request_id, p_event_data from booked
        )
        insert into idempotency (org_id, account_id, key, fingerprint, result, created_at)
        select p_org, p_organizer, p_key, p_fingerprint, p_result, p_now from booked where p_key is not null;

        return exists (select from occupancy where reservation_id = p_id);
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop function book_one_unit`);
  }
}
