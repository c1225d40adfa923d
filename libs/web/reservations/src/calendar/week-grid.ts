import {
  Component,
  DestroyRef,
  ElementRef,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { addDays, startOfDay, toCivil, toInstant, weekdayOf } from '@berth/kernel';
import { BookingWords, type Reservation, type Span } from '@berth/web/booking';
import { PreferencesStore, ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { isOpen, isRunning } from '../agenda/agenda-days';
import { BookingActs } from '../agenda/booking-acts';
import { BookingTimes, spanOf } from '../agenda/booking-times';
import { layAcross, takesDays, type Across } from './across-days';
import { STEP_MINUTES, carried, type Grip } from './bar-draft';
import { layDay, type Laid, type More, type Room } from './day-layout';
import { MoreList } from './more-bookings';

const HOUR = 3_600_000;
const FIRST_IN_VIEW = 7;
const CLICK_SLOP = 4;
/** The least a bar needs that shall be read, and what the edge needs that tells how many more there are; in pixels. */
const BAR_LEAST = 58;
const EDGE = 30;
/** Height of a lane above the hours, and how many of them stand there without being scrolled. */
const LANE = 26;
const LANES_AT_MOST = 4;
const ROOM_FOR_ALL: Room = { alone: Infinity, besideMore: Infinity };

/** A booking where it stands, or where it is being carried. */
interface Item extends Span {
  readonly reservation: Reservation;
}

/** A bar that is dragged, carried by keys, or sent and not answered yet. */
interface Draft extends Span {
  readonly id: string;
  readonly grip: Grip;
  readonly by: 'pointer' | 'keys' | 'sent';
}

/** Days side by side over 24 hours; one's own bookings are dragged to another time, or carried there with M and R and arrows. */
@Component({
  selector: 'berth-week-grid',
  providers: [MoreList],
  templateUrl: './week-grid.html',
  styleUrl: './week-grid.css',
})
export class WeekGrid {
  private readonly formats = inject(Formats);
  private readonly times = inject(BookingTimes);
  private readonly preferences = inject(PreferencesStore);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly list = inject(MoreList);
  private readonly destroyRef = inject(DestroyRef);
  private readonly columns = viewChild.required<ElementRef<HTMLElement>>('columns');
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly words = inject(BookingWords);
  protected readonly now = inject(ServerClock).minute;

  readonly dates = input.required<readonly string[]>();
  readonly zone = input.required<string>();
  readonly selected = input<string | null>(null);
  readonly opened = output<string>();
  /** Somebody pressed a time nothing stands at. */
  readonly wished = output<Span>();

  protected readonly draft = signal<Draft | null>(null);
  protected readonly said = signal('');
  private pressed: { x: number; y: number; reservation: Reservation; grip: Grip; byDays: boolean; hasMoved: boolean } | null = null;

  /** Of all columns together, in pixels; nothing before it is measured. */
  private readonly width = signal<number | null>(null);
  private readonly room = computed<Room>(() => {
    const width = this.width();
    if (width === null) return ROOM_FOR_ALL;
    const column = width / this.dates().length;
    return { alone: Math.max(1, Math.floor(column / BAR_LEAST)), besideMore: Math.max(1, Math.floor((column - EDGE) / BAR_LEAST)) };
  });
  /** The bar that keys have carried, whose focus must not get lost when it comes to stand elsewhere. */
  private carriedByKeys: string | null = null;

  protected readonly hours = computed(() =>
    Array.from({ length: 24 }, (_, hour) => ({ hour, text: this.formats.time(Date.UTC(1970, 0, 1, hour), 'UTC') })),
  );
  private readonly spans = computed<readonly Span[]>(() =>
    this.dates().map((date) => ({
      start: startOfDay(date, this.zone()).getTime(),
      end: startOfDay(addDays(date, 1), this.zone()).getTime(),
    })),
  );
  /** All of them, what is carried where it would be dropped. */
  private readonly items = computed<readonly Item[]>(() => {
    const draft = this.draft();
    return this.agenda.reservations().map((reservation) => {
      const { start, end } = draft?.id === reservation.id ? draft : spanOf(reservation);
      return { reservation, start, end };
    });
  });
  /** What takes days stands above the hours. */
  protected readonly across = computed(() => layAcross(this.items().filter(takesDays), this.spans()));
  protected readonly acrossHeight = computed(() => {
    const lanes = Math.max(0, ...this.across().map((it) => it.lane + 1));
    return lanes === 0 ? 0 : Math.min(lanes, LANES_AT_MOST) * LANE + 5;
  });
  protected readonly days = computed(() => {
    const zone = this.zone();
    const draft = this.draft();
    const today = toCivil(new Date(this.now()), zone).date;
    const items = this.items().filter((it) => !takesDays(it));
    const standing = items.filter((it) => it.reservation.id !== draft?.id);
    const carried = items.filter((it) => it.reservation.id === draft?.id);
    return this.dates().map((date, i) => {
      const column = this.spans()[i]!;
      const { bars, more } = layDay(standing, column, this.room());
      return {
        date,
        isToday: date === today,
        isWeekend: weekdayOf(date) > 5,
        name: this.formats.date(column.start + 12 * HOUR, zone),
        nowAt: date === today ? ((this.now() - column.start) / (column.end - column.start)) * 100 : null,
        // What is carried lies above the others in all of the width, so that they stay where they are.
        bars: [...bars, ...layDay(carried, column, ROOM_FOR_ALL).bars],
        more: more.map((it) => ({ ...it, hours: this.timesOf(hoursOf(it, column)) })),
      };
    });
  });

  constructor() {
    afterNextRender(() => {
      const { nativeElement } = this.scroller();
      nativeElement.scrollTop = (nativeElement.scrollHeight * FIRST_IN_VIEW) / 24;
      this.measure();
    });
    afterRenderEffect(() => this.keepFocus(this.draft(), this.days()));
  }

  /** Shows what a day has no room for, where it would stand. */
  protected async showMore(event: Event, day: string, { items }: More<Item>): Promise<void> {
    const reservations = items.map((it) => it.reservation);
    const id = await this.list.open(event, day, reservations, this.zone());
    if (id !== undefined) this.opened.emit(id);
  }

  /** What the bar has no room for. */
  protected detailsOf(reservation: Reservation): string {
    const { status } = reservation;
    return [this.times.resources(reservation), this.times.span(reservation), this.words.text(`reservations.status.${status}`)].join(', ');
  }

  /** What began on another day does not begin at the upper edge. */
  protected startOf({ item, isCutAbove }: Laid<Item>): string {
    return isCutAbove ? '…' : this.formats.time(item.start, this.zone());
  }

  /** Follows the start where there is room. */
  protected untilOf({ item, isCutBelow }: Laid<Item>): string {
    return `–${isCutBelow ? '…' : this.formats.time(item.end, this.zone())}`;
  }

  /** `Tue 14:00 – Thu 10:00`; an end at midnight or beyond what is shown is told by where it stands. */
  protected timesAcross({ item, isCutBefore, isCutAfter }: Across<Item>): string {
    const zone = this.zone();
    const edge = (at: number): string =>
      toCivil(new Date(at), zone).minuteOfDay === 0
        ? ''
        : `${this.formats.format(at, zone, { weekday: 'short' })} ${this.formats.time(at, zone)}`;
    const [from, to] = [isCutBefore ? '' : edge(item.start), isCutAfter ? '' : edge(item.end)];
    return from || to ? `${from} – ${to}`.trim() : '';
  }

  protected timesOf(span: Span): string {
    return this.formats.range(span.start, span.end, this.zone());
  }

  /** What has begun stays where it is; only its end can change. */
  protected mayGrip(reservation: Reservation, grip: Grip): boolean {
    if (!isOpen(reservation, this.now()) || this.agenda.isSaving(reservation.id)) return false;
    return grip === 'end' || (!isRunning(reservation, this.now()) && Date.parse(reservation.start) > this.now());
  }

  /** @param byDays what stands above the hours goes from day to day */
  protected press(event: PointerEvent, reservation: Reservation, grip: Grip, byDays = false): void {
    if (event.button !== 0 || event.pointerType === 'touch' || !this.mayGrip(reservation, grip)) return;
    event.stopPropagation();
    this.pressed = { x: event.clientX, y: event.clientY, reservation, grip, byDays, hasMoved: false };
    this.agenda.setInUse(true);
  }

  protected drag(event: PointerEvent): void {
    const { pressed } = this;
    if (pressed === null) return;
    const { nativeElement } = this.columns();
    if (!pressed.hasMoved) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) <= CLICK_SLOP) return;
      pressed.hasMoved = true;
      // Held by what stays: a bar comes to stand in another column as it is dragged.
      nativeElement.setPointerCapture(event.pointerId);
    }
    const { width, height } = nativeElement.getBoundingClientRect();
    const { grip, byDays } = pressed;
    const days = grip === 'move' || byDays ? Math.round((event.clientX - pressed.x) / (width / this.dates().length)) : 0;
    const minutes = byDays ? 0 : Math.round(((event.clientY - pressed.y) / height) * (1440 / STEP_MINUTES)) * STEP_MINUTES;
    this.carry(
      pressed.reservation,
      pressed.grip,
      'pointer',
      carried(spanOf(pressed.reservation), pressed.grip, days, minutes, this.zone()),
    );
  }

  protected drop(): void {
    const { pressed } = this;
    this.pressed = null;
    this.agenda.setInUse(false);
    if (pressed?.hasMoved) void this.send(pressed.reservation);
  }

  protected abort(): void {
    this.pressed = null;
    this.agenda.setInUse(false);
    if (this.draft()?.by !== 'sent') this.draft.set(null);
  }

  /** A press that slips off its bar before it is a drag is nothing. */
  protected leave(): void {
    if (this.pressed?.hasMoved === false) this.abort();
  }

  /** A click after a drag is no click. */
  protected open(event: Event, { id }: Reservation): void {
    event.stopPropagation();
    if (this.draft() === null) this.opened.emit(id);
  }

  protected type(event: KeyboardEvent, reservation: Reservation): void {
    const draft = this.draft();
    const isCarrying = draft?.id === reservation.id && draft.by === 'keys';
    const grip = ({ m: 'move', r: 'end' } as const)[event.key.toLowerCase()];
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isCarrying && grip !== undefined && this.mayGrip(reservation, grip)) {
      this.carriedByKeys = reservation.id;
      this.carry(reservation, grip, 'keys', spanOf(reservation));
      this.said.set(
        this.words.text(`reservations.calendar.${grip === 'move' ? 'moving' : 'stretching'}`, { name: this.acts.nameOf(reservation) }),
      );
    } else if (isCarrying && step !== undefined) {
      const [days, slots] = step as [number, number];
      const span = carried(draft, draft.grip, draft.grip === 'move' || takesDays(draft) ? days : 0, slots * STEP_MINUTES, this.zone());
      this.carry(reservation, draft.grip, 'keys', span);
      this.said.set(this.words.span(span, this.zone()));
    } else if (isCarrying && event.key === 'Enter') void this.send(reservation);
    else if (isCarrying && event.key === 'Escape') {
      this.draft.set(null);
      this.said.set(this.words.text('reservations.calendar.left'));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Only on free time: what is pressed on a bar is meant for the bar. */
  protected wish(event: PointerEvent, date: string): void {
    if (this.draft() !== null || this.pressed !== null || event.target !== event.currentTarget || event.button !== 0) return;
    const { top, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const minute = Math.max(0, Math.min(1410, Math.floor((((event.clientY - top) / height) * 1440) / 30) * 30));
    const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const start = toInstant(`${date}T${time}`, this.zone()).instant.getTime();
    if (start > this.now() - 30 * 60_000)
      this.wished.emit({ start, end: start + this.preferences.value().defaultDurationMinutes * 60_000 });
  }

  private measure(): void {
    const { nativeElement } = this.columns();
    if (typeof ResizeObserver === 'undefined') return;
    const resized = new ResizeObserver(() => this.width.set(nativeElement.clientWidth));
    resized.observe(nativeElement);
    this.width.set(nativeElement.clientWidth);
    this.destroyRef.onDestroy(() => resized.disconnect());
  }

  /** What keys carry into another column is drawn anew there. */
  private keepFocus(draft: Draft | null, _days: unknown): void {
    if (this.carriedByKeys === null) return;
    const bar = this.host.nativeElement.querySelector<HTMLElement>(`[data-booking="${this.carriedByKeys}"]`);
    if (document.activeElement === document.body) bar?.focus({ preventScroll: true });
    bar?.scrollIntoView({ block: 'nearest' });
    if (draft === null) this.carriedByKeys = null;
  }

  private carry({ id }: Reservation, grip: Grip, by: Draft['by'], span: Span): void {
    this.draft.set({ id, grip, by, ...span });
  }

  /** Stands at the new time, marked as sent, until the server agrees; else it goes back and the reason is told. */
  private async send(reservation: Reservation): Promise<void> {
    const draft = this.draft();
    const before = spanOf(reservation);
    if (draft === null || (draft.start === before.start && draft.end === before.end)) return this.draft.set(null);
    this.draft.set({ ...draft, by: 'sent' });
    const isMoved = await this.acts.moveTo(reservation, draft);
    this.draft.set(null);
    this.said.set(
      this.words.text(isMoved ? 'reservations.calendar.moved' : 'reservations.calendar.refused', { name: this.acts.nameOf(reservation) }),
    );
  }
}

/** The part of a column that what has no room takes. */
const hoursOf = ({ items }: More<Item>, column: Span): Span => ({
  start: Math.max(column.start, Math.min(...items.map((it) => it.start))),
  end: Math.min(column.end, Math.max(...items.map((it) => it.end))),
});
