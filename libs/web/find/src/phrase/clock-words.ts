import type { Lexicon } from './lexicon';

/** Minutes since midnight, and minutes it lasts. */
export interface ClockReading {
  readonly start?: number;
  readonly length?: number;
}

export interface ClockReader {
  readonly pattern: string;
  readonly read: (match: readonly (string | undefined)[]) => ClockReading | undefined;
}

const DAY = 1440;
const NOON = 720;
const LONGEST = 31 * DAY;
/** `6h` alone is a length, `7h` alone a time. */
const FIRST_HOUR = 7;

/** Everything that says when or how long, what says most first. */
export function clockReaders(lexicon: Lexicon): ClockReader[] {
  return [...ranges(lexicon), ...lengths(lexicon), ...times(lexicon)];
}

function ranges({ from, until, oClock, at }: Lexicon): ClockReader[] {
  const clock = `(\\d{1,2})(?:[:.h](\\d{2})|h)?(?: ?([ap])\\.?m\\.?)?(?: ?(?:${oClock}))?`;
  const read = ([, h1, m1, a1, h2, m2, a2]: readonly (string | undefined)[]): ClockReading | undefined => {
    const end = minuteOf(h2, m2, a2);
    // "2 to 3 pm": the half of the day belongs to both.
    const start = [minuteOf(h1, m1, a1 ?? a2), minuteOf(h1, m1, a1)].find((it) => it !== undefined && end !== undefined && it < end);
    return start === undefined || end === undefined ? undefined : { start, length: end - start };
  };
  return [
    { pattern: `(?:(?:${from}|${at}) )?${clock} ?[-–—] ?${clock}`, read },
    { pattern: `(?:${from}) ${clock} (?:${until}) ${clock}`, read },
    { pattern: `${clock} (?:${until}) ${clock}`, read },
  ];
}

function lengths({ lasting, hours, minutes, halfHour, anHour }: Lexicon): ClockReader[] {
  const before = `(?:(?:${lasting}) )?`;
  const asLength = (length: number): ClockReading | undefined =>
    Number.isInteger(length) && length >= 1 && length <= LONGEST ? { length } : undefined;
  return [
    { pattern: `${before}(?:${halfHour})`, read: () => ({ length: 30 }) },
    { pattern: `${before}(\\d{1,3}) ?(?:${hours}) ?(\\d{1,2}) ?(?:${minutes})`, read: ([, h, m]) => asLength(Number(h) * 60 + Number(m)) },
    { pattern: `(?:${lasting}) (\\d{1,2})[h:](\\d{2})`, read: ([, h, m]) => asLength(Number(h) * 60 + Number(m)) },
    {
      pattern: `${before}(\\d{1,3})[.,](\\d{1,2}) ?(?:${hours})`,
      read: ([, h, part]) => asLength(Math.round(Number(`${h}.${part}`) * 60)),
    },
    { pattern: `(?:${lasting}) (\\d{1,3}) ?(?:${hours})`, read: ([, h]) => asLength(Number(h) * 60) },
    {
      pattern: `(\\d{1,2})h`,
      read: ([, h]) => (Number(h) < FIRST_HOUR ? asLength(Number(h) * 60) : startAt(minuteOf(h, undefined, undefined))),
    },
    { pattern: `(\\d{1,3}) ?(?:${hours})`, read: ([, h]) => asLength(Number(h) * 60) },
    { pattern: `${before}(\\d{1,5}) ?(?:${minutes})`, read: ([, m]) => asLength(Number(m)) },
    { pattern: `${before}(?:${anHour})`, read: () => ({ length: 60 }) },
  ];
}

function times({ at, from, oClock, noon }: Lexicon): ClockReader[] {
  const before = `(?:(?:${at}|${from}) )?`;
  const read = ([, hour, minute, half]: readonly (string | undefined)[]): ClockReading | undefined => startAt(minuteOf(hour, minute, half));
  return [
    { pattern: `${before}(\\d{1,2})[:.h](\\d{2})(?: ?([ap])\\.?m\\.?)?(?: ?(?:${oClock}))?`, read },
    { pattern: `${before}(\\d{1,2})() ?([ap])\\.?m\\.?`, read },
    { pattern: `${before}(\\d{1,2}) ?(?:${oClock})(?: ?(\\d{2}))?`, read },
    { pattern: `(?:${at}|${from}) (\\d{1,2})h?`, read },
    { pattern: noon, read: () => startAt(NOON) },
  ];
}

const startAt = (minute: number | undefined): ClockReading | undefined =>
  minute === undefined || minute >= DAY ? undefined : { start: minute };

function minuteOf(hours: string | undefined, minutes: string | undefined, half: string | undefined): number | undefined {
  const [hour, minute] = [Number(hours), Number(minutes || 0)];
  if (!Number.isInteger(hour) || hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  if (half === undefined || hour > 12) return hour * 60 + minute;
  if (hour === 0) return undefined;
  return ((hour % 12) + (half === 'p' ? 12 : 0)) * 60 + minute;
}
