import { newId } from '@berth/kernel';
import { Database } from '@berth/platform/database';
import pg from 'pg';

/** A database of a test file's own, with one organization in it. */
export interface TestDatabase {
  readonly database: Database;
  /** Owner's URL: no row security. */
  readonly url: string;
  readonly organizationId: string;
  /** Statements as the owner, past every wall: for looking at rows and for planting what the system would refuse. */
  asOwner<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** A clone of the migrated template, made before the first test of the file and dropped after the last. */
export function useDatabase(): TestDatabase {
  const organizationId = newId();
  const name = `berth_${newId().replaceAll('-', '')}`;
  let owner: pg.Pool | undefined;
  let database: Database | undefined;
  const url = databaseUrl(name);

  beforeAll(async () => {
    await cloneTemplate(name);
    owner = new pg.Pool({ connectionString: url, max: 2 });
    owner.on('error', () => undefined);
    database = new Database(url, 10);
    await owner.query(`insert into organization (id, name, time_zone, created_at) values ($1, 'Acme', 'Europe/Berlin', now())`, [
      organizationId,
    ]);
  });
  afterAll(async () => {
    await database?.close();
    await owner?.end();
    await dropDatabase(name);
  });

  return {
    url,
    organizationId,
    get database() {
      if (!database) throw new Error('the database is there from the first test on');
      return database;
    },
    asOwner: async (text, values) => {
      if (!owner) throw new Error('the database is there from the first test on');
      return (await owner.query(text, values)).rows;
    },
  };
}

/** URL of a database on the test server. */
export function databaseUrl(name: string): string {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL is set by the global set-up of the tests');
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function cloneTemplate(name: string): Promise<void> {
  // Two clones at once find the template in use by the other: wait for the turn.
  await asServer(async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('berth.template'))`);
    await client.query(`create database ${name} template berth_template`);
  });
}

/**
 * Drops a database and ends what is still connected to it. Not with `force`: that also wants to end a vacuum that runs by
 * itself, which an owner may not; a plain drop asks the vacuum to leave and waits for it.
 */
export const dropDatabase = (name: string): Promise<void> =>
  asServer(async (client) => {
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = current_user', [name]);
    await client.query(`drop database if exists ${name}`);
  });

async function asServer(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl('berth') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
