import { setTimeout as sleep } from 'node:timers/promises';
import { BerthClient } from '../../tools/checker/berth-client.mjs';
import { type Random, seeded } from '../../tools/checker/random.mjs';
import { startSystem, type RunningSystem } from './start-system';

/** 10,000 with `BUNDLES=10000`. */
const BUNDLES = Number(process.env['BUNDLES'] ?? 600);
const SEED = Number(process.env['BUNDLES_SEED'] ?? 20261121);
const CLIENTS = 16;
const ROOMS = 6;
const SLOTS = 48;
const HOUR_MS = 3_600_000;

describe('Bundles that cross each other', () => {
  let system: RunningSystem;
  let rooms: string[];
  const clients: BerthClient[] = [];

  beforeAll(async () => {
    system = await startSystem();
    // Two processes: within one, those who want the same take turns before they reach the database.
    const replica = await system.startReplica();
    for (let n = 0; n < CLIENTS; n++) clients.push(new BerthClient(n % 2 === 0 ? system.url : replica.url, system.adminToken));
    const admin = new BerthClient(system.url, system.adminToken);
    rooms = await Promise.all(
      Array.from(
        { length: ROOMS },
        async (_, n) => (await admin.must<{ id: string }>('POST', '/resources', { body: { name: `Room ${n}`, timeZone: 'UTC' } })).id,
      ),
    );
    admin.close();
  });
  afterAll(async () => {
    clients.forEach((it) => it.close());
    await system.stop();
  });

  const firstHour = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 48 * HOUR_MS;

  /** Some rooms in any order at some hour; what was booked is cancelled as a rule, so that there is always something to win. */
  async function askOnce(client: BerthClient, random: Random): Promise<number> {
    const resourceIds = [...rooms].sort(() => random.next() - 0.5).slice(0, 2 + random.below(3));
    const start = firstHour + random.below(SLOTS) * HOUR_MS;
    const body = { resourceIds, start: new Date(start).toISOString(), end: new Date(start + HOUR_MS).toISOString() };
    const answer = await client.send('POST', '/reservations', { body });
    if (answer.status === 201 && random.happens(0.98)) {
      const { id } = answer.body as { id: string };
      await client.must('POST', `/reservations/${id}/cancel`, { body: {} });
    }
    return answer.status;
  }

  it(`are booked whole or not at all, and nobody is shown a deadlock (${BUNDLES} bundles, seed ${SEED})`, async () => {
    const statuses: Record<number, number> = {};
    let left = BUNDLES;
    await Promise.all(
      clients.map(async (client, n) => {
        const random = seeded(SEED).fork(n);
        while (left-- > 0) {
          const status = await askOnce(client, random);
          statuses[status] = (statuses[status] ?? 0) + 1;
        }
      }),
    );
    console.log(JSON.stringify(statuses));

    expect(Object.keys(statuses).sort()).toEqual(['201', '409']);
    expect((statuses[201] ?? 0) + (statuses[409] ?? 0)).toBe(BUNDLES);
    const partial = await system.asOwner(`
      select v.id, v.status, count(distinct i.resource_id)::int as wanted, count(distinct o.leaf_id)::int as taken
      from reservation v
      left join reservation_item i on i.reservation_id = v.id
      left join occupancy o on o.reservation_id = v.id
      group by v.id
      having count(distinct o.leaf_id) <> case when v.status = 'confirmed' then count(distinct i.resource_id) else 0 end
        or count(distinct i.resource_id) < 2`);
    expect(partial).toEqual([]);
    const [made] = await system.asOwner<{ count: number }>('select count(*)::int from reservation');
    expect(made?.count).toBe(statuses[201]);
  }, 900_000);

  it('met no deadlock', async () => {
    // Sessions report their counts after a second.
    await sleep(1100);

    expect(await system.asOwner('select deadlocks::int from pg_stat_database where datname = current_database()')).toEqual([
      { deadlocks: 0 },
    ]);
  });
});
