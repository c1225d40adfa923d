import { createHash } from 'node:crypto';
import pg from 'pg';

/** Tables that change by themselves: what sign-ins write, and the count of wrong passwords. Of events only the number counts. */
const RESTLESS = new Set(['session', 'sign_in_lockout', 'signing_key', 'stream_ticket', 'schema_migration']);
const COUNTED = new Set(['event', 'idempotency']);

/**
 * A cheap fingerprint of the whole database: rows and a sum of their hashes for each table.
 * @param {string} url of the owner, whom row security does not bind
 */
export async function databaseState(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`select tablename as name from pg_tables where schemaname = current_schema() order by 1`);
  const tables = rows.map((row) => row.name).filter((name) => !RESTLESS.has(name));
  const sums = tables.map(
    (name) =>
      `select '${name}' as name, count(*)::text as rows, ${COUNTED.has(name) ? `''` : `coalesce(sum(hashtextextended(t::text, 0)), 0)::text`} as sum from "${name}" t`,
  );
  const statement = { name: 'state', text: sums.join(' union all ') };
  let known = { next: '', text: '' };
  /** The next transaction number: as long as it stands, nobody has written anything. */
  const nextTransaction = async () =>
    (await client.query({ name: 'next', text: 'select pg_snapshot_xmax(pg_current_snapshot())::text as next' })).rows[0].next;
  return {
    read: async () => {
      const next = await nextTransaction();
      if (next === known.next) return known.text;
      const { rows: lines } = await client.query(statement);
      known = { next, text: lines.map(({ name, rows: count, sum }) => `${name} ${count} ${sum}`).join('\n') };
      return known.text;
    },
    eventsOf: async (requestId) =>
      (await client.query({ name: 'events', text: 'select count(*)::int as n from event where request_id = $1', values: [requestId] }))
        .rows[0].n,
    close: () => client.end(),
  };
}

/**
 * The same through the API, for a server whose database is out of reach: hashes of the lists.
 * @param {{must: (method: string, path: string) => Promise<any>}} client
 */
export async function apiState(client) {
  const lists = [
    '/sites',
    '/floors',
    '/rooms',
    '/resource-types',
    '/tags',
    '/resources?limit=200&count=exact',
    '/users?limit=200',
    '/reservations?limit=200',
    '/users/me',
  ];
  const digest = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
  return {
    read: async () => (await Promise.all(lists.map(async (path) => `${path} ${digest(await client.must('GET', path))}`))).join('\n'),
    close: async () => undefined,
  };
}

/** Which lines of two fingerprints differ. */
export function difference(before, after) {
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .join('; ');
}
