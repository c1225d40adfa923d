import { formatDuration, formatInstant, holdsInstant, minutesBetween, subtract, toCivil, type Interval } from '@berth/kernel';
import { mayAskForClosedHours } from './approval';
import { exclusiveTime, type ForWhom } from './assignment';
import { blackoutsWithin } from './blackouts';
import type { BookingPolicy, PolicySource } from './booking-policy';
import { earliestStart, endAfter, gridOf, latestStart, maintenanceWithin, type BookingTerms } from './booking-terms';
import { opensTo } from './gate';
import { isInsideOpenHours, openTimesOn } from './opening-hours';
import type { QuotaUse } from './quota';
import { isOnGrid, slotAtOrBefore } from './slot-grid';

/** The rules a wish can break, in the order they are reported. */
export const RULE_NAMES = [
  'status',
  'gated',
  'assigned',
  'units',
  'in-the-past',
  'min-notice',
  'horizon',
  'min-duration',
  'max-duration',
  'slot-step',
  'opening-hours',
  'blackout',
  'max-concurrent',
  'max-per-week',
  'quota',
  'approval',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** What somebody wants of a resource, and when. */
export interface Wish extends Interval, ForWhom {
  /** Units wanted. */
  readonly quantity: number;
  /**
   * The period a reservation has now, when it is being changed. What it has already is not judged again: a blackout that
   * came later does not forbid to shorten, nor the passing of its start to extend what is running.
   */
  readonly former?: Interval;
}

/**
 * A broken rule, ready for the wire: durations are ISO 8601, instants RFC 3339, spans two instants with a slash, clock
 * times those of the resource's zone.
 */
export interface BrokenRule {
  readonly rule: RuleName;
  readonly limit: string;
  readonly given: string;
  readonly source: PolicySource;
  /** English sentence for those who have no translation by `rule`. */
  readonly detail: string;
  /** Whose it is, of `assigned`, for those who may know. */
  readonly person?: { readonly id: string; readonly displayName: string };
  /** Of a quota: what is used of it, and when there is more again. */
  readonly quota?: QuotaUse;
}

type Rule = (terms: BookingTerms, wish: Wish, now: Date) => BrokenRule[];

const RESOURCE: PolicySource = { level: 'resource' };
const SYSTEM: PolicySource = { level: 'default' };

/** Every rule the wish breaks, not only the first; empty when it may be booked. */
export function brokenRules(terms: BookingTerms, wish: Wish, now: Date): BrokenRule[] {
  return rules.flatMap((rule) => rule(terms, wish, now));
}

const status: Rule = ({ state }, wish) => {
  if (state.status === 'archived' && newTime(wish).length > 0) return [unavailable('archived', 'The resource is archived.')];
  if (newTime(wish).every((it) => maintenanceWithin(state, it).length === 0)) return [];
  const until = state.maintenance?.end;
  return [unavailable('maintenance', `The resource is in maintenance${until ? ` until ${formatInstant(until)}` : ''}.`)];
};

/** What somebody has already stays theirs; more of it asks the gates again. */
const gated: Rule = ({ gates = [] }, wish) =>
  gates
    .filter((it) => newTime(wish).length > 0 && !opensTo(it, wish.groupIds ?? []))
    .map(({ mode, source }) => {
      const detail = mode === 'nobody' ? 'Nobody may book here.' : 'Only members of certain groups may book here.';
      return { rule: 'gated', limit: mode, given: 'no member', source, detail };
    });

/** What is one person's own is refused to all others, but for what that person shares. */
const assigned: Rule = ({ assignments = [] }, wish) =>
  assignments
    .filter((it) => it.person.id !== wish.personId && newTime(wish).some((time) => exclusiveTime(it, time).length > 0))
    .map(({ start, end, person, source }) => {
      const limit = `${formatInstant(start)}/${end ? formatInstant(end) : '..'}`;
      const broken = { rule: 'assigned', limit, given: span(wish), source } as const;
      const { id, displayName } = person;
      if (!wish.mayKnowWhose || displayName === null) return { ...broken, detail: 'It is assigned to somebody else then.' };
      return { ...broken, detail: `It is assigned to ${displayName} then.`, person: { id, displayName } };
    });

const units: Rule = (terms, { quantity }) => {
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= terms.units) return [];
  const detail = quantity > terms.units ? `There are ${terms.units} units, not ${quantity}.` : 'At least one unit must be asked for.';
  return [{ rule: 'units', limit: String(terms.units), given: String(quantity), source: RESOURCE, detail }];
};

const inThePast: Rule = (terms, wish, now) => {
  const { start } = wish;
  const running = slotAtOrBefore(gridOf(terms), now);
  if (start.getTime() >= running.getTime() || !startsAnew(wish)) return [];
  const detail = 'That start has passed; the slot that is running is the earliest.';
  return [{ rule: 'in-the-past', limit: formatInstant(running), given: formatInstant(start), source: SYSTEM, detail }];
};

const minNotice: Rule = (terms, wish, now) => {
  const { start } = wish;
  const notice = terms.policy.minNotice.value;
  if (notice === 0 || start.getTime() >= earliestStart(terms, now).getTime() || !startsAnew(wish)) return [];
  const given = Math.max(0, Math.floor(minutesBetween(now, start)));
  const detail = `It must be booked ${spell(notice)} ahead; the start is ${given > 0 ? `${spell(given)} away` : 'not ahead'}.`;
  return [broken(terms, 'min-notice', 'minNotice', formatDuration(given), detail)];
};

const horizon: Rule = (terms, wish, now) => {
  const { start } = wish;
  if (start.getTime() <= latestStart(terms, now).getTime() || !startsAnew(wish)) return [];
  const given = Math.ceil(minutesBetween(now, start));
  const detail = `It may be booked ${spell(terms.policy.horizon.value)} ahead at most; the start is ${spell(given)} away.`;
  return [broken(terms, 'horizon', 'horizon', formatDuration(given), detail)];
};

const minDuration: Rule = (terms, wish) => {
  const least = terms.policy.minDuration.value;
  if (isLongEnough(terms, wish)) return [];
  const given = Math.floor(minutesBetween(wish.start, wish.end));
  const detail = `A reservation lasts ${spell(least)} at least; this one lasts ${spell(given)}.`;
  return [broken(terms, 'min-duration', 'minDuration', formatDuration(given), detail)];
};

const maxDuration: Rule = (terms, wish) => {
  const most = terms.policy.maxDuration.value;
  if (wish.end.getTime() <= endAfter(wish.start, most, terms.timeZone).getTime() || newTime(wish).length === 0) return [];
  const given = Math.ceil(minutesBetween(wish.start, wish.end));
  const detail = `A reservation lasts ${spell(most)} at most; this one lasts ${spell(given)}.`;
  return [broken(terms, 'max-duration', 'maxDuration', formatDuration(given), detail)];
};

const slotStep: Rule = (terms, wish) => {
  const grid = gridOf(terms);
  const { start, end } = wish.former ?? {};
  const isFine = (wished: Date, former?: Date): boolean => wished.getTime() === former?.getTime() || isOnGrid(grid, wished);
  if (isFine(wish.start, start) && isFine(wish.end, end)) return [];
  const detail = `Starts and ends fall on steps of ${spell(grid.step)} from midnight in ${grid.timeZone}.`;
  return [broken(terms, 'slot-step', 'slotStep', clockSpan(wish, terms.timeZone), detail)];
};

const openingHours: Rule = (terms, wish) => {
  const { hours, timeZone, policy } = terms;
  if (!hours || policy.mayLeaveOpenHours.value || mayAskForClosedHours(policy.approval.value)) return [];
  if (newTime(wish).every((it) => isInsideOpenHours(hours.value, timeZone, it))) return [];
  const { date } = toCivil(wish.start, timeZone);
  const limit =
    openTimesOn(date, hours.value)
      .map((it) => `${it.opens}–${it.closes}`)
      .join(', ') || 'closed';
  const detail = limit === 'closed' ? `It is closed on ${date}.` : `On ${date} it is open ${limit}.`;
  return [{ rule: 'opening-hours', limit, given: clockSpan(wish, timeZone), source: hours.source, detail }];
};

const blackout: Rule = ({ blackouts }, wish) =>
  blackouts
    .flatMap((it) =>
      newTime(wish)
        .flatMap((piece) => blackoutsWithin([it], piece))
        .slice(0, 1),
    )
    .map((it) => {
      const detail = it.reason ? `It may not be booked then: ${it.reason}.` : 'It may not be booked then.';
      return { rule: 'blackout', limit: span(it), given: span(wish), source: it.source, detail };
    });

const rules: readonly Rule[] = [
  status,
  gated,
  assigned,
  units,
  inThePast,
  minNotice,
  horizon,
  minDuration,
  maxDuration,
  slotStep,
  openingHours,
  blackout,
];

/** The time the wish claims that its reservation has not already. */
const newTime = (wish: Wish): Interval[] => (wish.former ? subtract([wish], [wish.former]) : [wish]);

/** Whether the wish starts outside the time its reservation has already. */
const startsAnew = ({ start, former }: Wish): boolean => !former || !holdsInstant(former, start);

/** Long enough by the time that passes or, for limits in whole days, by the calendar: a day may have 23 hours. */
function isLongEnough({ policy, timeZone }: BookingTerms, wish: Interval): boolean {
  const least = policy.minDuration.value;
  return minutesBetween(wish.start, wish.end) >= least || endAfter(wish.start, least, timeZone).getTime() <= wish.end.getTime();
}

function broken(terms: BookingTerms, rule: RuleName, key: keyof BookingPolicy, given: string, detail: string): BrokenRule {
  const { value, source } = terms.policy[key];
  return { rule, limit: formatDuration(Number(value)), given, source, detail };
}

const unavailable = (given: string, detail: string): BrokenRule => ({
  rule: 'status',
  limit: 'available',
  given,
  source: RESOURCE,
  detail,
});

const span = ({ start, end }: Interval): string => `${formatInstant(start)}/${formatInstant(end)}`;
const clockSpan = ({ start, end }: Interval, zone: string): string => `${toCivil(start, zone).time}–${toCivil(end, zone).time}`;

/** Minutes for people: `45 min`, `1 h 30 min`, `2 days`. */
function spell(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) return `${minutes / 1440} days`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
}
