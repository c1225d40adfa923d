import { type Call, caller, personWith, soon, within5s } from './http';
import { type RunningSystem, startSystem } from './start-system';

interface EventRow {
  readonly type: string;
  readonly actor_id: string | null;
  readonly request_id: string | null;
  readonly address: string | null;
  readonly traceparent: string | null;
  readonly via_kind: string | null;
  readonly on_behalf_of: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

describe('The trail of what is done', () => {
  let system: RunningSystem;
  let admin: Call;

  beforeAll(async () => {
    system = await startSystem({ BERTH_TRUSTED_PROXIES: '1' });
    admin = caller(system.url, system.adminToken);
  });
  afterAll(() => system.stop());

  const eventsOf = (requestId: string): Promise<EventRow[]> =>
    system.asOwner<EventRow>(`select *, host(address) as address from event where request_id = $1 order by position`, [requestId]);
  const traceparent = `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`;
  const from = (address: string, requestId: string) => ({ 'x-forwarded-for': address, 'x-request-id': requestId, traceparent });

  it('says where each change came from, whichever way it was written', async () => {
    const { body: room } = await admin('POST', '/resources', {
      body: { name: 'Room', timeZone: 'UTC' },
      headers: from('192.0.2.1', 'adds'),
    });
    const grace = await personWith(admin, 'user', 'grace');
    const book = (requestId: string, more: object) =>
      admin('POST', '/reservations', { body: { resourceId: room.id, ...more }, headers: from('2001:db8::7', requestId) });
    const own = await book('books', { start: soon('08:00'), end: soon('09:00') });
    const forGrace = await book('books-for', { start: soon('10:00'), end: soon('11:00'), onBehalfOf: grace.id });

    expect([own.status, forGrace.status]).toEqual([201, 201]);
    expect(await eventsOf('adds')).toMatchObject([{ type: 'resource.created', address: '192.0.2.1', traceparent, via_kind: 'session' }]);
    expect(await eventsOf('books')).toMatchObject([
      { type: 'reservation.created', address: '2001:db8::7', traceparent, via_kind: 'session', on_behalf_of: null },
    ]);
    expect(await eventsOf('books-for')).toMatchObject([{ address: '2001:db8::7', traceparent, on_behalf_of: grace.id }]);
  });

  it('carries the trace of a request into the work that goes on after its answer', async () => {
    const { body: room } = await admin('POST', '/resources', { body: { name: 'Hall', timeZone: 'UTC' } });
    const items = [{ resourceId: room.id, start: soon('12:00'), end: soon('13:00') }];
    const asked = await admin('POST', '/bulk/reservations', {
      body: { mode: 'bestEffort', items },
      headers: { ...from('192.0.2.1', 'asks'), prefer: 'respond-async' },
    });

    expect(asked.status).toBe(202);
    const booked = await within5s(
      () => eventsOf(`job-${asked.body.id}`),
      (rows) => rows.some((it) => it.type === 'reservation.created'),
    );
    expect(booked.find((it) => it.type === 'reservation.created')).toMatchObject({ traceparent, via_kind: 'system', address: null });
  });

  it('writes down what was refused, to whom and why, and does not grow with a flood', async () => {
    const ada = await personWith(admin, 'user', 'ada');
    for (let n = 0; n < 20; n++)
      await ada.call('POST', '/sites', { body: { name: 'Mine', timeZone: 'UTC' }, headers: from('192.0.2.9', `refused-${n}`) });
    const refused = () =>
      system.asOwner<EventRow>(
        `select *, host(address) as address from event where type = 'access.denied' and subject_id = $1 order by position`,
        [ada.id],
      );

    const [first, ...more] = await within5s(refused, (rows) => rows.length > 0);
    expect(first).toMatchObject({
      ...{ actor_id: ada.id, address: '192.0.2.9', via_kind: 'session', request_id: 'refused-0' },
      data: { code: 'permission-denied', permission: 'place:manage', scope: 'organization', route: 'POST /api/v1/sites', count: 1 },
    });
    // Those that follow are told together, when their minute has passed: it may have while they were sent.
    expect(more.length).toBeLessThan(3);
    // What was signed in with lives no more, and is known all the same.
    await admin('POST', `/users/${ada.id}/suspend`, { body: { reservations: 'keep' } });
    await within5s(
      () => ada.call('GET', '/users/me'),
      (answer) => answer.status === 401,
    );
    const unknown = (rows: readonly EventRow[]) => rows.filter((it) => it.data['code'] === 'invalid-token');
    expect(unknown(await within5s(refused, (rows) => unknown(rows).length > 0))[0]).toMatchObject({
      data: { route: 'GET /api/v1/users/me' },
    });
  });

  it('names both of who acts as somebody else, who gets at no way in, and says when it is over', async () => {
    const { body: room } = await admin('POST', '/resources', { body: { name: 'Cell', timeZone: 'UTC' } });
    const ana = await personWith(admin, 'user', 'ana');
    const begun = await admin('POST', `/users/${ana.id}/stand-in`, { body: { reason: 'Looks at what she sees' } });
    const cookie = begun.headers.getSetCookie().join('').split(';', 1)[0] ?? '';
    const asAna: Call = (method, path, options) =>
      caller(system.url)(method, path, { ...options, headers: { cookie, origin: system.url, ...options?.headers } });
    const [me] = await system.asOwner<{ id: string }>(`select id from account where username = 'admin'`);

    const booked = await asAna('POST', '/reservations', {
      body: { resourceId: room.id, start: soon('08:00'), end: soon('09:00') },
      headers: { 'x-request-id': 'as-ana' },
    });
    const closed = [
      await asAna('GET', '/auth/sessions'),
      await asAna('POST', '/auth/password/change', { body: { current: 'x', password: 'y' } }),
      await asAna('POST', `/users/${ana.id}/stand-in`, { body: { reason: 'Once more, please' } }),
    ];

    expect([begun.status, booked.status, booked.body.organizer.id]).toEqual([200, 201, ana.id]);
    expect(await eventsOf('as-ana')).toMatchObject([
      { type: 'reservation.created', actor_id: me?.id, on_behalf_of: ana.id, via_kind: 'stand-in' },
    ]);
    expect(closed.map((it) => [it.status, it.body.code])).toEqual(Array(3).fill([403, 'standing-in']));
    expect((await asAna('DELETE', '/auth/stand-in')).status).toBe(204);
    expect(await asAna('GET', '/users/me')).toMatchObject({ status: 401, body: { code: 'stand-in-over' } });
  });

  it('verifies, and is kept for as long as is wished', async () => {
    const { status, body } = await admin('GET', '/audit/verify');
    expect([status, body]).toMatchObject([200, { intact: true, from: 1, brokenAt: null, fault: null }]);
    expect(body.checked).toBe(body.to);

    const read = await admin('GET', '/audit/retention');
    const ifMatch = { 'if-match': `"${read.body.version}"` };
    const keep = (keepDays: number, headers: Record<string, string> = {}) =>
      admin('PUT', '/audit/retention', { body: { keepDays }, headers });

    expect((await keep(365)).status).toBe(428);
    expect((await keep(30, ifMatch)).status).toBe(400);
    expect((await keep(365, { ...ifMatch, ...from('192.0.2.1', 'keeps') })).body.keepDays).toBe(365);
    const stale = await keep(730, ifMatch);
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition-failed']);
    expect(stale.body.current).toMatchObject({ keepDays: 365, version: read.body.version + 1 });
    expect(await eventsOf('keeps')).toMatchObject([{ data: { before: { auditKeepDays: null }, after: { auditKeepDays: 365 } } }]);
    expect((await admin('GET', '/audit/retention')).body).toMatchObject({ keepDays: 365, oldest: expect.any(String) });
  });
});
