import { isCivilDate, type Weekday } from '@berth/kernel';
import { below, isJsonObject, outOfRange, refuseOthers, wrongType, type FieldError } from './field-error';
import { minutesOf, type DayHours, type HoursException, type OpenTime, type WeeklyHours } from './opening-hours';

/** Business hours as they travel: a closed date says so instead of listing no times. */
export interface HoursDocument {
  readonly days: readonly DayHours[];
  readonly exceptions?: readonly ExceptionDocument[];
}

export type ExceptionDocument =
  | { readonly date: string; readonly closed: true; readonly reason?: string }
  | { readonly date: string; readonly intervals: readonly OpenTime[]; readonly reason?: string };

export interface ParsedHours {
  /** Only there when nothing was wrong. */
  readonly hours?: WeeklyHours;
  readonly errors: readonly FieldError[];
}

const MOST_TIMES = 12;
const MOST_EXCEPTIONS = 1000;
const LONGEST_REASON = 200;

/**
 * Reads business hours strictly: each weekday and each date once, times of a day apart from each other.
 * @param pointer where the hours stand in the request, in front of every error's pointer
 */
export function parseHours(json: unknown, pointer = ''): ParsedHours {
  if (!isJsonObject(json)) return { errors: [wrongType(pointer, 'an object')] };
  const errors: FieldError[] = [];
  refuseOthers(json, ['days', 'exceptions'], pointer, errors);

  const days = readList(json['days'], 7, below(pointer, 'days'), errors, readDay);
  const exceptions = readList(json['exceptions'] ?? [], MOST_EXCEPTIONS, below(pointer, 'exceptions'), errors, readException);

  // Places in the lists are only those of the request when no line of it was dropped.
  if (errors.length > 0) return { errors };
  refuseRepeated(
    days.map((it) => it.weekday),
    below(pointer, 'days'),
    'weekday',
    errors,
  );
  refuseRepeated(
    exceptions.map((it) => it.date),
    below(pointer, 'exceptions'),
    'date',
    errors,
  );
  if (errors.length > 0) return { errors };
  return { hours: exceptions.length > 0 ? { days, exceptions } : { days }, errors };
}

/** The hours in the form `parseHours` reads. */
export function formatHours(hours: WeeklyHours): HoursDocument {
  if (!hours.exceptions) return { days: hours.days };
  const exceptions = hours.exceptions.map(({ date, intervals, reason }): ExceptionDocument => {
    const why = reason === undefined ? {} : { reason };
    return intervals.length > 0 ? { date, intervals, ...why } : { date, closed: true, ...why };
  });
  return { days: hours.days, exceptions };
}

type Item<T> = (json: unknown, pointer: string, errors: FieldError[]) => T | undefined;

function readList<T>(json: unknown, most: number, pointer: string, errors: FieldError[], item: Item<T>): T[] {
  if (!Array.isArray(json)) {
    errors.push(wrongType(pointer, 'a list'));
    return [];
  }
  if (json.length > most) {
    errors.push(outOfRange(pointer, 0, most));
    return [];
  }
  return json.map((it: unknown, index) => item(it, below(pointer, index), errors)).filter((it) => it !== undefined);
}

function readDay(json: unknown, pointer: string, errors: FieldError[]): DayHours | undefined {
  if (!isJsonObject(json)) {
    errors.push(wrongType(pointer, 'an object'));
    return undefined;
  }
  refuseOthers(json, ['weekday', 'intervals'], pointer, errors);
  const intervals = readTimes(json['intervals'], below(pointer, 'intervals'), errors);
  const weekday = json['weekday'];
  if (!isWeekday(weekday)) {
    errors.push(outOfRange(below(pointer, 'weekday'), 1, 7));
    return undefined;
  }
  return { weekday, intervals };
}

function readException(json: unknown, pointer: string, errors: FieldError[]): HoursException | undefined {
  if (!isJsonObject(json)) {
    errors.push(wrongType(pointer, 'an object'));
    return undefined;
  }
  refuseOthers(json, ['date', 'closed', 'intervals', 'reason'], pointer, errors);
  const { date, closed, reason } = json;
  if (closed !== undefined && typeof closed !== 'boolean') errors.push(wrongType(below(pointer, 'closed'), 'true or false'));
  if ((closed === true) === (json['intervals'] !== undefined)) {
    errors.push({ pointer, code: 'inconsistent', detail: 'A date is either closed or has its own intervals.' });
    return undefined;
  }
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > LONGEST_REASON)) {
    errors.push(wrongType(below(pointer, 'reason'), `text of at most ${LONGEST_REASON} characters`));
  }
  if (typeof date !== 'string' || !isCivilDate(date)) {
    errors.push({ pointer: below(pointer, 'date'), code: 'not-a-date', detail: 'A date YYYY-MM-DD is needed.' });
    return undefined;
  }
  const intervals = closed === true ? [] : readTimes(json['intervals'], below(pointer, 'intervals'), errors);
  return typeof reason === 'string' ? { date, intervals, reason } : { date, intervals };
}

function readTimes(json: unknown, pointer: string, errors: FieldError[]): OpenTime[] {
  const times = readList(json, MOST_TIMES, pointer, errors, readTime);
  const spans = times.map(minutesOf).filter((it) => it !== undefined);
  spans.sort((a, b) => a.opens - b.opens);
  if (spans.some((it, index) => it.opens < (spans[index - 1]?.closes ?? 0))) {
    errors.push({ pointer, code: 'overlapping', detail: 'The intervals of a day must not overlap.' });
  }
  return times;
}

function readTime(json: unknown, pointer: string, errors: FieldError[]): OpenTime | undefined {
  if (!isJsonObject(json)) {
    errors.push(wrongType(pointer, 'an object'));
    return undefined;
  }
  refuseOthers(json, ['opens', 'closes'], pointer, errors);
  const { opens, closes } = json;
  if (typeof opens !== 'string' || !minutesOf({ opens, closes: '24:00' })) {
    errors.push(notATime(below(pointer, 'opens'), '00:00 to 23:59'));
  } else if (typeof closes !== 'string' || !minutesOf({ opens, closes })) {
    errors.push(notATime(below(pointer, 'closes'), '00:00 to 24:00'));
  } else {
    return { opens, closes };
  }
  return undefined;
}

function refuseRepeated(keys: readonly (string | number)[], pointer: string, name: string, errors: FieldError[]): void {
  keys.forEach((key, index) => {
    if (keys.indexOf(key) < index) {
      errors.push({ pointer: below(pointer, index), code: 'duplicate', detail: `The ${name} ${key} is listed twice.` });
    }
  });
}

const isWeekday = (value: unknown): value is Weekday => typeof value === 'number' && [1, 2, 3, 4, 5, 6, 7].includes(value);

const notATime = (pointer: string, range: string): FieldError => ({
  pointer,
  code: 'not-a-time',
  detail: `A clock time HH:mm from ${range} is needed.`,
});
