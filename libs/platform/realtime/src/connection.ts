import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import type { EventLog, LogEntry } from '@berth/platform/outbox';
import type { RawData, WebSocket } from 'ws';
import { errorFrame, readFrame, type ClientFrame, type ServerFrame } from './frames';
import { parseTopic, type Topic, type TopicRule, type Topics } from './topics';

export const HEARTBEAT_SECONDS = 25;
const DEAD_AFTER_MS = 60_000;
const MAX_SUBSCRIPTIONS = 200;
const FRAMES_PER_SECOND = 20;
const FRAMES_BURST = 100;
/** More than this has been missed: reading anew is cheaper than replaying. */
const REPLAY_MAX = 1_000;
const SLOW_BYTES = 256 * 1024;
const STUCK_BYTES = 1024 * 1024;

interface Subscription {
  readonly text: string;
  readonly topic: Topic;
  readonly rule: TopicRule;
  /** Events that came while missed ones were being read; undefined once it is live. */
  waiting: LogEntry[] | undefined;
}

/** What a connection asks of its surroundings. */
export interface ConnectionParts {
  readonly topics: Topics;
  readonly log: EventLog;
  /** The actor a hello opens the stream for: by its ticket, or by the cookie of the upgrade. */
  readonly admit: (ticket: string | undefined) => Promise<Actor | undefined>;
  /** The actor as they are now; undefined when the session has ended. */
  readonly recheck: (actor: Actor) => Promise<Actor | undefined>;
}

/** One client of the stream: its frames in order, its subscriptions, what it has missed. */
export class Connection {
  actor: Actor | undefined;
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly behind = new Set<string>();
  private resume: number | undefined;
  private seqAtHello = 0;
  private allowance = FRAMES_BURST;
  private refilledAt = Date.now();
  private heardAt = Date.now();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: WebSocket,
    private readonly parts: ConnectionParts,
  ) {
    socket.on('message', (data, isBinary) => this.enqueue(() => this.hear(data, isBinary)));
    socket.on('pong', () => (this.heardAt = Date.now()));
  }

  /** Frames and events are handled one after another, so that what is sent is in order. */
  private enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => {
      this.send(errorFrame(error instanceof Problem ? error : new Problem('internal-error')));
    });
  }

  private async hear(data: RawData, isBinary: boolean): Promise<void> {
    this.heardAt = Date.now();
    if (isBinary) return this.socket.close(1003, 'text frames only');
    if (!this.allowed()) return this.socket.close(1008, 'too many frames');
    const frame = readFrame((data as Buffer).toString('utf8'));
    if (frame.type === 'ping') return this.send({ type: 'pong' });
    if (frame.type === 'hello') return this.greet(frame);
    if (!this.actor) return this.socket.close(4401, 'say hello first');
    if (frame.type === 'unsubscribe') return void this.subscriptions.delete(frame.id);
    await this.subscribe(this.actor, frame);
  }

  private async greet(frame: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    if (this.actor) return;
    const actor = await this.parts.admit(frame.ticket);
    if (!actor) return this.socket.close(4401, 'not signed in');
    this.resume = frame.resume;
    this.seqAtHello = await this.parts.log.lastSequence(actor.organizationId);
    this.actor = actor;
    this.send({ type: 'welcome', stream: '/api/v1/stream', seq: this.seqAtHello, heartbeatSeconds: HEARTBEAT_SECONDS });
  }

  private async subscribe(actor: Actor, frame: Extract<ClientFrame, { type: 'subscribe' }>): Promise<void> {
    const topic = parseTopic(frame.topic);
    const rule = topic && this.parts.topics.rule(topic);
    // What one may not follow looks the same as what does not exist.
    if (!topic || !rule || !(await rule.maySubscribe(actor, topic.id))) return this.send(errorFrame(new Problem('not-found'), frame.id));
    if (this.subscriptions.size >= MAX_SUBSCRIPTIONS)
      return this.send(errorFrame(new Problem('validation-failed', { detail: `At most ${MAX_SUBSCRIPTIONS} subscriptions.` }), frame.id));

    const subscription: Subscription = { text: frame.topic, topic, rule, waiting: this.resume === undefined ? undefined : [] };
    this.subscriptions.set(frame.id, subscription);
    this.send({ type: 'subscribed', id: frame.id, topic: frame.topic });
    if (this.resume !== undefined) await this.replay(actor, subscription, this.resume);
  }

  /** Sends what the client missed since it was last connected, then what came meanwhile. */
  private async replay(actor: Actor, subscription: Subscription, after: number): Promise<void> {
    const missed = after > this.seqAtHello ? [] : await this.parts.log.since(actor.organizationId, after, REPLAY_MAX + 1);
    if (missed.length > REPLAY_MAX || after > this.seqAtHello) this.send({ type: 'resync', topic: subscription.text });
    else for (const entry of missed) if (entry.sequence <= this.seqAtHello) await this.offer(actor, subscription, entry);
    const waiting = subscription.waiting ?? [];
    subscription.waiting = undefined;
    for (const entry of waiting) await this.offer(actor, subscription, entry);
  }

  /** Takes an event of the log; sends it where a subscription matches. */
  take(entry: LogEntry): void {
    const { actor } = this;
    if (!actor || entry.organizationId !== actor.organizationId) return;
    // What was there at the hello is in what the client reads, or is replayed.
    if (entry.sequence <= this.seqAtHello) return;
    for (const subscription of this.subscriptions.values()) {
      if (subscription.waiting) subscription.waiting.push(entry);
      else this.enqueue(() => this.offer(this.actor ?? actor, subscription, entry));
    }
  }

  private async offer(actor: Actor, subscription: Subscription, entry: LogEntry): Promise<void> {
    if (!(await subscription.rule.matches(entry, subscription.topic.id, actor))) return;
    if (this.socket.bufferedAmount > STUCK_BYTES) return this.socket.close(1013, 'too slow');
    if (this.socket.bufferedAmount > SLOW_BYTES) return void this.behind.add(subscription.text);
    const data = await this.parts.topics.dataFor(actor, entry);
    if (data === undefined) return;
    this.send({ type: 'event', topic: subscription.text, event: entry.type, seq: entry.sequence, at: entry.time, data });
  }

  /** Called every few seconds: heartbeat, ended sessions, slow clients that caught up. */
  async tend(beat: boolean): Promise<void> {
    if (Date.now() - this.heardAt > DEAD_AFTER_MS) return this.socket.terminate();
    if (beat) this.socket.ping();
    if (this.actor) {
      const current = await this.parts.recheck(this.actor);
      if (!current) return this.socket.close(4401, 'session ended');
      this.actor = current;
    }
    if (this.behind.size > 0 && this.socket.bufferedAmount < SLOW_BYTES / 4) {
      for (const topic of this.behind) this.send({ type: 'resync', topic });
      this.behind.clear();
    }
  }

  /** Says goodbye; clients come back after a random part of the time. */
  dismiss(): void {
    this.send({ type: 'bye', retryAfter: 5 });
    this.socket.close(1012, 'restarting');
  }

  private send(frame: ServerFrame): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(frame));
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
