import { Injectable, inject } from '@angular/core';
import { BookingWords, ReservationsApi, type Reservation } from '@berth/web/booking';
import { ProblemMessages, Texts, eachOf, toProblem } from '@berth/web/data';
import { Dialogs, Toasts, saveFile } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import { Agenda } from '../agenda/agenda';
import { CancelManyDialog, type CancelManyData } from './cancel-many-dialog';
import { ManyApi, type ManyResult } from './many-api';

/** How long Undo is offered. */
const UNDO_SECONDS = 8;

/** What people do to several of their bookings at once. */
@Injectable()
export class ManyActs {
  private readonly agenda = inject(Agenda);
  private readonly api = inject(ManyApi);
  private readonly reservations = inject(ReservationsApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(BookingWords);
  private readonly texts = inject(Texts);

  /** Shows what would become of them, and cancels those that can be. @param chosen null asks for a span of time */
  async cancel(chosen: readonly Reservation[] | null): Promise<boolean> {
    const data: CancelManyData = { chosen };
    const asked = this.dialogs.open<readonly ManyResult[], CancelManyData>(CancelManyDialog, { data });
    const done = (await firstValueFrom(asked.closed))?.flatMap((it) => it.reservation ?? []) ?? [];
    if (done.length === 0) return false;
    for (const it of done) this.agenda.put(it);
    const text = this.words.count('reservations.many.cancelled.', done.length);
    this.toasts.undoable(text, () => this.restore(done), { seconds: UNDO_SECONDS });
    return true;
  }

  /** Opens the sheet that brings bookings in from a file. */
  async import(): Promise<void> {
    const { BookingImportSheet } = await this.texts.with(['import'], () => import('../import/booking-import-sheet'));
    const sheet = this.dialogs.openSheet<'changed'>(BookingImportSheet, { size: 'wide', staysOpen: true });
    if ((await firstValueFrom(sheet.closed)) === 'changed') await this.agenda.reload();
  }

  async export(chosen: readonly Reservation[]): Promise<void> {
    try {
      saveFile(await this.api.export(chosen.map((it) => it.id)), `${this.words.text('reservations.many.file')}.csv`);
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }

  private async restore(cancelled: readonly Reservation[]): Promise<void> {
    const { done, failed } = await eachOf(cancelled, (it) => this.reservations.restore(it.id));
    for (const { result } of done) this.agenda.put(result);
    const [first] = failed;
    if (first === undefined) return;
    const why = this.messages.title(first.problem);
    this.toasts.failed(this.words.count('reservations.many.notRestored.', failed.length, { why }));
  }
}
