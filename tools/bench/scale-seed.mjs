/** Fills a database with as many reservations as a large organization has: 20 % of the resources take 60 % of them. */
import pg from 'pg';

const TABLES = ['reservation', 'reservation_item', 'occupancy'];
const DAYS = 365;
const SLOTS_A_DAY = 20;
const FIRST_HOUR = 8;

/**
 * Half-hour reservations between 08:00 and 18:00 UTC of the year that begins on `firstDay`, the same for the same figures. Written as plain
 * rows: constraints and indexes are taken off first and built again over the whole, so the guard looks at every row.
 * @param {{url: string, superuserUrl: string, resources: number, reservations: number, firstDay: Date}} wish superuserUrl of the same database
 */
export async function seed({ superuserUrl, resources, reservations, firstDay }) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(
      `set session_replication_role = replica; set maintenance_work_mem = '768MB'; set synchronous_commit = off; set timezone = 'UTC'`,
    );
    const { rows } = await client.query(
      'select o.id as org, a.id as account, r.type_id as type from organization o join account a on a.org_id = o.id, resource r limit 1',
    );
    const [{ org, account, type }] = rows;
    await client.query(`update organization set policy = policy || '{"horizon": "P500D"}', epoch = epoch + 1 where id = $1`, [org]);
    await addPlacesAndResources(client, { org, type, resources });
    const rebuild = await takeOff(client);
    await addReservations(client, { org, account, resources, reservations, firstDay });
    for (const statement of rebuild) await client.query(statement);
    await client.query('drop table bench_claim');
    // As autovacuum does after so many insertions.
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function addPlacesAndResources(client, { org, type, resources }) {
  await client.query(
    `insert into site (id, org_id, name, time_zone, created_at) select uuidv7(), $1, 'Site ' || lpad(i::text, 2, '0'), 'UTC', now() from generate_series(1, 20) i`,
    [org],
  );
  const { rows } = await client.query('select count(*)::int as there from resource');
  await client.query(
    `insert into resource (id, org_id, type_id, site_id, name, capacity, tags, time_zone, created_at, updated_at)
     select uuidv7(), $1, $2, s.id, 'Room ' || lpad(i::text, 5, '0'), 2 + (i * 7) % 30, array['tag-' || i % 20, 'half-' || i % 2], 'UTC', now(), now()
     from generate_series($3::int + 1, $4::int) i
     join (select id, row_number() over (order by name) - 1 as n from site where org_id = $1) s on s.n = i % 20`,
    [org, type, rows[0].there, resources],
  );
  await client.query('insert into resource_leaf (org_id, resource_id, leaf_id) select org_id, id, id from resource on conflict do nothing');
}

/** Drops what makes inserting dear. @returns {Promise<string[]>} the statements that put it back */
async function takeOff(client) {
  const { rows: constraints } = await client.query(
    `select conrelid::regclass as "table", conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = any($1::regclass[]) and contype = 'x'`,
    [TABLES],
  );
  const { rows: indexes } = await client.query(
    `select i.indexrelid::regclass as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [TABLES],
  );
  for (const it of constraints) await client.query(`alter table ${it.table} drop constraint ${it.name}`);
  for (const it of indexes) await client.query(`drop index ${it.name}`);
  return [
    ...indexes.map((it) => it.definition),
    ...constraints.map((it) => `alter table ${it.table} add constraint ${it.name} ${it.definition}`),
  ];
}

async function addReservations(client, { org, account, resources, reservations, firstDay }) {
  const slots = DAYS * SLOTS_A_DAY;
  const busy = Math.min(slots, Math.round((3 * reservations) / resources));
  const quiet = Math.min(slots, Math.round(reservations / (2 * resources)));
  await client.query(
    `create unlogged table bench_claim as
     select uuidv7() as id, r.id as resource, $1::timestamptz + slot / $2 * interval '1 day' + ($3 * 60 + slot % $2 * 30) * interval '1 minute' as s
     from (select id, row_number() over (order by id) as i from resource) r
     cross join lateral (select case when r.i % 5 = 0 then $4::int else $5::int end as n) load
     cross join lateral generate_series(0, load.n - 1) j
     cross join lateral (select (j::bigint * $6 / load.n)::int + abs(hashint8(r.i * 100003 + j)) % greatest(1, $6 / load.n) as slot) at`,
    [firstDay, SLOTS_A_DAY, FIRST_HOUR, busy, quiet, slots].map((it) => it),
  );
  await client.query(
    `insert into reservation (id, org_id, organizer_id, status, title, starts_at, ends_at, time_zone, created_at, updated_at)
     select id, $1, $2, 'confirmed', 'Bench', s, s + interval '30 minutes', 'UTC', now(), now() from bench_claim`,
    [org, account],
  );
  await client.query(
    `insert into reservation_item (org_id, reservation_id, resource_id, partstat, held_from, held_to)
     select $1, id, resource, 'ACCEPTED', s, s + interval '30 minutes' from bench_claim`,
    [org],
  );
  await client.query(
    `insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id) select $1, resource, 1, s, s + interval '30 minutes', id from bench_claim`,
    [org],
  );
}
