import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import type { Reservation } from '@berth/web/booking';
import { PreferencesStore, ServerClock } from '@berth/web/data';
import { ErrorPanel, Formats } from '@berth/web/ui';
import { Agenda, BookingActs, BookingTimes, layDay, spanOf } from '@berth/web/reservations';
import { HomeWords } from '../home-words';

const HOUR = 3_600_000;
const FIRST_HOUR = 8;
const LAST_HOUR = 18;
/** More side by side nobody can read in a card. */
const ROOM = { alone: 3, besideMore: 2 };

/** One's own bookings of today on the reader's clock, with the line of now. */
@Component({
  selector: 'berth-today-panel',
  imports: [ErrorPanel, RouterLink],
  host: { class: 'card' },
  template: `
    <header>
      <h2>{{ words.text('today.title') }}</h2>
      <small class="muted">{{ words.text(bookings().length === 1 ? 'today.one' : 'today.count', { count: bookings().length }) }}</small>
      <a class="link end" routerLink="/me/bookings" [queryParams]="{ view: 'day' }">{{ words.text('today.calendar') }}</a>
    </header>
    @if (agenda.problem(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="agenda.reload()" />
    }
    <div class="hours" [style.--hours]="ticks().length - 1">
      @for (tick of ticks(); track tick.at) {
        <span class="hour" [style.top.%]="tick.top">{{ tick.text }}</span>
      }
      <ul>
        @for (it of laid().bars; track it.item.reservation.id) {
          <li
            class="slot"
            [class.beside]="it.isBesideMore"
            [class.over]="it.item.isOver"
            [class.pending]="it.item.reservation.status === 'pending'"
            [style.top.%]="it.top * 100"
            [style.height.%]="it.height * 100"
            [style.--left]="it.left"
            [style.--width]="it.width"
          >
            <a routerLink="/me/bookings" [queryParams]="{ view: 'day', booking: it.item.reservation.id }">
              <b
                ><span aria-hidden="true">{{ it.item.reservation.status === 'pending' ? '?' : '✱' }} </span
                >{{ acts.nameOf(it.item.reservation) }}</b
              >
              <span>{{ it.item.detail }}</span>
            </a>
          </li>
        }
        @for (it of laid().more; track it.items[0]!.reservation.id) {
          <li class="more" [style.top.%]="it.top * 100" [style.height.%]="it.height * 100">
            <a routerLink="/me/bookings" [queryParams]="{ view: 'day' }"
              >+{{ it.items.length }}<span class="visually-hidden"> {{ words.text('today.more') }}</span></a
            >
          </li>
        }
      </ul>
      @if (nowAt() !== null) {
        <i class="now" [style.top.%]="nowAt()"
          ><b>{{ nowText() }}</b></i
        >
      }
      @if (bookings().length === 0 && !agenda.isLoading() && agenda.problem() === null) {
        <p class="muted nothing">{{ words.text('today.none') }}</p>
      }
    </div>
  `,
  styleUrl: './today-panel.css',
})
export class TodayPanel {
  private readonly formats = inject(Formats);
  private readonly preferences = inject(PreferencesStore);
  private readonly times = inject(BookingTimes);
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly words = inject(HomeWords);
  protected readonly now = inject(ServerClock).minute;

  private readonly day = computed(() => {
    const zone = this.preferences.timeZone();
    const { date } = toCivil(new Date(this.now()), zone);
    return { zone, start: startOfDay(date, zone).getTime(), end: startOfDay(addDays(date, 1), zone).getTime() };
  });
  protected readonly bookings = computed(() => {
    const { start, end } = this.day();
    const isToday = (it: Reservation): boolean => Date.parse(it.start) < end && Date.parse(it.end) > start;
    return this.agenda.reservations().filter((it) => it.status !== 'no_show' && isToday(it));
  });
  /** Working hours, now, and whatever is booked before and after. */
  private readonly shown = computed(() => {
    const { start, end } = this.day();
    const spans = this.bookings().map(spanOf);
    const from = Math.max(start, Math.min(start + FIRST_HOUR * HOUR, this.now(), ...spans.map((it) => it.start)));
    const to = Math.min(end, Math.max(start + LAST_HOUR * HOUR, this.now() + 1, ...spans.map((it) => it.end)));
    return { start: start + Math.floor((from - start) / HOUR) * HOUR, end: start + Math.ceil((to - start) / HOUR) * HOUR };
  });
  protected readonly laid = computed(() =>
    layDay(
      this.bookings().map((reservation) => ({
        ...spanOf(reservation),
        reservation,
        isOver: Date.parse(reservation.end) <= this.now(),
        detail: [
          reservation.title === null ? null : this.times.resources(reservation),
          this.formats.range(reservation.start, reservation.end, this.day().zone),
        ]
          .filter(Boolean)
          .join(' · '),
      })),
      this.shown(),
      ROOM,
    ),
  );
  protected readonly ticks = computed(() => {
    const { start, end } = this.shown();
    const count = Math.round((end - start) / HOUR);
    return Array.from({ length: count + 1 }, (_, i) => {
      const at = start + i * HOUR;
      const isHidden = this.nowAt() !== null && Math.abs(at - this.now()) < 20 * 60_000;
      return { at, top: (i / count) * 100, text: isHidden ? '' : this.formats.time(at, this.day().zone) };
    });
  });
  protected readonly nowAt = computed(() => {
    const { start, end } = this.shown();
    const now = this.now();
    return now < start || now > end ? null : ((now - start) / (end - start)) * 100;
  });
  protected readonly nowText = computed(() => this.formats.time(this.now(), this.day().zone));
}
