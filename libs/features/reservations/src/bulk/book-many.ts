import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { toProblem } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock, LOG } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Allocation, type PlaceAs } from '../allocation';
import { Book } from '../book';
import { Conflicts } from '../conflicts';
import { NotPlaced } from '../place-under-locks';
import type { Claim, Reservation } from '../reservation';
import type { BookingWish } from '../wish';
import { actorOfItem, conflictsAmong, ItemFailed, leavesOf, lockAll, readItem } from './bulk-items';
import { type Job, toJob } from './jobs/job';
import { factsOfJob, insertJob } from './jobs/job.store';
import { type BulkOutcome, itemProblem, type ItemResult, outcomeOf, problemOfItems } from './bulk-outcome';

export interface BookManyCommand {
  readonly mode: 'atomic' | 'bestEffort';
  /** As they came; each is read as the body for a single reservation is. */
  readonly items: readonly unknown[];
  /** Of the titles of problems. */
  readonly language: string;
  /** Milliseconds after which best effort is handed to a job. */
  readonly patience?: number;
}

const MAX_ATTEMPTS = 4;
/** An answer takes two seconds at most. */
export const PATIENCE_MS = 1_500;

/** Books many at once: all or none, or each by itself. */
@Injectable()
export class BookMany {
  constructor(
    private readonly database: Database,
    private readonly allocation: Allocation,
    private readonly conflicts: Conflicts,
    private readonly book: Book,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** @throws Problem of the first item that fails, with a pointer for each, when it is all or none; then nothing was booked */
  async execute(actor: Actor, command: BookManyCommand): Promise<BulkOutcome<Reservation> | Job> {
    const earlier = await recall<BulkOutcome<Reservation> | Job>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    if (command.mode === 'atomic') return this.allOrNone(actor, command);
    return this.eachByItself(actor, command);
  }

  /** What is not done in time goes on as a job, from where it is. */
  private async eachByItself(actor: Actor, command: BookManyCommand): Promise<BulkOutcome<Reservation> | Job> {
    const { items, language, patience = PATIENCE_MS } = command;
    const until = performance.now() + patience;
    const results: ItemResult<Reservation>[] = [];
    for (const [index, item] of items.entries()) {
      if (performance.now() >= until) return this.handOver(actor, command, results);
      results.push(await this.one(actorOfItem(actor, index), item, index, language));
    }
    const outcome = outcomeOf(results);
    return actor.idempotency ? this.database.transaction(actor, () => Promise.resolve(outcome)) : outcome;
  }

  private handOver(actor: Actor, { items, language }: BookManyCommand, results: readonly ItemResult<Reservation>[]): Promise<Job> {
    return this.database.transaction(actor, async (tx) => {
      const row = await insertJob(tx, actor, 'bulk-book', { items, language }, results, this.clock.now());
      await this.outbox.append(tx, actor, factsOfJob('job.progressed', row));
      return toJob(row);
    });
  }

  /** Books one item, whatever becomes of the others. @param also done in the transaction that books it */
  async one(actor: Actor, item: unknown, index: number, language: string, also?: PlaceAs['also']): Promise<ItemResult<Reservation>> {
    try {
      return { index, status: 201, data: await this.book.execute(actor, await readItem(item), also) };
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'internal-error') this.log.error({ error, requestId: actor.requestId, item: index }, 'an item failed');
      return { index, status: problem.status, problem: itemProblem(problem, language) };
    }
  }

  private async allOrNone(actor: Actor, { items, language }: BookManyCommand): Promise<BulkOutcome<Reservation>> {
    const wishes = await each(items, (it) => readItem(it), language);
    for (let attempt = 1; ; attempt++) {
      const claims = await each(wishes, (it) => this.judge(actor, it, attempt > 1), language);
      try {
        return await this.allocation.inTurn(leavesOf(claims), () =>
          this.database.transaction(actor, (tx) => this.placeAll(tx, actor, wishes, claims)),
        );
      } catch (error) {
        if (!(error instanceof ItemFailed)) throw error;
        const failed = error.problem ? new Map([[error.index, error.problem]]) : await this.inTheWay(actor, wishes, claims);
        if (failed.size > 0) throw problemOfItems(failed, '/items', language);
        if (attempt >= MAX_ATTEMPTS) throw problemOfItems(new Map([[error.index, this.conflicts.problem([])]]), '/items', language);
      }
    }
  }

  private judge(actor: Actor, wish: BookingWish, fresh: boolean): Promise<Claim> {
    if (!fresh) return this.allocation.judgedFirst(actor, wish);
    return this.allocation.judge(actor, wish, { status: 'booked', holdUntil: null }, true);
  }

  private async placeAll(
    tx: Tx,
    actor: Actor,
    wishes: readonly BookingWish[],
    claims: readonly Claim[],
  ): Promise<BulkOutcome<Reservation>> {
    await lockAll(tx, claims);
    const results: ItemResult<Reservation>[] = [];
    for (const [index, claim] of claims.entries()) {
      try {
        results.push({ index, status: 201, data: await this.allocation.placed(tx, actor, claim, wishes[index]?.holdId ?? null) });
      } catch (error) {
        if (error instanceof NotPlaced) throw new ItemFailed(index, undefined);
        throw error instanceof Problem ? new ItemFailed(index, error) : error;
      }
    }
    return outcomeOf(results);
  }

  /** Why there was no room, for each item that found none: others, or an item before it. */
  private async inTheWay(actor: Actor, wishes: readonly BookingWish[], claims: readonly Claim[]): Promise<Map<number, Problem>> {
    const failed = new Map<number, Problem>();
    for (const [index, claim] of claims.entries()) {
      const taken = await this.conflicts.of(actor, claim, wishes[index]?.holdId ?? undefined);
      const conflicts =
        taken.length > 0 || claim.items.some((it) => it.resource.units > 1) ? taken : conflictsAmong(claim, claims.slice(0, index));
      if (conflicts.length > 0) failed.set(index, this.conflicts.problem(conflicts));
    }
    return failed;
  }
}

/** Does the same for each; one problem for all that fail. */
async function each<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>, language: string): Promise<Out[]> {
  const done: Out[] = [];
  const failed = new Map<number, Problem>();
  for (const [index, item] of items.entries()) {
    try {
      done.push(await work(item));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failed.set(index, error);
    }
  }
  if (failed.size > 0) throw problemOfItems(failed, '/items', language);
  return done;
}
