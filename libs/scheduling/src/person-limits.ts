import { formatDuration, type Interval, minutesBetween } from '@berth/kernel';
import type { EffectivePolicy, PolicySource } from './booking-policy';
import type { BookingTerms } from './booking-terms';
import { type LimitPlace, mostAtOnce, type PersonalClaim, timeWithin } from './personal-claims';
import type { Quota, QuotaHolder } from './quota';
import { brokenQuotas, quotaSpan, windowsOf } from './quotas';
import type { BrokenRule } from './rules';

/** What the limits of a resource are judged by. */
export type LimitedTerms = Limits & Pick<BookingTerms, 'timeZone'> & LimitPlace;

/** What may limit what one person has of a resource: its policy, and the quotas that are about it. */
export interface Limits {
  readonly policy: EffectivePolicy;
  readonly quotas: readonly Quota[];
}

/** Whether anything about a person's other reservations has to be known. */
export const hasPersonLimits = ({ policy, quotas }: Limits): boolean =>
  policy.maxConcurrentPerPerson.value !== 'none' || policy.maxPerWeekPerPerson.value !== 'none' || quotas.length > 0;

/** The whole weeks, Monday to Sunday in the resource's zone, a wish touches, and the windows of its quotas: what a person has outside counts for no limit. */
export function limitWindow({ timeZone, quotas }: Pick<LimitedTerms, 'timeZone' | 'quotas'>, wish: Interval): Interval {
  const weeks = weeksOf(wish, timeZone);
  return quotaSpan(quotas, { start: weeks[0]?.start ?? wish.start, end: weeks.at(-1)?.end ?? wish.end }, timeZone);
}

/**
 * The limits per person a wish breaks. A limit counts what the person has in the place it was set for: one of the
 * organization everything, one of a site or a type what lies there, one of a resource that resource alone.
 * @param others what the person has besides, other resources of the same reservation included
 * @param former what the reservation has now; nobody is refused a change that makes nothing worse
 * @param person whose quotas are asked; undefined where there are none
 */
export function brokenLimits(
  terms: LimitedTerms,
  wish: PersonalClaim,
  others: readonly PersonalClaim[],
  former: readonly PersonalClaim[] = [],
  person?: { readonly holder: QuotaHolder; readonly now: Date },
): BrokenRule[] {
  const quotas = person ? brokenQuotas({ terms, wish, others, former, ...person }) : [];
  return [...tooManyAtOnce(terms, wish, others, former), ...tooMuchInOneWeek(terms, wish, others, former), ...quotas];
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

/** The weeks a span touches, Monday to Sunday of the zone (ISO 8601 §3.1.1.23). */
const weeksOf = (span: Interval, zone: string): Interval[] => windowsOf(span, 'week', zone);

const placeName = ({ level, name }: PolicySource): string => (level === 'organization' || !name ? '' : ` of ${name}`);

/**
 * Whether a cancellation comes later than an owner wants it.
 * @param policies of all resources of the reservation; the longest notice counts
 */
export function isLateCancellation(policies: readonly EffectivePolicy[], start: Date, now: Date): boolean {
  const notices = policies.map((it) => it.cancellationNotice.value).filter((it) => it !== 'none');
  return notices.some((minutes) => minutesBetween(now, start) < minutes);
}
