import { accessToken, caller } from './http';
import { startSystem, type RunningSystem } from './start-system';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Operation, runChecker } from '../../tools/checker/run-checker.mjs';

const seed = Number(process.env['HISTORY_SEED'] ?? 20261121);
/**
 * 10⁶ operations with `HISTORY_ROUNDS=334 HISTORY_OPERATIONS=3000`: one history after another on one system. The longer one is, the
 * more there is to read each time all of it is looked at.
 */
const rounds = Number(process.env['HISTORY_ROUNDS'] ?? 1);
const operations = Number(process.env['HISTORY_OPERATIONS'] ?? 10_000);

/** An operation on one line; what a read saw would fill pages. */
const told = (operation: Operation): string => JSON.stringify({ ...operation, result: { ...operation.result, rows: undefined } });

describe(`The history of ${operations} random operations`, () => {
  let system: RunningSystem;
  let database: pg.Pool;

  beforeAll(async () => {
    system = await startSystem();
    database = new pg.Pool({ connectionString: system.databaseUrl, max: 4 });
  });
  afterAll(async () => {
    await database.end();
    await system.stop();
  });

  /** Lets a hold run out at this instant: a minute of waiting for each would leave nothing to race for. */
  async function expireHold(id: string): Promise<void> {
    const client = await database.connect();
    try {
      await client.query('begin');
      await client.query(`update reservation set hold_until = now() where id = $1 and status = 'held'`, [id]);
      await client.query(
        `update occupancy o set hold_until = now() from reservation r where r.id = o.reservation_id and r.id = $1 and r.status = 'held'`,
        [id],
      );
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  it.each(Array.from({ length: rounds }, (_, round) => seed + round))(
    'violates no invariant (seed %i)',
    async (seed) => {
      const { violations, figures, history } = await runChecker({
        url: system.url,
        token: await accessToken(caller(system.url), 'admin'),
        seed,
        operations,
        clients: 32,
        expireHold,
      });

      const { byKind, ...totals } = figures;
      console.log(JSON.stringify(totals), JSON.stringify(byKind));
      // What stood around it decides whether a violation is one; it does not come again with the seed.
      if (violations.length > 0) writeFileSync(`dist/history-${seed}.json`, JSON.stringify(history));
      expect(
        violations.slice(0, 10).map(({ invariant, detail, operations }) => [`${invariant}: ${detail}`, ...operations.map(told)]),
      ).toEqual([]);
      expect(figures.serverErrors).toEqual({});
      expect(figures.unresolved).toBe(0);
      expect(figures.operations).toBeGreaterThanOrEqual(operations);
    },
    900_000,
  );

  it('met no deadlock', async () => {
    // Sessions report their counts after a second.
    await sleep(1100);

    const { rows } = await database.query(`select deadlocks::int from pg_stat_database where datname = current_database()`);

    expect(rows).toEqual([{ deadlocks: 0 }]);
  });
});
