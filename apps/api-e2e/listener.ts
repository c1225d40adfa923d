import { WebSocket } from 'ws';
import type { Call } from './http';
import type { RunningSystem } from './start-system';

const LOOK_MS = 50;

/** What the server sends. */
export interface Frame {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A client of the stream that remembers what it was sent. */
export class Listener {
  readonly frames: Frame[] = [];
  closed: { code: number } | undefined;
  private readonly waiting = new Set<() => void>();

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame);
      for (const it of this.waiting) it();
    });
    socket.on('close', (code) => {
      this.closed = { code };
      for (const it of this.waiting) it();
    });
  }

  static async open(system: RunningSystem, call: Call, resume?: number, url = system.url): Promise<Listener> {
    const { body } = await call('POST', '/stream/tickets');
    const listener = new Listener(new WebSocket(`${url.replace('http', 'ws')}/api/v1/stream`));
    await new Promise((resolve, reject) => listener.socket.once('open', resolve).once('error', reject));
    listener.send({ type: 'hello', ticket: body.ticket, resume });
    await listener.sees((it) => it.type === 'welcome');
    return listener;
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  async follow(topic: string): Promise<this> {
    this.send({ type: 'subscribe', id: topic, topic });
    await this.sees((it) => (it.type === 'subscribed' || it.type === 'error') && it['id'] === topic);
    return this;
  }

  /** The first frame that fits, now or within the time; a machine that wakes nobody in time has more of it. */
  async sees(fits: (frame: Frame) => boolean, ms = 5_000): Promise<Frame> {
    for (let waited = 0; ;) {
      const found = this.frames.find(fits);
      if (found) return found;
      if (this.closed || waited > ms) throw new Error(`not seen; ${JSON.stringify(this.frames.slice(-5))} closed ${this.closed?.code}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(() => {
          waited += LOOK_MS;
          wake();
        }, LOOK_MS);
        this.waiting.add(wake);
      });
    }
  }

  events(): Frame[] {
    return this.frames.filter((it) => it.type === 'event');
  }

  close(): void {
    this.socket.terminate();
  }
}
