import { PassThrough } from 'node:stream';
import { Follower, type FollowerParts, type Line } from './follower';

/** Milliseconds after which a client comes back by itself. */
const RETRY_MS = 3_000;
const RETRY_AFTER_BYE_SECONDS = 5;
/** For what was sent to leave, after the end. */
const PATIENCE_MS = 10_000;

/**
 * One client on an answer that does not end (`text/event-stream`): the frames of the WebSocket as messages, each with the
 * sequence number it brings the client to as its id.
 */
export class EventStream implements Line {
  readonly body = new PassThrough();
  readonly follower: Follower;
  private position = 0;
  private isSettled = false;

  /** @param unsent bytes the connection has not taken yet */
  constructor(
    parts: FollowerParts,
    private readonly unsent: () => number,
  ) {
    this.follower = new Follower(this, parts);
    this.body.write(`retry: ${RETRY_MS}\n\n`);
  }

  get waiting(): number {
    return this.body.writableLength + this.body.readableLength + this.unsent();
  }

  send(text: string, seq?: number): void {
    if (this.body.writableEnded) return;
    this.position = Math.max(this.position, seq ?? 0);
    this.body.write(`${this.isSettled && seq !== undefined ? `id: ${this.position}\n` : ''}data: ${text}\n\n`);
  }

  /**
   * All topics have been told what was missed. Until then the client has no place in the log: who breaks off before is told
   * it again.
   */
  settle(): void {
    this.isSettled = true;
    if (!this.body.writableEnded) this.body.write(`id: ${this.position}\n\n`);
  }

  /** What it has not taken by then, it does not take: a reader that stopped would keep all of it. */
  close(): void {
    this.body.end();
    setTimeout(() => this.body.destroy(), PATIENCE_MS).unref();
  }

  tend(beat: boolean): void {
    if (beat && !this.body.writableEnded) this.body.write(': still here\n\n');
    this.follower.catchUp();
  }

  dismiss(): void {
    this.send(JSON.stringify({ type: 'bye', retryAfter: RETRY_AFTER_BYE_SECONDS }));
    this.close();
  }
}
