import { addDays, daysBetween, type Weekday } from '@berth/kernel';
import type { Occurrence, Recurrence } from './recurrence';
import type { RecurrenceRule } from './recurrence-rule';

/**
 * The recurrence with its start at another clock reading; weekdays the rule names, exceptions and further dates go along.
 * @returns undefined where the day changes and the rule counts days of a month, which only a new rule can say anew
 */
export function shifted(it: Recurrence, start: string, minutes: number): Recurrence | undefined {
  const days = daysBetween(it.start.slice(0, 10), start.slice(0, 10));
  const rule = days === 0 ? it.rule : ruleShifted(it.rule, days);
  if (!rule) return undefined;
  const moved = (local: string): string => {
    const sameClock = local.slice(10) === it.start.slice(10);
    return `${addDays(local.slice(0, 10), days)}${sameClock ? start.slice(10) : local.slice(10)}`;
  };
  return { ...it, start, minutes, rule, exdates: it.exdates.map(moved), rdates: it.rdates.map(moved) };
}

/** The clock reading of the first occurrence once one of them shows another. */
export function startShifted(first: string, occurrence: string, wished: string): string {
  return `${addDays(first.slice(0, 10), daysBetween(occurrence.slice(0, 10), wished.slice(0, 10)))}${wished.slice(10)}`;
}

function ruleShifted(rule: RecurrenceRule, days: number): RecurrenceRule | undefined {
  const isPlain = rule.byMonthDay.length === 0 && rule.bySetPos.length === 0 && rule.byMonth.length === 0;
  if (!isPlain || rule.byDay.some((it) => it.ordinal !== undefined)) return undefined;
  const by = ((days % 7) + 7) % 7;
  return { ...rule, byDay: rule.byDay.map(({ weekday }) => ({ weekday: (((weekday - 1 + by) % 7) + 1) as Weekday })) };
}

/** An occurrence there is, and the one it becomes. */
export interface OccurrencePair<T> {
  readonly former: T;
  readonly occurrence: Occurrence;
}

/**
 * Which occurrence becomes which when a series changes, so that they keep their identity: those of the same start or the
 * same date stay, of the others the first becomes the first.
 */
export function pairOccurrences<T extends { readonly recurrenceId: Date; readonly date: string }>(
  former: readonly T[],
  next: readonly Occurrence[],
): { readonly pairs: OccurrencePair<T>[]; readonly gone: T[]; readonly added: Occurrence[] } {
  const pairs: OccurrencePair<T>[] = [];
  let [left, open] = [[...former], [...next]];
  const match = (same: (it: T, occurrence: Occurrence) => boolean): void => {
    for (const it of left) {
      const occurrence = open.find((one) => same(it, one));
      if (!occurrence) continue;
      pairs.push({ former: it, occurrence });
      open = open.filter((one) => one !== occurrence);
    }
    left = left.filter((it) => pairs.every((pair) => pair.former !== it));
  };
  match((it, one) => it.recurrenceId.getTime() === one.recurrenceId.getTime());
  match((it, one) => it.date === one.local.slice(0, 10));
  match(() => true);
  return { pairs, gone: left, added: open };
}
