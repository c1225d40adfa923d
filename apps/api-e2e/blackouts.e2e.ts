import { type Call, caller, personWith, soon } from './http';
import { type RunningSystem, startSystem } from './start-system';

describe('A blackout that comes again', () => {
  let system: RunningSystem;
  let admin: Call;
  let ada: Call;
  let room: string;
  const time = (days: number, from: string, to: string) => ({ start: soon(from, days), end: soon(to, days) });

  beforeAll(async () => {
    system = await startSystem();
    admin = caller(system.url, system.adminToken);
    ada = (await personWith(admin, 'user', 'ada')).call;
    room = (await admin('POST', '/resources', { body: { name: 'Turing', timeZone: 'UTC' } })).body.id;
  });
  afterAll(() => system.stop());

  it('is seen by booking, preview, grid, slots and search on every date, and by none when it is lifted', async () => {
    const body = { ...time(3, '12:00', '13:00'), reason: 'Cleaning', recurrence: { rrule: 'FREQ=DAILY;COUNT=20' } };
    const { status, body: blackout } = await admin('POST', `/resources/${room}/blackouts`, { body });
    expect([status, blackout.recurrence.rrule]).toEqual([201, 'FREQ=DAILY;COUNT=20']);
    const wish = { resourceId: room, ...time(9, '12:30', '13:30') };

    const refused = await ada('POST', '/reservations', { body: wish });
    const check = await ada('POST', '/availability/check', { body: wish });
    const grid = await ada('GET', `/availability?resource=${room}&from=${soon('00:00', 9)}&to=${soon('00:00', 11)}`);
    const found = await ada('POST', '/availability/search', { body: { from: wish.start, to: wish.end } });

    expect([refused.status, refused.body.policy]).toMatchObject([422, { rule: 'blackout', source: { level: 'resource', id: room } }]);
    expect(check.body).toMatchObject({ bookable: false, violations: [{ rule: 'blackout' }] });
    expect(grid.body.blackouts[0]).toMatchObject([{ reason: 'Cleaning' }, { reason: 'Cleaning' }]);
    expect(found.body.data.filter((it: { resource: { id: string } }) => it.resource.id === room)).toEqual([]);
    expect((await ada('GET', `/resources/${room}/blackouts`)).body.data).toMatchObject([
      { id: blackout.id, recurrence: { timeZone: 'UTC' } },
    ]);

    expect((await admin('DELETE', `/resources/${room}/blackouts/${blackout.id}`)).status).toBe(204);
    expect((await ada('POST', '/reservations', { body: wish })).status).toBe(201);
  });

  it('is refused without a rule that means something', async () => {
    const body = { ...time(3, '12:00', '13:00'), recurrence: { rrule: 'FREQ=HOURLY' } };

    const { status, body: problem } = await admin('POST', `/resources/${room}/blackouts`, { body });

    expect([status, problem.code, problem.errors[0].pointer]).toEqual([400, 'validation-failed', '/recurrence/rrule']);
  });
});
