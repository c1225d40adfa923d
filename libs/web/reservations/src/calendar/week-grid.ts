import { Component, type ElementRef, afterNextRender, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { addDays, startOfDay, toCivil, toInstant, weekdayOf } from '@berth/kernel';
import { BookingWords, type Reservation, type Span } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { isOpen, isRunning } from '../agenda/agenda-days';
import { BookingActs } from '../agenda/booking-acts';
import { BookingTimes, spanOf } from '../agenda/booking-times';
import { STEP_MINUTES, carried, type Grip } from './bar-draft';
import { layDay } from './day-layout';

const HOUR = 3_600_000;
const FIRST_IN_VIEW = 7;
const CLICK_SLOP = 4;

/** A bar that is dragged, carried by keys, or sent and not answered yet. */
interface Draft extends Span {
  readonly id: string;
  readonly grip: Grip;
  readonly by: 'pointer' | 'keys' | 'sent';
}

/** Days side by side over 24 hours; one's own bookings are dragged to another time, or carried there with M and R and arrows. */
@Component({
  selector: 'berth-week-grid',
  templateUrl: './week-grid.html',
  styleUrl: './week-grid.css',
})
export class WeekGrid {
  private readonly formats = inject(Formats);
  private readonly times = inject(BookingTimes);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
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
  private pressed: { x: number; y: number; reservation: Reservation; grip: Grip; hasMoved: boolean } | null = null;

  protected readonly hours = computed(() => Array.from({ length: 24 }, (_, i) => ({ hour: i, text: `${String(i).padStart(2, '0')}:00` })));
  protected readonly days = computed(() => {
    const zone = this.zone();
    const draft = this.draft();
    const today = toCivil(new Date(this.now()), zone).date;
    const items = this.agenda.reservations().map((reservation) => ({
      reservation,
      ...(draft?.id === reservation.id ? { start: draft.start, end: draft.end } : spanOf(reservation)),
    }));
    return this.dates().map((date) => {
      const column = { start: startOfDay(date, zone).getTime(), end: startOfDay(addDays(date, 1), zone).getTime() };
      return {
        date,
        isToday: date === today,
        isWeekend: weekdayOf(date) > 5,
        name: this.formats.date(column.start + 12 * HOUR, zone),
        nowAt: date === today ? ((this.now() - column.start) / (column.end - column.start)) * 100 : null,
        bars: layDay(items, column),
      };
    });
  });

  constructor() {
    afterNextRender(() => {
      const { nativeElement } = this.scroller();
      nativeElement.scrollTop = (nativeElement.scrollHeight * FIRST_IN_VIEW) / 24;
    });
  }

  /** What the bar has no room for. */
  protected detailsOf(reservation: Reservation): string {
    const { status } = reservation;
    return [this.times.resources(reservation), this.times.span(reservation), this.words.text(`reservations.status.${status}`)].join(', ');
  }

  protected timesOf(span: Span): string {
    return this.formats.range(span.start, span.end, this.zone());
  }

  /** What has begun stays where it is; only its end can change. */
  protected mayGrip(reservation: Reservation, grip: Grip): boolean {
    if (!isOpen(reservation, this.now()) || this.agenda.isSaving(reservation.id)) return false;
    return grip === 'end' || (!isRunning(reservation, this.now()) && Date.parse(reservation.start) > this.now());
  }

  protected press(event: PointerEvent, reservation: Reservation, grip: Grip): void {
    if (event.button !== 0 || event.pointerType === 'touch' || !this.mayGrip(reservation, grip)) return;
    event.stopPropagation();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.pressed = { x: event.clientX, y: event.clientY, reservation, grip, hasMoved: false };
    this.agenda.setInUse(true);
  }

  protected drag(event: PointerEvent): void {
    const { pressed } = this;
    if (pressed === null) return;
    pressed.hasMoved ||= Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > CLICK_SLOP;
    if (!pressed.hasMoved) return;
    const { width, height } = this.columns().nativeElement.getBoundingClientRect();
    const days = pressed.grip === 'move' ? Math.round((event.clientX - pressed.x) / (width / this.dates().length)) : 0;
    const minutes = Math.round(((event.clientY - pressed.y) / height) * (1440 / STEP_MINUTES)) * STEP_MINUTES;
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
      this.carry(reservation, grip, 'keys', spanOf(reservation));
      this.said.set(
        this.words.text(`reservations.calendar.${grip === 'move' ? 'moving' : 'stretching'}`, { name: this.acts.nameOf(reservation) }),
      );
    } else if (isCarrying && step !== undefined) {
      const [days, slots] = step as [number, number];
      const span = carried(draft, draft.grip, draft.grip === 'move' ? days : 0, slots * STEP_MINUTES, this.zone());
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
    if (this.draft() !== null || event.target !== event.currentTarget || event.button !== 0) return;
    const { top, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const minute = Math.max(0, Math.min(1410, Math.floor((((event.clientY - top) / height) * 1440) / 30) * 30));
    const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const start = toInstant(`${date}T${time}`, this.zone()).instant.getTime();
    if (start > this.now() - 30 * 60_000) this.wished.emit({ start, end: start + HOUR });
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
