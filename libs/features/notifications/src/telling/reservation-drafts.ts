import type { ReservationFacts } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { LogEntry } from '@berth/platform/outbox';
import type { Facts, NotificationKind } from '../notification';
import type { Booking } from './booking.store';
import type { CalendarEntry, Draft } from './draft';

/** An event about a reservation, with the reservation as it is now and who did it. */
export interface ReservationNews {
  readonly event: LogEntry;
  readonly facts: ReservationFacts & { readonly approval?: { readonly id: string; readonly step: number; readonly dueAt: string } };
  readonly booking: Booking;
  /** null when Berth did it by itself. */
  readonly actorName: string | null;
}

/** What a draft begins with: whose and what it is, and nothing to do about it. */
export function draftOf(news: ReservationNews, kind: NotificationKind, accountId: string, more: Partial<Draft> = {}): Draft {
  const { event, booking } = news;
  const { facts, ...rest } = more;
  return {
    organizationId: event.organizationId,
    accountId,
    kind,
    cause: event.id,
    subject: { kind: 'reservations', id: booking.id },
    facts: { ...factsFor(news, accountId), ...facts },
    target: { reservationId: booking.id },
    verbs: [],
    at: new Date(event.time),
    isOwnDoing: event.actor === accountId,
    ...rest,
  };
}

/** A private title is for those whose booking it is. The times are those of the event: what was true when it happened. */
function factsFor({ event, facts, booking, actorName }: ReservationNews, accountId: string): Facts {
  const isOwn = accountId === booking.organizer_id || accountId === booking.booked_by_id;
  return {
    title: booking.private && !isOwn ? null : booking.title,
    resourceName: booking.resource_names,
    start: facts.start,
    end: facts.end,
    timeZone: booking.time_zone,
    ...(event.actor && event.actor !== accountId && actorName && { personId: event.actor, personName: actorName }),
    ...(facts.reason && { reason: facts.reason }),
  };
}

/** What the calendar of somebody whose booking it is is told; an invitation to a date of a series is one to the series as it stands. */
function inCalendar({ event, facts, booking }: ReservationNews, method: CalendarEntry['method']): Partial<Draft> {
  const { series_id: seriesId, recurrence_id: at, time_zone: timeZone, resource_names: place } = booking;
  const date = { start: new Date(facts.start), end: new Date(facts.end), title: booking.title ?? place, place };
  if (!seriesId || !at) return { calendar: { method, uid: booking.id, sequence: facts.version, date } };
  if (method === 'REQUEST') return { ofSeries: { seriesId, sequence: event.sequence } };
  return { calendar: { method, uid: seriesId, sequence: event.sequence, date, named: { at, timeZone } } };
}

/** Those whose booking it is: for whom it is, and who made it for them. */
const people = ({ facts }: ReservationNews): string[] => [...new Set([facts.organizerId, ...(facts.bookedById ? [facts.bookedById] : [])])];

const spanBefore = ({ previous }: ReservationFacts): Facts['previous'] => {
  const { start, end } = (previous ?? {}) as { start?: unknown; end?: unknown };
  return typeof start === 'string' && typeof end === 'string' ? { start, end } : undefined;
};

type Teller = (news: ReservationNews) => Draft[];

const confirmed: Teller = (news) =>
  news.facts.status === 'confirmed'
    ? people(news).map((id) => draftOf(news, 'booking-confirmed', id, { ...inCalendar(news, 'REQUEST'), linkVerbs: ['cancel'] }))
    : [];

const changed: Teller = (news) => {
  const previous = spanBefore(news.facts);
  return people(news)
    .filter((id) => previous !== undefined || id !== news.event.actor)
    .map((id) =>
      draftOf(news, 'booking-changed', id, {
        facts: { previous },
        ...(news.facts.status !== 'pending' && inCalendar(news, 'REQUEST')),
      }),
    );
};

const cancelled: Teller = (news) => people(news).map((id) => draftOf(news, 'booking-cancelled', id, inCalendar(news, 'CANCEL')));

const transferred: Teller = (news) => {
  // The same person has it as before, under another account: the one letter about that is enough.
  if (news.facts.reason === 'merged') return [];
  const before = news.facts.previous?.['organizerId'];
  const isBooked = news.facts.status === 'confirmed';
  return [
    draftOf(news, 'booking-transferred', news.facts.organizerId, {
      facts: { change: 'to' },
      ...(isBooked && inCalendar(news, 'REQUEST')),
    }),
    ...(typeof before === 'string' && before !== news.facts.organizerId
      ? [draftOf(news, 'booking-transferred', before, { facts: { change: 'from' }, ...inCalendar(news, 'CANCEL') })]
      : []),
  ];
};

const affected: Teller = (news) => people(news).map((id) => draftOf(news, 'booking-affected', id));

const decided =
  (decision: 'approved' | 'rejected'): Teller =>
  (news) =>
    people(news).map((id) =>
      draftOf(news, 'approval-decided', id, {
        facts: { decision, ...(news.facts.suggestion && { suggestion: news.facts.suggestion }) },
        ...(decision === 'approved' && inCalendar(news, 'REQUEST')),
      }),
    );

/** A hold that ran out is nobody's news; a request nobody decided is. */
const expired: Teller = (news) => (news.facts.approval ? people(news).map((id) => draftOf(news, 'approval-expired', id)) : []);

const started: Teller = (news) => {
  const { booking } = news;
  if (booking.status !== 'confirmed' || !booking.check_in_by) return [];
  return [
    draftOf(news, 'check-in-due', news.facts.organizerId, {
      facts: { expiresAt: formatInstant(booking.check_in_by) },
      verbs: ['check-in'],
      linkVerbs: ['cancel'],
      usefulUntil: booking.check_in_by,
    }),
  ];
};

const noShow: Teller = (news) => people(news).map((id) => draftOf(news, 'no-show', id));

const provisioned: Teller = (news) => {
  const { outcome, message } = news.event.data as { outcome?: unknown; message?: unknown };
  const facts = { ...(typeof outcome === 'string' && { outcome }), ...(typeof message === 'string' && { message }) };
  // That it was taken down at its end is as it should be.
  return people(news).map((id) => draftOf(news, 'provisioning', id, { facts, withoutLetter: outcome === 'revoked' }));
};

const asked: Teller = (news) => {
  const { question } = news.facts;
  if (!question) return [];
  return people(news).map((id) =>
    draftOf(news, 'question-asked', id, {
      facts: { question: question.question },
      target: { reservationId: news.booking.id, approvalId: news.facts.approval?.id, questionId: question.id },
      asks: true,
    }),
  );
};

/** What is told to those whose booking it is; approvers are told by what is asked of them. */
export const reservationTellers: Readonly<Record<string, Teller>> = {
  'reservation.created': confirmed,
  'reservation.restored': confirmed,
  'reservation.updated': changed,
  'reservation.moved': changed,
  'reservation.cancelled': cancelled,
  'reservation.transferred': transferred,
  'reservation.affected': affected,
  'reservation.approved': decided('approved'),
  'reservation.rejected': decided('rejected'),
  'reservation.expired': expired,
  'reservation.started': started,
  'reservation.no_show': noShow,
  'reservation.question_asked': asked,
  'provisioning.reported': provisioned,
};
