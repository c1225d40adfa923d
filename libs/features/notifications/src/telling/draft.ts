import type { Recurrence } from '@berth/scheduling';
import type { Facts, NotificationKind, NotificationVerb, Target } from '../notification';

/** A verb a link in a letter can have: what the centre offers, and giving a booking back. */
export type LinkVerb = Exclude<NotificationVerb, 'open'> | 'cancel';

/** When, what and where, for a calendar. */
export interface CalendarSpan {
  readonly start: Date;
  readonly end: Date;
  readonly title: string;
  readonly place: string;
}

/** A date of a series. */
export interface CalendarDate extends CalendarSpan {
  readonly recurrenceId: Date;
}

/** A series with those of its dates that stand, in order. */
export interface StandingSeries {
  readonly recurrence: Recurrence;
  /** How far it is booked where it goes on without end; null where the last of its dates is known. */
  readonly openUntil: Date | null;
  readonly title: string;
  readonly place: string;
  readonly dates: readonly [CalendarDate, ...CalendarDate[]];
}

/** What a calendar is told of a reservation, of a series or of one of its dates (RFC 5546). */
export interface CalendarEntry {
  readonly method: 'REQUEST' | 'CANCEL';
  /** Of the reservation, or of the series for all its dates. */
  readonly uid: string;
  /** Grows with each letter about the same. */
  readonly sequence: number;
  readonly date: CalendarSpan;
  /** Which date of a series it is alone. */
  readonly named?: { readonly at: Date; readonly timeZone: string };
  /** All dates that stand, in place of the one. */
  readonly series?: StandingSeries;
}

/** Something a person is to be told, before anybody knows how they want to be told. */
export interface Draft {
  readonly organizationId: string;
  readonly accountId: string;
  readonly kind: NotificationKind;
  /** The same one tells the same person nothing twice. */
  readonly cause: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly facts: Facts;
  readonly target: Target;
  /** What can be done about it at once; with any of them it waits for the person. */
  readonly verbs: readonly Exclude<NotificationVerb, 'open'>[];
  /** It waits for the person though there is no verb for it, as a question does. */
  readonly asks?: boolean;
  readonly at: Date;
  /** The person did it themselves: a letter confirms it, and nothing else tells them what they know. */
  readonly isOwnDoing?: boolean;
  /** No letter: one was written where it happened, or it is not worth one. */
  readonly withoutLetter?: boolean;
  /** Nobody is told of it in another way: it is for the calendar alone. */
  readonly letterOnly?: boolean;
  readonly calendar?: CalendarEntry;
  /** Its calendar is that of the whole series, as it stands when it is told. */
  readonly ofSeries?: { readonly seriesId: string; readonly sequence: number };
  /** Besides those of the notification. */
  readonly linkVerbs?: readonly LinkVerb[];
  /** Afterwards telling it by letter or push is of no use to anybody. */
  readonly usefulUntil?: Date;
}
