import { startSystem, type RunningSystem } from './start-system';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openConnections } from '../../tools/bench/connections.mjs';
import { BerthClient } from '../../tools/checker/berth-client.mjs';

const CLIENTS = 1000;
const HOUR_MS = 3_600_000;

describe('A thousand clients and one slot', () => {
  let system: RunningSystem;
  let admin: BerthClient;
  let database: pg.Client;
  let hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + 48 * HOUR_MS;

  beforeAll(async () => {
    system = await startSystem();
    admin = new BerthClient(system.url, system.adminToken);
    database = new pg.Client({ connectionString: system.databaseUrl });
    await database.connect();
  });
  afterAll(async () => {
    admin.close();
    await database.end();
    await system.stop();
  });

  const resource = async (name: string, units = 1): Promise<string> =>
    (await admin.must<{ id: string }>('POST', '/resources', { body: { name, units, timeZone: 'UTC' } })).id;

  /** Everybody asks at the same instant for the next free hour; tells how often each status was answered. */
  async function race(resourceId: string): Promise<Record<string, number>> {
    const start = (hour += HOUR_MS);
    const body = JSON.stringify({
      resourceId,
      title: 'Race',
      start: new Date(start).toISOString(),
      end: new Date(start + HOUR_MS).toISOString(),
    });
    const target = { url: system.url, path: '/api/v1/reservations', headers: { authorization: `Bearer ${system.adminToken}` } };
    const connections = await openConnections(target, CLIENTS);
    const statuses = await Promise.all(connections.map((connection) => connection.post(body)));
    connections.forEach((connection) => connection.close());
    return Object.fromEntries([...Map.groupBy(statuses, (status) => `${status}`)].map(([status, all]) => [status, all.length]));
  }

  async function deadlocks(): Promise<number> {
    // Sessions report their counts after a second.
    await sleep(1100);
    const { rows } = await database.query<{ deadlocks: number }>(
      `select deadlocks::int from pg_stat_database where datname = current_database()`,
    );
    return rows[0]?.deadlocks ?? -1;
  }

  it('F14: has one winner and 999 conflicts in each of five rounds, and no deadlock', async () => {
    const room = await resource('Race room');

    for (let round = 1; round <= 5; round++) expect(await race(room)).toEqual({ '201': 1, '409': CLIENTS - 1 });

    expect(await deadlocks()).toBe(0);
  });

  it('F14: gives a pool of seven to exactly seven', async () => {
    const pool = await resource('Race pool', 7);

    expect(await race(pool)).toEqual({ '201': 7, '409': CLIENTS - 7 });
    expect(await deadlocks()).toBe(0);
  });

  it('forbids overlapping time in the database itself, whoever writes', async () => {
    const room = await resource('Guarded room');
    const start = (hour += HOUR_MS);
    const body = { resourceId: room, start: new Date(start).toISOString(), end: new Date(start + HOUR_MS).toISOString() };
    const { id } = await admin.must<{ id: string }>('POST', '/reservations', { body });

    const insert = database.query(
      `insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id)
       select org_id, leaf_id, lane, s + interval '5 minutes', e + interval '5 minutes', reservation_id from occupancy where reservation_id = $1`,
      [id],
    );

    await expect(insert).rejects.toMatchObject({ code: '23P01', constraint: 'occupancy_no_overlap' });
  });
});
