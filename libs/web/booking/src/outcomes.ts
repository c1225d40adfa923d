import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { saveFile, Toasts, type ToastAction } from '@berth/web/ui';
import { calendarFile } from './calendar-file';
import { BookingWords } from './form/booking-words';
import { MoveDates } from './repeat/move-dates';
import { SeriesApi, type SeriesBooked, type SeriesScope } from './repeat/series-api';
import type { Reservation } from './reservation';
import { ReservationsApi } from './reservations-api';

/** What follows a booking that succeeded: a toast that says what happened, with Undo and what one does with it next. */
@Injectable({ providedIn: 'root' })
export class Outcomes {
  private readonly api = inject(ReservationsApi);
  private readonly series = inject(SeriesApi);
  private readonly moving = inject(MoveDates);
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

  /** @param first its first date */
  bookedSeries(first: Reservation, { series, occurrences }: SeriesBooked): void {
    const count = occurrences.filter((it) => it.status !== 'skipped').length;
    const text = this.words.text('booking.repeat.done', { resource: placeOf(first, this.words).resource, count });
    const undo = async (): Promise<void> => {
      await this.series.cancel(series.id, 'all', null);
      this.toasts.done(this.words.text('booking.repeat.undone', { count }));
    };
    const guarded = (): Promise<void> => undo().catch((error: unknown) => void this.toasts.failed(this.messages.title(toProblem(error))));
    this.toasts.undoable(text, guarded, { actions: this.actions(first) });
  }

  /** @param scope which dates of its series went with it; Undo takes the same ones back, and says where they stay a series of their own */
  moved(reservation: Reservation, before: Reservation, scope: SeriesScope = 'this'): void {
    const key = scope === 'this' ? 'booking.done.moved' : 'booking.done.movedDates';
    this.tell(key, reservation, async () => {
      const { start, end, resources } = before;
      const isElsewhere = resources.length === 1 && resources[0]!.resourceId !== reservation.resources[0]?.resourceId;
      const to = { start, end, ...(isElsewhere && { resourceId: resources[0]!.resourceId }) };
      const back = await this.moving.execute(reservation, scope === 'this' ? 'this' : 'all', to);
      const isApart = back.seriesId !== before.seriesId && !(await this.isJoined(back.seriesId));
      this.toasts.done(this.words.text(isApart ? 'booking.done.movedBackApart' : 'booking.done.movedBack', placeOf(back, this.words)));
    });
  }

  /** Whether the dates that went apart are one series again with those that stayed. */
  private isJoined(seriesId: string | null | undefined): Promise<boolean> {
    if (!seriesId) return Promise.resolve(false);
    return this.series.join(seriesId).then(
      () => true,
      () => false,
    );
  }

  private tell(key: string, reservation: Reservation, undo: () => Promise<void>): void {
    const guarded = (): Promise<void> => undo().catch((error: unknown) => void this.toasts.failed(this.messages.title(toProblem(error))));
    this.toasts.undoable(this.words.text(key, placeOf(reservation, this.words)), guarded, { actions: this.actions(reservation) });
  }

  private actions(reservation: Reservation): ToastAction[] {
    return [
      { label: this.words.text('booking.done.show'), run: () => void this.router.navigateByUrl(this.pathOf(reservation)) },
      { label: this.words.text('booking.done.toCalendar'), run: () => this.keep(reservation), stays: true },
      { label: this.words.text('booking.done.copyLink'), run: () => void this.copyLink(reservation), stays: true },
    ];
  }

  private keep(reservation: Reservation): void {
    const text = calendarFile(reservation, this.addressOf(reservation));
    saveFile(new Blob([text], { type: 'text/calendar;charset=utf-8' }), `${reservation.id}.ics`);
  }

  private async copyLink(reservation: Reservation): Promise<void> {
    const address = this.addressOf(reservation);
    try {
      await navigator.clipboard.writeText(address);
      this.toasts.done(this.words.text('booking.done.linkCopied'));
    } catch {
      // Browsers keep the clipboard from pages that came over plain HTTP; the address can still be read.
      this.toasts.done(address, { seconds: 20 });
    }
  }

  private pathOf({ id }: Reservation): string {
    return `/me/bookings?booking=${id}`;
  }

  private addressOf(reservation: Reservation): string {
    return new URL(this.pathOf(reservation), location.origin).href;
  }
}

function placeOf({ start, end, timeZone, resources }: Reservation, words: BookingWords) {
  const zone = resources[0]?.timeZone ?? timeZone;
  return {
    resource: resources.map((it) => it.name).join(', '),
    span: words.span({ start: Date.parse(start), end: Date.parse(end) }, zone),
  };
}
