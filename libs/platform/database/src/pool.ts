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

/** Runs statements on one connection. */
export function onClient(client: pg.PoolClient, hot: HotStatements): Sql {
  const run = async <Row extends object>(statement: Statement): Promise<Row[]> => (await client.query<Row>(hot.query(statement))).rows;
  return { run, sql: (strings, ...parts) => run(sql(strings, ...parts)) };
}
