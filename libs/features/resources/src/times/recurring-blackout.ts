import { Problem } from '@berth/contracts';
import { type Interval, toLocal } from '@berth/kernel';
import { sql, type Statement } from '@berth/platform/database';
import { validationFailed } from '@berth/platform/http';
import { formatRule, furthest, isOpenEnded, lengthOf, occurrences, parseRule, reachesItsEnd, type Recurrence } from '@berth/scheduling';

/** How a stored blackout recurs, as `storedRecurrence` selects it. */
export interface StoredRecurrence {
  readonly rrule: string;
  /** Local date-time of the first. */
  readonly localStart: string;
  readonly timeZone: string;
  readonly minutes: number;
}

/** The recurrence of the row `b` as an object. */
export const storedRecurrence = sql`jsonb_build_object('rrule', b.rrule, 'localStart', to_char(b.civil_start, 'YYYY-MM-DD"T"HH24:MI:SS'),
  'timeZone', b.time_zone, 'minutes', b.minutes)`;

/** Whether the blackout `b`, or a later time of it, is not over by then. */
export const stillCounts = (since: Date): Statement =>
  sql`(b.ends_at > ${since} or b.rrule is not null and (b.last_ends_at is null or b.last_ends_at > ${since}))`;

export function recurrenceOf({ rrule, localStart, timeZone, minutes }: StoredRecurrence): Recurrence {
  const { rule } = parseRule(rrule);
  if (!rule) throw new Problem('internal-error', { detail: 'The stored rule of a blackout cannot be read.' });
  return { start: localStart, timeZone, minutes, rule, exdates: [], rdates: [] };
}

/** A blackout that comes again. */
export interface RecurringBlackout {
  readonly stored: StoredRecurrence;
  readonly recurrence: Recurrence;
  readonly first: Interval;
  /** null where there is no last. */
  readonly lastEndsAt: Date | null;
}

/**
 * A span that comes again by the clock of a zone.
 * @throws Problem `validation-failed` for a rule that is none, has no time or no end in reach
 */
export function recurring(span: Interval, rrule: string, timeZone: string): RecurringBlackout {
  const pointer = '/recurrence/rrule';
  const { rule, errors } = parseRule(rrule, pointer);
  if (!rule) throw validationFailed(errors);
  const minutes = lengthOf(span, timeZone);
  if (!Number.isInteger(minutes) || minutes > LONGEST_MINUTES)
    throw validationFailed([{ pointer: '/end', code: 'not-a-duration', detail: 'What recurs lasts whole minutes, a year at most.' }]);
  const recurrence = { start: toLocal(span.start, timeZone), timeZone, minutes, rule, exdates: [], rdates: [] };
  if (!reachesItsEnd(recurrence))
    throw validationFailed([{ pointer, code: 'out-of-range', detail: 'The last of these times lies too far ahead.' }]);
  const times = occurrences(recurrence, furthest(recurrence), isOpenEnded(rule) ? 1 : Infinity);
  const [first] = times;
  if (!first) throw validationFailed([{ pointer, code: 'no-occurrence', detail: 'This rule has no time.' }]);
  const stored = { rrule: formatRule(rule), localStart: recurrence.start, timeZone, minutes };
  return { stored, recurrence, first, lastEndsAt: isOpenEnded(rule) ? null : times.at(-1)!.end };
}

const LONGEST_MINUTES = 366 * 1440;
