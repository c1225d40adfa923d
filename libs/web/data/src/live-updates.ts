import { Injectable, InjectionToken, NgZone, inject, signal } from '@angular/core';
import { apiBase } from './api-url';

/** An event of the server's log, as the stream delivers it for one topic. */
export interface LiveEvent<T = unknown> {
  readonly topic: string;
  readonly type: string;
  /** Position in the organization's log, growing. */
  readonly seq: number;
  /** Instant, RFC 3339. */
  readonly at: string;
  readonly data: T;
  readonly etag?: string;
}

/** `live` = connected, `reconnecting` = trying again, `offline` = the device has no network. */
export type LiveStatus = 'live' | 'reconnecting' | 'offline';

type Handler = (event: LiveEvent) => void;
interface Topic {
  readonly handlers: Set<Handler>;
  readonly resyncs: Set<() => void>;
}
interface Frame {
  readonly op?: string;
  readonly seq?: number;
  readonly stream?: string;
  readonly heartbeatSeconds?: number;
  readonly topic?: string;
  readonly retryAfter?: number;
  readonly [field: string]: unknown;
}

/** Opens the socket; replaced in tests. */
export const openSocket = new InjectionToken<(url: string) => WebSocket>('openSocket', {
  providedIn: 'root',
  factory: () => (url: string) => new WebSocket(url),
});

const firstDelayMs = 500;
const longestDelayMs = 30_000;

/**
 * The server's events while they happen, over one WebSocket with the page's own cookie. After a gap it resumes from the last
 * sequence number; when the server cannot replay that, watchers are told to fetch again.
 */
@Injectable({ providedIn: 'root' })
export class LiveUpdates {
  private readonly open = inject(openSocket);
  private readonly zone = inject(NgZone);
  private readonly statusSignal = signal<LiveStatus>('reconnecting');
  private readonly lastUpdateSignal = signal<number | null>(null);
  private readonly topics = new Map<string, Topic>();

  private socket: WebSocket | null = null;
  private wanted = false;
  private attempt = 0;
  private stream: string | null = null;
  private seq: number | null = null;
  private heardAt = 0;
  private heartbeat: ReturnType<typeof setInterval> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private nextId = 1;

  readonly status = this.statusSignal.asReadonly();
  /** When something last came from the server, epoch milliseconds. */
  readonly lastUpdate = this.lastUpdateSignal.asReadonly();

  constructor() {
    addEventListener('online', () => this.reconnectNow());
    addEventListener('offline', () => this.drop());
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
    this.stream = null;
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
      entry = { handlers: new Set(), resyncs: new Set() };
      this.topics.set(topic, entry);
      this.send({ op: 'subscribe', id: String(this.nextId++), topic });
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
      this.send({ op: 'unsubscribe', topic });
    };
  }

  private connect(): void {
    if (!this.wanted || this.socket !== null) return;
    if (!navigator.onLine) {
      this.statusSignal.set('offline');
      return;
    }
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = this.zone.runOutsideAngular(() => this.open(`${scheme}//${location.host}${apiBase}/stream`));
    this.socket = socket;
    socket.onopen = () => this.send({ op: 'hello', ...(this.seq === null ? {} : { resume: this.seq }) });
    socket.onmessage = (message: MessageEvent<string>) => this.receive(JSON.parse(message.data) as Frame);
    socket.onclose = () => this.lost(socket);
  }

  private receive(frame: Frame): void {
    this.heardAt = Date.now();
    this.lastUpdateSignal.set(this.heardAt);
    if (frame.op === 'welcome') this.welcomed(frame);
    else if (frame.op === 'event') this.deliver(frame as unknown as LiveEvent);
    else if (frame.op === 'resync') this.resync(frame.topic);
    else if (frame.op === 'bye') this.scheduleAfterBye(frame.retryAfter);
  }

  private welcomed(frame: Frame): void {
    const sameStream = this.stream === null || this.stream === frame.stream;
    this.stream = frame.stream ?? null;
    if (!sameStream) this.resync(undefined);
    if (this.seq === null || !sameStream) this.seq = frame.seq ?? null;
    this.attempt = 0;
    this.statusSignal.set('live');
    for (const topic of this.topics.keys()) this.send({ op: 'subscribe', id: String(this.nextId++), topic });
    this.beat((frame.heartbeatSeconds ?? 25) * 1000);
  }

  private deliver(event: LiveEvent): void {
    if (this.seq === null || event.seq > this.seq) this.seq = event.seq;
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
      if (Date.now() - this.heardAt > everyMs * 2.4) this.socket?.close(4000);
      else this.send({ op: 'ping' });
    }, everyMs);
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.socket = null;
    if (this.heartbeat !== null) clearInterval(this.heartbeat);
    if (!this.wanted) return;
    this.statusSignal.set(navigator.onLine ? 'reconnecting' : 'offline');
    if (navigator.onLine && this.retry === null) this.schedule(jittered(this.attempt++));
  }

  private scheduleAfterBye(retryAfter: number | undefined): void {
    this.schedule((retryAfter ?? 1) * 1000 * (1 + Math.random()));
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
    this.connect();
  }

  private drop(): void {
    if (!this.wanted) return;
    this.statusSignal.set('offline');
    this.socket?.close(4001);
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
