import { addMinutes, type Interval } from '@berth/kernel';
import type { ResourceTerms } from '@berth/resources';
import { type CheckInRule, checkInDeadline, type PolicySource } from '@berth/scheduling';

/** The rule of a reservation's resources and where it was set; of a bundle's, the one that gives most time. */
export function checkInRuleOf(
  resources: readonly Pick<ResourceTerms, 'policy'>[],
): (CheckInRule & { readonly source: PolicySource }) | undefined {
  return resources
    .filter((it) => it.policy.checkIn.value.mode === 'required')
    .map((it) => ({ ...it.policy.checkIn.value, source: it.policy.checkIn.source }))
    .sort((a, b) => b.afterMinutes - a.afterMinutes || b.beforeMinutes - a.beforeMinutes)[0];
}

/** From when to when one may check in. */
export function checkInWindow(reservation: Interval, rule: CheckInRule): Interval {
  return { start: addMinutes(reservation.start, -rule.beforeMinutes), end: checkInDeadline(reservation, rule.afterMinutes) };
}
