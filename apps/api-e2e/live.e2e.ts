import { WebSocket } from 'ws';
import { type Call, caller, personWith, soon } from './http';
import { Listener } from './listener';
import { type RunningSystem, startSystem } from './start-system';

describe('The live stream', () => {
  let system: RunningSystem;
  let call: Call;
  let site: string;
  let room: string;
  beforeAll(async () => {
    system = await startSystem();
    call = caller(system.url, system.adminToken);
    site = (await call('POST', '/sites', { body: { name: 'HQ', countryCode: 'DE', timeZone: 'Europe/Berlin' } })).body.id;
    room = (await call('POST', '/resources', { body: { name: 'Turing', siteId: site } })).body.id;
  });
  afterAll(() => system.stop());

  const book = async (start: string, end: string, more: object = {}) =>
    (await call('POST', '/reservations', { body: { resourceId: room, start, end, title: 'Sync', ...more } })).body.id as string;

  it('tells a booking to who follows the site, the room or is the booker, within a second', async () => {
    const listener = await Listener.open(system, call);
    await listener.follow(`site:${site}`);
    await listener.follow(`resource:${room}`);
    await listener.follow('me');
    const times: number[] = [];
    // A machine that is busy once is no failure; one that never tells it in time is.
    for (let quarter = 0; quarter < 4 && !times.some((it) => it < 1_000); quarter++) {
      const before = Date.now();
      const id = await book(soon(`08:${15 * quarter || '00'}`), soon(quarter === 3 ? '09:00' : `08:${15 * quarter + 15}`));
      for (const topic of [`site:${site}`, `resource:${room}`, 'me']) {
        const isTold = (it: { [key: string]: unknown }): boolean =>
          it['event'] === 'reservation.created' && it['topic'] === topic && (it['data'] as { reservationId: string }).reservationId === id;
        expect(await listener.sees(isTold)).toMatchObject({
          event: 'reservation.created',
          data: { reservationId: id, resourceIds: [room], siteIds: [site], status: 'confirmed', title: 'Sync', version: 1 },
        });
      }
      times.push(Date.now() - before);
    }

    expect(Math.min(...times)).toBeLessThan(1_000);
    listener.close();
  });

  it('tells a half of a booking of the hall, the hall of its halves, and no half of the other', async () => {
    const aPart = async (name: string, parentId?: string): Promise<string> =>
      (await call('POST', '/resources', { body: { name, ...(parentId && { parentId }) } })).body.id;
    const hall = await aPart('Hall');
    const [left, right] = [await aPart('Left half', hall), await aPart('Right half', hall)];
    const listener = await Listener.open(system, call);
    for (const id of [hall, left, right]) await listener.follow(`resource:${id}`);
    const ids: string[] = [];
    for (const [resourceId, hour] of [
      [hall, '08'],
      [left, '10'],
      [right, '12'],
    ] as const)
      ids.push(await book(soon(`${hour}:00`), soon(`${hour}:30`), { resourceId }));

    // The last subscription is told of the last booking: whatever was to come before it has come.
    const reservationOf = (it: { [key: string]: unknown }) => (it['data'] as { reservationId: string } | undefined)?.reservationId;
    await listener.sees((it) => it['topic'] === `resource:${right}` && reservationOf(it) === ids[2]);

    const followersOf = (id: string | undefined) => listener.events().flatMap((it) => (reservationOf(it) === id ? [it['topic']] : []));
    expect(ids.map(followersOf)).toEqual(
      [
        [hall, left, right],
        [hall, left],
        [hall, right],
      ].map((it) => it.map((id) => `resource:${id}`)),
    );
    listener.close();
  });

  it('resumes without a lost or doubled event, on another replica too', async () => {
    const replica = await system.startReplica();
    const first = await (await Listener.open(system, call)).follow(`site:${site}`);
    const seen = await book(soon('10:00'), soon('10:30')).then(() => first.sees((it) => it.type === 'event'));
    first.close();
    const missed = [await book(soon('10:30'), soon('11:00')), await book(soon('11:00'), soon('11:30'))];
    await new Promise((resolve) => setTimeout(resolve, 700));

    const second = await Listener.open(system, call, seen['seq'] as number, replica.url);
    await second.follow(`site:${site}`);
    const live = await book(soon('11:30'), soon('12:00'));
    await second.sees((it) => (it['data'] as { reservationId?: string } | undefined)?.reservationId === live);

    const ids = second.events().map((it) => (it['data'] as { reservationId: string }).reservationId);
    expect(ids).toEqual([...missed, live]);
    const numbers = second.events().map((it) => it['seq'] as number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    second.close();
    await replica.kill();
  });

  it('tells a client that missed too much, or comes from nowhere, to read anew', async () => {
    const listener = await Listener.open(system, call, 999_999_999);
    await listener.follow(`site:${site}`);

    expect(await listener.sees((it) => it.type === 'resync')).toMatchObject({ topic: `site:${site}` });
    listener.close();
  });

  it('answers an unknown, foreign or forbidden topic alike', async () => {
    const listener = await Listener.open(system, call);
    for (const topic of [
      'resource:00000000-0000-7000-8000-000000000000',
      'site:00000000-0000-7000-8000-000000000000',
      'everything',
      'me:x',
      'resource',
    ]) {
      await listener.follow(topic);
      expect(listener.frames.at(-1)).toMatchObject({ type: 'error', id: topic, problem: { code: 'not-found' } });
    }
    listener.close();
  });

  it('hides the titles of private reservations from everybody else', async () => {
    const other = await personWith(call, 'user', 'olga');
    const listener = await (await Listener.open(system, other.call)).follow(`site:${site}`);
    const id = await book(soon('13:00'), soon('14:00'), { private: true, title: 'Secret' });

    const frame = await listener.sees((it) => (it['data'] as { reservationId?: string } | undefined)?.reservationId === id);

    expect(frame['data']).toMatchObject({ title: null });
    expect(JSON.stringify(listener.frames)).not.toContain('Secret');
    listener.close();
  });

  it('takes a ticket once, and no cookie or page of another site', async () => {
    const { body } = await call('POST', '/stream/tickets');
    const hello = async (headers: Record<string, string>, ticket?: string): Promise<number> => {
      const socket = new WebSocket(`${system.url.replace('http', 'ws')}/api/v1/stream`, { headers });
      return new Promise((resolve) => {
        socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
        socket.once('open', () => socket.send(JSON.stringify({ type: 'hello', ticket })));
        socket.once('message', () => {
          socket.terminate();
          resolve(200);
        });
        socket.once('close', (code) => resolve(code));
        socket.on('error', () => undefined);
      });
    };

    expect(await hello({}, body.ticket)).toBe(200);
    expect(await hello({}, body.ticket)).toBe(4401);
    expect(await hello({}, 'guessed')).toBe(4401);
    expect(await hello({})).toBe(4401);
    expect(await hello({ origin: 'http://evil.example' }, 'x')).toBe(403);
    expect(await hello({ origin: 'null' }, 'x')).toBe(403);
  });

  it('ends with the session', async () => {
    const gone = await personWith(call, 'user', 'gone');
    const listener = await Listener.open(system, gone.call);
    await gone.call('POST', '/logout');

    await new Promise((resolve) => listener.socket.once('close', resolve));

    expect(listener.closed?.code).toBe(4401);
  });

  it('refuses rubbish, and closes on floods', async () => {
    const listener = await Listener.open(system, call);
    for (const text of ['{', '[]', 'null', '{"type":"x"}', '{"type":"subscribe"}', '{"type":"hello","resume":-1}'])
      listener.socket.send(text);
    await listener.sees(() => listener.frames.filter((it) => it.type === 'error').length === 6);
    for (let i = 0; i < 500; i++) listener.send({ type: 'ping' });
    await new Promise((resolve) => listener.socket.once('close', resolve));

    expect(listener.closed?.code).toBe(1008);
  });
});
