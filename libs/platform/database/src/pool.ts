import pg from 'pg';
import type { HotStatements } from './hot-statements';
import type { Sql, Statement } from './sql';
import { sql } from './sql';

const BIGINT = 20;
// Counters and sequence numbers stay far below 2^53; a number is what callers can use.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

export type DatabaseRole = 'berth_app' | 'berth_system';

/** A pool whose connections work as `role`, so row security applies to whatever they send. */
export function createPool(url: string, role: DatabaseRole, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    application_name: role,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    options: `-c role=${role} -c timezone=UTC -c jit=off -c lock_timeout=2000 -c statement_timeout=5000 -c idle_in_transaction_session_timeout=10000`,
  });
  // An idle connection the server closed is dropped from the pool; the next checkout opens another.
  pool.on('error', () => undefined);
  // One that is in use fails its statement, which is where that is dealt with; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A migration has changed the columns of a statement that was prepared before; another connection prepares it anew. */
export const STALE_PLAN = '0A000';

/** Connections that can no longer be used for what comes next. */
const spoilt = new WeakSet<pg.PoolClient>();

/**
 * Lends a connection of the pool for some work. It is given out again whatever the work throws, unless a statement has found
 * it unusable: to make one costs more than a hundred statements.
 */
export async function lent<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release(spoilt.has(client));
  }
}

/** Sends one statement. */
export async function send<Row extends object>(client: pg.PoolClient, query: pg.QueryConfig | string): Promise<Row[]> {
  try {
    return (await client.query<Row>(query)).rows;
  } catch (error) {
    if (spoils(error)) spoilt.add(client);
    throw error;
  }
}

/** Rolls back what failed; a connection that cannot is not given out again. Never rejects: the first error is the one to tell. */
export async function rollBack(client: pg.PoolClient): Promise<void> {
  await client.query('rollback').catch(() => spoilt.add(client));
}

/** Runs statements on one connection. */
export function onClient(client: pg.PoolClient, hot: HotStatements): Sql {
  const run = <Row extends object>(statement: Statement): Promise<Row[]> => send<Row>(client, hot.query(statement));
  return { run, sql: (strings, ...parts) => run(sql(strings, ...parts)) };
}

/** No SQLSTATE of a statement: the connection is gone, was ended by an administrator or could not be made; or it knows a plan that is out of date. */
function spoils(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === undefined || code === STALE_PLAN || /^(57P0|08)/.test(code) || /^E[A-Z]+$/.test(code);
}
