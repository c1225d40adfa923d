/** What somebody can be told, in the order of the matrix of preferences. */
export const notificationKinds = [
  ...(['booking-confirmed', 'booking-changed', 'booking-cancelled', 'booking-transferred', 'booking-affected'] as const),
  ...(['reminder', 'check-in-due', 'no-show', 'ending-soon', 'provisioning'] as const),
  ...(['approval-asked', 'approval-decided', 'approval-expired', 'question-asked', 'question-answered'] as const),
  ...(['waitlist-offered', 'waitlist-expired', 'job-ended', 'quota-warning', 'webhook-disabled', 'security'] as const),
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** What can be done about it in place. */
export type NotificationVerb = 'approve' | 'reject' | 'accept' | 'decline' | 'check-in' | 'extend' | 'open';

/** What the words of a notification need; instants are RFC 3339. */
export interface NotificationFacts {
  readonly title?: string | null;
  readonly resourceName?: string;
  readonly start?: string;
  readonly end?: string;
  /** IANA zone of the resource. */
  readonly timeZone?: string;
  readonly personName?: string;
  /** Why, in somebody’s words. */
  readonly reason?: string;
  /** After that nothing can be done about it. */
  readonly expiresAt?: string;
  readonly previous?: { readonly start: string; readonly end: string };
  readonly suggestion?: { readonly start: string; readonly end: string };
  readonly decision?: 'approved' | 'rejected';
  readonly question?: string;
  readonly answer?: string;
  /** Dates of a series it is about. */
  readonly occurrences?: number;
  /** When a running one could end instead. */
  readonly extendTo?: string;
  readonly outcome?: string;
  readonly message?: string;
  readonly job?: { readonly kind: string; readonly state: string; readonly done: number; readonly total: number };
  readonly used?: number;
  readonly limit?: number;
  /** Of a webhook, a quota, a token. */
  readonly name?: string;
  /** Which change of the account it was: the type of its event. */
  readonly change?: string;
}

/** The things a verb is about. */
export interface Target {
  readonly reservationId?: string;
  readonly approvalId?: string;
  readonly waitlistId?: string;
  readonly jobId?: string;
  readonly webhookId?: string;
}

/** Something somebody is told, as the API gives it; instants are RFC 3339. */
export interface Notification {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The same for all that is about one thing. */
  readonly groupKey: string;
  readonly facts: NotificationFacts;
  readonly at: string;
  readonly readAt: string | null;
  readonly snoozedUntil: string | null;
  readonly needsAction: boolean;
  readonly actedAt: string | null;
  readonly verbs: readonly NotificationVerb[];
  readonly target: Target;
}

/** What waits for the person, or all they were told in ninety days. */
export type NotificationTab = 'action' | 'all';

export interface NotificationCounts {
  readonly unread: number;
  readonly needsAction: number;
}

export interface NotificationPage extends NotificationCounts {
  readonly data: readonly Notification[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean };
}
