import { Problem, type FieldError } from '@berth/contracts';
import { isCivilDate, isCivilDateTime, parseInstant, toLocal } from '@berth/kernel';
import { furthest, isOpenEnded, lastInstant, lengthOf, parseRule, reachesItsEnd, type Recurrence, UNTIL_YEARS } from '@berth/scheduling';
import type { BookingWish } from '../wish';

/** What somebody wants to have again and again, checked for form only. */
export interface SeriesWish {
  /** Resources, title and the like; `start` and `end` of the first. */
  readonly wish: BookingWish;
  readonly rrule: string;
  /** As sent: instants, local times, or dates. */
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
  /** What happens to occurrences that cannot be had: all fails, or they are skipped. */
  readonly onConflict: 'fail' | 'skip';
  readonly resolutions: readonly Resolution[];
}

/** What is done about one occurrence. */
export interface Resolution {
  /** The start the rule gave it. */
  readonly recurrenceId: Date;
  readonly use: 'skip' | 'resource' | 'time' | 'waitlist';
  readonly resourceId?: string;
  readonly start?: Date;
  readonly end?: Date;
  /** Of one that is waited for: booked as soon as it is free, without asking. */
  readonly autoAccept?: boolean;
}

type SeriesTime = Pick<SeriesWish, 'rrule' | 'exdates' | 'rdates'> & { readonly wish: Pick<BookingWish, 'start' | 'end'> };

/**
 * The recurrence of a wish by the clock of a zone; validated before anything is expanded.
 * @throws Problem `validation-failed` with every error of the rule and its dates
 */
export function recurrenceOf({ wish, rrule, exdates, rdates }: SeriesTime, timeZone: string, at = '/recurrence'): Recurrence {
  const { rule, errors } = parseRule(rrule, `${at}/rrule`);
  if (!rule) throw new Problem('validation-failed', { errors });
  const start = toLocal(wish.start, timeZone);
  const minutes = lengthOf(wish, timeZone);
  const found: FieldError[] = [];
  const dates = (texts: readonly string[], name: string): string[] =>
    texts.map((text, i) => localOf(text, start, timeZone, `${at}/${name}/${i}`, found));
  const recurrence: Recurrence = {
    start,
    timeZone,
    minutes,
    rule,
    // What lies outside of the series leaves nothing out.
    exdates: [...new Set(dates(exdates, 'exdates'))].filter((it) => it >= start && it < `${Number(start.slice(0, 4)) + 11}`).sort(),
    rdates: [...new Set(dates(rdates, 'rdates'))].sort(),
  };
  if (!Number.isInteger(minutes) || minutes < 1)
    found.push({ pointer: '/end', code: 'not-a-duration', detail: 'What recurs lasts whole minutes.' });
  found.push(...endErrors(recurrence, `${at}/rrule`));
  if (found.length > 0) throw new Problem('validation-failed', { errors: found });
  return recurrence;
}

/** Whether a series goes on for ever. */
export const goesOn = (it: Recurrence): boolean => isOpenEnded(it.rule);

function endErrors(it: Recurrence, pointer: string): FieldError[] {
  const until = lastInstant(it.rule, it.timeZone);
  const limit = `${Number(it.start.slice(0, 4)) + UNTIL_YEARS}${it.start.slice(4)}`;
  if (until && toLocal(until, it.timeZone) > limit) {
    return [
      {
        pointer,
        code: 'out-of-range',
        detail: `UNTIL may be ${UNTIL_YEARS} years after the start at most.`,
        params: { years: UNTIL_YEARS },
      },
    ];
  }
  if (!reachesItsEnd(it)) return [{ pointer, code: 'out-of-range', detail: 'The last of these dates lies too far ahead.' }];
  const beyond = it.rdates.some((local) => local < it.start || local > toLocal(furthest(it), it.timeZone));
  return beyond ? [{ pointer, code: 'out-of-range', detail: 'A further date lies before the first or too far ahead.' }] : [];
}

/** A date of a rule as the clock shows it; a bare date is at the time of the first. */
function localOf(text: string, start: string, zone: string, pointer: string, errors: FieldError[]): string {
  const instant = parseInstant(text);
  if (instant) return toLocal(instant, zone);
  if (isCivilDate(text)) return `${text}${start.slice(10)}`;
  if (isCivilDateTime(text)) return text.length === 16 ? `${text}:00` : text.slice(0, 19);
  errors.push({ pointer, code: 'not-a-date', detail: 'is neither an instant, a local time nor a date' });
  return start;
}
