import { Component, ElementRef, computed, inject, input, linkedSignal, output } from '@angular/core';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import { BookingWords } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { BookingActs } from '../agenda/booking-acts';
import { spanOf } from '../agenda/booking-times';
import { MoreList } from './more-bookings';

const IN_A_CELL = 3;
const HALF_DAY = 12 * 3_600_000;

/** A month in weeks: up to three bookings a day and how many more. One tab stop; arrows walk the days, Enter shows one, Space lists it. */
@Component({
  selector: 'berth-month-grid',
  providers: [MoreList],
  template: `
    <div class="grid" role="grid" [attr.aria-label]="title()">
      <div role="row" class="names">
        @for (name of names(); track name) {
          <span role="columnheader">{{ name }}</span>
        }
      </div>
      @for (week of weeks(); track week[0]!.date) {
        <div role="row" class="week">
          @for (day of week; track day.date) {
            <div
              role="gridcell"
              [class.other]="day.isOther"
              [class.today]="day.isToday"
              [attr.tabindex]="day.date === cursor() ? 0 : -1"
              [attr.data-date]="day.date"
              [attr.aria-current]="day.isToday ? 'date' : null"
              (focus)="cursor.set(day.date)"
              (keydown)="type($event)"
              aria-keyshortcuts="Enter Space"
              (click)="shown.emit(day.date)"
            >
              <span class="visually-hidden">{{ day.label }}</span>
              <span class="number" aria-hidden="true">{{ day.number }}</span>
              @for (it of day.first; track it.reservation.id) {
                <button
                  type="button"
                  tabindex="-1"
                  [class]="'bar ' + it.reservation.status"
                  [class.selected]="selected() === it.reservation.id"
                  [attr.data-booking]="it.reservation.id"
                  (click)="open($event, it.reservation.id)"
                >
                  <span class="at">{{ it.time }}</span> {{ it.name }}
                </button>
              }
              @if (day.more > 0) {
                <button type="button" tabindex="-1" class="more" aria-haspopup="dialog" (click)="list($event, day.date)">
                  <span class="plus">+{{ day.more }}</span
                  ><span class="words">{{ words.text('reservations.calendar.more', { count: day.more }) }}</span>
                </button>
              }
            </div>
          }
        </div>
      }
    </div>
  `,
  styleUrl: './month-grid.css',
})
export class MonthGrid {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly formats = inject(Formats);
  private readonly agenda = inject(Agenda);
  private readonly acts = inject(BookingActs);
  private readonly moreList = inject(MoreList);
  private readonly now = inject(ServerClock).minute;
  protected readonly words = inject(BookingWords);

  readonly dates = input.required<readonly string[]>();
  /** A date of the month that is meant. */
  readonly date = input.required<string>();
  readonly zone = input.required<string>();
  readonly selected = input<string | null>(null);
  readonly opened = output<string>();
  /** Somebody wants to see a day. */
  readonly shown = output<string>();

  protected readonly cursor = linkedSignal(() => this.date());
  protected readonly title = computed(() => this.formats.date(this.noon(this.date()), this.zone(), 'month'));
  protected readonly names = computed(() =>
    this.dates()
      .slice(0, 7)
      .map((it) => this.formats.format(this.noon(it), this.zone(), { weekday: 'short' })),
  );
  protected readonly weeks = computed(() => {
    const days = this.dates().map((it) => this.day(it));
    return Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7));
  });

  protected open(event: Event, id: string): void {
    event.stopPropagation();
    this.opened.emit(id);
  }

  /** All of a day, where it stands. */
  protected async list(event: Event, date: string): Promise<void> {
    event.stopPropagation();
    const { all, name } = this.day(date);
    if (all.length === 0) return;
    const id = await this.moreList.open(
      event,
      name,
      all.map((it) => it.reservation),
      this.zone(),
    );
    if (id !== undefined) this.opened.emit(id);
  }

  protected type(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (step !== undefined) this.go(addDays(this.cursor(), step));
    else if (event.target !== event.currentTarget) return;
    else if (event.key === 'Enter') this.shown.emit(this.cursor());
    else if (event.key === ' ') void this.list(event, this.cursor());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private go(date: string): void {
    if (!this.dates().includes(date)) return;
    this.cursor.set(date);
    this.host.nativeElement.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
  }

  private day(date: string) {
    const zone = this.zone();
    const span = { start: startOfDay(date, zone).getTime(), end: startOfDay(addDays(date, 1), zone).getTime() };
    const all = this.agenda
      .reservations()
      .map((reservation) => ({ reservation, ...spanOf(reservation) }))
      .filter((it) => it.start < span.end && it.end > span.start)
      .sort((a, b) => a.start - b.start)
      .map((it) => ({
        reservation: it.reservation,
        name: this.acts.nameOf(it.reservation),
        time: it.start < span.start ? '‹' : this.formats.time(it.start, zone),
      }));
    const count = this.words.text(all.length === 1 ? 'reservations.calendar.one' : 'reservations.calendar.count', { count: all.length });
    const name = this.formats.date(span.start + HALF_DAY, zone);
    return {
      date,
      name,
      all,
      number: Number(date.slice(8)),
      isOther: date.slice(0, 7) !== this.date().slice(0, 7),
      isToday: date === toCivil(new Date(this.now()), zone).date,
      first: all.slice(0, all.length > IN_A_CELL ? IN_A_CELL - 1 : IN_A_CELL),
      more: all.length > IN_A_CELL ? all.length - IN_A_CELL + 1 : 0,
      label: [name, count].join(', '),
    };
  }

  private noon(date: string): number {
    return startOfDay(date, this.zone()).getTime() + HALF_DAY;
  }
}
