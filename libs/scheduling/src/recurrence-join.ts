import { epochDay } from '@berth/kernel';
import { furthest, occurrences, type Recurrence, splitAt } from './recurrence';
import { recurrenceDays } from './recurrence-days';
import { endingAt, formatRule } from './recurrence-rule';

/**
 * The recurrence that was parted into these two, the second beginning where the first ends; undefined where they are not
 * what parting one leaves, as the second was changed meanwhile.
 */
export function joinedAgain(before: Recurrence, from: Recurrence): Recurrence | undefined {
  const [first] = occurrences(from, furthest(from), 1);
  if (!first) return undefined;
  const whole = { ...before, rule: wholeRule(before, from), ...allDates(before, from) };
  const parts = splitAt(whole, first.recurrenceId);
  return parts && isSame(parts.before, before) && isSame(parts.from, from) ? whole : undefined;
}

/** The rule of both with the end of the second; what that counts comes besides what the first has had. */
function wholeRule(before: Recurrence, { rule, start }: Recurrence): Recurrence['rule'] {
  if (rule.count === undefined) return endingAt(before.rule, rule.until === undefined ? undefined : { until: new Date(rule.until) });
  const day = epochDay(start.slice(0, 10)) ?? 0;
  const had = [...recurrenceDays(endingAt(before.rule, undefined), before.start, day)].filter((it) => it < day).length;
  return endingAt(before.rule, { count: had + rule.count });
}

const allDates = (a: Recurrence, b: Recurrence): Pick<Recurrence, 'exdates' | 'rdates'> => ({
  exdates: [...new Set([...a.exdates, ...b.exdates])],
  rdates: [...new Set([...a.rdates, ...b.rdates])],
});

const isSame = (a: Recurrence, b: Recurrence): boolean => keyOf(a) === keyOf(b);
const keyOf = ({ start, timeZone, minutes, rule, exdates, rdates }: Recurrence): string =>
  [start, timeZone, minutes, formatRule(rule), ...[...exdates].sort(), '+', ...[...rdates].sort()].join(' ');
