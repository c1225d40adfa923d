import type { Stream } from '@berth/platform/realtime';
import { createLog } from '@berth/platform/runtime';
import { fastify, type FastifyInstance } from 'fastify';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Drain } from './drain';

/** A connection kept open, as a proxy has them. */
class Kept {
  received = '';
  isClosed = false;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => (this.received += text));
    socket.on('close', () => (this.isClosed = true)).on('error', () => undefined);
  }

  static open(port: number): Promise<Kept> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Kept(socket)));
      socket.once('error', reject);
    });
  }

  ask(path = '/', part = ''): void {
    this.socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n${part || '\r\n'}`);
  }

  write(text: string): void {
    this.socket.write(text);
  }

  async sees(fits: () => boolean): Promise<void> {
    for (let tries = 0; !fits() && tries < 400; tries++) await sleep(10);
    expect(fits()).toBe(true);
  }
}

describe('A process that ends', () => {
  let server: FastifyInstance;
  let drain: Drain;
  let dismissed: number;
  let finish: () => void;
  let port: number;

  beforeEach(async () => {
    dismissed = 0;
    const stream = { dismiss: async () => void dismissed++ } as unknown as Stream;
    drain = new Drain(stream, createLog('silent'));
    server = fastify({ return503OnClosing: false, keepAliveTimeout: 75_000 });
    drain.attach(server);
    server.get('/', async () => 'here');
    server.get('/slow', () => new Promise((resolve) => (finish = () => resolve('done'))));
    await server.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = server.server.address() as AddressInfo);
  });
  afterEach(() => server.close());

  it('says so first, and serves as before until the time for that is over', async () => {
    const kept = await Kept.open(port);
    const gone = drain.leave(3);

    expect(drain.isUnready).toBe(true);
    kept.ask();
    const fresh = await Kept.open(port);
    fresh.ask();
    await kept.sees(() => kept.received.includes('here'));
    await fresh.sees(() => fresh.received.includes('here'));

    expect(kept.received).toContain('keep-alive');
    expect([kept.isClosed, dismissed]).toEqual([false, 0]);
    await gone;
  });

  it('then lets nobody new in, and answers on the connections there are for the last time', async () => {
    const kept = await Kept.open(port);
    kept.ask();
    await kept.sees(() => kept.received.includes('here'));
    kept.received = '';
    const gone = drain.leave(0.05);
    await kept.sees(() => !server.server.listening);

    await expect(Kept.open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(kept.isClosed).toBe(false);
    kept.ask();
    await kept.sees(() => kept.isClosed);

    expect(kept.received).toContain('200 OK');
    expect(kept.received.toLowerCase()).toContain('connection: close');
    await gone;
    expect(dismissed).toBe(1);
  });

  it('finishes what is in hand, also what was only half asked', async () => {
    const [slow, half] = [await Kept.open(port), await Kept.open(port)];
    slow.ask('/slow');
    half.ask('/', 'x-rest:');
    await slow.sees(() => finish !== undefined);
    let isOver = false;
    const gone = drain.leave(1).then(() => (isOver = true));
    await slow.sees(() => !server.server.listening);
    half.write(' comes\r\n\r\n');
    await half.sees(() => half.isClosed);
    expect(half.received).toContain('here');

    await sleep(50);
    expect(isOver).toBe(false);
    finish();
    await gone;
    await slow.sees(() => slow.received.includes('done') && slow.isClosed);
  });

  it('ends at once where nobody has to be told', async () => {
    const kept = await Kept.open(port);
    const from = performance.now();
    await drain.leave(0);
    await server.close();

    await kept.sees(() => kept.isClosed);
    expect(performance.now() - from).toBeLessThan(3_000);
  });
});
