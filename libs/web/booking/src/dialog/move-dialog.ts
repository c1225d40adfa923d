import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, viewChild } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import { DialogFrame, Field, Icon, ZoneChip } from '@berth/web/ui';
import { DayStrip } from '../day/day-strip';
import { Answers } from '../form/answers';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import { RulesNote } from '../form/rules-note';
import type { Choice } from '../refusal/refusal';
import { VerdictNote } from '../refusal/verdict-note';
import type { Reservation } from '../reservation';
import type { SeriesScope } from '../repeat/series-api';
import { ResourceField } from '../resource-field';
import { onWire } from '../span';
import { DateField } from '../time/date-field';
import { TimeRange } from '../time/time-range';

export interface MoveDialogData {
  readonly form: BookingForm;
  readonly reservation: Reservation;
  readonly scope: SeriesScope;
}

/** The booking dialog for something that is booked already: another time or resource, explained before it is done. i18n: booking.move.* */
@Component({
  selector: 'berth-move-booking',
  imports: [Answers, DateField, DayStrip, DialogFrame, Field, Icon, ResourceField, RulesNote, TimeRange, VerdictNote, ZoneChip],
  template: `
    <berth-dialog-frame [heading]="words.text('booking.move.heading', { name })" [subtitle]="before()">
      <form id="move" autocomplete="off" (submit)="submit($event)">
        @if (isRunning) {
          <p class="note"><svg berthIcon="info"></svg>{{ words.text('booking.move.running') }}</p>
        }
        @if (data.scope !== 'this') {
          <p class="note"><svg berthIcon="info"></svg>{{ words.text('booking.move.' + data.scope) }}</p>
        }
        <div class="fields">
          <berth-resource-field [form]="form" [locked]="isRunning || data.reservation.resources.length > 1" />
        </div>
        <div class="fields">
          <berth-field class="day" [label]="words.text('booking.when')">
            <berth-date-field
              [label]="words.text('booking.when')"
              [date]="form.wish.date()"
              [disabled]="isRunning"
              (picked)="form.wish.onDate($event)"
            />
          </berth-field>
          <berth-time-range [form]="form" [startLocked]="isRunning" />
          @if (form.wish.span(); as span) {
            <div class="zone"><berth-zone-chip [zone]="form.wish.zone()" [at]="span.start" /></div>
          }
        </div>
        <berth-day-strip [form]="form" />
        <berth-verdict-note [form]="form" (taken)="take($event)" />
        <berth-rules-note [form]="form" />
        <berth-answers
          [fields]="form.questions.fields()"
          [answers]="form.questions.answers()"
          [broken]="form.questions.broken()"
          (answered)="form.questions.answer($event.key, $event.value)"
        />
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('booking.move.keep') }}</button>
      <button
        dialogActions
        type="submit"
        form="move"
        class="btn primary"
        [attr.aria-disabled]="form.isSending() || form.refusal() !== null || isSame()"
        [attr.aria-busy]="form.isSending()"
      >
        {{ words.text(form.needsApproval() ? 'booking.move.request' : 'booking.move.confirm') }}
      </button>
    </berth-dialog-frame>
  `,
  styleUrl: './booking-dialog.css',
})
export class MoveBooking {
  private readonly note = viewChild.required(VerdictNote);
  private readonly answers = viewChild.required(Answers);
  protected readonly ref = inject<DialogRef<Reservation>>(DialogRef);
  protected readonly data = inject<MoveDialogData>(DIALOG_DATA);
  protected readonly words = inject(BookingWords);
  protected readonly form = this.data.form;

  protected readonly name = this.data.reservation.title ?? this.data.reservation.resources[0]?.name ?? '';
  protected readonly isRunning = Date.parse(this.data.reservation.start) <= inject(ServerClock).now();
  /** Where and when it is now. */
  protected readonly before = computed(() => {
    const { start, end, resources, timeZone } = this.data.reservation;
    const span = { start: Date.parse(start), end: Date.parse(end) };
    return `${resources.map((it) => it.name).join(', ')} · ${this.words.span(span, resources[0]?.timeZone ?? timeZone)}`;
  });
  protected readonly isSame = computed(() => {
    const slot = this.form.wish.slot();
    const { start, end, resources } = this.data.reservation;
    return (
      slot?.resourceId === resources[0]?.resourceId && slot?.start === onWire(Date.parse(start)) && slot.end === onWire(Date.parse(end))
    );
  });

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.isSame()) this.end(await this.form.send());
  }

  protected async take(choice: Choice): Promise<void> {
    this.end(await this.form.take(choice));
  }

  private end(moved: Reservation | null): void {
    if (moved !== null) this.ref.close(moved);
    else if (this.form.refusal() !== null) setTimeout(() => this.note().focus());
    else setTimeout(() => this.answers().focusBroken());
  }
}
