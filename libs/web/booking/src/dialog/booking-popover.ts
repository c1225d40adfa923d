import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { DialogFrame, Formats, Icon } from '@berth/web/ui';
import { DayStrip } from '../day/day-strip';
import { Answers } from '../form/answers';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import { PeopleField } from '../form/people-field';
import { RulesNote } from '../form/rules-note';
import { QuotaNote } from '../quota/quota-note';
import { TogetherList } from '../form/together-list';
import { HoldChip } from '../hold/hold-chip';
import type { Choice } from '../refusal/refusal';
import { VerdictNote } from '../refusal/verdict-note';
import type { Reservation } from '../reservation';
import { TimeRange } from '../time/time-range';

/** The booking dialog at its smallest, hanging on a slot: Enter books. */
@Component({
  selector: 'berth-booking-popover',
  imports: [Answers, DayStrip, DialogFrame, HoldChip, Icon, PeopleField, QuotaNote, RulesNote, TimeRange, TogetherList, VerdictNote],
  templateUrl: './booking-popover.html',
  styleUrl: './booking-popover.css',
})
export class BookingPopover {
  private readonly ref = inject<DialogRef<Reservation | 'more'>>(DialogRef);
  private readonly formats = inject(Formats);
  private readonly note = viewChild.required(VerdictNote);
  private readonly answers = viewChild.required(Answers);
  protected readonly form = inject<BookingForm>(DIALOG_DATA);
  protected readonly words = inject(BookingWords);

  protected readonly editsTime = signal(false);
  protected readonly heading = computed(() => {
    const count = this.form.together().length;
    if (count > 0) return this.words.text('booking.together.heading', { count });
    return this.words.text('booking.heading', { name: this.form.resourceName() ?? '' }).trim();
  });
  protected readonly day = computed(() => {
    const span = this.form.wish.span();
    return span === null ? '' : this.formats.date(span.start, this.form.wish.zone());
  });
  protected readonly hours = computed(() => {
    const span = this.form.wish.span();
    return span === null ? '' : this.words.hours(span, this.form.wish.zone());
  });
  protected readonly ownTime = computed(() => {
    const span = this.form.wish.span();
    return span === null ? null : this.words.ownTime(span, this.form.wish.zone());
  });

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.end(await this.form.send());
  }

  protected async take(choice: Choice): Promise<void> {
    this.end(await this.form.take(choice));
  }

  protected more(): void {
    this.ref.close('more');
  }

  protected cancel(): void {
    this.ref.close();
  }

  private end(booked: Reservation | null): void {
    if (booked !== null) this.ref.close(booked);
    else if (this.form.refusal() !== null) setTimeout(() => this.note().focus());
    else setTimeout(() => this.answers().focusBroken());
  }
}
