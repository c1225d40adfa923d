import { addMinutes, type Interval } from '@berth/kernel';

/** What the owner of a resource allows (engine.md §3). Durations are whole minutes; text belongs to the wire. */
export interface BookingPolicy {
  readonly minDuration: number;
  readonly maxDuration: number;
  /** Starts and ends fall on multiples of this, counted from midnight in the resource's zone. */
  readonly slotStep: number;
  /** Least time between booking and start. */
  readonly minNotice: number;
  /** Furthest start that may be booked, counted from now. */
  readonly horizon: number;
  /** Held before and after each reservation, for setting up and cleaning; part of occupancy, not of the reservation. */
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly approval: ApprovalRule;
  /** What waits for approval holds its time, wherever (ADR 0020): a rule that is told, but no choice. */
  readonly tentativeBlocks: true;
  readonly titlesVisibleTo: TitleAudience;
  /** Lets reservations of multi-day kinds (servers, vehicles) run through closed hours. */
  readonly mayLeaveOpenHours: boolean;
  /** A cancellation later than this before the start is recorded as late. */
  readonly cancellationNotice: Limit;
  /** Reservations one person may have at one time; counted in the booking transaction. */
  readonly maxConcurrentPerPerson: Limit;
  /** Time one person may have reserved in one week; counted in the booking transaction. */
  readonly maxPerWeekPerPerson: Limit;
  /** Whether one must check in, and what becomes of those who do not. */
  readonly checkIn: CheckInRule;
}

/** Who has not checked in from `beforeMinutes` before the start to `afterMinutes` after it did not show up. */
export interface CheckInRule {
  readonly mode: CheckInMode;
  readonly beforeMinutes: number;
  readonly afterMinutes: number;
}

export type CheckInMode = 'off' | 'required';

/** A number, or the word that lifts a limit which would otherwise be inherited. */
export type Limit = number | 'none';

/** Who reads the titles of other people's reservations; everyone else reads «Busy». */
export type TitleAudience = 'organization' | 'attendees' | 'managers';

export interface ApprovalRule {
  readonly mode: ApprovalMode;
  /** A request not decided by then counts as declined. */
  readonly deadlineMinutes: number;
  /** Whom to ask, each of them is enough; empty means those who manage the resource. */
  readonly approvers: readonly Approver[];
  /** Whom to ask afterwards, one step after the other has agreed. */
  readonly then: readonly (readonly Approver[])[];
  /** What asks for approval where not everything does; any one of them is enough. */
  readonly requiredFor: ApprovalCauses;
}

export type ApprovalMode = 'none' | 'required' | 'requiredFor';

export interface ApprovalCauses {
  /** Reservations that last longer; null asks for none of them. */
  readonly longerThan: number | null;
  /** Reservations outside of business hours, which are allowed then if somebody agrees. */
  readonly outOfHours: boolean;
}

export interface Approver {
  readonly kind: 'user' | 'group';
  readonly id: string;
}

/** What one layer says; what it leaves out it inherits. */
export type PartialPolicy = Partial<BookingPolicy>;

/** Where a value was set, so that a refusal can say «set on Lab group». */
export interface PolicySource {
  readonly level: PolicyLevel;
  readonly id?: string;
  readonly name?: string;
}

export type PolicyLevel = 'default' | 'organization' | 'site' | 'type' | 'resource';

export interface Sourced<T> {
  readonly value: T;
  readonly source: PolicySource;
}

export interface PolicyLayer {
  readonly source: PolicySource;
  readonly policy: PartialPolicy;
}

/** Every value of a policy with the layer it came from. */
export type EffectivePolicy = { readonly [K in keyof BookingPolicy]: Sourced<BookingPolicy[K]> };

const HOUR = 60;
const DAY = 24 * HOUR;

/** The longest reservation a policy may allow, in minutes: 30 days. */
export const LONGEST_ALLOWED = 30 * DAY;
/** The longest buffer before or after a reservation, in minutes. */
export const LONGEST_BUFFER = DAY;
/** What no reservation lasts longer than, in minutes (`reservation_length`): 30 civil days have hours more when clocks go back. */
export const LONGEST_RESERVATION = LONGEST_ALLOWED + DAY;
/** What nothing is held longer than for one reservation, in minutes (`reservation_item_length`). */
export const LONGEST_HELD = LONGEST_RESERVATION + 2 * LONGEST_BUFFER;

/** Holds where no layer says anything. */
export const DEFAULT_POLICY: BookingPolicy = {
  minDuration: 15,
  maxDuration: DAY,
  slotStep: 15,
  minNotice: 0,
  horizon: 90 * DAY,
  bufferBefore: 0,
  bufferAfter: 0,
  approval: { mode: 'none', deadlineMinutes: 2 * DAY, approvers: [], then: [], requiredFor: { longerThan: null, outOfHours: false } },
  tentativeBlocks: true,
  titlesVisibleTo: 'organization',
  mayLeaveOpenHours: false,
  cancellationNotice: 'none',
  maxConcurrentPerPerson: 'none',
  maxPerWeekPerPerson: 'none',
  checkIn: { mode: 'off', beforeMinutes: 15, afterMinutes: 15 },
};

/** The keys of a policy, in the order rules are shown. */
export const POLICY_KEYS = Object.keys(DEFAULT_POLICY) as readonly (keyof BookingPolicy)[];

const DEFAULT_SOURCE: PolicySource = { level: 'default' };

/**
 * What counts for a resource: of each value the last layer that sets it.
 * @param layers from the most general to the most specific: organization, site, type, resource
 */
export function effectivePolicy(layers: readonly PolicyLayer[]): EffectivePolicy {
  const all = [{ source: DEFAULT_SOURCE, policy: DEFAULT_POLICY }, ...layers];
  return Object.fromEntries(POLICY_KEYS.map((key) => [key, lastOf(all, key)])) as unknown as EffectivePolicy;
}

/** The bare values, for reading and for storing. */
export function policyValues(policy: EffectivePolicy): BookingPolicy {
  return Object.fromEntries(POLICY_KEYS.map((key) => [key, policy[key].value])) as unknown as BookingPolicy;
}

/** The time really held: the wished period widened by the buffers. */
export function heldPeriod(policy: EffectivePolicy, wished: Interval): Interval {
  return {
    start: addMinutes(wished.start, -policy.bufferBefore.value),
    end: addMinutes(wished.end, policy.bufferAfter.value),
  };
}

/** Whether every reservation needs one. */
export function needsApproval(policy: EffectivePolicy): boolean {
  return policy.approval.value.mode === 'required';
}

function lastOf(layers: readonly PolicyLayer[], key: keyof BookingPolicy): Sourced<unknown> | undefined {
  const layer = layers.findLast((it) => it.policy[key] !== undefined);
  return layer && { value: layer.policy[key], source: layer.source };
}
