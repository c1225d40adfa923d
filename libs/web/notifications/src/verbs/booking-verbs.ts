import { Component, computed, inject, input } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import { Agenda, CheckInButton, ExtendMenu, isRunning } from '@berth/web/reservations';

/** Check in and extend, as in my bookings: each where the booking still takes it. */
@Component({
  selector: 'berth-booking-verbs',
  imports: [CheckInButton, ExtendMenu],
  template: `
    @if (reservation(); as it) {
      @if (mayCheckIn()) {
        <berth-check-in-button [reservation]="it" isSmall />
      }
      @if (mayExtend() && runs()) {
        <berth-extend-menu [reservation]="it" [isSmall]="true" />
      }
    }
  `,
  styleUrl: './verbs.css',
})
export class BookingVerbs {
  private readonly agenda = inject(Agenda);
  private readonly now = inject(ServerClock).minute;

  readonly reservationId = input.required<string>();
  readonly mayCheckIn = input(false);
  readonly mayExtend = input(false);

  protected readonly reservation = computed(() => this.agenda.reservations().find((it) => it.id === this.reservationId()) ?? null);
  protected readonly runs = computed(() => {
    const reservation = this.reservation();
    return reservation !== null && isRunning(reservation, this.now());
  });
}
