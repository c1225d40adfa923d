import type { Sql } from '@berth/platform/database';

/** A reservation with what its people are told of it. */
export interface Booking {
  readonly id: string;
  readonly org_id: string;
  readonly organizer_id: string;
  readonly organizer_name: string;
  readonly booked_by_id: string | null;
  readonly series_id: string | null;
  readonly recurrence_id: Date | null;
  readonly status: string;
  readonly title: string | null;
  readonly private: boolean;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly time_zone: string;
  readonly check_in_by: Date | null;
  readonly undo_until: Date | null;
  readonly version: number;
  readonly resource_ids: string[];
  readonly resource_names: string;
}

/** Reservations as they are now, by id. */
export async function readBookings(db: Sql, ids: readonly string[]): Promise<Map<string, Booking>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<Booking>`
    select r.id, r.org_id, r.organizer_id, a.display_name as organizer_name, r.booked_by_id, r.series_id, r.recurrence_id, r.status, r.title, r.private,
           r.starts_at, r.ends_at, r.time_zone, r.check_in_by, r.undo_until, r.version,
           array(select i.resource_id::text from reservation_item i where i.reservation_id = r.id) as resource_ids,
           (select coalesce(string_agg(x.name, ', ' order by x.name), '') from reservation_item i join resource x on x.id = i.resource_id
            where i.reservation_id = r.id) as resource_names
    from reservation r join account a on a.org_id = r.org_id and a.id = r.organizer_id
    where r.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((it) => [it.id, it]));
}

/** Names of people by id, whoever they are. */
export async function readNames(db: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<{ id: string; name: string }>`
    select id, display_name as name from account where id = any(${[...new Set(ids)]}::uuid[])`;
  return new Map(rows.map((it) => [it.id, it.name]));
}

/** Names of resources by id. */
export async function readResourceNames(db: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<{ id: string; name: string }>`select id, name from resource where id = any(${[...new Set(ids)]}::uuid[])`;
  return new Map(rows.map((it) => [it.id, it.name]));
}
