import { Component, booleanAttribute, computed, inject, input } from '@angular/core';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { Agenda } from '../agenda/agenda';
import { BookingActs } from '../agenda/booking-acts';
import { dueCheckIns } from './due-check-ins';

/** Check in, from the minute one may to the minute one must have; nothing where no resource asks for it. */
@Component({
  selector: 'berth-check-in-button',
  template: `
    @if (due.list().length > 0) {
      <button
        type="button"
        class="btn accent"
        data-verb="check-in"
        [class.small]="isSmall()"
        [disabled]="agenda.isSaving(reservation().id)"
        [attr.aria-label]="words.text('reservations.checkInThis', { name: acts.nameOf(reservation()) })"
        (click)="acts.checkIn(reservation())"
      >
        {{ words.text('reservations.checkIn') }}
      </button>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class CheckInButton {
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();
  readonly isSmall = input(false, { transform: booleanAttribute });

  protected readonly due = dueCheckIns(computed(() => [this.reservation()]));
}
