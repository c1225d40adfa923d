import { Component, computed, input } from '@angular/core';
import { Strip } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';

/** The wanted day of the wanted resource with the wish on it. */
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
      [ticks]="ticks()"
      [class.loading]="isStale()"
    />
  `,
  styles: `
    :host {
      display: block;
    }
    .loading {
      opacity: 0.6;
    }
  `,
})
export class DayStrip {
  readonly form = input.required<BookingForm>();
  readonly ticks = input(true);

  /** What is shown belongs to the day before the one asked for. */
  protected readonly isStale = computed(() => this.form().day.isLoading() && this.form().day.intervals().length > 0);
}
