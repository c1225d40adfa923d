import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { SUPERUSER } from './cluster';

/**
 * The database of Berth, and the role that owns it: not a superuser, but it may create roles and databases, as the
 * migrations and the tests do.
 */
export const DATABASE = 'berth';

/** What a server says about itself. */
export interface ServerFacts {
  readonly cluster: string;
  readonly durable: boolean;
}

/** The address of a database on the embedded server. */
export function databaseUrl(port: number, role: string, password: string, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** Asks the server which cluster it serves. Rejects when nobody listens, or not one that knows our password. */
export function askServer(port: number, password: string): Promise<ServerFacts> {
  return asSuperuser(port, password, async (client) => {
    const { rows } = await client.query<ServerFacts>(
      `select current_setting('data_directory') as cluster, current_setting('fsync')::boolean as durable`,
    );
    if (!rows[0]) throw new Error('PostgreSQL answered nothing.');
    return rows[0];
  });
}

/** Creates the role and the database of Berth where they are missing. Schema and extensions are the migrations' task. */
export function createDatabase(port: number, password: string): Promise<void> {
  return asSuperuser(port, password, async (client) => {
    const name = escapeIdentifier(DATABASE);
    await createUnlessThere(
      client,
      `select from pg_roles where rolname = $1`,
      `create role ${name} login createrole createdb password ${escapeLiteral(password)}`,
    );
    await createUnlessThere(client, `select from pg_database where datname = $1`, `create database ${name} owner ${name}`);
  });
}

/** duplicate_object, duplicate_database, unique_violation: another start created it between our look and our step. */
const ALREADY_THERE = ['42710', '42P04', '23505'];

async function createUnlessThere(client: Client, look: string, create: string): Promise<void> {
  if ((await client.query(look, [DATABASE])).rowCount) return;
  try {
    await client.query(create);
  } catch (error) {
    if (!ALREADY_THERE.includes((error as { code?: string }).code ?? '')) throw error;
  }
}

async function asSuperuser<T>(port: number, password: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: databaseUrl(port, SUPERUSER, password, SUPERUSER),
    // Otherwise PGSSLMODE of the environment decides.
    ssl: false,
    connectionTimeoutMillis: 10_000,
  });
  // A server that is killed meanwhile reports it here as well as in the query; unheard, it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
