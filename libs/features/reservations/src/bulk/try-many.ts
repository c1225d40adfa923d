import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../allocation';
import { Conflicts } from '../conflicts';
import { NotPlaced } from '../place-under-locks';
import type { Claim, Reservation } from '../reservation';
import { conflictsAmong, leavesOf, lockAll, readItem } from './bulk-items';
import { type BulkOutcome, itemProblem, type ItemResult, outcomeOf, Tried } from './bulk-outcome';

interface Judged {
  readonly index: number;
  readonly claim: Claim;
  readonly holdId: string | null;
}

type Attempt = Reservation | Problem | 'no-room';

/**
 * Says of many what booking them would answer now. They are really booked, one beside the other, in a transaction that is
 * rolled back: so items that only together break a limit or fill a pool are found.
 */
@Injectable()
export class TryMany {
  constructor(
    private readonly database: Database,
    private readonly allocation: Allocation,
    private readonly conflicts: Conflicts,
  ) {}

  async execute(actor: Actor, items: readonly unknown[], language: string): Promise<BulkOutcome<Reservation>> {
    const { idempotency: _, ...trier } = actor;
    const results = new Map<number, ItemResult<Reservation>>();
    const fail = (index: number, problem: Problem): void =>
      void results.set(index, { index, status: problem.status, problem: itemProblem(problem, language) });

    const judged: Judged[] = [];
    for (const [index, item] of items.entries()) {
      try {
        const wish = await readItem(item);
        const claim = await this.allocation.judge(trier, wish, { status: 'booked', holdUntil: null }, true);
        judged.push({ index, claim, holdId: wish.holdId ?? null });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        fail(index, error);
      }
    }
    const attempts = await this.tried(trier, judged);
    for (const [i, it] of judged.entries()) {
      const attempt = attempts[i] ?? 'no-room';
      if (attempt instanceof Problem) fail(it.index, attempt);
      else if (attempt === 'no-room') fail(it.index, await this.whyNot(trier, judged, i));
      else results.set(it.index, { index: it.index, status: 201, data: attempt });
    }
    return outcomeOf([...results.values()].toSorted((a, b) => a.index - b.index));
  }

  private async tried(actor: Actor, judged: readonly Judged[]): Promise<readonly Attempt[]> {
    if (judged.length === 0) return [];
    const claims = judged.map((it) => it.claim);
    try {
      await this.allocation.inTurn(leavesOf(claims), () => this.database.transaction(actor, (tx) => this.tryAll(tx, actor, judged)));
    } catch (error) {
      if (error instanceof Tried) return error.results as Attempt[];
      throw error;
    }
    return [];
  }

  private async tryAll(tx: Tx, actor: Actor, judged: readonly Judged[]): Promise<never> {
    await lockAll(
      tx,
      judged.map((it) => it.claim),
    );
    const attempts: Attempt[] = [];
    for (const { claim, holdId } of judged) {
      await tx.sql`savepoint item`;
      try {
        attempts.push(await this.allocation.placed(tx, actor, claim, holdId));
      } catch (error) {
        if (!(error instanceof Problem) && !(error instanceof NotPlaced)) throw error;
        await tx.sql`rollback to savepoint item`;
        attempts.push(error instanceof Problem ? error : 'no-room');
      }
    }
    throw new Tried(attempts);
  }

  private async whyNot(actor: Actor, judged: readonly Judged[], i: number): Promise<Problem> {
    const { claim, holdId } = judged[i]!;
    const taken = await this.conflicts.of(actor, claim, holdId ?? undefined);
    const before = judged.slice(0, i).map((it) => it.claim);
    return this.conflicts.problem(taken.length > 0 ? taken : conflictsAmong(claim, before));
  }
}
