import { Component, DestroyRef, computed, effect, inject, input, output, untracked } from '@angular/core';
import { toCivil } from '@berth/kernel';
import { Booking, BookingWords, onWire, type Span } from '@berth/web/booking';
import { PreferencesStore, ServerClock } from '@berth/web/data';
import { ErrorPanel, Formats, Icon, Keys, ZoneChip, fits } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { datesOf, spanOfDates, stepDate, type CalendarView } from './calendar-days';
import { MonthGrid } from './month-grid';
import { WeekGrid } from './week-grid';
import { WeekStrip } from './week-strip';

/** One's own bookings as a day, a week or a month on the reader's clock. */
@Component({
  selector: 'berth-calendar',
  imports: [ErrorPanel, Icon, MonthGrid, WeekGrid, WeekStrip, ZoneChip],
  template: `
    <div class="bar">
      <button type="button" class="btn quiet square" [attr.aria-label]="words.text('reservations.calendar.previous')" (click)="step(-1)">
        <svg berthIcon="chevron-left" [size]="20"></svg>
      </button>
      <button type="button" class="btn" [attr.aria-current]="date() === today() ? 'date' : null" (click)="dated.emit(null)">
        {{ words.text('reservations.calendar.today') }}
      </button>
      <button type="button" class="btn quiet square" [attr.aria-label]="words.text('reservations.calendar.next')" (click)="step(1)">
        <svg berthIcon="chevron-right" [size]="20"></svg>
      </button>
      <p class="title" aria-live="polite">{{ title() }}</p>
      <berth-zone-chip [zone]="zone()" [at]="span().start" />
    </div>
    @if (agenda.problem(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="agenda.reload()" />
    }
    <div [attr.aria-busy]="agenda.isLoading()">
      @if (view() === 'month') {
        <berth-month-grid
          [dates]="dates()"
          [date]="date()"
          [zone]="zone()"
          [selected]="selected()"
          (opened)="opened.emit($event)"
          (shown)="dayed.emit($event)"
        />
      } @else {
        @if (isOneByOne()) {
          <berth-week-strip [dates]="dates()" [date]="date()" [zone]="zone()" (picked)="dated.emit($event)" />
        }
        <berth-week-grid
          [dates]="columns()"
          [zone]="zone()"
          [selected]="selected()"
          (opened)="opened.emit($event)"
          (wished)="book($event)"
        />
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      flex: 1;
      min-width: 0;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 8px;
      margin-bottom: 10px;
    }
    .title {
      font-size: 16px;
      line-height: 24px;
      font-weight: 650;
    }
  `,
})
export class Calendar {
  private readonly formats = inject(Formats);
  private readonly preferences = inject(PreferencesStore);
  private readonly booking = inject(Booking);
  private readonly now = inject(ServerClock).minute;
  protected readonly agenda = inject(Agenda);
  protected readonly words = inject(BookingWords);
  protected readonly zone = this.preferences.timeZone;

  readonly view = input.required<CalendarView>();
  /** `YYYY-MM-DD`; today where it is left out. */
  readonly on = input<string | null>(null);
  readonly selected = input<string | null>(null);
  readonly opened = output<string>();
  /** Another date is wanted; null is today. */
  readonly dated = output<string | null>();
  /** One day is wanted. */
  readonly dayed = output<string>();

  protected readonly today = computed(() => toCivil(new Date(this.now()), this.zone()).date);
  protected readonly date = computed(() => this.on() ?? this.today());
  protected readonly dates = computed(() => datesOf(this.view(), this.date(), this.preferences.weekStart()), {
    equal: (a, b) => a.join() === b.join(),
  });
  /** Where seven columns are too narrow to read, a week is shown day by day. */
  private readonly isNarrow = fits('(max-width: 719px)');
  protected readonly isOneByOne = computed(() => this.isNarrow() && this.view() === 'week');
  protected readonly columns = computed(() => (this.isOneByOne() ? [this.date()] : this.dates()), {
    equal: (a, b) => a.join() === b.join(),
  });
  protected readonly span = computed(() => spanOfDates(this.dates(), this.zone()), {
    equal: (a, b) => a.start === b.start && a.end === b.end,
  });
  protected readonly title = computed(() => {
    const { start, end } = this.span();
    const zone = this.zone();
    if (this.view() === 'day') return this.formats.date(start, zone, 'full');
    if (this.view() === 'month') return this.formats.date((start + end) / 2, zone, 'month');
    return `${this.formats.date(start, zone)} – ${this.formats.date(end - 1, zone, 'medium')}`;
  });

  constructor() {
    effect(() => {
      const span = this.span();
      untracked(() => this.agenda.showSpan(span));
    });
    const page = { group: 'page' as const };
    const withdraw = inject(Keys).offer(
      { ...page, combo: 't', label: 'reservations.calendar.today', run: () => this.dated.emit(null) },
      { ...page, combo: '[', label: 'reservations.calendar.previous', run: () => this.step(-1) },
      { ...page, combo: ']', label: 'reservations.calendar.next', run: () => this.step(1) },
    );
    inject(DestroyRef).onDestroy(withdraw);
  }

  protected step(by: 1 | -1): void {
    const date = stepDate(this.view(), this.date(), by);
    this.dated.emit(date === this.today() ? null : date);
  }

  /** On free time: the same place as the latest booking is suggested. */
  protected async book({ start, end }: Span): Promise<void> {
    const [latest] = [...this.agenda.reservations()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    const place = latest?.resources[0];
    const suggestion = place && { resourceId: place.resourceId, resourceName: place.name, timeZone: place.timeZone };
    if ((await this.booking.open({ ...suggestion, start: onWire(start), end: onWire(end) })) === 'booked') await this.agenda.reload();
  }
}
