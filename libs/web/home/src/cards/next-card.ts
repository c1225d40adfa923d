import { Component, DestroyRef, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Reservation } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Agenda, BookingActs, BookingTimes, spanOf } from '@berth/web/reservations';
import { HomeWords } from '../home-words';

const SOON = 120_000;
const DAY = 86_400_000;

/** What comes next, with the time until then: by the minute, and by the second from two minutes on. */
@Component({
  selector: 'berth-next-card',
  imports: [RouterLink],
  host: { class: 'card', '[class.saving]': 'agenda.isSaving(reservation().id)' },
  template: `
    <p class="label">
      <b>{{ words.text('next.title') }}</b><span class="muted">{{ when() }}</span>
    </p>
    <div class="line">
      <div class="what">
        <a class="name" routerLink="/me/bookings" [queryParams]="{ booking: reservation().id }">{{ acts.nameOf(reservation()) }}</a>
        <p class="muted">{{ where() }}</p>
      </div>
      <p class="left">
        <span class="visually-hidden">{{ words.text('next.in', { length: left() }) }}</span>
        <span class="muted" aria-hidden="true">{{ words.text('next.inShort') }}&ngsp;</span><b aria-hidden="true">{{ left() }}</b>
      </p>
    </div>
    <p class="ends muted">
      <span>{{ hint() }}</span>
    </p>
    <div class="verbs">
      <button type="button" class="btn" (click)="acts.move(reservation())">{{ words.text('next.move') }}</button>
      <button
        type="button"
        class="btn"
        data-verb="cancel"
        [disabled]="agenda.isSaving(reservation().id)"
        (click)="acts.cancel(reservation())"
      >
        {{ words.text('next.cancel') }}
      </button>
    </div>
  `,
  styleUrl: './card.css',
})
export class NextCard {
  private readonly clock = inject(ServerClock);
  private readonly minute = this.clock.minute;
  private readonly second = signal(0);
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly times = inject(BookingTimes);
  protected readonly words = inject(HomeWords);

  readonly reservation = input.required<Reservation>();

  private readonly span = computed(() => spanOf(this.reservation()));
  private readonly remaining = computed(() => {
    this.second();
    return this.span().start - Math.max(this.minute(), this.second());
  });
  protected readonly left = computed(() => {
    const left = this.remaining();
    // From a day on nobody counts minutes.
    return this.words.countdown(left < DAY ? left : Math.round(left / DAY) * DAY);
  });
  protected readonly when = computed(() => this.times.span(this.reservation()));
  protected readonly where = computed(() =>
    // Without a title it is called by its resource.
    [this.reservation().title && this.times.resources(this.reservation()), this.times.place(this.reservation())]
      .filter(Boolean)
      .join(' · '),
  );
  protected readonly hint = computed(() => this.times.own(this.reservation()) ?? this.times.length(this.reservation()));

  constructor() {
    // Only what is near ticks, so a start page left open costs nothing.
    const ticking = setInterval(() => {
      if (this.span().start - this.clock.now() < SOON) this.second.set(this.clock.now());
    }, 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticking));
  }
}
