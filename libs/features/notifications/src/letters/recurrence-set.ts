import { toLocal } from '@berth/kernel';
import { endingAt, endOfLength, formatRule, type Occurrence, occurrences } from '@berth/scheduling';
import type { CalendarDate, StandingSeries } from '../telling/draft';

/** A series as iCalendar says it (RFC 5545 §3.8.5). Local date-times are readings of the clock of the series. */
export interface RecurrenceSet {
  readonly start: string;
  /** Nominal length: whole days by the calendar, the rest by the time that passes. */
  readonly minutes: number;
  /** undefined where dates are named one by one. */
  readonly rule: string | undefined;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
  /** Dates that are not as the series says, by the reading that names them. */
  readonly changed: readonly (CalendarDate & { readonly named: string })[];
}

/**
 * Says the dates that stand by the rule as far as it gives them, and no others: what it gives besides is left out, what it does
 * not give is added. It ends with an instant and never by counting, as a program counts readings the clock jumped over and the
 * next does not (RFC 5545 §3.3.10); these readings are said as dates of their own. It begins with the first date that stands,
 * which lies in a period of the rule as all do, so INTERVAL goes on from there.
 */
export function recurrenceSet({ recurrence, openUntil, title, place, dates }: StandingSeries): RecurrenceSet {
  const { timeZone, minutes, rule } = recurrence;
  const standing = new Set(dates.map((it) => it.recurrenceId.getTime()));
  const lastDate = dates.at(-1)?.recurrenceId ?? dates[0].recurrenceId;
  const given = occurrences({ ...recurrence, exdates: [], rdates: [] }, later(lastDate, openUntil), Infinity);
  const isSaid = (it: Occurrence): boolean => it.resolution !== 'gap' && standing.has(it.recurrenceId.getTime());
  const said = given.filter(isSaid);
  const [first, last] = [said[0], said.at(-1)];
  const saidAt = new Set(said.map((it) => it.recurrenceId.getTime()));
  const others = dates.filter((it) => !saidAt.has(it.recurrenceId.getTime())).map((it) => toLocal(it.recurrenceId, timeZone));
  const asSaid = (it: CalendarDate): boolean =>
    it.start.getTime() === it.recurrenceId.getTime() &&
    it.end.getTime() === endOfLength(it.recurrenceId, minutes, timeZone).getTime() &&
    it.title === title &&
    it.place === place;
  const changed = dates.filter((it) => !asSaid(it)).map((it) => ({ ...it, named: toLocal(it.recurrenceId, timeZone) }));
  if (!first || !last) {
    const [start = '', ...rdates] = others;
    return { start, minutes, rule: undefined, exdates: [], rdates, changed };
  }
  const recurs = openUntil !== null || said.length > 1;
  const isWithin = ({ local }: Occurrence): boolean => local > first.local && (openUntil !== null || local < last.local);
  return {
    start: first.local,
    minutes,
    rule: recurs ? formatRule(endingAt(rule, openUntil ? undefined : { until: last.recurrenceId })) : undefined,
    exdates: given.filter((it) => isWithin(it) && !isSaid(it)).map((it) => it.local),
    rdates: others,
    changed,
  };
}

const later = (a: Date, b: Date | null): Date => (b && b > a ? b : a);
