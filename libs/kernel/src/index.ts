export {
  MINUTE,
  addMinutes,
  contains,
  gaps,
  holdsInstant,
  intersect,
  intersection,
  interval,
  isSameInterval,
  merge,
  minutesBetween,
  overlaps,
  splitAtUtcMidnight,
  subtract,
  union,
} from './interval';
export type { Interval } from './interval';
export {
  dateOfEpochDay,
  epochDay,
  formatClockTime,
  formatDuration,
  formatInstant,
  isCivilDate,
  isCivilDateTime,
  parseClockTime,
  parseDuration,
  parseInstant,
} from './time-text';
export {
  addCivilDays,
  addDays,
  atMinute,
  clockChanges,
  dayIntervals,
  daysBetween,
  formatOffset,
  isTimeZone,
  minuteOfDay,
  offsetMinutes,
  startOfDay,
  toCivil,
  toInstant,
  toLocal,
  weekdayOf,
} from './zoned-time';
export type { CivilTime, ClockChange, ResolvedTime, Resolution, Weekday } from './zoned-time';
export { isId, newId } from './ids';
export { PAGE_LIMIT, PAGE_LIMIT_MAX, decodeCursor, encodeCursor, pageOf } from './page';
export type { CursorKey, Page, PageEnd } from './page';
