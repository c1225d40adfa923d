import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, caller } from './http';
import { type RunningSystem, startSystem } from './start-system';

describe('Starts and ends over an outage of the worker', () => {
  let system: RunningSystem;
  let call: Call;

  beforeAll(async () => {
    system = await startSystem({ BERTH_ROLES: 'api' });
    call = caller(system.url, system.adminToken);
  });
  afterAll(() => system.stop());

  /** Ten reservations whose starts and ends were due while no worker ran, the time set back past the rules. */
  async function tenThatWereDue(): Promise<string[]> {
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) {
      const { body: room } = await call('POST', '/resources', { body: { name: `Room ${Math.random()}` } });
      const start = new Date(Math.ceil(Date.now() / 900_000) * 900_000 + 86_400_000);
      const time = { resourceId: room.id, start: start.toISOString(), end: new Date(start.getTime() + 3_600_000).toISOString() };
      ids.push((await call('POST', '/reservations', { body: time })).body.id);
    }
    for (const [i, id] of ids.entries()) {
      await system.asOwner(
        `update reservation set starts_at = now() - make_interval(mins => $2), ends_at = now() - make_interval(mins => $3) where id = $1`,
        [id, 600 - i * 7, 300 - i * 11],
      );
    }
    return ids;
  }

  const told = async (ids: readonly string[]) =>
    system.asOwner<{ type: string; subject_id: string; due: Date }>(
      `select e.type, e.subject_id, case e.type when 'reservation.started' then r.starts_at else r.ends_at end as due
       from event e join reservation r on r.id = e.subject_id
       where e.subject_id = any($1) and e.type in ('reservation.started', 'reservation.ended') order by e.position`,
      [ids],
    );

  async function allTold(ids: readonly string[]): Promise<{ type: string; subject_id: string; due: Date }[]> {
    for (let tries = 0; ; tries++) {
      const rows = await told(ids);
      if (rows.length >= ids.length * 2 || tries > 1_200) return rows;
      await sleep(100);
    }
  }

  it('tells all of them once and in order when a worker returns', async () => {
    const ids = await tenThatWereDue();
    await sleep(1_500);
    expect(await told(ids)).toEqual([]);

    await system.startReplica({ BERTH_ROLES: 'api,worker' });

    const rows = await allTold(ids);
    expect(rows.map((it) => it.due.getTime())).toEqual(rows.map((it) => it.due.getTime()).sort((a, b) => a - b));
    expect(new Set(rows.map((it) => `${it.type} ${it.subject_id}`)).size).toBe(20);
    expect(rows).toHaveLength(20);
    for (const id of ids) expect((await call('GET', `/reservations/${id}`)).body.status).toBe('completed');
  });

  it('loses and doubles nothing when workers are killed again and again', async () => {
    const ids = [...(await tenThatWereDue()), ...(await tenThatWereDue())];
    for (let i = 0; i < 3; i++) {
      const worker = await system.startReplica({ BERTH_ROLES: 'api,worker' });
      await sleep(Math.random() * 400);
      await worker.kill('SIGKILL');
    }
    await system.startReplica({ BERTH_ROLES: 'api,worker' });

    await allTold(ids);
    await sleep(1_500);

    const rows = await told(ids);
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map((it) => `${it.type} ${it.subject_id}`)).size).toBe(40);
  });
});
