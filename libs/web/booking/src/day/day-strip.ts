import { Component, computed, inject, input } from '@angular/core';
import { addDays, startOfDay } from '@berth/kernel';
import { Formats, Strip } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';

const DATES_AT_MOST = 7;

/** The wanted day of the wanted resource with the wish on it; several days where the wish takes several. */
@Component({
  selector: 'berth-day-strip',
  imports: [Strip],
  template: `
    <berth-strip
      [from]="form().day.shown().start"
      [to]="form().day.shown().end"
      [intervals]="form().day.intervals()"
      [zone]="form().wish.zone()"
      [wanted]="form().wish.span()"
      [wantedFits]="form().refusal() === null"
      [now]="form().day.now()"
      [ticks]="ticks() && dates().length === 0"
      [class.loading]="isStale()"
    />
    @if (dates().length > 0) {
      <div class="dates" aria-hidden="true">
        @for (it of dates(); track it.left) {
          <span [style.left.%]="it.left">{{ it.text }}</span>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .loading {
      opacity: var(--dim);
    }
    .dates {
      position: relative;
      height: 14px;
      margin-top: 4px;
      font-size: 11px;
      line-height: 14px;
      color: var(--muted);
    }
    .dates span {
      position: absolute;
      white-space: nowrap;
    }
  `,
})
export class DayStrip {
  private readonly formats = inject(Formats);

  readonly form = input.required<BookingForm>();
  readonly ticks = input(true);

  /** What is shown belongs to the day before the one asked for. */
  protected readonly isStale = computed(() => this.form().day.isLoading() && this.form().day.intervals().length > 0);
  /** Where days begin, when there is more than one. */
  protected readonly dates = computed(() => {
    const { wish, day } = this.form();
    const count = wish.daysLater() + 1;
    if (count === 1) return [];
    const { start, end } = day.shown();
    const every = Math.ceil(count / DATES_AT_MOST);
    return Array.from({ length: Math.ceil(count / every) }, (_, i) => {
      const from = startOfDay(addDays(wish.date(), i * every), wish.zone()).getTime();
      return { left: ((from - start) / (end - start)) * 100, text: this.formats.date(from, wish.zone()) };
    });
  });
}
