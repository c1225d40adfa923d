import { addDays, formatInstant, isCivilDate, isCivilDateTime, parseInstant, toInstant, type Weekday } from '@berth/kernel';
import type { FieldError, FieldErrorCode } from './field-error';

/** A recurrence rule (RFC 5545 §3.3.10) as far as Berth takes it: nothing finer than a day, nothing without bound. */
export interface RecurrenceRule {
  readonly frequency: Frequency;
  /** Every so many days, weeks, months or years. */
  readonly interval: number;
  readonly byDay: readonly OrdinalDay[];
  /** 1 to 31, or −1 to −31 counted from the end of the month. */
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  /** Which of the dates of one day, week, month or year; negative counts from the end. */
  readonly bySetPos: readonly number[];
  /** Where a week begins, which matters for every second week and for BYSETPOS. */
  readonly weekStart: Weekday;
  readonly count?: number;
  /** The last that may be, inclusive: an instant, a local date-time, or a date with all its day. */
  readonly until?: string;
}

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** A weekday; with an ordinal the second or the last (−1) of it in the month or year. */
export interface OrdinalDay {
  readonly weekday: Weekday;
  readonly ordinal?: number;
}

export interface ParsedRule {
  /** undefined when there is an error. */
  readonly rule?: RecurrenceRule;
  readonly errors: readonly FieldError[];
}

export const MAX_COUNT = 366;
export const MAX_INTERVAL = 1000;
export const UNTIL_YEARS = 2;
const MAX_LENGTH = 1000;

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const FREQUENCIES: readonly string[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const KNOWN = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'] as const;
type Part = (typeof KNOWN)[number];

/** Reads `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`, with or without `RRULE:` before it. Every error is reported, not only the first. */
export function parseRule(text: string, pointer = '/rrule'): ParsedRule {
  const errors: FieldError[] = [];
  const tell = (code: FieldErrorCode, detail: string): undefined => void errors.push({ pointer, code, detail });
  if (text.length > MAX_LENGTH) return { errors: [{ pointer, code: 'out-of-range', detail: `Is longer than ${MAX_LENGTH} characters.` }] };
  const parts = partsOf(text, tell);
  const frequency = frequencyOf(parts.get('FREQ'), tell);
  const numbers = (name: Part, most: number, signed: boolean): number[] => numbersOf(name, parts.get(name), most, signed, tell);
  const rule: RecurrenceRule = {
    frequency: frequency ?? 'DAILY',
    interval: numbers('INTERVAL', MAX_INTERVAL, false)[0] ?? 1,
    byDay: daysOf(parts.get('BYDAY'), tell),
    byMonthDay: numbers('BYMONTHDAY', 31, true),
    byMonth: numbers('BYMONTH', 12, false),
    bySetPos: numbers('BYSETPOS', 366, true),
    weekStart: weekStartOf(parts.get('WKST'), tell),
    ...(parts.has('COUNT') && { count: numbers('COUNT', MAX_COUNT, false)[0] ?? 1 }),
    ...(parts.has('UNTIL') && { until: untilOf(parts.get('UNTIL') ?? '', tell) }),
  };
  if (frequency) contradictions(rule, parts, tell);
  return errors.length > 0 ? { errors } : { rule, errors };
}

/** The rule as text, its parts in the order of RFC 5545; reading it again gives the same rule. */
export function formatRule(rule: RecurrenceRule): string {
  const list = (name: string, values: readonly (string | number)[]): string[] => (values.length > 0 ? [`${name}=${values.join(',')}`] : []);
  return [
    `FREQ=${rule.frequency}`,
    ...(rule.until === undefined ? [] : [`UNTIL=${rule.until.replace(/[-:]/g, '')}`]),
    ...(rule.count === undefined ? [] : [`COUNT=${rule.count}`]),
    ...(rule.interval === 1 ? [] : [`INTERVAL=${rule.interval}`]),
    ...list('BYMONTH', rule.byMonth),
    ...list('BYMONTHDAY', rule.byMonthDay),
    ...list(
      'BYDAY',
      rule.byDay.map((it) => `${it.ordinal ?? ''}${DAYS[it.weekday - 1]}`),
    ),
    ...list('BYSETPOS', rule.bySetPos),
    ...(rule.weekStart === 1 ? [] : [`WKST=${DAYS[rule.weekStart - 1]}`]),
  ].join(';');
}

/** Whether the rule ends by itself; one that does not is booked as far as a resource may be, and then further day by day. */
export const isOpenEnded = (rule: RecurrenceRule): boolean => rule.count === undefined && rule.until === undefined;

/** The last instant an occurrence may start at; undefined where the rule has no UNTIL. */
export function lastInstant(rule: RecurrenceRule, zone: string): Date | undefined {
  const { until } = rule;
  if (until === undefined) return undefined;
  if (isCivilDate(until)) return new Date(toInstant(`${addDays(until, 1)}T00:00:00`, zone).instant.getTime() - 1000);
  return parseInstant(until) ?? toInstant(until, zone).instant;
}

/** The rule without what ends it, ending where it is told. */
export function endingAt(rule: RecurrenceRule, end: { readonly count: number } | { readonly until: Date } | undefined): RecurrenceRule {
  const { count: _count, until: _until, ...open } = rule;
  if (end === undefined) return open;
  return 'count' in end ? { ...open, count: end.count } : { ...open, until: formatInstant(end.until) };
}

type Tell = (code: FieldErrorCode, detail: string) => undefined;

function partsOf(text: string, tell: Tell): Map<Part, string> {
  const parts = new Map<Part, string>();
  for (const piece of text
    .trim()
    .replace(/^RRULE:/i, '')
    .replace(/;$/, '')
    .toUpperCase()
    .split(';')) {
    const [name = '', value, ...rest] = piece.split('=');
    const known = KNOWN.find((it) => it === name);
    if (value === undefined || value === '' || rest.length > 0)
      tell('wrong-type', `«${piece}» is no part of a rule; parts are NAME=value.`);
    else if (!known) tell('not-allowed', `${name} is not taken here; a rule has ${KNOWN.join(', ')}.`);
    else if (parts.has(known)) tell('duplicate', `${name} is there twice.`);
    else parts.set(known, value);
  }
  return parts;
}

function frequencyOf(text: string | undefined, tell: Tell): Frequency | undefined {
  if (text === undefined) return tell('missing-field', 'A rule needs FREQ.');
  if (!FREQUENCIES.includes(text)) return tell('not-allowed', `FREQ must be one of ${FREQUENCIES.join(', ')}.`);
  return text as Frequency;
}

function numbersOf(name: Part, text: string | undefined, most: number, signed: boolean, tell: Tell): number[] {
  if (text === undefined) return [];
  const isOne = name === 'INTERVAL' || name === 'COUNT';
  const values = isOne ? [text] : text.split(',');
  const pattern = signed ? /^[+-]?\d{1,4}$/ : /^\d{1,6}$/;
  const numbers = values.map((it) => (pattern.test(it) ? Number(it) : Number.NaN));
  if (numbers.some((it) => Number.isNaN(it) || it === 0 || Math.abs(it) > most)) {
    tell('out-of-range', `${name} takes ${signed ? `±1 to ±${most}` : `1 to ${most}`}.`);
    return [];
  }
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function daysOf(text: string | undefined, tell: Tell): OrdinalDay[] {
  if (text === undefined) return [];
  const days = text.split(',').map((it) => {
    const [, ordinal = '', name = ''] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(it) ?? [];
    const weekday = (DAYS.findIndex((day) => day === name) + 1) as Weekday;
    return ordinal ? { weekday, ordinal: Number(ordinal) } : { weekday };
  });
  const wrong = days.some((it) => it.weekday < 1 || it.ordinal === 0 || Math.abs(it.ordinal ?? 1) > 53);
  if (wrong) {
    tell('not-allowed', 'BYDAY takes MO, TU, WE, TH, FR, SA, SU, with ±1 to ±53 before for the first or last of a month or year.');
    return [];
  }
  return [...new Map(days.map((it) => [`${it.ordinal ?? ''}${it.weekday}`, it])).values()];
}

function weekStartOf(text: string | undefined, tell: Tell): Weekday {
  if (text === undefined) return 1;
  const index = DAYS.findIndex((it) => it === text);
  if (index < 0) tell('not-allowed', `WKST must be one of ${DAYS.join(', ')}.`);
  return (Math.max(index, 0) + 1) as Weekday;
}

/** The extended form of an RFC 5545 date or date-time. */
function untilOf(text: string, tell: Tell): string {
  const [, year, month, day, hour, minute, second, zulu = ''] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text) ?? [];
  const extended = hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day}T${hour}:${minute}:${second}${zulu}`;
  const isFine = zulu ? parseInstant(extended) !== undefined : isCivilDate(extended) || isCivilDateTime(extended);
  if (!isFine) tell('not-a-date', 'UNTIL takes a date 20261231, a local time 20261231T180000 or an instant 20261231T170000Z.');
  return extended;
}

/** What RFC 5545 §3.3.10 forbids together. */
function contradictions(rule: RecurrenceRule, parts: ReadonlyMap<Part, string>, tell: Tell): void {
  const { frequency, byDay, byMonthDay } = rule;
  if (parts.has('COUNT') && parts.has('UNTIL')) tell('inconsistent', 'COUNT and UNTIL exclude each other.');
  const ordinals = byDay.some((it) => it.ordinal !== undefined);
  if (ordinals && frequency !== 'MONTHLY' && frequency !== 'YEARLY') tell('inconsistent', `BYDAY takes no numbers with FREQ=${frequency}.`);
  if (byDay.some((it) => Math.abs(it.ordinal ?? 1) > 5) && (frequency === 'MONTHLY' || rule.byMonth.length > 0))
    tell('out-of-range', 'A month has at most five of each weekday.');
  if (byMonthDay.length > 0 && frequency === 'WEEKLY') tell('inconsistent', 'BYMONTHDAY does not go with FREQ=WEEKLY.');
  if (rule.bySetPos.length > 0 && !parts.has('BYDAY') && !parts.has('BYMONTHDAY') && !parts.has('BYMONTH'))
    tell('inconsistent', 'BYSETPOS needs BYDAY, BYMONTHDAY or BYMONTH.');
}
