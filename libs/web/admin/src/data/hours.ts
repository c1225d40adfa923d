import type { DayHours, ExceptionDocument } from '@berth/scheduling';
import type { Source } from './resource';

/** When a resource may be booked, with where that was set; no day at all is always open. */
export interface BusinessHours {
  readonly days: readonly DayHours[];
  readonly exceptions: readonly ExceptionDocument[];
  readonly timeZone: string;
  readonly source: Source;
  /** Of the resource: what a change of its hours is made on. */
  readonly settingsVersion: number;
}

/** A time in which nobody may book. */
export interface Blackout {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly reason: string | null;
  /** When it comes again, by the clock of a zone; start and end are those of its first time. */
  readonly recurrence: { readonly rrule: string; readonly timeZone: string } | null;
  readonly source: Source;
}
