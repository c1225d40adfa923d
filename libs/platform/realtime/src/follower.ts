import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import type { EventLog, LogEntry } from '@berth/platform/outbox';
import type { Audience } from './audience';
import type { Telling } from './coalesce';
import { errorFrame, eventFrame, type ServerFrame } from './frames';
import type { RecentLog } from './recent-log';
import { parseTopic, type Topic, type TopicRule, type Topics } from './topics';

export const HEARTBEAT_SECONDS = 25;
export const MAX_SUBSCRIPTIONS = 200;
const SLOW_BYTES = 256 * 1024;
const CAUGHT_UP_BYTES = 64 * 1024;
const STUCK_BYTES = 1024 * 1024;
/** Events that wait to be shown to one client. */
const MAX_WAITING = 1_000;

/** Where frames go: a WebSocket, or an answer that does not end. */
export interface Line {
  /** @param seq of what the frame tells, where it has a place in the log */
  send(text: string, seq?: number): void;
  /** Bytes that were sent and have not left. */
  readonly waiting: number;
  close(code: number, reason: string): void;
}

/** What everybody who follows shares. */
export interface FollowerParts {
  readonly topics: Topics;
  readonly audience: Audience;
  readonly log: Pick<EventLog, 'lastSequence'>;
  readonly recent: RecentLog;
}

/** One topic of one client. */
export interface Subscription {
  readonly id: string;
  readonly text: string;
  readonly topic: Topic;
  readonly rule: TopicRule;
  readonly key: string;
  readonly organizationId: string;
  /** Of the subscriptions of this client, from 0. */
  readonly place: number;
  readonly follower: Follower;
  /** What came before has been told, or is in what the client reads. */
  after: number;
  /** Events that came while missed ones were being read; undefined once it is live. */
  waiting: Telling[] | undefined;
  /** Of what stands in no log: how it was when it was last said to read it anew. */
  mark: string | undefined;
}

/** Somebody who follows topics, whatever the line is: what they are told, in order, and what they have missed. */
export class Follower {
  actor: Actor | undefined;
  private readonly subscriptions = new Map<string, Subscription>();
  /** Topics of which something was left out, and the first number that was; without end where that stands in no log. */
  private readonly behind = new Map<string, number>();
  private resume: number | undefined;
  private seqAtHello = 0;
  private offers = 0;
  private joined = 0;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly line: Line,
    private readonly parts: FollowerParts,
  ) {}

  /**
   * What is to be done for it comes one after another, so that what is sent is in order. Where something cannot be done the line ends:
   * the client comes back where it was, instead of waiting for what nobody will send.
   */
  enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => {
      if (error instanceof Problem) this.send(errorFrame(error));
      else this.line.close(1011, 'try again');
    });
  }

  /** @param resume sequence number of the last event the client has seen */
  async welcome(actor: Actor, resume: number | undefined): Promise<void> {
    this.resume = resume;
    // At once: who comes in the next moment finds the place taken.
    this.actor = actor;
    this.seqAtHello = await this.parts.log.lastSequence(actor.organizationId);
    const frame = { type: 'welcome', stream: '/api/v1/stream', seq: this.seqAtHello, heartbeatSeconds: HEARTBEAT_SECONDS } as const;
    this.line.send(JSON.stringify(frame), this.seqAtHello);
  }

  async subscribe(actor: Actor, id: string, text: string): Promise<void> {
    const { topics, audience, recent } = this.parts;
    const topic = parseTopic(text);
    const rule = topic && topics.rule(topic);
    // What one may not follow looks the same as what does not exist.
    if (!topic || !rule || !(await rule.maySubscribe(actor, topic.id))) return this.send(errorFrame(new Problem('not-found'), id));
    if (this.subscriptions.size >= MAX_SUBSCRIPTIONS)
      return this.send(errorFrame(new Problem('validation-failed', { detail: `At most ${MAX_SUBSCRIPTIONS} subscriptions.` }), id));

    this.unsubscribe(id);
    const { resume } = this;
    // Replayed is all this process has told already; what it comes to later is taken as it comes.
    const after = resume === undefined ? this.seqAtHello : Math.max(this.seqAtHello, recent.latest(actor.organizationId));
    const waiting = resume === undefined ? undefined : [];
    const key = topics.keyOf(rule, actor, topic);
    const { organizationId } = actor;
    const place = this.joined++;
    const subscription: Subscription = {
      id,
      text,
      topic,
      rule,
      key,
      organizationId,
      place,
      follower: this,
      after,
      waiting,
      mark: undefined,
    };
    this.subscriptions.set(id, subscription);
    audience.join(subscription);
    this.send({ type: 'subscribed', id, topic: text });
    if (resume !== undefined) await this.replay(actor, subscription, resume);
  }

  unsubscribe(id: string): void {
    const subscription = this.subscriptions.get(id);
    if (!subscription) return;
    this.subscriptions.delete(id);
    this.parts.audience.leave(subscription);
  }

  /** Sends what the client missed since it was last connected, then what came meanwhile. */
  private async replay(actor: Actor, subscription: Subscription, since: number): Promise<void> {
    // A log that is behind what the client has seen was restored from a backup: what it holds may never have happened.
    const isFromNowhere = since > this.seqAtHello;
    const missed = isFromNowhere ? undefined : await this.missed(actor, subscription, since).catch(() => undefined);
    if (!missed) this.send({ type: 'resync', topic: subscription.text });
    for (const entry of missed ?? []) await this.offer(subscription, { entry, replaces: [] });
    const waiting = subscription.waiting ?? [];
    subscription.waiting = undefined;
    for (const it of waiting) await this.offer(subscription, it);
  }

  /** What happened to what is followed since then; undefined where that is too much. */
  private async missed(actor: Actor, { topic, key, after }: Subscription, since: number): Promise<readonly LogEntry[] | undefined> {
    const { topics, recent } = this.parts;
    const all = await recent.between(actor.organizationId, since, after);
    if (!all) return undefined;
    const mine: LogEntry[] = [];
    for (const entry of all) if ((await topics.keysOf(entry, [topic.kind])).includes(key)) mine.push(entry);
    return mine;
  }

  /** What is followed and stands in no log is not what it was: it is to be read anew, by who may follow it now. */
  readAnew(subscription: Subscription): void {
    const { id, text, rule, topic } = subscription;
    this.enqueue(async () => {
      const { actor } = this;
      if (!actor || this.subscriptions.get(id) !== subscription) return;
      if (!(await rule.maySubscribe(actor, topic.id))) return this.refuse(id);
      this.behind.set(text, this.behind.get(text) ?? Infinity);
      this.catchUp();
    });
  }

  /** Takes an event that belongs to a subscription. */
  take(subscription: Subscription, telling: Telling): void {
    if (telling.entry.sequence <= subscription.after || this.behind.has(subscription.text)) return;
    subscription.after = telling.entry.sequence;
    if (subscription.waiting) {
      subscription.waiting.push(telling);
      return;
    }
    if (this.offers >= MAX_WAITING) return this.leaveOut(subscription, telling.entry);
    this.offers++;
    this.enqueue(() => this.offer(subscription, telling).finally(() => this.offers--));
  }

  private async offer(subscription: Subscription, { entry, replaces }: Telling): Promise<void> {
    const { actor } = this;
    if (!actor || this.subscriptions.get(subscription.id) !== subscription) return;
    if (this.line.waiting > STUCK_BYTES) return this.line.close(1013, 'too slow');
    if (this.line.waiting > (this.behind.size > 0 ? CAUGHT_UP_BYTES : SLOW_BYTES)) return this.leaveOut(subscription, entry);
    const data = await this.dataOf(subscription, actor, entry);
    if (data === undefined) return;
    // Who is cut off comes back behind the last event they had: what was left out before it is said first.
    if (Math.min(...this.behind.values()) < entry.sequence) this.tellBehind();
    this.line.send(eventFrame(subscription.text, entry, replaces, data), entry.sequence);
  }

  /** What of an event may be told. Where that cannot be looked up, the client is told to read anew instead: nothing is left out unsaid. */
  private async dataOf(subscription: Subscription, actor: Actor, entry: LogEntry): Promise<object | undefined> {
    try {
      return subscription.rule.tells ?? (await this.parts.topics.dataFor(actor, entry));
    } catch {
      this.leaveOut(subscription, entry);
      return undefined;
    }
  }

  private leaveOut({ text }: Subscription, { sequence }: LogEntry): void {
    this.behind.set(text, Math.min(sequence, this.behind.get(text) ?? Infinity));
  }

  /** Of a slow client that caught up: it is told to read anew what it was not told. */
  catchUp(): void {
    if (this.offers === 0 && this.line.waiting <= CAUGHT_UP_BYTES) this.tellBehind();
  }

  private tellBehind(): void {
    for (const topic of this.behind.keys()) this.send({ type: 'resync', topic });
    this.behind.clear();
  }

  /**
   * Takes the actor as they are now. What they may not follow any more ends like what does not exist.
   * @param current undefined when the session has ended
   */
  renew(current: Actor | undefined): void {
    const before = this.actor;
    if (!before) return;
    if (!current) {
      this.actor = undefined;
      return this.line.close(4401, 'session ended');
    }
    this.actor = current;
    if (rightsOf(before) !== rightsOf(current)) this.enqueue(() => this.askAgain(current));
  }

  private async askAgain(actor: Actor): Promise<void> {
    for (const { id, rule, topic } of [...this.subscriptions.values()]) {
      if (!(await rule.maySubscribe(actor, topic.id))) this.refuse(id);
    }
  }

  /** Ends what may not be followed any more like what does not exist. */
  private refuse(id: string): void {
    this.unsubscribe(id);
    this.send(errorFrame(new Problem('not-found'), id));
  }

  /** Leaves everything; nothing is sent any more. */
  end(): void {
    this.actor = undefined;
    for (const it of this.subscriptions.values()) this.parts.audience.leave(it);
    this.subscriptions.clear();
  }

  send(frame: ServerFrame): void {
    this.line.send(JSON.stringify(frame));
  }
}

/** All that decides what somebody sees, as one text. */
const rightsOf = ({ role, grants, groupIds, scopes }: Actor): string =>
  JSON.stringify([
    role,
    grants.map((it) => [it.assignmentId, it.siteId, it.resourceId, [...it.permissions].sort()]),
    [...groupIds].sort(),
    [...(scopes ?? [])],
  ]);
