import { Injectable, inject } from '@angular/core';
import {
  Booking,
  BookingWords,
  MoveDates,
  Outcomes,
  ReservationsApi,
  SeriesApi,
  WhichDates,
  WhyNot,
  onWire,
  type EditedIntervals,
  type Reservation,
  type SeriesOccurrence,
  type SeriesScope,
  type Span,
} from '@berth/web/booking';
import { newIdempotencyKey, toProblem } from '@berth/web/data';
import { Dialogs, Toasts } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import { Agenda } from './agenda';
import { zoneOf } from './agenda-days';

const UNDO_SECONDS = 8;

/** What people do to their bookings on this screen. Each act can be taken back, so none asks first; of a series it asks how much. */
@Injectable()
export class BookingActs {
  private readonly agenda = inject(Agenda);
  private readonly api = inject(ReservationsApi);
  private readonly series = inject(SeriesApi);
  private readonly moving = inject(MoveDates);
  private readonly which = inject(WhichDates);
  private readonly whyNot = inject(WhyNot);
  private readonly dialogs = inject(Dialogs);
  private readonly booking = inject(Booking);
  private readonly words = inject(BookingWords);
  private readonly outcomes = inject(Outcomes);
  private readonly toasts = inject(Toasts);

  /** Cancels; for eight seconds its time stays blocked and Undo brings it back. */
  async cancel(reservation: Reservation): Promise<boolean> {
    if (this.agenda.isSaving(reservation.id)) return false;
    const scope = await this.which.ask(reservation, 'cancel');
    if (scope === null) return false;
    if (scope !== 'this') return this.cancelSeries(reservation, scope);
    return this.guarded(reservation, async () => {
      const cancelled = await this.api.cancel(reservation.id, UNDO_SECONDS);
      this.agenda.put(cancelled);
      const text = this.words.text('reservations.done.cancelled', { name: this.nameOf(reservation) });
      this.toasts.undoable(text, () => this.restore(reservation), { seconds: UNDO_SECONDS });
    });
  }

  /** Cancels this date and those after it, or all; that cannot be taken back, so it was asked. */
  private cancelSeries(reservation: Reservation, scope: SeriesScope): Promise<boolean> {
    return this.guarded(reservation, async () => {
      await this.series.cancel(reservation.seriesId ?? '', scope, reservation.recurrenceId ?? null);
      await this.agenda.reload();
      this.toasts.done(this.words.text('reservations.done.cancelled', { name: this.nameOf(reservation) }));
    });
  }

  /** Opens the booking dialog on it; of a series it asks before which dates go with it. */
  async move(reservation: Reservation): Promise<void> {
    const scope = await this.which.ask(reservation, 'move');
    if (scope === null || (await this.booking.move(reservation, scope)) !== 'moved') return;
    if (scope !== 'this') return this.agenda.reload();
    await this.guarded(reservation, async () => this.agenda.put(await this.api.one(reservation.id)));
  }

  /** Says that one has come. */
  async checkIn(reservation: Reservation): Promise<void> {
    await this.guarded(reservation, async () => {
      this.agenda.put(await this.api.checkIn(reservation.id));
      this.toasts.done(this.words.text('reservations.done.checkedIn', { name: this.nameOf(reservation) }));
    });
  }

  /** Ends it now. What is given back may be gone at once, so there is no Undo. */
  async end(reservation: Reservation): Promise<void> {
    await this.guarded(reservation, async () => {
      this.agenda.put(await this.api.end(reservation.id));
      this.toasts.done(this.words.text('reservations.done.ended', { name: this.nameOf(reservation) }));
    });
  }

  /** Moves or stretches it to a time; false where the server refused, which is told with the reason. */
  async moveTo(reservation: Reservation, { start, end }: Span): Promise<boolean> {
    if (this.agenda.isSaving(reservation.id)) return false;
    const scope = await this.which.ask(reservation, 'move');
    if (scope === null) return false;
    return this.guarded(reservation, async () => {
      const to = { start: onWire(start), end: onWire(end) };
      const moved = await this.moving.execute(reservation, scope, to, newIdempotencyKey());
      if (scope === 'this') this.agenda.put(moved);
      else await this.agenda.reload();
      this.outcomes.moved(moved, reservation, scope);
    });
  }

  /** Books a date its series skipped, which is free now; false where the server refused, which is told with the reason. */
  async fill(reservation: Reservation, { id, recurrenceId, start, end }: SeriesOccurrence): Promise<boolean> {
    return this.guarded(reservation, async () => {
      await this.series.fill(reservation.seriesId ?? '', recurrenceId);
      await this.agenda.reload();
      const span = this.words.span({ start: Date.parse(start), end: Date.parse(end) }, zoneOf(reservation));
      const text = this.words.text('reservations.series.filled', { name: this.nameOf(reservation), span });
      this.toasts.undoable(text, () => this.takeBack(reservation, id), { seconds: UNDO_SECONDS });
    });
  }

  /** Shortens, splits, joins or trims it in a dialog that shows what becomes of it and of the reader's own bookings beside it. */
  async editIntervals(reservation: Reservation): Promise<void> {
    const { IntervalEditor } = await import('../intervals/interval-editor');
    const asked = this.dialogs.open<EditedIntervals, Reservation>(IntervalEditor, { data: reservation, focus: 'input:enabled' });
    const edited = await firstValueFrom(asked.closed);
    if (edited === undefined) return;
    await this.agenda.reload();
    const text = this.words.text('reservations.intervals.done', { name: this.nameOf(reservation) });
    const touchesOthers = edited.deleted.length > 0 || edited.updated.some((it) => it !== reservation.id);
    // What a neighbour has given up is not known here, so only what was its own comes back.
    if (touchesOthers) this.toasts.done(text);
    else this.toasts.undoable(text, () => this.makeWhole(reservation), { seconds: UNDO_SECONDS });
  }

  async extend(reservation: Reservation, minutes: number): Promise<void> {
    await this.guarded(reservation, async () => {
      const longer = await this.api.extend(reservation.id, minutes);
      this.agenda.put(longer);
      const time = this.words.hours({ start: Date.parse(longer.start), end: Date.parse(longer.end) }, zoneOf(longer));
      const text = this.words.text('reservations.done.extended', { name: this.nameOf(reservation), time });
      this.toasts.undoable(text, () => this.endAsBefore(reservation), { seconds: UNDO_SECONDS });
    });
  }

  /** Which lengthenings the server would allow now: minutes → null, or why not. */
  async extensions(reservation: Reservation, choices: readonly number[]): Promise<ReadonlyMap<number, string | null>> {
    const reasons = choices.map(async (minutes) => [minutes, await this.whyNotExtend(reservation, minutes)] as const);
    return new Map(await Promise.all(reasons));
  }

  /** Books the same resource once more. */
  async bookAgain(reservation: Reservation): Promise<void> {
    const [first] = reservation.resources;
    if (first === undefined) return;
    const outcome = await this.booking.open({ resourceId: first.resourceId, resourceName: first.name, timeZone: first.timeZone });
    if (outcome === 'booked') await this.agenda.reload();
  }

  nameOf(reservation: Reservation): string {
    return reservation.title ?? reservation.resources[0]?.name ?? '';
  }

  private async restore(reservation: Reservation): Promise<void> {
    await this.guarded(reservation, async () => this.agenda.put(await this.api.restore(reservation.id)));
  }

  private async takeBack(reservation: Reservation, id: string): Promise<void> {
    await this.guarded(reservation, async () => void (await this.api.cancel(id, 0)));
    await this.agenda.reload();
  }

  private async endAsBefore(reservation: Reservation): Promise<void> {
    const { id, start, end } = reservation;
    await this.guarded(reservation, async () => this.agenda.put(await this.api.move(id, { start, end })));
  }

  private async makeWhole(reservation: Reservation): Promise<void> {
    const whole = { start: Date.parse(reservation.start), end: Date.parse(reservation.end) };
    await this.guarded(reservation, async () => void (await this.api.editIntervals(reservation.id, null, [whole], newIdempotencyKey())));
    await this.agenda.reload();
  }

  private async whyNotExtend(reservation: Reservation, minutes: number): Promise<string | null> {
    try {
      await this.api.tryExtend(reservation.id, minutes);
      return null;
    } catch (error) {
      return this.whyNot.sentence(error, zoneOf(reservation));
    }
  }

  private async guarded(reservation: Reservation, act: () => Promise<void>): Promise<boolean> {
    try {
      await this.agenda.saving(reservation.id, act);
      return true;
    } catch (error) {
      this.fail(error, reservation);
      return false;
    }
  }

  private fail(error: unknown, reservation: Reservation): void {
    const problem = toProblem(error);
    this.toasts.failed(this.whyNot.sentence(problem, zoneOf(reservation)));
    if (problem.code === 'not-found' || problem.code === 'invalid-state') void this.agenda.reload();
  }
}
