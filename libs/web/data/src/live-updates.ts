import { DestroyRef, Injectable, InjectionToken, inject, signal } from '@angular/core';
import { apiBase } from './api-url';
import { EventAnswer, type LiveLine } from './event-answer';
import { Session } from './session';

/** An event of the server's log, as the stream delivers it for one topic. */
export interface LiveEvent<T = unknown> {
  readonly topic: string;
  /** The event's name, such as `reservation.created`. */
  readonly type: string;
  /** Position in the organization's log, growing. */
  readonly seq: number;
  /** Instant, RFC 3339. */
  readonly at: string;
  readonly data: T;
}

/** `live` = connected, `reconnecting` = trying again, `offline` = the device has no network. */
export type LiveStatus = 'live' | 'reconnecting' | 'offline';

type Handler = (event: LiveEvent) => void;
interface Topic {
  /** The subscription's id on the wire. */
  readonly id: string;
  readonly handlers: Set<Handler>;
  readonly resyncs: Set<() => void>;
}
type Frame =
  | { readonly type: 'welcome'; readonly seq: number; readonly heartbeatSeconds: number }
  | {
      readonly type: 'event';
      readonly topic: string;
      readonly event: string;
      readonly seq: number;
      readonly at: string;
      readonly data: unknown;
    }
  | { readonly type: 'resync'; readonly topic: string }
  | { readonly type: 'bye'; readonly retryAfter: number }
  | { readonly type: 'subscribed' | 'pong' | 'error' };

/** Opens the socket; replaced in tests. */
export const openSocket = new InjectionToken<(url: string) => LiveLine>('openSocket', {
  providedIn: 'root',
  factory: () => (url: string) => new WebSocket(url),
});

/** Opens what stands in for a socket that does not get through; replaced in tests. */
export const openAnswer = new InjectionToken<(url: string) => LiveLine>('openAnswer', {
  providedIn: 'root',
  factory: () => (url: string) => new EventAnswer(url),
});

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** Heartbeats that may go missing before the connection counts as dead: 60 s of 25 s. */
const missedBeats = 2.4;
/** So many sockets in a row that were never welcomed are taken for a network that lets none through; then every third try is an answer. */
const socketsBeforeAnswer = 2;
/** The server's close code for a session that has ended. */
const notSignedIn = 4401;

/**
 * The server's events while they happen, over one WebSocket with the page's own cookie, or without one where none gets through. After a gap it resumes from the last
 * sequence number; when the server cannot replay that, watchers are told to fetch again.
 */
@Injectable({ providedIn: 'root' })
export class LiveUpdates {
  private readonly open = inject(openSocket);
  private readonly openAnswer = inject(openAnswer);
  private readonly session = inject(Session);
  private readonly statusSignal = signal<LiveStatus>('reconnecting');
  private readonly lastUpdateSignal = signal<number | null>(null);
  private readonly topics = new Map<string, Topic>();

  private socket: LiveLine | null = null;
  private wanted = false;
  private attempt = 0;
  /** Lines in a row that were opened and never welcomed. */
  private unwelcome = 0;
  private isAnswer = false;
  /** Topics of which it is not known yet whether all that was missed has been told. */
  private replaying = 0;
  private seq: number | null = null;
  private heardAt = 0;
  private heartbeat: ReturnType<typeof setInterval> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private nextId = 1;

  readonly status = this.statusSignal.asReadonly();
  /** When something last came from the server, epoch milliseconds. */
  readonly lastUpdate = this.lastUpdateSignal.asReadonly();

  constructor() {
    const online = (): void => this.reconnectNow();
    const offline = (): void => this.drop();
    addEventListener('online', online);
    addEventListener('offline', offline);
    inject(DestroyRef).onDestroy(() => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      this.stop();
    });
  }

  /** Connects and stays connected; call once someone is signed in. */
  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.connect();
  }

  /** Disconnects and forgets the position, at sign-out. */
  stop(): void {
    this.wanted = false;
    this.seq = null;
    this.clearTimers();
    this.socket?.close(1000);
    this.socket = null;
  }

  /**
   * Watches a topic such as `me`, `site:{id}` or `resource:{id}`.
   * @param onResync called when events may have been missed: fetch what is visible again
   * @returns ends the watch
   */
  watch(topic: string, onEvent: Handler, onResync?: () => void): () => void {
    let entry = this.topics.get(topic);
    if (entry === undefined) {
      entry = { id: String(this.nextId++), handlers: new Set(), resyncs: new Set() };
      this.topics.set(topic, entry);
      if (this.status() === 'live') this.send({ type: 'subscribe', id: entry.id, topic });
    }
    entry.handlers.add(onEvent);
    if (onResync) entry.resyncs.add(onResync);

    return () => {
      const watched = this.topics.get(topic);
      if (watched === undefined) return;
      watched.handlers.delete(onEvent);
      if (onResync) watched.resyncs.delete(onResync);
      if (watched.handlers.size > 0) return;
      this.topics.delete(topic);
      this.send({ type: 'unsubscribe', id: watched.id });
    };
  }

  private connect(): void {
    if (!this.wanted || this.socket !== null) return;
    if (!navigator.onLine) {
      this.statusSignal.set('offline');
      return;
    }
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.isAnswer = this.unwelcome++ % (socketsBeforeAnswer + 1) === socketsBeforeAnswer;
    const socket = this.isAnswer ? this.openAnswer(`${apiBase}/stream/events`) : this.open(`${scheme}//${location.host}${apiBase}/stream`);
    this.socket = socket;
    socket.onopen = () => this.send({ type: 'hello', ...(this.seq === null ? {} : { resume: this.seq }) });
    socket.onmessage = (message: MessageEvent<string>) => this.receive(JSON.parse(message.data) as Frame);
    socket.onclose = (event) => void this.lost(socket, event.code);
  }

  private receive(frame: Frame): void {
    this.heardAt = Date.now();
    this.lastUpdateSignal.set(this.heardAt);
    if (frame.type === 'welcome') this.welcomed(frame);
    else if (frame.type === 'event')
      this.deliver({ topic: frame.topic, type: frame.event, seq: frame.seq, at: frame.at, data: frame.data });
    else if (frame.type === 'resync') this.resync(frame.topic);
    else if (frame.type === 'bye') this.leave(frame.retryAfter);
    else if (frame.type !== 'pong' && this.replaying > 0) this.replaying--;
  }

  private welcomed(frame: Extract<Frame, { type: 'welcome' }>): void {
    // A server whose log is behind ours was restored from a backup: what we hold may never have happened.
    if (this.seq !== null && frame.seq < this.seq) this.resync(undefined);
    if (this.seq === null || frame.seq < this.seq) this.seq = frame.seq;
    this.attempt = 0;
    // What got through is tried first the next time.
    this.unwelcome = this.isAnswer ? socketsBeforeAnswer : 0;
    this.replaying = this.topics.size;
    this.statusSignal.set('live');
    for (const [topic, entry] of this.topics) this.send({ type: 'subscribe', id: entry.id, topic });
    this.beat(frame.heartbeatSeconds * 1000);
  }

  private deliver(event: LiveEvent): void {
    // Topics are told one after another what they missed: who breaks off in between comes back to where it was.
    if (this.replaying === 0 && (this.seq === null || event.seq > this.seq)) this.seq = event.seq;
    for (const handler of [...(this.topics.get(event.topic)?.handlers ?? [])]) handler(event);
  }

  private resync(topic: string | undefined): void {
    for (const [name, entry] of this.topics) {
      if (topic === undefined || topic === name) for (const resync of [...entry.resyncs]) resync();
    }
  }

  private beat(everyMs: number): void {
    if (this.heartbeat !== null) clearInterval(this.heartbeat);
    this.heartbeat = setInterval(() => {
      if (Date.now() - this.heardAt > everyMs * missedBeats) this.abandon();
      else this.send({ type: 'ping' });
    }, everyMs);
  }

  private async lost(socket: LiveLine, code: number): Promise<void> {
    if (socket !== this.socket) return;
    this.socket = null;
    if (this.heartbeat !== null) clearInterval(this.heartbeat);
    if (!this.wanted) return;
    this.statusSignal.set(navigator.onLine ? 'reconnecting' : 'offline');
    if (code === notSignedIn && !(await this.session.refresh())) return this.stop();
    if (navigator.onLine && this.retry === null) this.schedule(jittered(this.attempt++));
  }

  private leave(retryAfterSeconds: number): void {
    this.schedule(retryAfterSeconds * 1000 * (1 + Math.random()));
    this.socket?.close(1000);
  }

  private schedule(delayMs: number): void {
    this.retry = setTimeout(() => {
      this.retry = null;
      this.connect();
    }, delayMs);
  }

  private reconnectNow(): void {
    if (!this.wanted || this.socket !== null) return;
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    this.attempt = 0;
    this.unwelcome = 0;
    this.connect();
  }

  private drop(): void {
    if (!this.wanted) return;
    this.abandon();
    this.statusSignal.set('offline');
  }

  // A dead network may take minutes to report the close, so the socket is given up at once.
  private abandon(): void {
    const socket = this.socket;
    if (socket === null) return;
    socket.close(4000);
    void this.lost(socket, 4000);
  }

  private clearTimers(): void {
    if (this.heartbeat !== null) clearInterval(this.heartbeat);
    if (this.retry !== null) clearTimeout(this.retry);
    this.heartbeat = null;
    this.retry = null;
  }

  private send(frame: Record<string, unknown>): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}

// Full jitter, so that a thousand consoles do not come back in the same second.
function jittered(attempt: number): number {
  return Math.max(firstDelayMs, Math.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt + 1)));
}
