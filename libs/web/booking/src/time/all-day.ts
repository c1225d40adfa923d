import { Component, computed, inject, input } from '@angular/core';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import { HOUR, type Span } from '../span';

/** Takes the whole day, as far as it is open, and gives the hours back that were wanted before. */
@Component({
  selector: 'berth-all-day',
  template: `
    @if (isOffered()) {
      <label class="check">
        <input #box type="checkbox" name="all-day" [checked]="isOn()" (change)="turn(box.checked)" />
        <span>{{ words.text('booking.allDay') }}</span>
      </label>
    }
  `,
})
export class AllDay {
  protected readonly words = inject(BookingWords);
  private before: Span | null = null;

  readonly form = input.required<BookingForm>();

  protected readonly isOn = computed(() => {
    const [span, day] = [this.form().wish.span(), this.form().day.wholeDay()];
    return span !== null && day !== null && span.start === day.start && span.end === day.end;
  });
  protected readonly isOffered = computed(() => this.form().wish.resourceId() !== null && this.form().day.wholeDay() !== null);

  protected turn(on: boolean): void {
    const { wish, day } = this.form();
    const whole = day.wholeDay();
    const span = wish.span();
    if (whole === null || span === null) return;
    if (on) {
      this.before = span;
      wish.span.set(whole);
      return;
    }
    const date = wish.date();
    wish.span.set(this.before ?? firstHourOf(whole));
    wish.onDate(date);
  }
}

const firstHourOf = ({ start, end }: Span): Span => ({ start, end: Math.min(end, start + HOUR) });
