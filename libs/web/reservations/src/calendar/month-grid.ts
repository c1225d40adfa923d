import { Component, ElementRef, computed, inject, input, linkedSignal, output } from '@angular/core';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import { BookingWords, type Span } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { BookingActs } from '../agenda/booking-acts';
import { spanOf } from '../agenda/booking-times';
import { layAcross, takesDays } from './across-days';
import { MoreList } from './more-bookings';

const IN_A_CELL = 3;
const HALF_DAY = 12 * 3_600_000;

/** Lines of a cell that what takes days has taken, and how many of them a booking stands in. */
interface Taken {
  readonly lanes: number;
  readonly shown: number;
}

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
              @for (it of day.across; track $index) {
                @if (it) {
                  <button
                    type="button"
                    tabindex="-1"
                    [class]="'bar across ' + it.item.reservation.status"
                    [class.from-before]="it.isFromBefore"
                    [class.goes-on]="it.goesOn"
                    [class.selected]="selected() === it.item.reservation.id"
                    [attr.data-booking]="it.item.reservation.id"
                    (click)="open($event, it.item.reservation.id)"
                  >
                    <span [class.visually-hidden]="!it.isNamed">{{ acts.nameOf(it.item.reservation) }}</span>
                  </button>
                } @else {
                  <span class="lane"></span>
                }
              }
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
  protected readonly acts = inject(BookingActs);
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
  protected readonly weeks = computed(() =>
    Array.from({ length: this.dates().length / 7 }, (_, i) => this.week(this.dates().slice(i * 7, i * 7 + 7))),
  );

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

  /** Its days; what takes days keeps its lane from the first to the last of them. */
  private week(dates: readonly string[]) {
    const items = this.agenda.reservations().map((reservation) => ({ reservation, ...spanOf(reservation) }));
    const laid = layAcross(
      items.filter(takesDays),
      dates.map((it) => this.spanOf(it)),
    );
    return dates.map((date, column) => {
      const here = laid.filter((it) => it.first <= column && column <= it.last);
      const lanes = Math.min(IN_A_CELL - 1, Math.max(0, ...here.map((it) => it.lane + 1)));
      const across = Array.from({ length: lanes }, (_, lane) => {
        const it = here.find((other) => other.lane === lane);
        if (!it) return null;
        const isFromBefore = it.first < column || it.isCutBefore;
        return { ...it, isFromBefore, goesOn: it.last > column || it.isCutAfter, isNamed: !isFromBefore || column === 0 };
      });
      return { ...this.day(date, { lanes, shown: across.filter((it) => it !== null).length }), across };
    });
  }

  private spanOf(date: string): Span {
    return { start: startOfDay(date, this.zone()).getTime(), end: startOfDay(addDays(date, 1), this.zone()).getTime() };
  }

  private day(date: string, taken: Taken = { lanes: 0, shown: 0 }) {
    const zone = this.zone();
    const span = this.spanOf(date);
    const all = this.agenda
      .reservations()
      .map((reservation) => ({ reservation, ...spanOf(reservation) }))
      .filter((it) => it.start < span.end && it.end > span.start)
      .sort((a, b) => a.start - b.start)
      .map((it) => ({
        ...it,
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
      ...this.roomFor(all, taken),
      label: [name, count].join(', '),
    };
  }

  /** Those with hours that have room under what takes days, and how many have none at all. */
  private roomFor<T extends Span>(all: readonly T[], { lanes, shown }: Taken) {
    const hourly = all.filter((it) => !takesDays(it));
    const isCrowded = all.length > IN_A_CELL || hourly.length + lanes > IN_A_CELL;
    const first = hourly.slice(0, isCrowded ? Math.max(0, IN_A_CELL - 1 - lanes) : IN_A_CELL);
    return { first, more: all.length - first.length - shown };
  }

  private noon(date: string): number {
    return startOfDay(date, this.zone()).getTime() + HALF_DAY;
  }
}
