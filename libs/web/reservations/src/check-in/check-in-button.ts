import { Component, booleanAttribute, computed, inject, input, resource } from '@angular/core';
import { BookingWords, ReservationsApi, type Reservation } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Agenda } from '../agenda/agenda';
import { BookingActs } from '../agenda/booking-acts';

const DAY = 86_400_000;

/** Check in, from the minute one may to the minute one must have; nothing where no resource asks for it. */
@Component({
  selector: 'berth-check-in-button',
  template: `
    @if (isOpen()) {
      <button
        type="button"
        class="btn accent"
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
  private readonly api = inject(ReservationsApi);
  private readonly now = inject(ServerClock).minute;
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();
  readonly isSmall = input(false, { transform: booleanAttribute });

  /** Asked only of what is near: further away nobody can check in yet. */
  private readonly isNear = computed(() => {
    const { status, mine, start, end } = this.reservation();
    return mine && status === 'confirmed' && Date.parse(start) - this.now() < DAY && Date.parse(end) > this.now();
  });
  private readonly state = resource({
    params: () => (this.isNear() ? { id: this.reservation().id, version: this.reservation().version } : undefined),
    loader: ({ params }) => this.api.checkInState(params.id).catch(() => null),
  });
  protected readonly isOpen = computed(() => {
    const state = this.state.value();
    if (!state?.required || !this.isNear()) return false;
    return Date.parse(state.opensAt) <= this.now() + 1_000 && this.now() < Date.parse(state.closesAt);
  });
}
