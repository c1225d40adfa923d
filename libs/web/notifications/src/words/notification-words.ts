import { Injectable, inject } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import type { Notification, NotificationCounts, NotificationFacts, NotificationKind } from '@berth/web/data';
import { Formats } from '@berth/web/ui';

/** What the words are made of. */
type Told = Pick<Notification, 'kind' | 'facts'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Changes of an account there is a sentence for, by the type of the event. */
const securityChanges = new Set([
  ...['session.created', 'session.reuse_detected', 'user.password_changed', 'user.email_changed', 'second_factor.enabled'],
  ...['second_factor.disabled', 'second_factor.reset', 'second_factor.recovery_code_used', 'second_factor.recovery_codes_renewed'],
  ...['passkey.added', 'passkey.removed', 'passkey.counter_regressed', 'api_token.created', 'oauth_grant.created', 'ssh_key.added'],
  ...['stand_in.started', 'user.merged'],
]);
/** Kinds whose sentence names the resource, not the title somebody gave the booking. */
const namesResource = new Set<NotificationKind>(['approval-asked', 'waitlist-offered', 'waitlist-expired', 'provisioning']);
/** Reasons that are words of ours; all others are somebody’s own. */
const reasons = new Set(['time-zone-rules', 'unanswered', 'passed', 'gone', 'failing']);
const jobKinds = new Set(['import', 'bulk-book', 'personal-data', 'audit-export']);

/** The sentences of what somebody is told, in the reader's language and on the clock of the resource. i18n: notifications.* */
@Injectable({ providedIn: 'root' })
export class NotificationWords {
  private readonly booking = inject(BookingWords);
  private readonly formats = inject(Formats);

  text(key: string, params?: Readonly<Record<string, unknown>>): string {
    return this.booking.text(`notifications.${key}`, params);
  }

  /** The same in singular or plural. @param key up to its last dot */
  counted(key: string, count: number): string {
    return this.booking.count(`notifications.${key}`, count);
  }

  /** `3 need you, 5 are new`. i18n: notifications.counts.* */
  counts({ needsAction, unread }: NotificationCounts): string {
    return this.text('counts.both', { needsAction: this.booking.number(needsAction), unread: this.booking.number(unread) });
  }

  /** What it is about: the title of a booking, else the resource. */
  about({ facts }: Told): string {
    return facts.title || facts.resourceName || facts.name || this.text('something');
  }

  /** What a kind of notification is called. */
  kind(kind: NotificationKind): string {
    return this.booking.text(`notifications.kind.${kind}`);
  }

  /** One sentence that says what happened. */
  sentence(notification: Told): string {
    const { facts } = notification;
    const zone = this.zoneOf(facts);
    const time = (instant: string | undefined): string => (instant === undefined ? '' : this.moment(instant, zone));
    return this.text(`say.${keyOf(notification)}`, {
      what: this.about(notification),
      who: facts.personName,
      resource: facts.resourceName ?? this.about(notification),
      start: time(facts.start),
      end: time(facts.end),
      until: time(facts.expiresAt),
      job: this.text(`job.${jobKinds.has(facts.job?.kind ?? '') ? facts.job?.kind : 'other'}`),
      name: facts.name ?? '',
      used: this.booking.number(facts.used ?? 0),
      limit: this.booking.number(facts.limit ?? 0),
    });
  }

  /** What else one wants to know: when and where, and why. */
  details({ kind, facts }: Told): readonly string[] {
    // What the sentence does not say: it names one of the two.
    const other = namesResource.has(kind) ? facts.title : facts.title && facts.resourceName;
    const zone = this.zoneOf(facts);
    const quoted = (text: string | undefined): string | null => (text ? this.text('quoted', { text }) : null);
    return [
      this.span(facts, zone),
      other || null,
      (facts.occurrences ?? 1) > 1 ? this.text('dates', { count: facts.occurrences }) : null,
      facts.previous ? this.text('was', { span: this.span(facts.previous, zone) }) : null,
      facts.suggestion ? this.text('instead', { span: this.span(facts.suggestion, zone) }) : null,
      facts.extendTo ? this.text('extendTo', { time: this.moment(facts.extendTo, zone) }) : null,
      facts.job && facts.job.total > 1 ? this.text('progress', { done: facts.job.done, total: facts.job.total }) : null,
      quoted(facts.question),
      quoted(facts.answer),
      quoted(facts.message),
      facts.reason && reasons.has(facts.reason) ? this.text(`reason.${facts.reason}`) : quoted(facts.reason),
    ].filter((it) => it !== null);
  }

  /** `5 min. ago`, `yesterday`; from a week on the date. */
  ago(at: string, now: number): string {
    const since = Math.max(0, now - Date.parse(at));
    if (since >= 7 * DAY) return this.formats.date(at, this.formats.ownZone());
    const format = new Intl.RelativeTimeFormat(this.formats.language(), { numeric: 'auto', style: 'short' });
    if (since < MINUTE) return this.text('now');
    if (since < HOUR) return format.format(-Math.floor(since / MINUTE), 'minute');
    return since < DAY ? format.format(-Math.floor(since / HOUR), 'hour') : format.format(-Math.floor(since / DAY), 'day');
  }

  /** When something comes back, on the reader's own clock. */
  later(at: number): string {
    return this.moment(new Date(at).toISOString(), this.formats.ownZone());
  }

  private span({ start, end }: { readonly start?: string; readonly end?: string }, zone: string): string | null {
    if (start === undefined || end === undefined) return null;
    const span = { start: Date.parse(start), end: Date.parse(end) };
    return [this.booking.span(span, zone), this.booking.ownTime(span, zone)].filter(Boolean).join(' ');
  }

  /** `Tue 24 Nov, 14:00`. */
  private moment(instant: string, zone: string): string {
    return `${this.formats.date(instant, zone)}, ${this.formats.time(instant, zone)}`;
  }

  private zoneOf({ timeZone }: NotificationFacts): string {
    return timeZone ?? this.formats.ownZone();
  }
}

/** Some kinds have more than one sentence: who did it may be known, and how it ended. */
function keyOf({ kind, facts }: Told): string {
  const by = facts.personName ? 'by' : 'plain';
  switch (kind) {
    case 'booking-confirmed':
    case 'booking-changed':
    case 'booking-cancelled':
    case 'approval-asked':
    case 'question-asked':
    case 'question-answered':
      return `${kind}.${by}`;
    case 'booking-transferred':
      return `${kind}.${facts.outcome === 'from' ? 'from' : by}`;
    case 'approval-decided':
      return `${kind}.${facts.decision ?? 'approved'}.${by}`;
    case 'provisioning':
      return `${kind}.${facts.outcome === 'failed' || facts.outcome === 'revoked' ? facts.outcome : 'granted'}`;
    case 'job-ended':
      return `${kind}.${facts.job?.state === 'failed' ? 'failed' : 'done'}`;
    case 'quota-warning':
      return `${kind}.${facts.change === 'quota.exceeded' ? 'exceeded' : 'near'}`;
    case 'security':
      return `${kind}.${facts.change && securityChanges.has(facts.change) ? facts.change.replace('.', '-') : 'other'}`;
    default:
      return kind;
  }
}
