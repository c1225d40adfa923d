import pg from 'pg';

const BEGIN = { name: 'begin', text: 'begin' };

/** Connections that have `begin` prepared. */
const knowing = new WeakSet<pg.PoolClient>();

/**
 * Opens a transaction with its first statement: both travel together. They end in one Sync, so PostgreSQL passes over the statement
 * where `begin` failed (PostgreSQL manual, 54.2.3 Extended Query).
 */
export async function openWith<Row extends object>(client: pg.PoolClient, first: pg.QueryConfig): Promise<Row[]> {
  if (knowing.has(client))
    return new Promise((resolve, reject) =>
      client.query(new Opening<Row>(first, (error, rows) => (error ? reject(error) : resolve(rows)))),
    );
  await client.query(BEGIN);
  knowing.add(client);
  return (await client.query<Row>(first)).rows;
}

/** A statement of the driver with `begin` in front of it. */
class Opening<Row extends object> extends pg.Query {
  constructor(statement: pg.QueryConfig, settle: (error: Error | undefined, rows: Row[]) => void) {
    super({ ...statement, queryMode: 'extended' } as pg.QueryConfig, (error, answers) => {
      // One for `begin` and one for the statement; the types of the driver know of none but the last.
      const [, answer] = (answers ?? []) as unknown as readonly (pg.QueryResult<Row> | undefined)[];
      settle(error ?? undefined, answer?.rows ?? []);
    });
    const { submit } = this;
    this.submit = (connection) => {
      connection.stream.cork();
      try {
        connection.bind({ statement: BEGIN.name }, true);
        connection.execute({}, true);
        submit.call(this, connection);
      } finally {
        connection.stream.uncork();
      }
    };
  }
}
