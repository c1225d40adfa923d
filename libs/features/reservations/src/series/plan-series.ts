import { Problem, type FieldError } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import { maySee, type ResourceTerms } from '@berth/resources';
import { endOfLength, furthest, latestStart, MAX_COUNT, type Occurrence, occurrences, type Recurrence } from '@berth/scheduling';
import { NOTHING_YET, whoBooks } from '../on-behalf';
import { countOfPerson, type LimitedClaim } from '../person-limits';
import type { Claim } from '../reservation';
import { type BookingWish, claimOf, isRefusal, type Party, type ResourceViolation } from '../wish';
import { goesOn, recurrenceOf, type Resolution, type SeriesWish } from './series-wish';

/** One occurrence on its way: what is asked for it, and what the rules say. */
export interface PlannedOccurrence {
  readonly occurrence: Occurrence;
  readonly wish: BookingWish;
  /** What the caller decided about it. */
  readonly resolution?: Resolution;
  /** undefined when it is skipped by choice or a rule refuses it. */
  readonly claim?: Claim;
  readonly violations: readonly ResourceViolation[];
  /** Whose it is, and what of: it is kept as skipped where it cannot be had. */
  readonly party: Omit<Party, 'violations'>;
  readonly resources: readonly ResourceTerms[];
}

export interface SeriesPlan {
  /** Those the series asks for, whatever single dates have instead. */
  readonly resources: readonly ResourceTerms[];
  readonly recurrence: Recurrence;
  readonly planned: readonly PlannedOccurrence[];
  /** What starts later is not looked at yet; null where the last one is among the planned. */
  readonly materialisedUntil: Date | null;
  readonly now: Date;
}

/** What a plan is made of, besides the wish. */
export interface PlanningTerms {
  /** Of every resource asked for, those of resolutions too. */
  readonly terms: ReadonlyMap<string, ResourceTerms>;
  readonly now: Date;
}

/** Every resource a series asks for. */
export const resourceIdsOf = ({ wish, resolutions }: Pick<SeriesWish, 'wish' | 'resolutions'>): string[] => [
  ...new Set([...wish.resourceIds, ...resolutions.flatMap((it) => it.resourceId ?? [])]),
];

/**
 * Expands a wish and judges each occurrence by the very rules of booking.
 * @throws Problem `validation-failed` for a rule or resolution that means nothing, `not-found` for a resource
 */
export async function planSeries(db: Sql, actor: Actor, series: SeriesWish, { terms, now }: PlanningTerms): Promise<SeriesPlan> {
  const own = series.wish.resourceIds.flatMap((id) => terms.get(id) ?? []);
  if (own.filter((it) => maySee(actor, it)).length < series.wish.resourceIds.length)
    throw new Problem('not-found', { detail: 'There is no such resource.' });
  const timeZone = series.wish.timeZone ?? own[0]?.timeZone ?? 'UTC';
  const recurrence = recurrenceOf(series, timeZone);
  const window = windowOf(recurrence, own, now);
  const found = occurrences(recurrence, window, MAX_COUNT);
  if (found.length === 0) {
    throw new Problem('validation-failed', {
      errors: [{ pointer: '/recurrence/rrule', code: 'no-occurrence', detail: 'This rule has no date that may be booked.' }],
    });
  }
  demandKnown(series, found, now);
  const wishes = found.map((it) => wishOfOccurrence(series, it, recurrence));
  const planned = await judged(db, actor, wishes, { terms, now });
  const isCut = goesOn(recurrence);
  return {
    resources: own,
    recurrence,
    planned,
    materialisedUntil: isCut ? (found.length === MAX_COUNT ? found.at(-1)!.start : window) : null,
    now,
  };
}

/** How far a series is looked at: all of one that ends, one that goes on as far as its resources may be booked. */
export function windowOf(recurrence: Recurrence, resources: readonly ResourceTerms[], now: Date): Date {
  if (!goesOn(recurrence)) return furthest(recurrence);
  return new Date(Math.min(...resources.map((it) => latestStart(it, now).getTime()), furthest(recurrence).getTime()));
}

/** One occurrence before the rules are asked. */
export interface WishedOccurrence extends Pick<PlannedOccurrence, 'occurrence' | 'wish' | 'resolution'> {
  /** The reservation it is already; left out for a new one. */
  readonly former?: { readonly id: string };
}

/**
 * Each occurrence with its claim, or with every rule it breaks. What is allowed counts for the limits per person of those
 * after it, as it will when they are booked.
 * @param givenUp reservations whose time is given up for these: they count for nothing
 */
export async function judged(
  db: Sql,
  actor: Actor,
  wishes: readonly WishedOccurrence[],
  { terms, now }: PlanningTerms,
  givenUp: readonly string[] = [],
): Promise<PlannedOccurrence[]> {
  const [first] = wishes;
  if (!first) return [];
  const party = await whoBooks(db, actor, first.wish, now);
  const resourcesOf = ({ wish }: Pick<WishedOccurrence, 'wish'>): ResourceTerms[] => wish.resourceIds.flatMap((id) => terms.get(id) ?? []);
  const limitedOf = ({ wish, former }: WishedOccurrence): LimitedClaim => ({
    id: former?.id ?? NOTHING_YET,
    organizerId: party.organizer.id,
    start: wish.start,
    end: wish.end,
    now,
    items: resourcesOf({ wish }).map((resource) => ({ resource, quantity: wish.quantity })),
  });
  const asked = wishes.filter((it) => !isLeftOut(it));
  const count = await countOfPerson(db, asked.map(limitedOf), givenUp);
  return wishes.map((wished) => {
    const it = { ...wished, party, resources: resourcesOf(wished) };
    if (isLeftOut(it)) return { ...it, violations: [] };
    const limited = limitedOf(it);
    try {
      const claim = claimOf(actor, { ...party, violations: count.broken(limited) }, it.wish, terms, 'booked', null, now);
      count.add(limited);
      return { ...it, claim, violations: [] };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { ...it, violations: error.extensions['violations'] as ResourceViolation[] };
    }
  });
}

const isLeftOut = ({ resolution }: WishedOccurrence): boolean => resolution?.use === 'skip' || resolution?.use === 'waitlist';

function wishOfOccurrence({ wish, resolutions }: SeriesWish, occurrence: Occurrence, recurrence: Recurrence): WishedOccurrence {
  const resolution = resolutions.find((it) => it.recurrenceId.getTime() === occurrence.recurrenceId.getTime());
  const start = resolution?.start ?? occurrence.start;
  const end = resolution?.end ?? (resolution?.start ? endOfLength(start, recurrence.minutes, recurrence.timeZone) : occurrence.end);
  const resourceIds = resolution?.resourceId ? [resolution.resourceId] : wish.resourceIds;
  const plain = { ...wish, timeZone: recurrence.timeZone, holdId: null, start, end, resourceIds };
  return { occurrence, wish: plain, ...(resolution && { resolution }) };
}

/** @throws Problem `validation-failed` for resolutions of occurrences there are not */
function demandKnown({ wish, resolutions }: SeriesWish, found: readonly Occurrence[], now: Date): void {
  const known = new Map(found.map((it) => [it.recurrenceId.getTime(), it]));
  const errors: FieldError[] = resolutions.flatMap((it, i) => {
    const pointer = `/resolutions/${i}`;
    if (!known.has(it.recurrenceId.getTime())) {
      const detail = `There is no occurrence at ${formatInstant(it.recurrenceId)}.`;
      return [{ pointer: `${pointer}/recurrenceId`, code: 'unknown-occurrence', detail }];
    }
    if (it.use === 'resource' && wish.resourceIds.length > 1)
      return [{ pointer: `${pointer}/use`, code: 'not-allowed', detail: 'A series of several resources keeps them.' }];
    if (it.use === 'waitlist' && known.get(it.recurrenceId.getTime())!.start <= now)
      return [{ pointer: `${pointer}/recurrenceId`, code: 'in-the-past', detail: 'What is waited for lies ahead.' }];
    if (it.end && it.start && it.end <= it.start)
      return [{ pointer: `${pointer}/end`, code: 'not-after-start', detail: 'must be after start' }];
    return [];
  });
  if (errors.length > 0) throw new Problem('validation-failed', { errors });
}
