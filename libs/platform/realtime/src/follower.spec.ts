import type { Actor } from '@berth/platform/auth';
import type { LogEntry } from '@berth/platform/outbox';
import { Audience } from './audience';
import { Follower, type Line } from './follower';
import { RecentLog } from './recent-log';
import { somebody } from './testing';
import { Topics } from './topics';

const entry = (sequence: number, subject = 'rooms/a'): LogEntry =>
  ({ sequence, subject, type: 'room.booked', organizationId: 'o', time: 'now', data: { n: sequence } }) as LogEntry;
const actor = somebody();

describe('Somebody who follows', () => {
  const sent: Record<string, unknown>[] = [];
  let line: { -readonly [K in keyof Line]: Line[K] };
  let mayFollow: boolean | Promise<boolean>;
  let audience: Audience;
  let recent: RecentLog;
  let follower: Follower;
  let closed: number | undefined;
  let inLog: LogEntry[];
  let isAway: boolean;
  let lost: number[];
  const unlessAway = <T>(it: T): Promise<T> => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(it));

  beforeEach(() => {
    sent.length = 0;
    [mayFollow, closed, inLog, isAway, lost] = [true, undefined, [], false, []];
    const topics = new Topics();
    topics.define('room', { maySubscribe: async () => mayFollow, keysOf: ({ subject }) => [subject.slice('rooms/'.length)] });
    topics.define('all', { maySubscribe: async () => true, keysOf: () => [''] });
    topics.showWith((_actor, { data, sequence }) =>
      lost.includes(sequence) ? Promise.reject(new Error('lost')) : unlessAway(data as object),
    );
    const log = {
      lastSequence: async () => inLog.length,
      since: (_: string, after: number, limit: number) => unlessAway(inLog.slice(after, after + limit)),
    };
    audience = new Audience(topics);
    recent = new RecentLog(log);
    line = { waiting: 0, send: (text) => void sent.push(JSON.parse(text)), close: (code) => (closed = code) };
    follower = new Follower(line, { topics, audience, recent, log });
  });

  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  async function tell(...entries: LogEntry[]): Promise<void> {
    for (const it of entries) {
      inLog.push(it);
      recent.push(it);
      for (const subscription of await audience.of(it)) subscription.follower.take(subscription, { entry: it, replaces: [] });
    }
    await settled();
  }
  const told = (topic = 'all') => sent.filter((it) => it['type'] === 'event' && it['topic'] === topic).map((it) => it['seq']);

  it('misses nothing and hears nothing twice that happens between coming back and each subscription', async () => {
    await tell(...[1, 2, 3, 4].map((it) => entry(it)));
    await follower.welcome(actor, 2);
    await tell(entry(5));
    const subscribing = follower.subscribe(actor, '1', 'all');
    const telling = tell(entry(6));
    await Promise.all([subscribing, telling]);
    await tell(entry(7));

    expect(told()).toEqual([3, 4, 5, 6, 7]);
  });

  it('is told to read anew what could not be looked up for it, and hears all that comes then', async () => {
    const resyncs = () => sent.filter((it) => it['type'] === 'resync').length;
    inLog.push(entry(1), entry(2));
    isAway = true;
    await follower.welcome(actor, 1);
    await follower.subscribe(actor, '1', 'all');
    expect(resyncs()).toBe(1);
    await tell(entry(3));
    isAway = false;
    follower.catchUp();
    await tell(entry(4));

    expect([resyncs(), told()]).toEqual([2, [4]]);
  });

  /** Who has seen a later number and is cut off comes back behind it. */
  it('is told to read anew before anything that came later than what was left out', async () => {
    await follower.welcome(actor, undefined);
    await follower.subscribe(actor, '1', 'all');
    await follower.subscribe(actor, '2', 'room');
    const waits = Promise.withResolvers<void>();
    follower.enqueue(() => waits.promise);
    lost.push(2);
    await tell(...[1, 2, 3].map((it) => entry(it)), entry(4, 'rooms/'));
    waits.resolve();
    await settled();

    expect(sent.slice(-5).map((it) => it['seq'] ?? it['topic'])).toEqual([1, 'all', 3, 4, 4]);
    follower.catchUp();
    expect(sent.at(-1)).toMatchObject({ type: 'event', seq: 4 });
  });

  it('is cut off, to come back, where it cannot be looked up whether it may follow', async () => {
    await follower.welcome(actor, undefined);
    mayFollow = Promise.reject(new Error('away'));
    follower.enqueue(() => follower.subscribe(actor, '1', 'room'));
    await settled();

    expect(closed).toBe(1011);
  });

  it('is told no more of what it left', async () => {
    await follower.welcome(actor, undefined);
    await follower.subscribe(actor, '1', 'all');
    await follower.subscribe(actor, '2', 'room');
    follower.unsubscribe('1');
    await tell(entry(1, 'rooms/'));

    expect([told('all'), told('room')]).toEqual([[], [1]]);
  });

  it('that reads slowly is told to read anew once it has caught up, and is closed when it does not', async () => {
    await follower.welcome(actor, undefined);
    await follower.subscribe(actor, '1', 'all');
    line.waiting = 300 * 1024;
    await tell(entry(1), entry(2), entry(3));
    follower.catchUp();
    expect([told(), sent.at(-1)?.['type']]).toEqual([[], 'subscribed']);

    line.waiting = 0;
    follower.catchUp();
    expect(sent.at(-1)).toEqual({ type: 'resync', topic: 'all' });
    await tell(entry(4));
    expect(told()).toEqual([4]);

    line.waiting = 1024 * 1024 + 1;
    await tell(entry(5));
    expect(closed).toBe(1013);
  });

  it('for whom more waits than can be shown is told to read anew, and nothing piles up', async () => {
    await follower.welcome(actor, undefined);
    await follower.subscribe(actor, '1', 'all');
    let release: () => void = () => undefined;
    follower.enqueue(() => new Promise((resolve) => (release = resolve)));
    await tell(...Array.from({ length: 5_000 }, (_, n) => entry(n + 1)));
    release();
    await settled();
    follower.catchUp();

    expect(told()).toHaveLength(1_000);
    expect(sent.at(-1)).toEqual({ type: 'resync', topic: 'all' });
  });

  it('whose rights change is asked again about each topic, and only then', async () => {
    await follower.welcome(actor, undefined);
    await follower.subscribe(actor, '1', 'room');
    await follower.subscribe(actor, '2', 'all');
    mayFollow = false;
    follower.renew({ ...actor });
    await settled();
    expect(sent.at(-1)?.['type']).toBe('subscribed');

    follower.renew({ ...actor, role: 'guest' } as Actor);
    await settled();
    expect(sent.at(-1)).toMatchObject({ type: 'error', id: '1', problem: { code: 'not-found' } });
    await tell(entry(1, 'rooms/'));
    expect([told('room'), told('all')]).toEqual([[], [1]]);

    follower.renew(undefined);
    expect(closed).toBe(4401);
  });
});
