import { DestroyRef, computed, inject, resource, type Signal } from '@angular/core';
import { ApprovalsApi } from '@berth/web/approvals';
import type { Reservation } from '@berth/web/booking';
import { LiveUpdates } from '@berth/web/data';

/** How many of one's own requests are looked at. */
const REQUESTS = 5;

/** What those who decide want to know of somebody who waits. */
export interface OpenQuestion {
  readonly id: string;
  readonly reservation: Reservation;
  readonly askedBy: string;
  readonly question: string;
}

/** The questions about one's own requests that nobody has answered; the oldest of each, as they are answered in turn. */
export function openQuestions(reservations: Signal<readonly Reservation[]>) {
  const api = inject(ApprovalsApi);
  const asking = computed(
    () =>
      reservations()
        .filter((it) => it.mine && it.status === 'pending')
        .slice(0, REQUESTS),
    {
      equal: (a, b) => a.length === b.length && a.every((it, i) => it.id === b[i]!.id && it.version === b[i]!.version),
    },
  );
  const requests = resource({
    params: () => (asking().length > 0 ? asking() : undefined),
    loader: ({ params }) => Promise.all(params.map(async (reservation) => ({ reservation, request: await api.one(reservation.id) }))),
  });
  const end = inject(LiveUpdates).watch('me', (event) => event.type.startsWith('reservation.question_') && requests.reload());
  inject(DestroyRef).onDestroy(end);
  return {
    list: computed<readonly OpenQuestion[]>(() => {
      if (asking().length === 0 || !requests.hasValue()) return [];
      return requests.value().flatMap(({ reservation, request }) => {
        const open = request.status === 'waiting' ? request.questions.find((it) => it.answer === null) : undefined;
        return open ? [{ id: open.id, reservation, askedBy: open.askedBy.displayName, question: open.question }] : [];
      });
    }),
    error: requests.error,
    reload: () => requests.reload(),
  };
}
