import { caller, personWith, soon, within5s } from './http';
import { type RunningSystem, startSystem } from './start-system';

/** The smallest useful story: what a stranger does first, over HTTP. */
describe('The first run', () => {
  let system: RunningSystem;
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());

  const call = async (method: string, path: string, options: { token?: string; body?: unknown; headers?: Record<string, string> } = {}) => {
    const answer = await fetch(`${system.url}${path}`, {
      method,
      headers: {
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...(options.token !== '' && { authorization: `Bearer ${options.token ?? system.adminToken}` }),
        ...options.headers,
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? (JSON.parse(text) as Record<string, unknown>) : undefined };
  };
  const tomorrow = (time: string): string => soon(time, 1);

  it('takes one set-up and no second', async () => {
    const again = await call('POST', '/api/v1/setup/initialize', {
      token: '',
      body: {
        setupToken: 'set-up-token',
        organization: { name: 'B', timeZone: 'UTC' },
        admin: { username: 'eve', email: 'eve@b.example', password: 'another one' },
      },
    });

    expect(again).toMatchObject({ status: 409, body: { code: 'setup-done' } });
  });

  it('books a room, refuses the second, and says why and what would work', async () => {
    const room = await call('POST', '/api/v1/resources', { body: { name: 'Turing', capacity: 12 } });
    const other = await call('POST', '/api/v1/resources', { body: { name: 'Noether', capacity: 12 } });
    const wish = { resourceId: room.body?.['id'], title: 'Sync', start: tomorrow('10:00'), end: tomorrow('11:00') };

    const first = await call('POST', '/api/v1/reservations', { body: wish });
    const second = await call('POST', '/api/v1/reservations', { body: wish });

    expect(first).toMatchObject({ status: 201, body: { status: 'confirmed', version: 1 } });
    expect(first.headers.get('location')).toBe(`/api/v1/reservations/${String(first.body?.['id'])}`);
    expect(first.headers.get('etag')).toBe('"1"');
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'reservation-conflict', conflicts: [{ reason: 'overlap', busy: { start: wish.start, end: wish.end }, title: 'Sync' }] },
    });
    const alternatives =
      (second.body?.['conflicts'] as { alternatives: { resourceId: string; start: string; end: string }[] }[])[0]?.alternatives ?? [];
    expect(alternatives.some((it) => it.resourceId === other.body?.['id'])).toBe(true);
    for (const { resourceId, start, end } of alternatives) {
      expect(await call('POST', '/api/v1/reservations', { body: { resourceId, start, end } })).toMatchObject({ status: 201 });
    }
  });

  it('holds, books the hold, moves, cancels and takes the cancellation back', async () => {
    const room = await call('POST', '/api/v1/resources', { body: { name: 'Hopper' } });
    const resourceId = room.body?.['id'];
    const hold = await call('POST', '/api/v1/holds', { body: { resourceId, start: tomorrow('12:00'), end: tomorrow('13:00') } });
    expect(hold.status).toBe(201);

    const booked = await call('POST', '/api/v1/reservations', {
      body: { resourceId, start: tomorrow('12:00'), end: tomorrow('13:00'), holdId: hold.body?.['id'] },
    });
    expect(booked).toMatchObject({ status: 201, body: { id: hold.body?.['id'], status: 'confirmed' } });
    const path = `/api/v1/reservations/${String(booked.body?.['id'])}`;

    const moved = await call('POST', `${path}/move`, { body: { start: tomorrow('12:30') } });
    expect(moved).toMatchObject({ status: 200, body: { start: tomorrow('12:30'), end: tomorrow('13:30') } });
    const stale = await call('PATCH', path, { body: { title: 'x' }, headers: { 'if-match': '"1"' } });
    expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed', current: { start: tomorrow('12:30') } } });

    const cancelled = await call('POST', `${path}/cancel`, { body: { reason: 'ill', undoSeconds: 8 } });
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', cancelReason: 'ill' } });
    expect(await call('POST', `${path}/restore`, { body: {} })).toMatchObject({
      status: 200,
      body: { status: 'confirmed', undoUntil: null },
    });
    const history = await call('GET', `${path}/history`);
    expect((history.body?.['data'] as { type: string }[]).map((it) => it.type)).toEqual([
      'hold.created',
      'reservation.created',
      'reservation.moved',
      'reservation.cancelled',
      'reservation.restored',
    ]);
  });

  it('holds no time against whoever holds it, and gives it back when the hold runs out or the page is left', async () => {
    const admin = caller(system.url, system.adminToken);
    const [ada, bob] = [await personWith(admin, 'user', 'ada'), await personWith(admin, 'user', 'bob')];
    const resourceId = (await call('POST', '/api/v1/resources', { body: { name: 'Curie' } })).body?.['id'];
    const slot = (start: string, end: string) => ({ resourceId, start: tomorrow(start), end: tomorrow(end) });
    const held = async (body: object): Promise<string> => (await ada.call('POST', '/holds', { body })).body.id;

    // Two pages of one person, and then a booking that names neither hold.
    const [own, lapsed, left] = [slot('12:00', '13:00'), slot('14:00', '15:00'), slot('16:00', '17:00')];
    for (const it of [await held(own), await held(own)]) expect(it).toMatch(/^[0-9a-f-]{36}$/);
    expect((await bob.call('POST', '/reservations', { body: own })).body.code).toBe('slot-held');
    expect((await ada.call('POST', '/availability/check', { body: own })).body.bookable).toBe(true);
    expect((await ada.call('POST', '/reservations', { body: own })).status).toBe(201);

    const running = await held(lapsed);
    await system.asOwner(`update occupancy set hold_until = now() where reservation_id = $1`, [running]);
    await system.asOwner(`update reservation set hold_until = now() where id = $1`, [running]);
    await within5s(
      () => system.asOwner<{ type: string }>(`select type from event where subject_id = $1 and type = 'hold.expired'`, [running]),
      (it) => it.length === 1,
    );
    expect(await system.asOwner(`select from occupancy where reservation_id = $1`, [running])).toEqual([]);
    expect((await bob.call('POST', '/reservations', { body: lapsed })).status).toBe(201);

    // What a browser sends when a tab is closed: no body, no headers of ours.
    expect((await ada.call('POST', `/holds/${await held(left)}/release`)).status).toBe(204);
    expect((await bob.call('POST', '/reservations', { body: left })).status).toBe(201);
  });

  it('says which rule refuses, with its value, its source and the nearest allowed choice', async () => {
    const room = await call('POST', '/api/v1/resources', { body: { name: 'Lovelace', policy: { maxDuration: 'PT2H' } } });

    const long = await call('POST', '/api/v1/reservations', {
      body: { resourceId: room.body?.['id'], start: tomorrow('08:00'), end: tomorrow('12:00') },
    });

    expect(long).toMatchObject({
      status: 422,
      body: {
        code: 'policy-violation',
        violations: [
          {
            rule: 'max-duration',
            limit: 'PT2H',
            given: 'PT4H',
            source: { level: 'resource', name: 'Lovelace' },
            suggestion: { patch: { end: tomorrow('10:00') } },
          },
        ],
      },
    });
  });
});
