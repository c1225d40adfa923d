import { type Interval, minutesBetween } from '@berth/kernel';
import type { ApprovalRule, Approver } from './booking-policy';
import type { BookingTerms } from './booking-terms';
import { isInsideOpenHours } from './opening-hours';

type ApprovalTerms = Pick<BookingTerms, 'policy' | 'hours' | 'timeZone'>;

/** Whether a reservation of this time waits for somebody to agree. */
export function asksForApproval({ policy, hours, timeZone }: ApprovalTerms, wish: Interval): boolean {
  const { mode, requiredFor } = policy.approval.value;
  if (mode !== 'requiredFor') return mode === 'required';
  if (requiredFor.longerThan !== null && minutesBetween(wish.start, wish.end) > requiredFor.longerThan) return true;
  return requiredFor.outOfHours && hours !== undefined && !isInsideOpenHours(hours.value, timeZone, wish);
}

/** Whether closed hours are not refused but asked about. */
export const mayAskForClosedHours = ({ mode, requiredFor }: ApprovalRule): boolean => mode === 'requiredFor' && requiredFor.outOfHours;

/** What one request asks of people: who, step after step, and until when. */
export interface ApprovalPlan {
  /** At least one step; a step of nobody is for those who manage resources. */
  readonly steps: readonly (readonly Approver[])[];
  readonly dueAt: Date;
}

/**
 * The request several resources make together: the steps of each, one after the other, the same ones once. It is due by the
 * shortest deadline, and when the reservation is over at the latest.
 */
export function approvalPlan(rules: readonly ApprovalRule[], wish: Interval, now: Date): ApprovalPlan {
  const steps = rules.flatMap((it) => [it.approvers, ...it.then]);
  const distinct = [
    ...new Map(
      steps.map((it) => [
        it
          .map(({ kind, id }) => `${kind}:${id}`)
          .sort()
          .join(),
        it,
      ]),
    ).values(),
  ];
  const minutes = Math.min(...rules.map((it) => it.deadlineMinutes));
  const dueAt = new Date(Math.min(now.getTime() + minutes * 60_000, wish.end.getTime()));
  return { steps: distinct.length > 0 ? distinct : [[]], dueAt };
}
