import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../../allocation';
import { Conflicts } from '../../conflicts';
import { NotPlaced } from '../../place-under-locks';
import type { Claim } from '../../reservation';
import { demandAllowed } from '../../series/book-series';
import { SeriesAllocation } from '../../series/series-allocation';
import { seriesProblem } from '../../series/series-problem';
import { conflictsAmong, ItemFailed, leavesOf, lockAll, readItem, readSeries } from '../bulk-items';
import type { ReadRow, RowOutcome } from './import-report';

/** A row on its way: what it claims, how it is placed, and why it could not be. */
interface JudgedRow {
  readonly claims: readonly Claim[];
  place(tx: Tx): Promise<RowOutcome>;
  /** undefined where nothing of others is in the way. */
  whyNot(): Promise<Problem | undefined>;
}

const MAX_ATTEMPTS = 4;

/** Books all rows of a file, those that recur too, or none of them. */
@Injectable()
export class BookAllRows {
  constructor(
    private readonly database: Database,
    private readonly allocation: Allocation,
    private readonly places: SeriesAllocation,
    private readonly conflicts: Conflicts,
  ) {}

  /**
   * @param rows that have a body
   * @param finish done in the transaction that books them
   * @throws ItemFailed with the first row that cannot be booked; then none is
   */
  async execute<T>(actor: Actor, rows: readonly ReadRow[], finish: (tx: Tx, outcomes: readonly RowOutcome[]) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const judged: JudgedRow[] = [];
      for (const [index, row] of rows.entries()) judged.push(await naming(index, () => this.judged(actor, row)));
      const claims = judged.flatMap((it) => it.claims);
      try {
        return await this.allocation.inTurn(leavesOf(claims), () =>
          this.database.transaction(actor, async (tx) => {
            await lockAll(tx, claims);
            const outcomes: RowOutcome[] = [];
            for (const [index, it] of judged.entries()) outcomes.push(await naming(index, () => it.place(tx)));
            return finish(tx, outcomes);
          }),
        );
      } catch (error) {
        if (!(error instanceof ItemFailed) || error.problem) throw error;
        const problem = (await judged[error.index]!.whyNot()) ?? this.among(judged, error.index);
        if (problem || attempt >= MAX_ATTEMPTS) throw new ItemFailed(error.index, problem ?? this.conflicts.problem([]));
      }
    }
  }

  private judged(actor: Actor, { line, body }: ReadRow): Promise<JudgedRow> {
    return body?.['recurrence'] ? this.series(actor, line, body) : this.single(actor, line, body);
  }

  private async single(actor: Actor, line: number, body: unknown): Promise<JudgedRow> {
    const wish = await readItem(body);
    const claim = await this.allocation.judge(actor, wish, { status: 'booked', holdUntil: null }, true);
    return {
      claims: [claim],
      place: async (tx) => {
        const { id, status } = await this.allocation.placed(tx, actor, claim, wish.holdId ?? null);
        return { line, id, status };
      },
      whyNot: async () => {
        const conflicts = await this.conflicts.of(actor, claim);
        return conflicts.length > 0 ? this.conflicts.problem(conflicts) : undefined;
      },
    };
  }

  private async series(actor: Actor, line: number, body: unknown): Promise<JudgedRow> {
    const series = await readSeries(body);
    const plan = await this.places.plan(actor, series);
    demandAllowed(series, plan);
    const claims = plan.planned.flatMap((it) => it.claim ?? []);
    return {
      claims,
      place: async (tx) => {
        const { series: booked, occurrences } = await this.places.placeNew(tx, actor, series, plan);
        return { line, seriesId: booked.id, status: occurrences[0]?.status };
      },
      whyNot: async () => {
        const conflicts = await this.places.explain(actor, plan.planned);
        return conflicts.length > 0 ? seriesProblem(plan.planned.length, conflicts) : undefined;
      },
    };
  }

  /** What a row before it takes of this one. */
  private among(judged: readonly JudgedRow[], index: number): Problem | undefined {
    const before = judged.slice(0, index).flatMap((it) => it.claims);
    const conflicts = judged[index]!.claims.flatMap((it) => conflictsAmong(it, before));
    return conflicts.length > 0 ? this.conflicts.problem(conflicts) : undefined;
  }
}

async function naming<T>(index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotPlaced) throw new ItemFailed(index, undefined);
    throw error instanceof Problem ? new ItemFailed(index, error) : error;
  }
}
