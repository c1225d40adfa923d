import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Berth } from './berth';

/** Fills a set-up Berth past what requests could do in a test, straight in its database. */
export async function crowd(berth: Berth, size: { resources: number; days: number; bookingsADay: number; from: string }): Promise<number> {
  const client = new Client({ connectionString: databaseOf(berth) });
  await client.connect();
  try {
    await client.query(`
      insert into site (id, org_id, name, time_zone, created_at)
      select gen_random_uuid(), id, 'Crowded house', 'Europe/Berlin', now() from organization`);
    await client.query(`
      insert into resource (id, org_id, type_id, site_id, name, capacity, created_at, updated_at)
      select gen_random_uuid(), o.id, (select id from resource_type t where t.org_id = o.id order by is_default desc limit 1),
             (select id from site s where s.org_id = o.id and s.name = 'Crowded house'), 'Room ' || to_char(n, 'FM0000'), 2 + n % 12, now(), now()
      from organization o, generate_series(1, ${size.resources}) n`);
    await client.query(
      'insert into resource_leaf (org_id, resource_id, leaf_id) select org_id, id, id from resource on conflict do nothing',
    );
    const { rowCount } = await client.query(
      `with wanted as materialized (
         select gen_random_uuid() as id, r.org_id, r.id as resource_id, (select id from account a where a.org_id = r.org_id limit 1) as organizer_id,
                $1::date + d + make_interval(hours => 7 + 2 * b) as s
         from resource r, generate_series(0, ${size.days - 1}) d, generate_series(0, ${size.bookingsADay - 1}) b
         where hashtext(r.name || d || b) % 7 <> 0
       ), booked as (
         insert into reservation (id, org_id, organizer_id, status, title, starts_at, ends_at, time_zone, created_at, updated_at)
         select id, org_id, organizer_id, 'confirmed', 'Team ' || left(id::text, 4), s, s + interval '90 minutes', 'Europe/Berlin', now(), now() from wanted
       )
       insert into reservation_item (org_id, reservation_id, resource_id, partstat, held_from, held_to)
       select org_id, id, resource_id, 'ACCEPTED', s, s + interval '90 minutes' from wanted`,
      [size.from],
    );
    await client.query(`insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id)
      select org_id, resource_id, 1, held_from, held_to, reservation_id from reservation_item`);
    await client.query('analyze');
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** The embedded server says in its own files where it lies, when another account runs it, and where it listens. */
function databaseOf(berth: Berth): string {
  const password = readFileSync(join(berth.dataDir, 'postgres.password'), 'utf8').trim();
  const elsewhere = join(berth.dataDir, 'postgres.location');
  const home = existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8').trim() : berth.dataDir;
  const [, , , port] = readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  return `postgres://postgres:${password}@127.0.0.1:${port}/berth`;
}
