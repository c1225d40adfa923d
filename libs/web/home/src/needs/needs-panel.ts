import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Inbox, RequestTimes, type Approval } from '@berth/web/approvals';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { Seconds, Session, countdown, toProblem, type WaitlistEntry } from '@berth/web/data';
import { Agenda, BookingActs, dueCheckIns, zoneOf, type DueCheckIn } from '@berth/web/reservations';
import { ErrorPanel, Formats, Icon, Skeleton } from '@berth/web/ui';
import { Waiting } from '@berth/web/waitlist';
import { HomeWords } from '../home-words';
import { openQuestions } from './open-questions';

/** How many requests are decided here; whoever has more decides them beside one another. */
const REQUESTS = 2;
/** How many bookings one could have to check in to at once. */
const NEAR = 4;

/**
 * What waits for the person and nobody else: times held for them, check-ins that are due, questions about what they asked for, requests
 * they decide. Each with its verbs; where one kind cannot be had, the others stay.
 */
@Component({
  selector: 'berth-needs-panel',
  imports: [ErrorPanel, Icon, RouterLink, Skeleton],
  providers: [Inbox, Waiting],
  host: { class: 'card' },
  templateUrl: './needs-panel.html',
  styleUrl: './needs-panel.css',
})
export class NeedsPanel {
  private readonly session = inject(Session);
  private readonly formats = inject(Formats);
  private readonly bookingWords = inject(BookingWords);
  private readonly seconds = inject(Seconds);
  private readonly requestTimes = inject(RequestTimes);
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly words = inject(HomeWords);
  /** Nobody is asked for what they may not see. */
  protected readonly inbox = this.session.may('approval:decide') ? inject(Inbox) : null;
  protected readonly waiting = this.session.may('reservation:create') ? inject(Waiting) : null;

  /** One's own that run or come, the next first. */
  readonly reservations = input.required<readonly Reservation[]>();

  protected readonly due = dueCheckIns(computed(() => this.reservations().slice(0, NEAR)));
  protected readonly questions = openQuestions(this.reservations);
  protected readonly ownProblem = computed(() => {
    const error = this.due.error() ?? this.questions.error();
    return error === undefined ? null : toProblem(error);
  });
  protected readonly offers = computed(() =>
    (this.waiting?.offers() ?? []).filter((it) => Date.parse(it.offer?.expiresAt ?? '') > this.seconds.now()),
  );
  protected readonly requests = computed(() => (this.inbox?.waiting() ?? []).slice(0, REQUESTS));
  protected readonly more = computed(() => (this.inbox?.waiting().length ?? 0) - this.requests().length);
  protected readonly count = computed(
    () => this.offers().length + this.due.list().length + this.questions.list().length + (this.inbox?.waiting().length ?? 0),
  );
  protected readonly isLoading = computed(
    () => this.count() === 0 && ((this.inbox?.isLoading() ?? false) || (this.waiting?.isLoading() ?? false)),
  );
  protected readonly hasFailed = computed(() => Boolean(this.inbox?.problem() ?? this.waiting?.problem() ?? this.ownProblem()));

  protected offered(entry: WaitlistEntry) {
    const { resources = [], start = '', end = '', expiresAt = '' } = entry.offer ?? {};
    const when = this.bookingWords.span({ start: Date.parse(start), end: Date.parse(end) }, entry.timeZone);
    return { name: this.waiting?.names(resources) ?? '', when, left: countdown(Date.parse(expiresAt), this.seconds.now()) };
  }

  protected reloadOwn(): void {
    this.due.reload();
    this.questions.reload();
  }

  protected until({ reservation, closesAt }: DueCheckIn): string {
    return this.words.text('needs.until', { time: this.formats.time(closesAt, zoneOf(reservation)) });
  }

  protected asked({ reservation, dueAt }: Approval) {
    return {
      who: reservation.organizer.displayName,
      what: this.requestTimes.resources(reservation),
      when: this.requestTimes.span(reservation),
      left: this.requestTimes.left(dueAt),
    };
  }
}
