import type { Facts, NotificationKind, NotificationVerb, Target } from '../notification';

/** A verb a link in a letter can have: what the centre offers, and giving a booking back. */
export type LinkVerb = Exclude<NotificationVerb, 'open'> | 'cancel';

/** What a calendar is told of a reservation (RFC 5546). */
export interface CalendarEntry {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly reservationId: string;
  readonly sequence: number;
  readonly start: Date;
  readonly end: Date;
  readonly title: string;
  readonly place: string;
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
  readonly calendar?: CalendarEntry;
  /** Besides those of the notification. */
  readonly linkVerbs?: readonly LinkVerb[];
  /** Afterwards telling it by letter or push is of no use to anybody. */
  readonly usefulUntil?: Date;
}
