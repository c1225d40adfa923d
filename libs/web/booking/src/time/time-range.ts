import { Component, computed, inject, input, signal } from '@angular/core';
import { Field, Formats } from '@berth/web/ui';
import { Combobox, type ComboOption } from '../combobox/combobox';
import { BookingWords } from '../form/booking-words';
import type { BookingForm } from '../form/booking-form';
import { DAY } from '../span';
import { DateField } from './date-field';
import { endSlots, startSlots, type StartSlot } from './slots';
import { parseEnd, parseTime } from './time-entry';

/** From and To, and the date of the end where it is another one. Type a time in any form, or take a slot from the list. */
@Component({
  selector: 'berth-time-range',
  imports: [Combobox, DateField, Field],
  template: `
    <berth-field class="from" [label]="words.text('booking.from')" [error]="startError()">
      <berth-combobox
        name="from"
        [label]="words.text('booking.from')"
        [text]="startText()"
        [options]="starts()"
        [current]="startIndex()"
        [disabled]="startLocked()"
        [emptyText]="words.text('booking.noSlots')"
        (chosen)="startAt($event)"
        (committed)="startTyped($event)"
      />
    </berth-field>
    <berth-field class="to" [label]="words.text('booking.to')" [error]="endError()">
      <berth-combobox
        name="to"
        [label]="words.text('booking.to')"
        [text]="endText()"
        [suffix]="'· ' + lengthText()"
        [options]="ends()"
        [current]="endIndex()"
        [emptyText]="words.text('booking.noSlots')"
        (chosen)="endAt($event)"
        (committed)="endTyped($event)"
      />
    </berth-field>
    @if (hasEndDate()) {
      <berth-field [label]="words.text('booking.endDate')">
        <berth-date-field
          [label]="words.text('booking.endDate')"
          [date]="form().wish.endDate()"
          [min]="form().wish.date()"
          (picked)="form().wish.endOnDate($event)"
        />
      </berth-field>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    .from berth-combobox {
      width: 104px;
    }
    .to berth-combobox {
      min-width: 148px;
    }
    @media (max-width: 719px) {
      .from {
        flex: 1 1 36%;
      }
      .to {
        flex: 1 1 56%;
      }
      .from berth-combobox,
      .to berth-combobox {
        width: 100%;
      }
    }
  `,
})
export class TimeRange {
  private readonly formats = inject(Formats);
  protected readonly words = inject(BookingWords);

  readonly form = input.required<BookingForm>();
  /** What is running keeps its start. */
  readonly startLocked = input(false);

  protected readonly startError = signal<string | null>(null);
  protected readonly endError = signal<string | null>(null);
  private readonly wish = computed(() => this.form().wish);
  private readonly startTimes = computed(() => startSlots(this.form().day.ground(), this.wish().date(), this.wish().length()));
  private readonly endTimes = computed(() => {
    const span = this.wish().span();
    return span === null ? [] : endSlots(this.form().day.ground(), span.start);
  });

  protected readonly startText = computed(() => this.time(this.wish().span()?.start));
  protected readonly endText = computed(() => this.time(this.wish().span()?.end));
  protected readonly lengthText = computed(() => this.words.length(this.wish().length()));
  protected readonly starts = computed(() => this.startTimes().map((it) => this.startOption(it)));
  protected readonly ends = computed<ComboOption<number>[]>(() =>
    this.endTimes().map((it) => ({
      value: it.at,
      label: this.time(it.at),
      hint: it.state === 'free' ? this.words.length(it.lasts) : this.words.text('booking.slot.taken'),
    })),
  );
  protected readonly startIndex = computed(() => this.startTimes().findIndex((it) => it.at === this.wish().span()?.start));
  protected readonly endIndex = computed(() => this.endTimes().findIndex((it) => it.at === this.wish().span()?.end));
  /** Where bookings may last for days, or this one does. */
  protected readonly hasEndDate = computed(() => this.wish().rules().longest > DAY || this.wish().daysLater() > 0);

  protected startAt(at: number): void {
    this.startError.set(null);
    this.wish().startAt(at);
  }

  protected endAt(at: number): void {
    this.endError.set(null);
    this.wish().endAt(at);
  }

  protected startTyped(text: string): void {
    const minute = parseTime(text, this.formats.hourCycle());
    this.startError.set(minute === undefined ? this.words.text('booking.timeUnread', { text }) : null);
    if (minute !== undefined) this.wish().startAtMinute(minute);
  }

  protected endTyped(text: string): void {
    const end = parseEnd(text, this.wish().startMinute(), this.formats.hourCycle());
    this.endError.set(end === undefined ? this.words.text('booking.endUnread', { text }) : null);
    if (end !== undefined) this.wish().endAsTyped(end);
  }

  private startOption({ at, state, until }: StartSlot): ComboOption<number> {
    const option = { value: at, label: this.time(at) };
    if (state === 'free') return { ...option, hint: this.words.text('booking.slot.free'), tone: 'free' };
    if (state === 'taken')
      return { ...option, hint: this.words.text('booking.slot.takenUntil', { time: this.time(until ?? at) }), tone: 'taken' };
    return { ...option, hint: this.words.text('booking.slot.freeFor', { length: this.words.length((until ?? at) - at) }) };
  }

  private time(instant: number | undefined): string {
    return instant === undefined ? '' : this.formats.time(instant, this.wish().zone());
  }
}
