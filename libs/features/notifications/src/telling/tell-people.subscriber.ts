import type { ReservationFacts, WebhookDisabledFacts } from '@berth/contracts';
import type { Tx } from '@berth/platform/database';
import { type LogEntry, Relay, type Subscriber } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { NewsOfNotifications } from '../news-of-notifications';
import { scheduleNotices } from '../notices/due-notice.store';
import { answerDrafts, approvalDrafts } from './approval-drafts';
import { readBookings, readNames } from './booking.store';
import type { Draft } from './draft';
import { holdNews } from './held-news.store';
import { jobDrafts, quotaDrafts, securityDrafts, securityTypes, webhookDrafts } from './other-drafts';
import { peopleWith } from './people-with.store';
import { readRecipients } from './recipient.store';
import { type ReservationNews, reservationTellers } from './reservation-drafts';
import { withSeriesCalendars } from './series-calendar.store';
import { seriesDrafts, toldWithSeries } from './series-drafts';
import { reopenRestored, settleDone } from './settle.store';
import { Tell } from './tell';
import { waitlistDrafts } from './waitlist-drafts';

/** After these what is due before a reservation begins or ends is another. */
const RESCHEDULES = /^reservation\.(created|moved|updated|cancelled|restored|transferred|approved|ended)$/;
/** After these nothing about the thing may wait for anybody any more; about a reservation that has just come into being nothing does. */
const SETTLES = /^(reservation\.(?!created$)|waitlist\.)/;

/**
 * Turns what happened into what people are told, in the transaction that moves its place in the log: each person is told each
 * thing once, however often this process dies.
 */
@Injectable()
export class TellPeople implements Subscriber {
  readonly name = 'notifications';
  readonly hears = [
    ...['reservation.*', 'series.*', 'waitlist.*', 'provisioning.reported', 'job.ended', 'quota.warning', 'quota.exceeded'],
    ...['webhook.disabled', ...securityTypes],
  ];

  constructor(
    relay: Relay,
    private readonly tell: Tell,
    private readonly news: NewsOfNotifications,
    private readonly clock: Clock,
  ) {
    relay.add(this);
  }

  async receive(tx: Tx, events: readonly LogEntry[]): Promise<void> {
    const names = await readNames(
      tx,
      events.flatMap((it) => (this.isNobodysNews(it) ? [] : (it.actor ?? []))),
    );
    const now = this.clock.now();
    await scheduleNotices(
      tx,
      events
        .filter((it) => RESCHEDULES.test(it.type))
        .map((it) => ({
          ...{ reservationId: idOf(it), at: earlier(new Date(it.time), now), isNew: it.type === 'reservation.created' },
        })),
    );
    const drafts = [
      ...(await this.aboutReservations(tx, events, names)),
      ...(await seriesDrafts(tx, events, names)),
      ...(await waitlistDrafts(tx, events)),
      ...(await this.aboutTheRest(tx, events)),
    ];
    await this.tell.write(tx, await withSeriesCalendars(tx, drafts));
    const settled = await settleDone(tx, events.filter((it) => SETTLES.test(it.type)).map(idOf), this.clock.now());
    await this.news.updated(tx, [...settled, ...(await reopenRestored(tx, events))]);
  }

  private async aboutReservations(tx: Tx, events: readonly LogEntry[], names: ReadonlyMap<string, string>): Promise<Draft[]> {
    const about = events.filter((it) => /^(reservation|provisioning)\./.test(it.type) && !this.isNobodysNews(it));
    if (about.length === 0) return [];
    const bookings = await readBookings(tx, [...new Set(about.map(reservationOf))]);
    const withSeries = await toldWithSeries(tx, about);
    const held = await holdNews(tx, about, this.clock.now());
    const news = about.flatMap((event): ReservationNews[] => {
      const booking = bookings.get(reservationOf(event));
      if (!booking || withSeries.has(event.id) || held.has(event.id)) return [];
      return [{ event, booking, facts: event.data as ReservationFacts, actorName: (event.actor && names.get(event.actor)) ?? null }];
    });
    return [
      ...news.flatMap((it) => reservationTellers[it.event.type]?.(it) ?? []),
      ...(await approvalDrafts(tx, news, this.clock.now())),
      ...(await answerDrafts(tx, news)),
    ];
  }

  /** That they booked for themselves is told people by letter only; where none goes out, much need not be read. */
  private isNobodysNews({ type, actor, data }: LogEntry): boolean {
    if (type !== 'reservation.created' || this.tell.sendsLetters) return false;
    const { status, organizerId, bookedById } = data as ReservationFacts;
    return status === 'confirmed' && organizerId === actor && !bookedById;
  }

  private async aboutTheRest(tx: Tx, events: readonly LogEntry[]): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const event of events) {
      if (event.type === 'job.ended') drafts.push(...jobDrafts(event));
      else if (event.type.startsWith('quota.')) drafts.push(...quotaDrafts(event));
      else if (event.type === 'webhook.disabled') drafts.push(...webhookDrafts(event, await this.ownersOf(tx, event)));
      else drafts.push(...securityDrafts(event));
    }
    return drafts;
  }

  private async ownersOf(tx: Tx, event: LogEntry): Promise<readonly string[]> {
    const { responsibleId } = event.data as WebhookDisabledFacts;
    const isHere = responsibleId !== null && (await readRecipients(tx, [responsibleId])).has(responsibleId);
    return isHere ? [responsibleId] : peopleWith(tx, event.organizationId, 'webhook:manage', [], this.clock.now());
  }
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
const idOf = (event: LogEntry): string => event.subject.split('/')[1] ?? '';
const reservationOf = (event: LogEntry): string => (event.data as { reservationId?: string }).reservationId ?? idOf(event);
