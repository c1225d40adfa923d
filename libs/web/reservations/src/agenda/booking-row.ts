import { Component, computed, inject, input, output } from '@angular/core';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import type { Selection } from '@berth/web/ui';
import { Agenda } from './agenda';
import { isOpen } from './agenda-days';
import { CheckInButton } from '../check-in/check-in-button';
import { BookingActs } from './booking-acts';
import { BookingTimes } from './booking-times';
import { StatusTag } from './status-tag';

const DAY = 86_400_000;

/** One booking of the agenda: when, what, where, how it stands, and its verbs. */
@Component({
  selector: 'berth-booking-row',
  imports: [CheckInButton, StatusTag],
  host: {
    '[class.saving]': 'agenda.isSaving(reservation().id)',
    '[class.selected]': 'selected()',
    '[class.next]': 'isNext()',
    '[class.over]': '!open()',
    '[class.tickable]': 'selection() !== null',
    '[class.ticked]': 'selection()?.has(reservation().id)',
    '[class.ticking]': '(selection()?.count() ?? 0) > 0',
  },
  templateUrl: './booking-row.html',
  styleUrl: './booking-row.css',
})
export class BookingRow {
  private readonly now = inject(ServerClock).minute;
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly times = inject(BookingTimes);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();
  readonly selected = input(false);
  readonly isNext = input(false);
  /** Where it is ticked; null where nothing is. */
  readonly selection = input<Selection<Reservation> | null>(null);
  readonly opened = output();

  protected readonly open = computed(() => isOpen(this.reservation(), this.now()));
  protected readonly startsIn = computed(() => {
    const left = Date.parse(this.reservation().start) - this.now();
    // From a day on nobody counts minutes.
    const length = this.words.length(left < DAY ? left : Math.round(left / DAY) * DAY);
    return this.isNext() ? this.words.text('reservations.startsIn', { length }) : null;
  });
  protected readonly name = computed(() => this.acts.nameOf(this.reservation()));
  protected readonly where = computed(() => {
    const reservation = this.reservation();
    const resources = reservation.title === null ? null : this.times.resources(reservation);
    return [resources, this.times.place(reservation)].filter(Boolean).join(' · ');
  });
}
