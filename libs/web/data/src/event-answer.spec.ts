import { ReadableStream } from 'node:stream/web';
import { TextDecoder, TextEncoder } from 'node:util';
import { EventAnswer } from './event-answer';

/** An answer of the server that is being written. */
class Written {
  static all: Written[] = [];
  private writer: { enqueue(bytes: Uint8Array): void; close(): void } | undefined;
  readonly body = new ReadableStream<Uint8Array>({ start: (writer) => void (this.writer = writer) });

  constructor(
    readonly url: string,
    readonly status = 200,
  ) {
    Written.all.push(this);
  }

  say(text: string): void {
    this.writer?.enqueue(new TextEncoder().encode(text));
  }

  end(): void {
    this.writer?.close();
  }
}

const latest = (): Written => Written.all.at(-1)!;
const settle = (ms = 100): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the live stream without a WebSocket', () => {
  let line: EventAnswer;
  let heard: { type: string; seq?: number }[];
  let closed: number | null;
  let status: number;

  beforeAll(() => Object.assign(globalThis, { TextDecoder }));
  beforeEach(async () => {
    [Written.all, heard, closed, status] = [[], [], null, 200];
    const ask = async (url: string): Promise<Response> => {
      const { body } = new Written(url);
      return { ok: status === 200, status, body } as unknown as Response;
    };
    line = new EventAnswer('/api/v1/stream/events', ask);
    line.onmessage = ({ data }) => heard.push(JSON.parse(data));
    line.onclose = ({ code }) => (closed = code);
    await settle();
  });

  const send = (frame: object): void => line.send(JSON.stringify(frame));
  async function following(resume?: number): Promise<void> {
    send({ type: 'hello', ...(resume !== undefined && { resume }) });
    await settle(0);
    latest().say('retry: 3000\n\ndata: {"type":"welcome","seq":50,"heartbeatSeconds":25}\n\n');
    await settle(0);
    send({ type: 'subscribe', id: '1', topic: 'me' });
    send({ type: 'subscribe', id: '2', topic: 'approvals' });
    latest().say('data: {"type":"subscribed","id":"me","topic":"me"}\n\nid: 50\n\n');
    await settle();
  }

  it('is welcomed first, then follows all topics in one answer from where it was', async () => {
    await following(20);

    expect(Written.all.map((it) => it.url)).toEqual([
      '/api/v1/stream/events?topics=me',
      '/api/v1/stream/events?topics=me%2Capprovals&after=20',
    ]);
    latest().say('data: {"type":"welcome","seq":51}\n\ndata: {"type":"event","topic":"me","se');
    await settle(0);
    latest().say('q":30}\n\n');
    await settle(0);
    expect(heard.map((it) => [it.type, it.seq])).toEqual([
      ['welcome', 50],
      ['event', 30],
    ]);
  });

  it('goes on behind the last message when something else is followed', async () => {
    await following();
    latest().say('id: 50\n\nid: 61\ndata: {"type":"event","topic":"me","seq":61}\n\n');
    await settle(0);
    send({ type: 'unsubscribe', id: '2' });
    send({ type: 'subscribe', id: '3', topic: 'site:1' });
    await settle();

    expect(latest().url).toBe('/api/v1/stream/events?topics=me%2Csite%3A1&after=61');
    expect(Written.all).toHaveLength(3);
    expect(closed).toBeNull();
  });

  it('answers a ping while something is heard, and ends with its answer', async () => {
    await following();
    latest().say(': still here\n\n');
    await settle(0);
    send({ type: 'ping' });
    send({ type: 'ping' });
    expect(heard.filter((it) => it.type === 'pong')).toHaveLength(1);

    latest().end();
    await settle();
    expect(closed).toBe(1006);
  });

  it('says so when nobody is signed in', async () => {
    status = 401;
    send({ type: 'hello' });
    await settle();

    expect(closed).toBe(4401);
  });
});
