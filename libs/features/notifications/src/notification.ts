import { formatInstant } from '@berth/kernel';

/** What somebody can be told, in the order of the matrix of preferences. */
export const notificationKinds = [
  ...(['booking-confirmed', 'booking-changed', 'booking-cancelled', 'booking-transferred', 'booking-affected'] as const),
  ...(['reminder', 'check-in-due', 'no-show', 'ending-soon'] as const),
  ...(['approval-asked', 'approval-decided', 'approval-expired', 'question-asked', 'question-answered'] as const),
  ...(['waitlist-offered', 'waitlist-expired', 'provisioning', 'job-ended', 'quota-warning', 'webhook-disabled', 'security'] as const),
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** What can be done about it in place. */
export const notificationVerbs = ['approve', 'reject', 'accept', 'decline', 'check-in', 'extend', 'open'] as const;
export type NotificationVerb = (typeof notificationVerbs)[number];

/**
 * What the words of a notification need. Instants are RFC 3339 in UTC; `personId` is the person `personName` names, so that
 * it goes when they are erased.
 */
export interface Facts {
  readonly title?: string | null;
  readonly resourceName?: string;
  readonly start?: string;
  readonly end?: string;
  readonly timeZone?: string;
  readonly personId?: string;
  readonly personName?: string;
  /** Why it was cancelled, rejected or affected, in somebody’s words or as a word of ours. */
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
  readonly leadMinutes?: number;
  readonly outcome?: string;
  readonly message?: string;
  readonly job?: { readonly kind: string; readonly state: string; readonly done: number; readonly total: number };
  readonly used?: number;
  readonly limit?: number;
  /** Of a webhook, a token, a key. */
  readonly name?: string;
  /** Which change of the account it was: the type of its event. */
  readonly change?: string;
}

/** Things a verb is about, by the name of their id. */
export interface Target {
  readonly reservationId?: string;
  readonly seriesId?: string;
  readonly approvalId?: string;
  readonly step?: number;
  readonly questionId?: string;
  readonly waitlistId?: string;
  readonly jobId?: string;
  readonly webhookId?: string;
  readonly accountId?: string;
}

/** A notification as its reader sees it. Instants are RFC 3339 in UTC. */
export interface Notification {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The same for all that is about one thing. */
  readonly groupKey: string;
  readonly facts: Omit<Facts, 'personId'>;
  readonly at: string;
  readonly readAt: string | null;
  readonly snoozedUntil: string | null;
  readonly needsAction: boolean;
  readonly actedAt: string | null;
  readonly verbs: readonly NotificationVerb[];
  readonly target: Target;
}

export interface NotificationRow {
  id: string;
  kind: NotificationKind;
  subject_kind: string;
  subject_id: string;
  facts: Facts;
  target: Target;
  verbs: NotificationVerb[];
  needs_action: boolean;
  at: Date;
  read_at: Date | null;
  snoozed_until: Date | null;
  acted_at: Date | null;
}

export function toNotification(row: NotificationRow): Notification {
  const { personId: _, ...facts } = row.facts;
  return {
    id: row.id,
    kind: row.kind,
    subject: { kind: row.subject_kind, id: row.subject_id },
    groupKey: `${row.subject_kind}/${row.subject_id}`,
    facts,
    at: formatInstant(row.at),
    readAt: row.read_at && formatInstant(row.read_at),
    snoozedUntil: row.snoozed_until && formatInstant(row.snoozed_until),
    needsAction: row.needs_action,
    actedAt: row.acted_at && formatInstant(row.acted_at),
    // Once it is done elsewhere there is only the thing to look at.
    verbs: row.needs_action ? row.verbs : row.verbs.filter((it) => it === 'open'),
    target: row.target,
  };
}
