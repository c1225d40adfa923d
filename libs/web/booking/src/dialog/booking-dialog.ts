import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { Session } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Icon, ZoneChip } from '@berth/web/ui';
import { DayStrip } from '../day/day-strip';
import { Answers } from '../form/answers';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import { PeopleField } from '../form/people-field';
import { PersonField } from '../form/person-field';
import { RulesNote } from '../form/rules-note';
import { QuotaNote } from '../quota/quota-note';
import { TogetherList } from '../form/together-list';
import { HoldChip } from '../hold/hold-chip';
import type { Choice } from '../refusal/refusal';
import { VerdictNote } from '../refusal/verdict-note';
import { DatesTable } from '../repeat/dates-table';
import { RepeatField } from '../repeat/repeat-field';
import type { Reservation } from '../reservation';
import { ResourceField } from '../resource-field';
import { AllDay } from '../time/all-day';
import { DateField } from '../time/date-field';
import { TimeRange } from '../time/time-range';

/** What the dialog is opened with. */
export interface BookingDialogData {
  readonly form: BookingForm;
  /** Whether what is filled in comes from a form that was closed before. */
  readonly isRestored: boolean;
}

/** The booking dialog in full; the whole screen on a phone. */
@Component({
  selector: 'berth-booking-dialog',
  imports: [
    AllDay,
    Answers,
    DateField,
    DatesTable,
    DayStrip,
    DialogFrame,
    Field,
    FieldControl,
    HoldChip,
    Icon,
    PeopleField,
    RepeatField,
    PersonField,
    ResourceField,
    QuotaNote,
    RulesNote,
    TimeRange,
    TogetherList,
    VerdictNote,
    ZoneChip,
  ],
  templateUrl: './booking-dialog.html',
  styleUrl: './booking-dialog.css',
  host: { '(keydown)': 'onKey($event)' },
})
export class BookingDialog {
  private readonly ref = inject<DialogRef<Reservation>>(DialogRef);
  private readonly data = inject<BookingDialogData>(DIALOG_DATA);
  private readonly note = viewChild.required(VerdictNote);
  private readonly answers = viewChild.required(Answers);
  protected readonly form = this.data.form;
  protected readonly mayBookFor = inject(Session).may('reservation:book-for');
  protected readonly words = inject(BookingWords);

  protected readonly isRestored = signal(this.data.isRestored);
  protected readonly showsDetails = signal(
    this.form.wish.description() !== '' || this.form.wish.isPrivate() || this.form.wish.quantity() > 1,
  );
  protected readonly bookKeys = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘↵' : 'Ctrl ↵';
  protected readonly heading = computed(() => {
    const count = this.form.together().length;
    if (count > 0) return this.words.text('booking.together.heading', { count });
    const name = this.form.resourceName();
    return name === null ? this.words.text('booking.headingNew') : this.words.text('booking.heading', { name });
  });
  protected readonly about = computed(() => {
    const resource = this.form.wish.resource();
    return resource === null || this.form.together().length > 0 ? null : this.words.about(resource);
  });
  protected readonly ownTime = computed(() => {
    const span = this.form.wish.span();
    return span === null ? null : this.words.ownTime(span, this.form.wish.zone());
  });
  protected readonly summary = computed(() => {
    const { wish } = this.form;
    const span = wish.span();
    return wish.resourceId() === null || span === null ? '' : this.words.span(span, wish.zone());
  });
  protected readonly repeats = computed(() => this.form.repeat.rrule() !== null);
  /** The button says exactly what will happen. */
  protected readonly bookText = computed(() => {
    const { repeat } = this.form;
    const [count, total] = [repeat.count(), repeat.total()];
    if (!this.repeats() || total === 0) return this.words.text(this.form.needsApproval() ? 'booking.request' : 'booking.book');
    return this.words.text(count === total ? 'booking.repeat.bookAll' : 'booking.repeat.bookSome', { count, total });
  });
  protected readonly mayBook = computed(
    () => !this.form.isSending() && this.form.refusal() === null && (!this.repeats() || this.form.repeat.count() > 0),
  );
  protected readonly units = computed(() => this.form.wish.resource()?.units ?? 1);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.repeats() && this.form.repeat.count() === 0) return;
    this.end(await this.form.send());
  }

  protected async take(choice: Choice): Promise<void> {
    this.end(await this.form.take(choice));
  }

  protected cancel(): void {
    this.ref.close();
  }

  protected startOver(): void {
    const { wish } = this.form;
    wish.title.set('');
    wish.description.set('');
    wish.people.set(null);
    wish.isPrivate.set(false);
    this.form.questions.startOver();
    this.isRestored.set(false);
  }

  protected takeUnits(text: string): void {
    const units = Number.parseInt(text, 10);
    if (units >= 1) this.form.wish.quantity.set(units);
  }

  /** In the large form Enter moves nothing; it books together with Ctrl or ⌘. */
  protected onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) void this.submit(event);
    else if (event.target instanceof HTMLInputElement) event.preventDefault();
  }

  private end(booked: Reservation | null): void {
    if (booked !== null) this.ref.close(booked);
    else if (this.form.refusal() !== null) setTimeout(() => this.note().focus());
    else setTimeout(() => this.answers().focusBroken());
  }
}
