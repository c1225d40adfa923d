import pg from 'pg';

const SECRET = 'Foreign-Secret';

/**
 * Puts a second organization with one of everything into the database, as its owner: the API has no way to make one.
 * @param {string} databaseUrl of the owner
 * @returns {Promise<{foreign: Partial<Record<import('./scene.mjs').Kind, string[]>>, secrets: string[]}>}
 */
export async function foreignOrganization(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const stamp = Date.now().toString(36);
  try {
    const add = async (text, values = []) => (await client.query(text, values)).rows[0].id;
    const id = 'gen_random_uuid()';
    const org = await add(
      `insert into organization (id, name, time_zone, created_at) values (${id}, '${SECRET} Org', 'UTC', now()) returning id`,
    );
    const user = await add(
      `insert into account (id, org_id, username, email, display_name, role, created_at) values (${id}, $1, $2, $3, '${SECRET} Person', 'admin', now()) returning id`,
      [org, `foreign-${stamp}`, `foreign-${stamp}@example.org`],
    );
    const site = await add(
      `insert into site (id, org_id, name, country_code, time_zone, created_at) values (${id}, $1, '${SECRET} Site', 'FR', 'UTC', now()) returning id`,
      [org],
    );
    const floor = await add(
      `insert into floor (id, org_id, site_id, name, created_at) values (${id}, $1, $2, '${SECRET} Floor', now()) returning id`,
      [org, site],
    );
    const room = await add(
      `insert into room (id, org_id, floor_id, name, created_at) values (${id}, $1, $2, '${SECRET} Room', now()) returning id`,
      [org, floor],
    );
    const type = await add(
      `insert into resource_type (id, org_id, key, name, cutype, created_at) values (${id}, $1, 'foreign', '${SECRET} Type', 'ROOM', now()) returning id`,
      [org],
    );
    const resource = await add(
      `insert into resource (id, org_id, type_id, site_id, name, tags, created_at, updated_at) values (${id}, $1, $2, $3, '${SECRET} Resource', array['${SECRET}'], now(), now()) returning id`,
      [org, type, site],
    );
    await client.query(`insert into resource_leaf (org_id, resource_id, leaf_id) values ($1, $2, $2)`, [org, resource]);
    const reservations = [];
    for (const status of ['confirmed', 'held']) {
      const reservation = await add(
        `insert into reservation (id, org_id, organizer_id, status, title, starts_at, ends_at, time_zone, hold_until, created_at, updated_at)
        values (${id}, $1, $2, $3, '${SECRET} Title', now() + interval '5 days', now() + interval '5 days 1 hour', 'UTC', case $3 when 'held' then now() + interval '1 day' end, now(), now()) returning id`,
        [org, user, status],
      );
      await client.query(
        `insert into reservation_item (org_id, reservation_id, resource_id, partstat, held_from, held_to) select org_id, id, $2, 'ACCEPTED', starts_at, ends_at from reservation where id = $1`,
        [reservation, resource],
      );
      reservations.push(reservation);
    }
    const [confirmed, held] = reservations;
    const foreign = {
      users: [user],
      sites: [site],
      floors: [floor],
      rooms: [room],
      types: [type],
      resources: [resource],
      reservations: [confirmed],
      holds: [held],
    };
    return { foreign, secrets: [SECRET] };
  } finally {
    await client.end();
  }
}
