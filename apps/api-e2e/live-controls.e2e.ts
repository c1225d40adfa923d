import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { type Call, caller, personWith, soon, within5s } from './http';
import { type Frame, Listener } from './listener';
import { type RunningSystem, startSystem } from './start-system';

const PASSWORD = 'correct horse battery';

/** A reader of server-sent events that remembers what it was sent. */
class Reader {
  readonly frames: Frame[] = [];
  lastId = '';
  ended = false;
  private readonly stopping = new AbortController();

  private constructor(readonly answer: Response) {}

  static async open(
    url: string,
    token: string | undefined,
    topics: string,
    headers: Record<string, string> = {},
    signal = new AbortController(),
  ) {
    const answer = await fetch(`${url}/api/v1/stream/events?topics=${topics}`, {
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
      signal: signal.signal,
    });
    const reader = new Reader(answer);
    reader.stopping.signal.addEventListener('abort', () => signal.abort());
    if (answer.ok) void reader.read().catch(() => undefined);
    return reader;
  }

  private async read(): Promise<void> {
    let text = '';
    for await (const chunk of this.answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        for (const line of text.slice(0, end).split('\n')) {
          if (line.startsWith('id: ')) this.lastId = line.slice(4);
          if (line.startsWith('data: ')) this.frames.push(JSON.parse(line.slice(6)) as Frame);
        }
        text = text.slice(end + 2);
      }
    }
    this.ended = true;
  }

  sees(fits: (frame: Frame) => boolean): Promise<Frame | undefined> {
    return within5s(
      async () => this.frames.find(fits),
      (it) => it !== undefined,
    );
  }

  close(): void {
    this.stopping.abort();
  }
}

describe('The live stream, for who means ill and who cannot follow', () => {
  let system: RunningSystem;
  let replica: Awaited<ReturnType<RunningSystem['startReplica']>>;
  let call: Call;
  let room: string;
  /** All that was sent in this file. */
  const recorded: Frame[][] = [];
  const keep = <T extends { readonly frames: Frame[] }>(it: T): T => {
    recorded.push(it.frames);
    return it;
  };

  beforeAll(async () => {
    system = await startSystem();
    replica = await system.startReplica();
    call = caller(system.url, system.adminToken);
    room = (await call('POST', '/resources', { body: { name: 'Turing' } })).body.id;
  });
  afterAll(() => system.stop());

  let hour = 0;
  const book = async (by: Call = call, more: object = {}): Promise<string> => {
    const at = `${String(hour % 24).padStart(2, '0')}:00`;
    const day = 2 + Math.floor(hour++ / 24);
    const answer = await by('POST', '/reservations', {
      body: { resourceId: room, start: soon(at, day), end: soon(at.replace(':00', ':30'), day), title: 'Sync', ...more },
    });
    return answer.body.id as string;
  };
  const of = (id: string) => (it: Frame) => (it['data'] as { reservationId?: string } | undefined)?.reservationId === id;

  /** The status the upgrade is refused with, the code it is closed with, or the type of the first frame. */
  const hello = (headers: Record<string, string>, ticket?: string, url = system.url): Promise<number | string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/stream`, { headers });
      socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
      socket.once('open', () => socket.send(JSON.stringify({ type: 'hello', ticket })));
      socket.once('message', (data: Buffer) => {
        socket.terminate();
        resolve((JSON.parse(data.toString()) as Frame).type);
      });
      socket.once('close', (code) => resolve(code));
      socket.on('error', () => undefined);
    });
  const ticketOf = async (by: Call): Promise<string> => (await by('POST', '/stream/tickets')).body.ticket;
  const cookiesOf = async (username: string): Promise<string> => {
    const signedIn = await fetch(`${system.url}/api/v1/auth/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: system.url },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    return signedIn.headers
      .getSetCookie()
      .map((it) => it.split(';', 1)[0])
      .join('; ');
  };

  it('refuses the pages of other sites before there is a socket, whatever they call themselves', async () => {
    const cookie = await cookiesOf('admin');
    const { host, port } = new URL(system.url);
    const bad = [
      ...['http://evil.example', 'https://evil.example', 'null', 'file://', '', 'about:blank', 'chrome-extension://abcdef'],
      ...[
        `${system.url}.evil.example`,
        `${system.url}/`,
        `${system.url}@evil.example`,
        `http://evil.example/${host}`,
        `http://${host} http://evil.example`,
      ],
      ...[
        'http://127.0.0.1',
        `http://127.0.0.1:${Number(port) + 1}`,
        `http://localhost:${port}`,
        `http://user@${host}`,
        `HTTP://${host}`,
        `ws://${host}`,
      ],
    ];
    const found = await Promise.all(bad.map(async (origin) => [origin, await hello({ origin, cookie })]));
    expect(found).toEqual(bad.map((it) => [it, 403]));
    expect([await hello({ origin: system.url, cookie }), await hello({ cookie })]).toEqual(['welcome', 4401]);
    for (const origin of bad.slice(0, 4))
      expect((await Reader.open(system.url, undefined, 'me', { origin, cookie })).answer.status).toBe(403);
  });

  it('takes a ticket once, in time, on any replica, and for whose it is', async () => {
    const other = await personWith(call, 'user', 'theo');
    const once = await ticketOf(call);
    expect([await hello({}, once, replica.url), await hello({}, once), await hello({}, once, replica.url)]).toEqual([
      'welcome',
      4401,
      4401,
    ]);

    const old = await ticketOf(call);
    await system.asOwner(`update stream_ticket set expires_at = now() - interval '1 second'`);
    expect([await hello({}, old), await hello({}, 'x'.repeat(43)), await hello({}, 'x'.repeat(201))]).toEqual([4401, 4401, 'error']);

    // Not the person of the cookie beside it.
    const theirs = new WebSocket(`${system.url.replace('http', 'ws')}/api/v1/stream`, {
      headers: { origin: system.url, cookie: await cookiesOf('admin') },
    });
    const frames: Frame[] = [];
    theirs.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
    await new Promise((resolve) => theirs.once('open', resolve));
    theirs.send(JSON.stringify({ type: 'hello', ticket: await ticketOf(other.call) }));
    theirs.send(JSON.stringify({ type: 'subscribe', id: '1', topic: 'me' }));
    await within5s(
      async () => frames.length,
      (it) => it === 2,
    );
    const [mine, his] = [await book(), await book(other.call)];
    await within5s(
      async () => frames.find(of(his)),
      (it) => it !== undefined,
    );
    expect(frames.find(of(mine))).toBeUndefined();
    theirs.terminate();

    const late = await ticketOf(other.call);
    await other.call('POST', '/logout');
    await within5s(
      () => hello({}, late),
      (it) => it === 4401,
    );
  });

  it('stops telling within five seconds what somebody may not follow any more', async () => {
    const role = await call('POST', '/roles', { body: { name: 'Decides', permissions: ['approval:decide'] } });
    const guest = await personWith(call, 'guest', 'gus');
    const given = await call('POST', '/roles/assignments', { body: { roleId: role.body.id, accountId: guest.id } });
    expect([role.status, given.status]).toEqual([201, 201]);
    await within5s(
      () => caller(replica.url, guest.token)('GET', '/users/me'),
      (it) => it.body.permissions.includes('approval:decide'),
    );
    const listener = keep(await Listener.open(system, guest.call, undefined, replica.url));
    await listener.follow('approvals');
    await listener.follow('me');
    expect(listener.frames.map((it) => it.type)).toEqual(['welcome', 'subscribed', 'subscribed']);

    expect((await call('DELETE', `/roles/assignments/${given.body.id}`)).status).toBeLessThan(300);
    expect(await listener.sees((it) => it.type === 'error', 6_000)).toMatchObject({ id: 'approvals', problem: { code: 'not-found' } });
    listener.close();
  });

  it('closes on binary frames, large ones, ones in a hundred pieces, floods of pings, and an eleventh connection', async () => {
    const closing = async (misuse: (socket: WebSocket) => void): Promise<number | undefined> => {
      const listener = await Listener.open(system, call);
      misuse(listener.socket);
      await within5s(
        async () => listener.closed,
        (it) => it !== undefined,
      );
      return listener.closed?.code;
    };
    expect(await closing((it) => it.send(Buffer.from([1, 2, 3])))).toBe(1003);
    expect(await closing((it) => it.send(JSON.stringify({ type: 'ping', more: 'x'.repeat(17_000) })))).toBe(1009);
    const pieces = (it: WebSocket) => Array.from({ length: 100 }, (_, n) => it.send('x', { fin: n === 99 }));
    // What is still on its way may take the reason with it.
    expect([1008, 1009, 1006]).toContain(await closing(pieces));
    expect([1008, 1006]).toContain(await closing((it) => Array.from({ length: 500 }, () => it.ping())));
    expect((await call('GET', '/users/me')).status).toBe(200);

    const crowd = await personWith(call, 'user', 'crowd');
    const all = await Promise.all(Array.from({ length: 10 }, () => Listener.open(system, crowd.call)));
    expect(await hello({}, await ticketOf(crowd.call))).toBe(4401);
    expect((await Reader.open(system.url, crowd.token, 'me')).answer.status).toBe(429);
    for (const it of all) it.close();
  });

  it('tells the same without a WebSocket, to whom it would tell it there, and goes on where it was on another replica', async () => {
    const olga = await personWith(call, 'user', 'olga');
    expect((await Reader.open(system.url, undefined, 'me')).answer.status).toBe(401);
    for (const wrong of ['', 'me:x', 'me,', '../x']) expect((await Reader.open(system.url, olga.token, wrong)).answer.status).toBe(400);

    const reader = keep(await Reader.open(system.url, olga.token, `resource:${room},me,approvals,jobs:${room}`));
    expect(reader.answer.headers.get('content-type')).toContain('text/event-stream');
    expect(reader.answer.headers.get('content-encoding')).toBeNull();
    await within5s(
      async () => reader.lastId,
      (it) => it !== '',
    );
    expect(reader.frames.map((it) => it.type)).toEqual(['welcome', 'subscribed', 'subscribed', 'subscribed', 'error']);
    const secret = await book(call, { private: true, title: 'Secret' });
    expect(await reader.sees(of(secret))).toMatchObject({ event: 'reservation.created', etag: '"1"', data: { title: null } });
    const { lastId } = reader;
    reader.close();
    const missed = [await book(), await book()];

    await new Promise((resolve) => setTimeout(resolve, 700));
    const second = keep(await Reader.open(replica.url, olga.token, `resource:${room}`, { 'last-event-id': lastId }));
    const live = await book();
    await second.sees(of(live));
    const told = second.frames.filter((it) => it.type === 'event').map((it) => (it['data'] as { reservationId: string }).reservationId);
    expect(told).toEqual([...missed, live]);
    expect(Number(second.lastId)).toBeGreaterThan(Number(lastId));

    await olga.call('POST', '/logout');
    await within5s(
      async () => second.ended,
      (it) => it,
    );
  });

  it('says goodbye when a process ends, and every frame of this file is as the contract says', async () => {
    const listener = keep(await Listener.open(system, call, undefined, replica.url));
    const before = listener.frames[0]?.['seq'] as number;
    listener.send({ type: 'ping' });
    for (const it of [`resource:${room}`, 'me', 'nothing']) await listener.follow(it);
    const [start, end] = [soon('00:00', 20), soon('00:30', 20)];
    await call('POST', '/reservations', { body: { resourceId: room, start, end } });
    const other = await personWith(call, 'user', 'wanda');
    const waiting = keep(await Listener.open(system, other.call, undefined, replica.url));
    await waiting.follow('me');
    expect((await other.call('POST', '/waitlist', { body: { resourceId: room, start, end } })).status).toBe(201);
    await waiting.sees((it) => it['event'] === 'waitlist.joined');
    await call('POST', `/resources/${room}/status`, { body: { status: 'maintenance' } });
    await listener.sees((it) => String(it['event']).startsWith('resource.'));
    const items = [{ resourceId: room, start: soon('08:00', 21), end: soon('09:00', 21) }];
    const job = await call('POST', '/bulk/reservations', { body: { mode: 'bestEffort', items }, headers: { prefer: 'respond-async' } });
    const follower = keep(await Listener.open(system, call, before, replica.url));
    await follower.follow(`jobs:${job.body.id}`);
    await follower.sees((it) => it['event'] === 'job.ended');
    const lost = keep(await Listener.open(system, call, 999_999_999, replica.url));
    await lost.follow('me');
    await lost.sees((it) => it.type === 'resync');
    const reader = keep(await Reader.open(replica.url, other.token, 'me'));
    await within5s(
      async () => reader.lastId,
      (it) => it !== '',
    );

    await replica.kill('SIGTERM');
    for (const it of [listener, waiting, follower, lost]) {
      await it.sees((frame) => frame.type === 'bye').catch(() => undefined);
      expect([it.frames.at(-1)?.type, it.closed?.code]).toEqual(['bye', 1012]);
    }
    expect(reader.frames.at(-1)).toMatchObject({ type: 'bye' });

    const contract = JSON.parse(readFileSync('apps/api/asyncapi.json', 'utf8'));
    expect((await call('GET', '//api/asyncapi.json')).body).toEqual(contract);
    const formats = { uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ };
    const ajv = new Ajv({ allErrors: true, strict: false, formats });
    ajv.addSchema({ $id: 'contract', ...contract });
    const messages: string[] = contract.operations.follow.messages.map((it: { $ref: string }) => it.$ref.split('/').at(-1));
    const validators = messages.map((it) => [it, ajv.compile({ $ref: `contract#/components/schemas/${it}` })] as const);
    const seen = new Set<string>();
    for (const frame of recorded.flat()) {
      const fitting = validators.filter(([, fits]) => fits(frame)).map(([name]) => name);
      expect([frame, fitting]).toEqual([frame, [expect.any(String)]]);
      seen.add(fitting[0] ?? '');
    }
    // A note to the owner comes after its letter was tried, which on a busy machine is within this story and else after it.
    const byChance = ['notificationEvent', 'provisioningEvent'];
    expect(messages.filter((it) => !seen.has(it) && !byChance.includes(it))).toEqual([]);
  });
});
