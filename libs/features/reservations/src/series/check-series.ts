import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import type { CheckAnswer } from '../check';
import { demandAllowed } from './book-series';
import type { PlannedOccurrence } from './plan-series';
import { type ClockWarning, warningsOf } from './series';
import { SeriesAllocation } from './series-allocation';
import { conflictsOf, type OccurrenceConflict, seriesProblem } from './series-problem';
import type { Resolution, SeriesWish } from './series-wish';

/** Whether a series could be booked now, occurrence by occurrence. */
export type SeriesCheckAnswer = CheckAnswer & { readonly warnings: readonly ClockWarning[] };

/** Explains a series without booking it, by the very functions of booking. */
@Injectable()
export class CheckSeries {
  constructor(private readonly allocation: SeriesAllocation) {}

  /** Refuses what booking would refuse. @throws Problem as `BookSeries` does */
  async demandBookable(actor: Actor, series: SeriesWish): Promise<void> {
    const { planned } = await this.allocation.plan(actor, series);
    demandAllowed(series, { planned });
    const conflicts = await this.allocation.explain(actor, planned);
    if (conflicts.length > 0) throw seriesProblem(planned.length, conflicts);
  }

  /** @throws Problem `validation-failed`, `not-found` */
  async execute(actor: Actor, series: SeriesWish): Promise<SeriesCheckAnswer> {
    const { planned } = await this.allocation.plan(actor, series);
    const explained = await this.allocation.explain(actor, planned);
    const conflicts = new Map<PlannedOccurrence, OccurrenceConflict[]>();
    for (const it of explained) conflicts.set(it.planned, [...(conflicts.get(it.planned) ?? []), ...conflictsOf(it)]);
    const blocked = new Set(explained.map((it) => it.planned));
    const occurrences = planned.map((it) => occurrenceOf(it, blocked.has(it), conflicts.get(it) ?? []));
    const claimed = planned.filter((it) => it.claim);
    const some = claimed.length > blocked.size;
    const all = blocked.size === 0 && claimed.length > 0 && planned.every((it) => it.violations.length === 0);
    return {
      bookable: series.onConflict === 'skip' ? some : all,
      needsApproval: claimed.some((it) => it.claim?.status === 'pending'),
      violations: occurrences.flatMap((it) => it.violations.map((violation) => ({ ...violation, recurrenceId: it.recurrenceId }))),
      occurrences,
      warnings: warningsOf(planned),
    };
  }
}

function occurrenceOf(it: PlannedOccurrence, isBlocked: boolean, conflicts: readonly OccurrenceConflict[]) {
  const verdict =
    it.violations.length > 0 ? ('refused' as const) : !it.claim ? chosenFor(it) : isBlocked ? ('conflict' as const) : ('free' as const);
  return {
    recurrenceId: formatInstant(it.occurrence.recurrenceId),
    start: formatInstant(it.wish.start),
    end: formatInstant(it.wish.end),
    verdict,
    conflicts,
    alternatives: conflicts.flatMap((conflict) => conflict.alternatives),
    violations: it.violations,
    resolutions: resolutionsFor(it, verdict, conflicts),
  };
}

const chosenFor = ({ resolution }: PlannedOccurrence) => (resolution?.use === 'waitlist' ? ('waiting' as const) : ('skipped' as const));

/** What would help; what a rule refuses is not waited for, and several resources keep together. */
function resolutionsFor(
  { wish }: PlannedOccurrence,
  verdict: 'free' | 'conflict' | 'refused' | 'skipped' | 'waiting',
  conflicts: readonly OccurrenceConflict[],
): Resolution['use'][] {
  if (verdict === 'refused') return ['skip'];
  if (verdict !== 'conflict') return [];
  const isOne = wish.resourceIds.length === 1;
  const alternatives = conflicts.flatMap((it) => it.alternatives);
  const elsewhere = isOne && alternatives.some((it) => !wish.resourceIds.includes(it.resourceId));
  const atOtherTime = alternatives.some((it) => wish.resourceIds.includes(it.resourceId));
  return [...(elsewhere ? ['resource' as const] : []), ...(atOtherTime ? ['time' as const] : []), 'waitlist', 'skip'];
}
