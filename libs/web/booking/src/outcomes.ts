import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { BookingWords } from './form/booking-words';
import type { Reservation } from './reservation';
import { ReservationsApi } from './reservations-api';

/** What follows a booking that succeeded: a toast that says what happened, with Undo and a way to see it. */
@Injectable({ providedIn: 'root' })
export class Outcomes {
  private readonly api = inject(ReservationsApi);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(BookingWords);
  private readonly messages = inject(ProblemMessages);
  private readonly router = inject(Router);

  booked(reservation: Reservation): void {
    const key = reservation.status === 'pending' ? 'booking.done.requested' : 'booking.done.booked';
    this.tell(key, reservation, async () => {
      // Nobody can have relied on it yet, so taking it back is cancelling it at once.
      await this.api.cancel(reservation.id, 0);
      this.toasts.done(this.words.text('booking.done.undone', placeOf(reservation, this.words)));
    });
  }

  moved(reservation: Reservation, before: Reservation): void {
    this.tell('booking.done.moved', reservation, async () => {
      const { start, end, resources } = before;
      const resourceId = resources.length === 1 ? { resourceId: resources[0]!.resourceId } : {};
      const back = await this.api.move(reservation.id, { start, end, ...resourceId });
      this.toasts.done(this.words.text('booking.done.movedBack', placeOf(back, this.words)));
    });
  }

  private tell(key: string, reservation: Reservation, undo: () => Promise<void>): void {
    const show = { label: this.words.text('booking.done.show'), run: () => void this.show(reservation) };
    const guarded = (): Promise<void> => undo().catch((error: unknown) => void this.toasts.failed(this.messages.title(toProblem(error))));
    this.toasts.undoable(this.words.text(key, placeOf(reservation, this.words)), guarded, { actions: [show] });
  }

  private show({ id }: Reservation): Promise<boolean> {
    return this.router.navigate(['/me/bookings'], { queryParams: { booking: id } });
  }
}

function placeOf({ start, end, timeZone, resources }: Reservation, words: BookingWords) {
  const zone = resources[0]?.timeZone ?? timeZone;
  return {
    resource: resources.map((it) => it.name).join(', '),
    span: words.span({ start: Date.parse(start), end: Date.parse(end) }, zone),
  };
}
