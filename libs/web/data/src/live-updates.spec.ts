import { TestBed } from '@angular/core/testing';
import { LiveUpdates, openAnswer, openSocket, type LiveEvent } from './live-updates';
import { Session } from './session';

/** The far end of a connection. */
class FarEnd {
  static readonly all: FarEnd[] = [];
  readonly received: Record<string, unknown>[] = [];
  readyState: number = WebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url = '') {
    FarEnd.all.push(this);
  }

  send(text: string): void {
    this.received.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  accept(seq = 10): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
    this.say({ type: 'welcome', stream: '/api/v1/stream', seq, heartbeatSeconds: 25 });
  }

  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  breakOff(code = 1006): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code });
  }
}

const refresh = jest.fn<Promise<boolean>, []>();
const latest = (): FarEnd => FarEnd.all.at(-1)!;
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

function connected(): LiveUpdates {
  const live = TestBed.inject(LiveUpdates);
  live.start();
  latest().accept();
  return live;
}

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
  FarEnd.all.length = 0;
  refresh.mockReset().mockResolvedValue(true);
  TestBed.configureTestingModule({
    providers: [
      { provide: openSocket, useValue: (url: string) => new FarEnd(url) },
      { provide: openAnswer, useValue: (url: string) => new FarEnd(url) },
      { provide: Session, useValue: { refresh } },
    ],
  });
});

afterEach(() => {
  TestBed.resetTestingModule();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('the live connection', () => {
  it('says hello and is live once welcomed', () => {
    const live = TestBed.inject(LiveUpdates);
    live.start();
    expect(live.status()).toBe('reconnecting');

    latest().accept();

    expect(latest().received[0]).toEqual({ type: 'hello' });
    expect(live.status()).toBe('live');
  });

  it('hands an event to those who watch its topic, and only to them', () => {
    const live = connected();
    const site: LiveEvent[] = [];
    const other: LiveEvent[] = [];
    live.watch('site:1', (event) => site.push(event));
    live.watch('site:2', (event) => other.push(event));

    latest().say({
      type: 'event',
      topic: 'site:1',
      event: 'reservation.created',
      seq: 11,
      at: '2026-11-24T13:00:00Z',
      data: { reservationId: 'r' },
    });

    expect(site).toEqual([
      { topic: 'site:1', type: 'reservation.created', seq: 11, at: '2026-11-24T13:00:00Z', data: { reservationId: 'r' } },
    ]);
    expect(other).toEqual([]);
  });

  it('subscribes once for two watchers and leaves with the last', () => {
    const live = connected();

    const first = live.watch('me', jest.fn());
    const second = live.watch('me', jest.fn());
    first();
    second();

    const sent = latest().received.slice(1);
    expect(sent.map((it) => it['type'])).toEqual(['subscribe', 'unsubscribe']);
    expect(sent[1]!['id']).toBe(sent[0]!['id']);
  });

  it('resumes from the last event and subscribes again after a break', async () => {
    const live = connected();
    live.watch('me', jest.fn());
    latest().say({ type: 'event', topic: 'me', event: 'reservation.moved', seq: 42, at: '2026-11-24T13:00:00Z', data: {} });

    latest().breakOff();
    await settle();
    expect(live.status()).toBe('reconnecting');
    await jest.advanceTimersByTimeAsync(30_000);
    latest().accept(50);

    expect(FarEnd.all).toHaveLength(2);
    expect(latest().received).toEqual([
      { type: 'hello', resume: 42 },
      { type: 'subscribe', id: expect.any(String), topic: 'me' },
    ]);
    expect(live.status()).toBe('live');
  });

  it('waits longer after each failure, never beyond thirty seconds', async () => {
    connected();
    const waits: number[] = [];

    for (let attempt = 0; attempt < 9; attempt++) {
      const before = FarEnd.all.length;
      latest().breakOff();
      let waited = 0;
      while (FarEnd.all.length === before) {
        await jest.advanceTimersByTimeAsync(100);
        waited += 100;
      }
      waits.push(waited);
    }

    expect(waits.slice(0, 5)).toEqual([500, 1000, 2000, 4000, 8000]);
    expect(Math.max(...waits)).toBe(15_000);
  });

  it('tells watchers to fetch again when the server cannot replay', () => {
    const live = connected();
    const again = jest.fn();
    live.watch('site:1', jest.fn(), again);

    latest().say({ type: 'resync', topic: 'site:1' });

    expect(again).toHaveBeenCalledTimes(1);
  });

  it('tells watchers to fetch again when the log went backwards', async () => {
    const live = connected();
    const again = jest.fn();
    live.watch('site:1', jest.fn(), again);

    latest().breakOff();
    await jest.advanceTimersByTimeAsync(30_000);
    latest().accept(3);

    expect(again).toHaveBeenCalledTimes(1);
  });

  it('gives up a connection that has been silent for a minute', async () => {
    const live = connected();
    const silent = latest();

    await jest.advanceTimersByTimeAsync(76_000);

    expect(silent.received.filter((it) => it['type'] === 'ping')).toHaveLength(2);
    expect(live.status()).toBe('reconnecting');
    expect(FarEnd.all.length).toBeGreaterThan(1);
  });

  it('renews the session before it comes back from a refusal', async () => {
    const live = connected();

    latest().breakOff(4401);
    await jest.advanceTimersByTimeAsync(30_000);

    expect(refresh).toHaveBeenCalledTimes(1);
    expect(FarEnd.all).toHaveLength(2);
    expect(live.status()).toBe('reconnecting');
  });

  it('stays away when the session cannot be renewed', async () => {
    refresh.mockResolvedValue(false);
    connected();

    latest().breakOff(4401);
    await jest.advanceTimersByTimeAsync(60_000);

    expect(FarEnd.all).toHaveLength(1);
  });

  it('does without a WebSocket where none gets through, and tries that first from then on', async () => {
    TestBed.inject(LiveUpdates).start();
    const next = async (): Promise<void> => {
      latest().breakOff();
      await jest.advanceTimersByTimeAsync(30_000);
    };
    await next();
    await next();
    latest().accept();
    await next();

    expect(FarEnd.all.map((it) => it.url.replace(/^ws:\/\/[^/]+/, ''))).toEqual([
      '/api/v1/stream',
      '/api/v1/stream',
      '/api/v1/stream/events',
      '/api/v1/stream/events',
    ]);
    await next();
    expect(latest().url).toContain('ws://');
  });

  it('comes back to where it was when it breaks off before all topics were told what they missed', async () => {
    const live = connected();
    for (const it of ['site:1', 'site:2']) live.watch(it, jest.fn());
    latest().say({ type: 'event', topic: 'site:1', event: 'reservation.moved', seq: 20, at: '2026-11-24T13:00:00Z', data: {} });
    latest().breakOff();
    await jest.advanceTimersByTimeAsync(30_000);
    latest().accept(50);
    latest().say({ type: 'subscribed', id: '1', topic: 'site:1' });
    latest().say({ type: 'event', topic: 'site:1', event: 'reservation.moved', seq: 45, at: '2026-11-24T13:00:00Z', data: {} });
    latest().breakOff();
    await jest.advanceTimersByTimeAsync(30_000);
    latest().accept(50);

    expect(latest().received[0]).toEqual({ type: 'hello', resume: 20 });
  });

  it('comes back at once when the network does', async () => {
    const live = connected();
    const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    await settle();
    expect(live.status()).toBe('offline');

    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));

    expect(FarEnd.all).toHaveLength(2);
  });
});
