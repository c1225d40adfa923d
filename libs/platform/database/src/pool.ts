import pg from 'pg';
import type { HotStatements } from './hot-statements';
import { openWith } from './opening';
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
export const send = <Row extends object>(client: pg.PoolClient, query: pg.QueryConfig | string): Promise<Row[]> =>
  minding(
    client,
    client.query<Row>(query).then((answer) => answer.rows),
  );

async function minding<T>(client: pg.PoolClient, sent: Promise<T>): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    if (spoils(error)) spoilt.add(client);
    throw error;
  }
}

/** Runs statements on one connection. */
export function onClient(client: pg.PoolClient, hot: HotStatements): Sql {
  const run = <Row extends object>(statement: Statement): Promise<Row[]> => send<Row>(client, hot.query(statement));
  return { run, sql: (strings, ...parts) => run(sql(strings, ...parts)) };
}

/** A transaction on one connection. */
export interface OpenedOnDemand extends Sql {
  /** Ends it, where a statement has begun it. */
  commit(): Promise<void>;
  /** Undoes what was done; a connection that cannot is not given out again. Never rejects: the first error is the one to tell. */
  rollBack(): Promise<void>;
}

/** Runs statements in a transaction that begins with the first of them. */
export function inTransaction(client: pg.PoolClient, hot: HotStatements): OpenedOnDemand {
  let opening: Promise<object[]> | undefined;
  const run = async <Row extends object>(statement: Statement): Promise<Row[]> => {
    const query = hot.query(statement);
    if (!opening) return (opening = minding(client, openWith<Row>(client, query))) as Promise<Row[]>;
    // Without a transaction nothing else is sent.
    await opening;
    return send<Row>(client, query);
  };
  return {
    run,
    sql: (strings, ...parts) => run(sql(strings, ...parts)),
    commit: async () => void (opening && (await send(client, 'commit'))),
    rollBack: async () => void (opening && (await client.query('rollback').catch(() => spoilt.add(client)))),
  };
}

/** No SQLSTATE of a statement: the connection is gone, was ended by an administrator or could not be made. Whether it was done is not known. */
export function isCutOff(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === undefined || /^(57P0|08)/.test(code) || /^E[A-Z]+$/.test(code);
}

/** Cut off, or it knows a plan that is out of date. */
const spoils = (error: unknown): boolean => isCutOff(error) || (error as { code?: string }).code === STALE_PLAN;
