import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { finished } from 'node:stream/promises';
import { Audience } from './audience';
import { Connection, type ConnectionParts, type Wire } from './connection';
import { EventStream } from './event-stream';
import { RecentLog } from './recent-log';
import { somebody } from './testing';
import { Topics } from './topics';

const actor = somebody();
const log = { lastSequence: async () => 0, since: async () => [] };
const topics = new Topics();
const parts: ConnectionParts = { topics, audience: new Audience(topics), recent: new RecentLog(log), log, admit: async () => actor };

/** A socket that keeps what it was closed with. */
class Socket extends EventEmitter implements Wire {
  readonly OPEN = 1;
  readonly readyState = 1;
  readonly bufferedAmount = 0;
  closed: number | undefined;
  send(): void {}
  ping(): void {}
  terminate(): void {}
  close(code: number): void {
    this.closed = code;
  }
}

describe('A line of the live stream', () => {
  const opened = (): { socket: Socket; connection: Connection } => {
    const socket = new Socket();
    return { socket, connection: new Connection(socket, parts) };
  };
  afterEach(() => void jest.useRealTimers());

  it('ends where nobody says hello, and goes on where somebody did', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    const [silent, greeted] = [opened(), opened()];
    greeted.socket.emit('message', Buffer.from('{"type":"hello","ticket":"t"}'), false);
    await jest.advanceTimersByTimeAsync(29_000);
    for (const it of [silent, greeted]) it.connection.tend(false);
    expect([silent.socket.closed, greeted.socket.closed]).toEqual([undefined, undefined]);

    await jest.advanceTimersByTimeAsync(2_000);
    for (const it of [silent, greeted]) it.connection.tend(false);

    expect([silent.socket.closed, greeted.socket.closed]).toEqual([4401, undefined]);
    expect(greeted.connection.follower.actor).toBe(actor);
  });

  it('lets go of who reads no further, once it has ended', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    const stream = new EventStream(parts, () => 0);
    stream.send('x'.repeat(100_000));
    stream.dismiss();
    expect(stream.body.destroyed).toBe(false);

    const over = finished(stream.body).catch((error: NodeJS.ErrnoException) => error.code);
    await jest.advanceTimersByTimeAsync(11_000);

    expect(await over).toBe('ERR_STREAM_PREMATURE_CLOSE');
  });
});
