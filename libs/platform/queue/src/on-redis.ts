import type { BullModuleOptions } from '@nestjs/bull';
import type { Queue as BullQueue } from 'bull';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DueWork } from './due-work';
import { InProcess } from './in-process';
import { within } from './within';

const LOOK_MS = 500;
/** Of all processes one looks for what is due in so long. */
const TURN_MS = 400;
/** How many are offered for each that one process does at once. */
const AHEAD = 8;
/** For so long an offer is the same job: one that hangs in Redis' books, or failed, is offered anew afterwards. */
const OFFER_MS = 10_000;
const ANSWER_MS = 2_000;
/** Of one queue of Bull: for commands, for what it is told, and for what it waits for. */
const CONNECTIONS = 3;
const OPENING_MS = 10;

/** What is offered: the row says everything else. */
interface Offer {
  readonly id: string;
}

/** Options of a queue on a Redis; `rediss` is encrypted. */
export const queueOptions = (name: string, url: string): BullModuleOptions => ({
  name,
  url,
  prefix: 'berth',
  redis: {
    connectTimeout: 5_000,
    retryStrategy: (times: number) => Math.min(times * 100, 1_000),
    ...(url.startsWith('rediss:') && { tls: {} }),
  },
  settings: { retryProcessDelay: 500 },
});

/**
 * Does the work of one queue by Bull: one process at a time looks for what is due and offers it, every process does what is
 * offered. Redis holds nothing but offers: flushed, killed or started anew, it is offered again. While it cannot be
 * reached, this process does by itself what is due.
 */
export class OnRedis {
  private readonly meanwhile: InProcess;
  private readonly inHand = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private looking: Promise<void> | undefined;
  private again = false;
  private isAway = true;

  constructor(
    private readonly work: DueWork,
    private readonly queue: BullQueue<Offer>,
    private readonly log: Logger,
  ) {
    this.meanwhile = new InProcess(work, log, () => this.isAway);
    queue.on('error', (error) => log.debug({ queue: work.name, reason: error.message }, 'Redis stumbled'));
    queue
      .process(work.atOnce, (job) => this.execute(job.data.id))
      .catch((error: unknown) => this.stopping.signal.aborted || this.lost(error));
    queue.client.once('ready', () => this.wake());
    this.timer = setInterval(() => this.look(false), LOOK_MS);
  }

  get isReached(): boolean {
    return !this.isAway;
  }

  wake(): void {
    this.look(true);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.meanwhile.stop();
    await this.looking;
    await Promise.all(this.inHand);
    await this.opened();
    // What waits in Redis is left to others; a Redis that does not answer is not waited for.
    const closed = this.queue.close(true).finally(() => this.disconnect());
    await within(ANSWER_MS, closed).catch(() => this.disconnect());
  }

  /** Bull opens its connections one after another; one that it opens when the others are closed already stays for ever. */
  private async opened(): Promise<void> {
    const { client, clients } = this.queue;
    const isOpening = () =>
      clients.some((it) => it.status === 'connecting' || it.status === 'connect') ||
      (client.status === 'ready' && clients.length < CONNECTIONS);
    for (const until = Date.now() + ANSWER_MS; isOpening() && Date.now() < until;) await sleep(OPENING_MS);
  }

  private disconnect(): void {
    for (const client of this.queue.clients) client.disconnect();
  }

  private look(isCalled: boolean): void {
    if (this.stopping.signal.aborted) return;
    this.again ||= isCalled;
    this.looking ??= this.offer(isCalled).finally(() => {
      this.looking = undefined;
      if (this.again) this.look(true);
    });
  }

  private async offer(isCalled: boolean): Promise<void> {
    this.again = false;
    try {
      if (this.queue.client.status !== 'ready') throw new Error('not connected');
      if (!isCalled && !(await within(ANSWER_MS, this.hasTurn()))) return;
      const limit = this.work.atOnce * AHEAD;
      const due = await this.due(limit);
      const bucket = Math.floor(Date.now() / OFFER_MS);
      const options = { removeOnComplete: true, removeOnFail: { age: OFFER_MS / 1_000 } };
      const offers = due.map((id) => this.queue.add({ id }, { ...options, jobId: `${id}@${bucket}` }));
      await within(ANSWER_MS, Promise.all(offers));
      if (this.isAway) this.log.info({ queue: this.work.name }, 'the queue is on Redis');
      this.isAway = false;
    } catch (error) {
      this.lost(error);
    }
  }

  /** Ids that are due; none when they cannot be looked up, which is no fault of Redis. */
  private async due(limit: number): Promise<readonly string[]> {
    try {
      return await this.work.due(limit);
    } catch (error) {
      this.log.error({ queue: this.work.name, error }, 'what is due could not be looked up; it is tried again');
      return [];
    }
  }

  private async hasTurn(): Promise<boolean> {
    return (await this.queue.client.set(this.queue.toKey('look'), '1', 'PX', TURN_MS, 'NX')) !== null;
  }

  private lost(error: unknown): void {
    if (!this.isAway) this.log.warn({ queue: this.work.name, error }, 'Redis cannot be reached; this process works without it');
    this.isAway = true;
    this.meanwhile.wake();
  }

  private async execute(id: string): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const doing = this.work.execute(id, this.stopping.signal);
    const done = doing.then(
      () => undefined,
      () => undefined,
    );
    this.inHand.add(done);
    try {
      await doing;
    } catch (error) {
      this.log.error({ queue: this.work.name, id, error }, 'work that was due failed; it is tried again');
      throw error;
    } finally {
      this.inHand.delete(done);
      // What was done may have made room for more of its kind: a work may let no more of one receiver be due at once.
      this.wake();
    }
  }
}
