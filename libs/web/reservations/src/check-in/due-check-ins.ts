import { computed, inject, resource, type Signal } from '@angular/core';
import { ReservationsApi, type Reservation } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';

const DAY = 86_400_000;

/** A booking one may check in to now, and until when. */
export interface DueCheckIn {
  readonly reservation: Reservation;
  readonly closesAt: number;
}

/** Whether a booking is near enough to be asked about: further away nobody can check in yet. */
export function isNear({ status, mine, start, end }: Reservation, now: number): boolean {
  return mine && status === 'confirmed' && Date.parse(start) - now < DAY && Date.parse(end) > now;
}

/** Which of some bookings want to be checked in to at this moment; asked of the server again when one of them changes. */
export function dueCheckIns(reservations: Signal<readonly Reservation[]>) {
  const api = inject(ReservationsApi);
  const now = inject(ServerClock).minute;
  const near = computed(() => reservations().filter((it) => isNear(it, now())), {
    equal: (a, b) => a.length === b.length && a.every((it, i) => it.id === b[i]!.id && it.version === b[i]!.version),
  });
  const states = resource({
    params: () => (near().length > 0 ? near() : undefined),
    loader: ({ params }) =>
      Promise.all(params.map(async (reservation) => ({ reservation, state: await api.checkInState(reservation.id) }))),
  });
  return {
    list: computed<readonly DueCheckIn[]>(() => {
      if (near().length === 0 || !states.hasValue()) return [];
      return states
        .value()
        .filter(({ state }) => state.required && Date.parse(state.opensAt) <= now() + 1_000 && now() < Date.parse(state.closesAt))
        .map(({ reservation, state }) => ({ reservation, closesAt: Date.parse(state.closesAt) }));
    }),
    error: states.error,
    reload: () => states.reload(),
  };
}
