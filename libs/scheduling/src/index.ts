export { approvalPlan, asksForApproval } from './approval';
export type { ApprovalPlan } from './approval';
export { exclusiveTime, keptFrom, timeOfDays } from './assignment';
export type { Assignment, ForWhom } from './assignment';
export { availableSlots, firstGap, freeTime, nearestSharedSlot, nearestSlots, nextAvailable } from './availability';
export type { SlotQuery, TimeParts } from './availability';
export { blackoutsWithin } from './blackouts';
export type { Blackout } from './blackouts';
export {
  DEFAULT_POLICY,
  LONGEST_HELD,
  LONGEST_RESERVATION,
  POLICY_KEYS,
  effectivePolicy,
  heldPeriod,
  needsApproval,
  policyValues,
} from './booking-policy';
export type {
  ApprovalCauses,
  ApprovalMode,
  ApprovalRule,
  Approver,
  BookingPolicy,
  CheckInMode,
  CheckInRule,
  EffectivePolicy,
  Limit,
  PartialPolicy,
  PolicyLayer,
  PolicyLevel,
  PolicySource,
  Sourced,
  TitleAudience,
} from './booking-policy';
export { bookableTime, earliestStart, endAfter, gridOf, latestStart } from './booking-terms';
export type { BookingTerms, MaintenanceWindow, ResourceState, ResourceStatus } from './booking-terms';
export { GATE_MODES, opensTo } from './gate';
export type { Gate, GateMode } from './gate';
export type { FieldError, FieldErrorCode } from './field-error';
export { HOLD_LIMIT_MINUTES, HOLD_REFRESH_SECONDS, HOLD_SECONDS, holdUntil, isHoldAlive, refreshedUntil } from './hold-lifetime';
export { formatHours, parseHours } from './hours-document';
export type { ExceptionDocument, HoursDocument, ParsedHours } from './hours-document';
export { checkInDeadline, dueSteps } from './lifecycle';
export type { LifeSoFar, LifeStep } from './lifecycle';
export { answered, answersTo, brokenDefaults, brokenFields, CUSTOM_FIELD_KINDS, withDefaults } from './custom-fields';
export type { BrokenField, CustomField, CustomFieldKind, CustomValue, CustomValues } from './custom-fields';
export { editIntervals } from './interval-edit';
export type { AddedTime, IntervalEdit, TimedReservation } from './interval-edit';
export { judge } from './judge';
export type { Suggestion, SuggestionAction, SuggestionPatch, Verdict, Violation } from './judge';
export { assignLanes, clusterOf, crowdedTime, peak } from './lanes';
export type { LaneAssignment, LaneMove, LaneRequest, TakenLane } from './lanes';
export { nearestAllowed } from './nearest-allowed';
export { isInsideOpenHours, openIntervals, openTimesOn } from './opening-hours';
export type { DayHours, HoursException, OpenTime, WeeklyHours } from './opening-hours';
export { brokenLimits, hasPersonLimits, isLateCancellation, limitWindow } from './person-limits';
export type { LimitedTerms, Limits } from './person-limits';
export type { LimitPlace, PersonalClaim } from './personal-claims';
export { brokenQuotas, isHeldBy, limitFor, quotaSpan, usedOf } from './quotas';
export { QUOTA_HOLDERS, QUOTA_MEASURES, QUOTA_OBJECTS, QUOTA_WINDOWS } from './quota';
export type { Quota, QuotaException, QuotaHolder, QuotaMeasure, QuotaUse, QuotaWindow } from './quota';
export { contradictions, explainPolicy, formatPolicy, parsePolicy } from './policy-document';
export type { ApprovalDocument, CheckInDocument, ExplainedRule, ParsedPolicy, PolicyDocument, PolicyPatch } from './policy-document';
export { endOfLength, furthest, lengthOf, occurrences, reachesItsEnd, splitAt } from './recurrence';
export type { Occurrence, Recurrence } from './recurrence';
export { joinedAgain } from './recurrence-join';
export { pairReckoned } from './reckoned-again';
export { pairOccurrences, shifted, startShifted } from './recurrence-change';
export type { OccurrencePair } from './recurrence-change';
export { MAX_COUNT, UNTIL_YEARS, endingAt, formatRule, isOpenEnded, lastInstant, parseRule } from './recurrence-rule';
export type { Frequency, OrdinalDay, ParsedRule, RecurrenceRule } from './recurrence-rule';
export { RESERVATION_STATUSES, blocksTime, calendarStatus, isFinal, mayBecome } from './reservation-state';
export type { CalendarStatus, ReservationStatus } from './reservation-state';
export { brokenRules, RULE_NAMES } from './rules';
export type { BrokenRule, RuleName, Wish } from './rules';
export { isOnGrid, nearestSlot, slotAtOrAfter, slotAtOrBefore } from './slot-grid';
export type { SlotGrid } from './slot-grid';
