import { addDays, formatDuration, formatInstant, type Interval, overlaps, startOfDay, toCivil, weekdayOf } from '@berth/kernel';
import type { PolicySource } from './booking-policy';
import type { BookingTerms } from './booking-terms';
import type { Quota, QuotaHolder, QuotaMeasure, QuotaUse, QuotaWindow } from './quota';
import { type LimitPlace, mostAtOnce, type PersonalClaim, timeWithin } from './personal-claims';
import type { BrokenRule } from './rules';

/** What a wish is judged with. */
export interface QuotaCase {
  readonly terms: Pick<BookingTerms, 'timeZone'> & { readonly quotas: readonly Quota[] };
  readonly holder: QuotaHolder;
  readonly wish: PersonalClaim;
  /** What the person has besides, other resources of the same reservation included. */
  readonly others: readonly PersonalClaim[];
  /** What the reservation has now; nobody is refused a change that makes nothing worse. */
  readonly former: readonly PersonalClaim[];
  readonly now: Date;
}

/** Whether a quota counts for somebody. */
export const isHeldBy = ({ who }: Pick<Quota, 'who'>, holder: QuotaHolder): boolean => {
  if (who.kind === 'person') return who.id === holder.accountId;
  if (who.kind === 'group') return who.id !== null && holder.groupIds.includes(who.id);
  if (who.kind === 'role') return who.id !== null && holder.roleIds.includes(who.id);
  return true;
};

/** Whether a quota counts what is had of a resource. */
export const isAbout = ({ what }: Pick<Quota, 'what'>, place: LimitPlace): boolean => {
  if (what.kind === 'type') return place.typeId === what.id;
  if (what.kind === 'site') return place.siteId === what.id;
  if (what.kind === 'resource') return place.resourceId === what.id;
  return true;
};

/** The limit somebody has at an instant; null is none. */
export function limitFor(quota: Pick<Quota, 'id' | 'limit'>, { exceptions }: QuotaHolder, now: Date): number | null {
  const exception = exceptions.find((it) => it.quotaId === quota.id && it.until > now);
  return exception ? exception.limit : quota.limit;
}

/** The windows a span touches; of what is counted at once or ahead, the span itself. */
export function windowsOf(span: Interval, window: QuotaWindow | null, zone: string): Interval[] {
  if (window === null) return [span];
  const { date } = toCivil(span.start, zone);
  const first = window === 'day' ? date : window === 'week' ? addDays(date, 1 - weekdayOf(date)) : `${date.slice(0, 7)}-01`;
  const windows: Interval[] = [];
  for (let day = first; ;) {
    const next = window === 'day' ? addDays(day, 1) : window === 'week' ? addDays(day, 7) : `${addDays(day, 31).slice(0, 7)}-01`;
    const found = { start: startOfDay(day, zone), end: startOfDay(next, zone) };
    windows.push(found);
    if (found.end >= span.end) return windows;
    day = next;
  }
}

/** Everything of a person that has to be known to count the quotas of a wish. */
export function quotaSpan(quotas: readonly Quota[], wish: Interval, zone: string): Interval {
  const spans = quotas.flatMap((it) => windowsOf(wish, it.window, zone));
  return {
    start: new Date(Math.min(wish.start.getTime(), ...spans.map((it) => it.start.getTime()))),
    end: new Date(Math.max(wish.end.getTime(), ...spans.map((it) => it.end.getTime()))),
  };
}

/** The quotas a wish would exceed, each with what is used, the limit and when there is more again. */
export function brokenQuotas(it: QuotaCase): BrokenRule[] {
  return it.terms.quotas.filter((quota) => isHeldBy(quota, it.holder)).flatMap((quota) => broken(quota, it));
}

function broken(quota: Quota, it: QuotaCase): BrokenRule[] {
  const limit = limitFor(quota, it.holder, it.now);
  if (limit === null) return [];
  const exceeded = countedOf(quota, it).filter(({ given, before }) => given > limit && given > before);
  const [worst] = exceeded.sort((a, b) => b.given - a.given);
  if (!worst) return [];
  const { given, used, freesAt } = worst;
  const use: QuotaUse = {
    quotaId: quota.id,
    name: quota.name,
    measure: quota.measure,
    window: quota.window,
    used,
    limit,
    freesAt: formatInstant(freesAt),
  };
  const [said, wanted] = [amount(quota.measure, limit), amount(quota.measure, given)];
  const detail = `“${quota.name}” lets one person have ${said}${quota.window ? ` in one ${quota.window}` : ''}; this would make ${wanted}.`;
  return [{ rule: 'quota', limit: said, given: wanted, source: sourceOf(quota), detail, quota: use }];
}

interface Counted {
  readonly given: number;
  /** What it was already with what the reservation has now. */
  readonly before: number;
  /** Without the wish. */
  readonly used: number;
  readonly freesAt: Date;
}

/** What the wish would make of a quota, in each of its windows. */
function countedOf(quota: Quota, { terms, wish, others, former, now }: QuotaCase): Counted[] {
  const counted = others.filter((it) => isAbout(quota, it));
  const had = former.filter((it) => isAbout(quota, it));
  if (quota.measure === 'ahead') return [ahead(quota, wish, had, now)];
  if (quota.measure === 'concurrent') {
    const before = Math.max(0, ...had.map((it) => mostAtOnce([...counted, it], it)));
    const ends = counted.filter((it) => overlaps(it, wish)).map((it) => it.end.getTime());
    const freesAt = new Date(Math.min(...ends, ...(ends.length === 0 ? [wish.end.getTime()] : [])));
    return [{ given: mostAtOnce([...counted, wish], wish), before, used: mostAtOnce(counted, wish), freesAt }];
  }
  const measured = quota.measure === 'time' ? timeWithin : startingIn;
  return windowsOf(wish, quota.window, terms.timeZone).map((window) => ({
    given: measured([...counted, wish], window),
    before: measured([...counted, ...had], window),
    used: measured(counted, window),
    freesAt: window.end,
  }));
}

function ahead({ limit }: Quota, wish: PersonalClaim, had: readonly PersonalClaim[], now: Date): Counted {
  const days = (start: Date): number => Math.ceil((start.getTime() - now.getTime()) / DAY_MS);
  const given = days(wish.start);
  return {
    given,
    before: Math.max(0, ...had.map((it) => days(it.start))),
    used: 0,
    freesAt: new Date(wish.start.getTime() - limit * DAY_MS),
  };
}

const DAY_MS = 86_400_000;

/** Reservations that start within the span; several resources of one are one. */
const startingIn = (claims: readonly PersonalClaim[], span: Interval): number =>
  new Set(claims.filter((it) => it.start >= span.start && it.start < span.end).map((it) => it.reservationId)).size;

const amount = (measure: QuotaMeasure, value: number): string =>
  measure === 'time' ? formatDuration(value) : measure === 'ahead' ? `P${value}D` : String(value);

const sourceOf = ({ what, name }: Quota): PolicySource => ({
  level: what.kind === 'everything' ? 'organization' : what.kind,
  id: what.id ?? undefined,
  name,
});

/** How much of a quota somebody has used at an instant, whatever they may wish: in the window the instant is in. */
export function usedOf(quota: Quota, claims: readonly PersonalClaim[], now: Date, zone: string): { used: number; freesAt: Date } {
  const counted = claims.filter((it) => isAbout(quota, it));
  const instant = { start: now, end: new Date(now.getTime() + 1) };
  const [window] = windowsOf(instant, quota.window, zone) as [Interval];
  const ahead = Math.max(0, ...counted.map((it) => Math.ceil((it.start.getTime() - now.getTime()) / DAY_MS)));
  const used = {
    time: () => timeWithin(counted, window),
    count: () => startingIn(counted, window),
    concurrent: () => Math.max(0, ...counted.filter((it) => it.end > now).map((it) => mostAtOnce(counted, it))),
    ahead: () => ahead,
  }[quota.measure]();
  return { used, freesAt: window.end };
}
