import {
  addDays,
  formatDuration,
  intersection,
  type Interval,
  minutesBetween,
  overlaps,
  startOfDay,
  toCivil,
  weekdayOf,
} from '@berth/kernel';
import type { EffectivePolicy, PolicySource } from './booking-policy';
import type { BookingTerms } from './booking-terms';
import type { BrokenRule } from './rules';

/** Where a resource belongs, as far as limits are set there. */
export interface LimitPlace {
  readonly resourceId: string;
  readonly typeId: string;
  readonly siteId: string | null;
}

/** Time of one resource that a person has, or asks for. */
export interface PersonalClaim extends Interval, LimitPlace {
  /** Units; each of them counts. */
  readonly quantity: number;
}

/** What the limits of a resource are judged by. */
export type LimitedTerms = Pick<BookingTerms, 'policy' | 'timeZone'> & LimitPlace;

/** Whether anything about a person's other reservations has to be known. */
export const hasPersonLimits = (policy: EffectivePolicy): boolean =>
  policy.maxConcurrentPerPerson.value !== 'none' || policy.maxPerWeekPerPerson.value !== 'none';

/** The whole weeks, Monday to Sunday in the resource's zone, a wish touches: what a person has outside of them counts for no limit. */
export function limitWindow({ timeZone }: Pick<BookingTerms, 'timeZone'>, wish: Interval): Interval {
  const weeks = weeksOf(wish, timeZone);
  return { start: weeks[0]?.start ?? wish.start, end: weeks.at(-1)?.end ?? wish.end };
}

/**
 * The limits per person a wish breaks. A limit counts what the person has in the place it was set for: one of the
 * organization everything, one of a site or a type what lies there, one of a resource that resource alone.
 * @param others what the person has besides, other resources of the same reservation included
 * @param former what the reservation has now; nobody is refused a change that makes nothing worse
 */
export function brokenLimits(
  terms: LimitedTerms,
  wish: PersonalClaim,
  others: readonly PersonalClaim[],
  former: readonly PersonalClaim[] = [],
): BrokenRule[] {
  return [...tooManyAtOnce(terms, wish, others, former), ...tooMuchInOneWeek(terms, wish, others, former)];
}

function tooManyAtOnce(
  terms: LimitedTerms,
  wish: PersonalClaim,
  others: readonly PersonalClaim[],
  former: readonly PersonalClaim[],
): BrokenRule[] {
  const { value, source } = terms.policy.maxConcurrentPerPerson;
  if (value === 'none') return [];
  const counted = others.filter(countsFor(source, terms));
  const given = mostAtOnce([...counted, wish], wish);
  const before = Math.max(0, ...former.filter(countsFor(source, terms)).map((it) => mostAtOnce([...counted, it], it)));
  if (given <= value || given <= before) return [];
  const detail = `One person may have ${value} at one time${placeName(source)}; this would make ${given}.`;
  return [{ rule: 'max-concurrent', limit: String(value), given: String(given), source, detail }];
}

function tooMuchInOneWeek(
  terms: LimitedTerms,
  wish: PersonalClaim,
  others: readonly PersonalClaim[],
  former: readonly PersonalClaim[],
): BrokenRule[] {
  const { value, source } = terms.policy.maxPerWeekPerPerson;
  if (value === 'none') return [];
  const counted = others.filter(countsFor(source, terms));
  const had = former.filter(countsFor(source, terms));
  const worst = weeksOf(wish, terms.timeZone)
    .map((week) => ({ given: timeWithin([...counted, wish], week), before: timeWithin([...counted, ...had], week) }))
    .filter((it) => it.given > value && it.given > it.before)
    .sort((a, b) => b.given - a.given)[0];
  if (!worst) return [];
  const detail = `One person may have ${formatDuration(value)} in one week${placeName(source)}; this would make ${formatDuration(worst.given)}.`;
  return [{ rule: 'max-per-week', limit: formatDuration(value), given: formatDuration(worst.given), source, detail }];
}

/** Whether a claim counts for a limit that was set there. */
const countsFor =
  ({ level }: PolicySource, place: LimitPlace) =>
  (claim: LimitPlace): boolean => {
    if (level === 'resource') return claim.resourceId === place.resourceId;
    if (level === 'type') return claim.typeId === place.typeId;
    if (level === 'site') return claim.siteId === place.siteId;
    return true;
  };

/** The most units claimed at one instant of the span. */
function mostAtOnce(claims: readonly PersonalClaim[], span: Interval): number {
  const within = claims.filter((it) => overlaps(it, span));
  const instants = [span.start, ...within.map((it) => it.start).filter((it) => it > span.start)];
  const unitsAt = (instant: Date): number =>
    within.filter((it) => it.start <= instant && instant < it.end).reduce((sum, it) => sum + it.quantity, 0);
  return Math.max(0, ...instants.map(unitsAt));
}

/** Minutes of the span that are claimed, each unit by itself. */
const timeWithin = (claims: readonly PersonalClaim[], span: Interval): number =>
  Math.ceil(
    claims.reduce((sum, it) => {
      const part = intersection(it, span);
      return part ? sum + minutesBetween(part.start, part.end) * it.quantity : sum;
    }, 0),
  );

/** The weeks a span touches, Monday to Sunday of the zone (ISO 8601 §3.1.1.23). */
function weeksOf(span: Interval, zone: string): Interval[] {
  const { date } = toCivil(span.start, zone);
  const weeks: Interval[] = [];
  for (let monday = addDays(date, 1 - weekdayOf(date)); ; monday = addDays(monday, 7)) {
    const week = { start: startOfDay(monday, zone), end: startOfDay(addDays(monday, 7), zone) };
    weeks.push(week);
    if (week.end >= span.end) return weeks;
  }
}

const placeName = ({ level, name }: PolicySource): string => (level === 'organization' || !name ? '' : ` of ${name}`);

/**
 * Whether a cancellation comes later than an owner wants it.
 * @param policies of all resources of the reservation; the longest notice counts
 */
export function isLateCancellation(policies: readonly EffectivePolicy[], start: Date, now: Date): boolean {
  const notices = policies.map((it) => it.cancellationNotice.value).filter((it) => it !== 'none');
  return notices.some((minutes) => minutesBetween(now, start) < minutes);
}
