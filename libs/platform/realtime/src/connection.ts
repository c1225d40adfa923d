import type { Actor } from '@berth/platform/auth';
import type { RawData } from 'ws';
import { Follower, type FollowerParts, type Line } from './follower';
import { type ClientFrame, readFrame } from './frames';

const DEAD_AFTER_MS = 60_000;
/** For so long a socket may be open that nobody has said hello on: thousands who come back at once wait for their turn that long. */
const SILENT_MS = 30_000;
const FRAMES_PER_SECOND = 20;
const FRAMES_BURST = 100;
/** A client that does not answer a goodbye. */
const PATIENCE_MS = 1_000;

/** What is asked of a WebSocket. */
export interface Wire {
  readonly OPEN: number;
  readonly readyState: number;
  readonly bufferedAmount: number;
  on(event: 'message', hear: (data: RawData, isBinary: boolean) => void): unknown;
  on(event: 'ping' | 'pong', hear: () => void): unknown;
  send(text: string): void;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** What a connection asks of its surroundings. */
export interface ConnectionParts extends FollowerParts {
  /** The actor a hello opens the stream for: by its ticket, or by the cookie of the upgrade. */
  readonly admit: (ticket: string | undefined) => Promise<Actor | undefined>;
}

/** One client on a WebSocket: its frames, its heartbeat, its floods. */
export class Connection implements Line {
  readonly follower: Follower;
  private allowance = FRAMES_BURST;
  private refilledAt = Date.now();
  private readonly openedAt = Date.now();
  private heardAt = this.openedAt;
  private hasSaidHello = false;

  constructor(
    private readonly socket: Wire,
    private readonly parts: ConnectionParts,
  ) {
    this.follower = new Follower(this, parts);
    socket.on('message', (data, isBinary) => this.hear(data, isBinary));
    socket.on('ping', () => this.heard());
    socket.on('pong', () => (this.heardAt = Date.now()));
  }

  get waiting(): number {
    return this.socket.bufferedAmount;
  }

  send(text: string): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(text);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), PATIENCE_MS).unref();
  }

  /** Called every few seconds: a heartbeat now and then, and an end for who is not there. */
  tend(beat: boolean): void {
    if (Date.now() - this.heardAt > DEAD_AFTER_MS) return this.socket.terminate();
    if (!this.hasSaidHello && Date.now() - this.openedAt > SILENT_MS) return this.close(4401, 'say hello first');
    if (beat) this.socket.ping();
    this.follower.catchUp();
  }

  /** Says goodbye; clients come back after a random part of the time. */
  dismiss(): void {
    this.follower.send({ type: 'bye', retryAfter: 5 });
    this.close(1012, 'restarting');
  }

  private hear(data: RawData, isBinary: boolean): void {
    if (!this.heard()) return;
    if (isBinary) return this.close(1003, 'text frames only');
    this.follower.enqueue(() => this.answer(readFrame((data as Buffer).toString('utf8'))));
  }

  /** Counted before anything is done about it: a flood costs nothing but its bytes. */
  private heard(): boolean {
    this.heardAt = Date.now();
    if (this.socket.readyState !== this.socket.OPEN) return false;
    if (this.allowed()) return true;
    this.close(1008, 'too many frames');
    return false;
  }

  private async answer(frame: ClientFrame): Promise<void> {
    const { follower } = this;
    if (frame.type === 'ping') return follower.send({ type: 'pong' });
    if (frame.type === 'hello') return this.greet(frame);
    if (!follower.actor) return this.close(4401, 'say hello first');
    if (frame.type === 'unsubscribe') return follower.unsubscribe(frame.id);
    await follower.subscribe(follower.actor, frame.id, frame.topic);
  }

  private async greet(frame: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    if (this.hasSaidHello) return;
    this.hasSaidHello = true;
    const actor = await this.parts.admit(frame.ticket);
    if (!actor) return this.close(4401, 'not signed in');
    await this.follower.welcome(actor, frame.resume);
  }

  /** A token bucket: bursts of subscriptions pass, floods do not. */
  private allowed(): boolean {
    const now = Date.now();
    this.allowance = Math.min(FRAMES_BURST, this.allowance + ((now - this.refilledAt) / 1000) * FRAMES_PER_SECOND);
    this.refilledAt = now;
    this.allowance -= 1;
    return this.allowance >= 0;
  }
}
