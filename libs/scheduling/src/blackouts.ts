import { type Interval, overlaps } from '@berth/kernel';
import type { PolicySource } from './booking-policy';
import { type Occurrence, occurrences, type Recurrence } from './recurrence';
import { formatRule } from './recurrence-rule';

/** Time in which a resource may not be booked, whatever its hours say. */
export interface Blackout extends Interval {
  /** When it comes again; start and end are then those of the first time. */
  readonly recurrence?: Recurrence;
  readonly reason?: string;
  readonly source: PolicySource;
}

/** A day more than a time lasts, as a civil day may be longer than 24 hours. */
const SLACK_MS = 86_400_000;

/** The times of blackouts that touch a window, each with its reason and source; one that recurs yields every time it does. */
export function blackoutsWithin(blackouts: readonly Blackout[], window: Interval): Blackout[] {
  return blackouts.flatMap((it) => {
    if (!it.recurrence) return overlaps(it, window) ? [it] : [];
    return timesWithin(it.recurrence, window).map(({ start, end }) => ({ ...it, start, end }));
  });
}

function timesWithin(recurrence: Recurrence, window: Interval): Interval[] {
  const reach = recurrence.minutes * 60_000 + SLACK_MS;
  const first = new Date(window.start.getTime() - reach).getUTCFullYear();
  const found: Interval[] = [];
  for (let year = first; year <= window.end.getUTCFullYear(); year++)
    found.push(...timesInYear(recurrence, year).filter((it) => overlaps(it, window)));
  return found;
}

/** Years remembered of all recurrences; a search asks for every slot of every resource that shares one. */
const YEARS_KEPT = 500;
const remembered = new Map<string, readonly Occurrence[]>();

/** What starts in a year of UTC. */
function timesInYear(recurrence: Recurrence, year: number): readonly Occurrence[] {
  const { start, timeZone, minutes, rule } = recurrence;
  const key = [year, start, timeZone, minutes, formatRule(rule), ...recurrence.exdates, '+', ...recurrence.rdates].join(' ');
  const known = remembered.get(key);
  if (known) return known;
  const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  const times = occurrences(recurrence, new Date(to - 1), Infinity, new Date(from - 1));
  if (remembered.size >= YEARS_KEPT) remembered.clear();
  remembered.set(key, times);
  return times;
}
