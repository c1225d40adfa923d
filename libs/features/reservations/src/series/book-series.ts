import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { NotPlaced } from '../place-under-locks';
import { refuse } from '../wish';
import { seriesProblem } from './series-problem';
import { type PlannedOccurrence, type SeriesPlan } from './plan-series';
import { type SeriesBooked, warningsOf } from './series';
import { SeriesAllocation } from './series-allocation';
import type { SeriesWish } from './series-wish';

/** Done in the transaction that books a series: both happen, or neither. */
export type AlsoOfSeries = ((tx: Tx, booked: SeriesBooked) => Promise<void>) | undefined;

const MAX_ATTEMPTS = 4;

/** Books all occurrences of a series, or with `onConflict: skip` those that can be had; the others stay as skipped. */
@Injectable()
export class BookSeries {
  constructor(
    private readonly database: Database,
    private readonly allocation: SeriesAllocation,
  ) {}

  /** @throws Problem `validation-failed`, `not-found`, `policy-violation`, `reservation-conflict`, `slot-held` by occurrence */
  async execute(actor: Actor, series: SeriesWish, also?: AlsoOfSeries): Promise<SeriesBooked> {
    try {
      return await this.booked(actor, series, also);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // What was done once is answered as it was, whatever has changed since; asked only now, so that success costs nothing.
      const earlier = await recall<SeriesBooked>(this.database.of(actor.organizationId), actor);
      if (earlier) return earlier.result;
      throw error;
    }
  }

  private async booked(actor: Actor, series: SeriesWish, also: AlsoOfSeries): Promise<SeriesBooked> {
    for (let attempt = 1; ; attempt++) {
      const plan = await this.allocation.plan(actor, series);
      demandAllowed(series, plan);
      try {
        return await this.database.transaction(actor, async (tx) => {
          const booked = { ...(await this.allocation.placeNew(tx, actor, series, plan)), warnings: warningsOf(plan.planned) };
          await also?.(tx, booked);
          return booked;
        });
      } catch (error) {
        if (!(error instanceof NotPlaced)) throw error;
        const conflicts = await this.allocation.explain(actor, plan.planned);
        const decides = series.onConflict === 'fail' ? conflicts.length > 0 : conflicts.length >= claimedOf(plan.planned).length;
        if (decides || attempt >= MAX_ATTEMPTS) throw seriesProblem(plan.planned.length, conflicts);
      }
    }
  }
}

/**
 * What rules refuse is refused before anything is locked.
 * @throws Problem `policy-violation` with the broken rules of every occurrence
 */
export function demandAllowed(series: Pick<SeriesWish, 'onConflict'>, plan: Pick<SeriesPlan, 'planned'>): void {
  const refused = plan.planned.filter((it) => it.violations.length > 0);
  const claimed = claimedOf(plan.planned);
  if (claimed.length === 0 && refused.length === 0) {
    throw new Problem('validation-failed', {
      errors: [{ pointer: '/resolutions', code: 'nothing-left', detail: 'No occurrence is left to book.' }],
    });
  }
  if (refused.length === 0 || (series.onConflict === 'skip' && claimed.length > 0)) return;
  refuse(
    refused.flatMap(({ violations, occurrence }) =>
      violations.map((it) => ({ ...it, recurrenceId: formatInstant(occurrence.recurrenceId) })),
    ),
  );
}

const claimedOf = (planned: readonly PlannedOccurrence[]): PlannedOccurrence[] => planned.filter((it) => it.claim);
