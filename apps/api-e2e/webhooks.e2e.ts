import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Webhook as Verifier } from 'standardwebhooks';
import { type Call, caller, soon } from './http';
import { type RunningSystem, startSystem } from './start-system';

/** Good receivers beside one of each bad kind; the long form, `WEBHOOK_GOOD=50`, also measures how soon the good ones are told. */
const GOOD = Number(process.env['WEBHOOK_GOOD'] ?? 4);
const ROUNDS = Number(process.env['WEBHOOK_ROUNDS'] ?? (GOOD >= 50 ? 40 : 3));
const WARM_UP = GOOD >= 50 ? 5 : 0;
const PATIENCE_MS = 60_000;
const MAY_BE_SLOWER = 1.2;

interface Receiver {
  readonly url: string;
  stop(): void;
}

describe('Webhooks to good receivers beside bad ones', () => {
  let system: RunningSystem;
  let admin: Call;
  let resourceId: string;
  const receivers: Receiver[] = [];
  /** By receiver and message when it arrived. */
  const arrived = new Map<number, Map<string, { readonly at: number; readonly title: string }>>();
  let canaryHits = 0;

  beforeAll(async () => {
    const canary = await listening(createPlainServer((socket) => void (canaryHits++, socket.destroy())));
    receivers.push(canary);
    // What the environment says about proxies is nobody's business.
    const proxies = Object.fromEntries(
      ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map((it) => [it, canary.url]),
    );
    system = await startSystem({ BERTH_ALLOWED_NETWORKS: '127.0.0.0/8', BERTH_RATE_LIMIT: 'off', NODE_USE_ENV_PROXY: '1', ...proxies });
    admin = caller(system.url, system.adminToken);
    resourceId = (await admin('POST', '/resources', { body: { name: 'Turing', units: 1000 } })).body.id;
  });
  afterAll(async () => {
    await system.stop();
    for (const it of receivers) it.stop();
  });

  const hooked = async (name: string, receiver: Receiver): Promise<{ id: string; secret: string }> => {
    receivers.push(receiver);
    const { status, body } = await admin('POST', '/webhooks', {
      body: { name, url: receiver.url, events: ['reservation.created'], payload: 'full' },
    });
    expect([name, status]).toEqual([name, 201]);
    return body;
  };
  const good = async (n: number): Promise<void> => {
    const got = new Map<string, { at: number; title: string }>();
    arrived.set(n, got);
    const known: { verifier?: Verifier } = {};
    const receiver = await serving((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        const told = known.verifier?.verify(Buffer.concat(parts).toString(), headers) as { id: string; data: { title: string } };
        if (!got.has(told.id)) got.set(told.id, { at: performance.now(), title: told.data.title });
        response.writeHead(204).end();
      });
    });
    known.verifier = new Verifier((await hooked(`Good ${n}`, receiver)).secret);
  };
  const book = async (title: string): Promise<number> => {
    const began = performance.now();
    const body = { resourceId, title, start: soon('08:00'), end: soon('09:00') };
    expect((await admin('POST', '/reservations', { body })).status).toBe(201);
    return began;
  };
  /** How long after the booking each good receiver was told; milliseconds. */
  async function round(title: string): Promise<number[]> {
    const began = await book(title);
    const timeOf = (n: number): number | undefined => [...(arrived.get(n)?.values() ?? [])].find((it) => it.title === title)?.at;
    const all = [...arrived.keys()];
    for (const end = Date.now() + PATIENCE_MS; all.some((n) => timeOf(n) === undefined); await sleep(10))
      if (Date.now() > end) throw new Error(`${title} did not arrive everywhere`);
    return all.map((n) => (timeOf(n) ?? 0) - began);
  }
  const turn = async (ids: readonly string[], state: 'active' | 'paused'): Promise<void> => {
    for (const id of ids) {
      const { headers, body } = await admin('GET', `/webhooks/${id}`);
      if (body.state === 'disabled') continue;
      const changed = await admin('PATCH', `/webhooks/${id}`, { body: { state }, headers: { 'if-match': headers.get('etag') ?? '' } });
      expect(changed.status).toBe(200);
    }
    // What had waited is sent at once; that is not what is measured.
    if (GOOD >= 50) await sleep(1_000);
  };
  const p99 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0;

  it('tells the good ones all the same, signed, and writes down what the others did', async () => {
    for (let n = 0; n < GOOD; n++) await good(n);
    const bad: Readonly<Record<string, { readonly receiver: Receiver; readonly failure: string | null }>> = {
      hang: { receiver: await raw((socket) => void socket.resume()), failure: null },
      'no TLS': { receiver: await raw((socket) => void socket.resume(), 'https'), failure: null },
      500: { receiver: await serving((_request, response) => void response.writeHead(500).end('no')), failure: 'answered' },
      410: { receiver: await serving((_request, response) => void response.writeHead(410).end()), failure: 'gone' },
      301: {
        receiver: await serving((_request, response) => void response.writeHead(301, { location: receivers[0]?.url }).end()),
        failure: 'redirected',
      },
      reset: { receiver: await raw((socket) => void socket.once('data', () => socket.resetAndDestroy())), failure: 'unreachable' },
      garbage: { receiver: await raw((socket) => void socket.once('data', () => socket.end('220 ready\r\n'))), failure: 'unreachable' },
      'wrong TLS': { receiver: await serving((_request, response) => void response.end()), failure: 'not-trusted' },
      large: { receiver: await serving(pouring), failure: null },
      'gzip bomb': {
        receiver: await serving((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB)),
        failure: null,
      },
    };
    const ids: Record<string, string> = {};
    for (const [name, { receiver }] of Object.entries(bad)) {
      const url = name === 'wrong TLS' ? receiver.url.replace('http:', 'https:') : receiver.url;
      ids[name] = (await hooked(name, { ...receiver, url })).id;
    }
    const [alone, beside]: [number[], number[]] = [[], []];
    for (let n = 0; n < WARM_UP; n++) await round(`Warm ${n}`);
    // In turn, so that what else the machine does slows both.
    for (let n = 0; n < ROUNDS; n++) {
      await turn(Object.values(ids), 'paused');
      alone.push(...(await round(`Alone ${n}`)));
      await turn(Object.values(ids), 'active');
      beside.push(...(await round(`Beside ${n}`)));
    }

    const stateOf = async (name: string) => (await admin('GET', `/webhooks/${ids[name]}/deliveries?limit=200`)).body.data.at(-1);
    for (const [name, { failure }] of Object.entries(bad)) {
      if (name === 'hang' || name === 'no TLS') continue;
      for (const end = Date.now() + PATIENCE_MS; (await stateOf(name)).attempts === 0 && Date.now() < end;) await sleep(100);
      expect([name, (await stateOf(name)).lastFailure]).toEqual([name, failure]);
    }
    expect((await admin('GET', `/webhooks/${ids['410']}`)).body).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    const { attemptLog } = (await admin('GET', `/webhooks/${ids['large']}/deliveries/${(await stateOf('large')).id}`)).body;
    expect(attemptLog[0].answer).toHaveLength(1024);
    expect(canaryHits).toBe(0);
    const figures = { good: GOOD, rounds: ROUNDS, p99Alone: Math.round(p99(alone)), p99Beside: Math.round(p99(beside)) };
    console.log(JSON.stringify(figures));
    if (GOOD >= 50) expect(p99(beside)).toBeLessThanOrEqual(p99(alone) * MAY_BE_SLOWER);
  }, 600_000);
});

const BOMB = gzipSync(Buffer.alloc(100_000_000));

/** A GiB, for who takes it. */
const pouring: RequestListener = (_request, response) => {
  const part = Buffer.alloc(64 * 1024, 'x');
  let left = 16 * 1024;
  const pour = (): void => {
    while (left-- > 0 && !response.destroyed) if (!response.write(part)) return void response.once('drain', pour);
    response.end();
  };
  pour();
};

const serving = (listener: RequestListener): Promise<Receiver> => listening(createServer(listener));
const raw = (behave: (socket: Socket) => void, scheme = 'http'): Promise<Receiver> =>
  listening(
    createPlainServer((socket) => {
      socket.on('error', () => undefined);
      behave(socket);
    }),
    scheme,
  );

async function listening(server: ReturnType<typeof createPlainServer>, scheme = 'http'): Promise<Receiver> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      for (const it of sockets) it.destroy();
    },
  };
}
