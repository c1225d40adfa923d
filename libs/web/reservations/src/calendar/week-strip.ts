import { Component, computed, inject, input, output } from '@angular/core';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import { BookingWords, overlaps } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { spanOf } from '../agenda/booking-times';

const HALF_DAY = 12 * 3_600_000;
const DOTS = 3;

/** The days of a week to choose one from, with a dot for each booking up to three: the week where there is no room for columns. */
@Component({
  selector: 'berth-week-strip',
  template: `
    <ul [attr.aria-label]="words.text('reservations.calendar.week')">
      @for (day of days(); track day.date) {
        <li>
          <button
            type="button"
            [class.today]="day.isToday"
            [attr.aria-pressed]="day.date === date()"
            [attr.aria-current]="day.isToday ? 'date' : null"
            (click)="picked.emit(day.date)"
          >
            <span class="visually-hidden">{{ day.label }}</span>
            <span class="name" aria-hidden="true">{{ day.name }}</span>
            <span class="number" aria-hidden="true">{{ day.number }}</span>
            <span class="dots" aria-hidden="true">
              @for (dot of day.dots; track $index) {
                <i></i>
              }
            </span>
          </button>
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: repeat(7, minmax(0, 1fr));
      gap: 2px;
      margin-bottom: 8px;
    }
    button {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 2px;
      width: 100%;
      min-height: 60px;
      padding: 4px 0;
      border: 1px solid transparent;
      border-radius: var(--radius-control);
      background: transparent;
      color: var(--text);
    }
    button[aria-pressed='true'] {
      border-color: var(--accent);
      background: var(--accent-soft);
    }
    .name {
      color: var(--muted);
      font-size: 11px;
      line-height: 14px;
    }
    .number {
      min-width: 24px;
      padding: 0 4px;
      border-radius: 12px;
      line-height: 24px;
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    .today .number {
      background: var(--accent);
      color: var(--accent-ink);
    }
    .dots {
      display: flex;
      gap: 3px;
      height: 5px;
    }
    i {
      width: 5px;
      height: 5px;
      border-radius: 50%;
      background: var(--accent);
    }
    @media (forced-colors: active) {
      i {
        background: CanvasText;
      }
    }
  `,
})
export class WeekStrip {
  private readonly formats = inject(Formats);
  private readonly agenda = inject(Agenda);
  private readonly now = inject(ServerClock).minute;
  protected readonly words = inject(BookingWords);

  readonly dates = input.required<readonly string[]>();
  /** The one that is shown. */
  readonly date = input.required<string>();
  readonly zone = input.required<string>();
  readonly picked = output<string>();

  protected readonly days = computed(() => {
    const zone = this.zone();
    const today = toCivil(new Date(this.now()), zone).date;
    return this.dates().map((date) => {
      const span = { start: startOfDay(date, zone).getTime(), end: startOfDay(addDays(date, 1), zone).getTime() };
      const count = this.agenda.reservations().filter((it) => overlaps(spanOf(it), span)).length;
      const noon = span.start + HALF_DAY;
      return {
        date,
        isToday: date === today,
        name: this.formats.format(noon, zone, { weekday: 'short' }),
        number: Number(date.slice(8)),
        dots: Array.from({ length: Math.min(DOTS, count) }),
        label: [
          this.formats.date(noon, zone),
          this.words.text(count === 1 ? 'reservations.calendar.one' : 'reservations.calendar.count', { count }),
        ].join(', '),
      };
    });
  });
}
