import { Component, DestroyRef, ElementRef, afterRenderEffect, computed, effect, inject, input, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { Booking, BookingWords, scopes, type Reservation, type Scope } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import {
  Dialogs,
  EmptyState,
  ErrorPanel,
  Formats,
  Icon,
  Keys,
  Segments,
  selection,
  Skeleton,
  Tabs,
  fits,
  type Choice,
} from '@berth/web/ui';
import { addDays, isCivilDate, toCivil } from '@berth/kernel';
import { Agenda } from './agenda/agenda';
import { isOpen, type AgendaDay } from './agenda/agenda-days';
import { BookingActs } from './agenda/booking-acts';
import { BookingRow } from './agenda/booking-row';
import { NowCard } from './agenda/now-card';
import { Calendar } from './calendar/calendar';
import { VIEWS, type CalendarView, type View } from './calendar/calendar-days';
import { BookingsMenu } from './many/bookings-menu';
import { ManyActs } from './many/many-acts';
import { SelectionBar } from './many/selection-bar';
import { OwnCards } from './own/own-cards';
import { BookingPanel, BookingSheet, type SheetData } from './panel/booking-panel';

const BESIDE = '(min-width: 1024px)';

/** One's own bookings as an agenda or, with `?view=`, a day, week or month; `?scope=` says which, `?booking=` opens one beside it. i18n: reservations.scope.* reservations.empty.* reservations.view.* */
@Component({
  selector: 'berth-my-bookings',
  imports: [
    BookingPanel,
    BookingRow,
    BookingsMenu,
    Calendar,
    EmptyState,
    ErrorPanel,
    Icon,
    NowCard,
    OwnCards,
    Segments,
    SelectionBar,
    Skeleton,
    Tabs,
  ],
  providers: [Agenda, BookingActs, ManyActs],
  templateUrl: './my-bookings.html',
  styleUrl: './my-bookings.css',
})
export class MyBookings {
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly formats = inject(Formats);
  private readonly acts = inject(BookingActs);
  private readonly dialog = inject(Booking);
  private readonly now = inject(ServerClock).minute;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly end = viewChild<ElementRef<HTMLElement>>('end');
  private readonly panel = viewChild(BookingPanel);
  protected readonly agenda = inject(Agenda);
  protected readonly words = inject(BookingWords);

  /** From the address. */
  readonly scope = input<string>();
  readonly booking = input<string>();
  readonly view = input<string>();
  readonly date = input<string>();

  protected readonly shownView = computed<View>(() => VIEWS.find((it) => it === this.view()) ?? 'agenda');
  protected readonly calendarView = computed<CalendarView | null>(() => {
    const view = this.shownView();
    return view === 'agenda' ? null : view;
  });
  protected readonly shownDate = computed(() => {
    const date = this.date();
    return date !== undefined && isCivilDate(date) ? date : null;
  });
  protected readonly views = computed<readonly Choice<View>[]>(() =>
    VIEWS.map((value) => ({ value, label: this.words.text(`reservations.view.${value}`) })),
  );
  private readonly hasRoom = fits(BESIDE);
  protected readonly shownScope = computed<Scope>(() => scopes.find((it) => it === this.scope()) ?? 'upcoming');
  protected readonly tabs = computed(() => scopes.map((value) => ({ value, label: this.words.text(`reservations.scope.${value}`) })));
  protected readonly list = this.agenda.view;
  /** What can be ticked: all that stand under a day. */
  protected readonly rows = computed(() => this.list().days.flatMap((it) => it.reservations));
  protected readonly ticked = selection(this.rows);
  /** The booking shown beside the list; a narrow screen shows it in a sheet instead. */
  protected readonly beside = computed(() => (this.hasRoom() ? (this.booking() ?? null) : null));
  protected readonly hasList = computed(() => this.list().running.length > 0 || this.list().days.length > 0);

  constructor() {
    effect(() => {
      const scope = this.shownScope();
      if (this.calendarView() !== null) return;
      untracked(() => this.agenda.show(scope));
    });
    this.openSheets();
    this.letGoWithEscape();
    this.loadAtTheEnd();
    inject(DestroyRef).onDestroy(inject(Keys).offer(...this.shortcuts()));
  }

  protected show(scope: Scope): void {
    void this.router.navigate([], {
      queryParams: { scope: scope === 'upcoming' ? null : scope, booking: null },
      queryParamsHandling: 'merge',
    });
  }

  protected showView(view: View): void {
    void this.router.navigate([], { queryParams: { view: view === 'agenda' ? null : view }, queryParamsHandling: 'merge' });
  }

  protected showDate(date: string | null, view: View = this.shownView()): void {
    void this.router.navigate([], { queryParams: { date, view }, queryParamsHandling: 'merge' });
  }

  /** Opens a booking, or closes what is open with null. */
  protected select(id: string | null): void {
    const before = this.booking();
    void this.router.navigate([], { queryParams: { booking: id }, queryParamsHandling: 'merge' });
    if (id === null && before !== undefined) setTimeout(() => this.nameOf(before)?.focus());
  }

  protected async book(): Promise<void> {
    if ((await this.dialog.open()) === 'booked') await this.agenda.reload();
  }

  /** `Today, Tue 24 November`. */
  protected dayName({ date, at, zone }: AgendaDay): string {
    const today = toCivil(new Date(this.now()), zone).date;
    const written = this.formats.date(at, zone, date.slice(0, 4) === today.slice(0, 4) ? 'long' : 'full');
    if (date === today) return this.words.text('reservations.today', { date: written });
    return date === addDays(today, 1) ? this.words.text('reservations.tomorrow', { date: written }) : written;
  }

  protected track(inUse: boolean): void {
    this.agenda.setInUse(inUse || this.listElement()?.contains(document.activeElement) === true);
  }

  protected step(event: Event, by: 1 | -1): void {
    event.preventDefault();
    this.go(by);
  }

  /** Ticks from the booking focus is on to the next or previous, and goes there. */
  protected reach(event: Event, by: 1 | -1): void {
    event.preventDefault();
    const from = this.current();
    this.go(by);
    const to = this.current();
    if (from !== null && to !== null && from !== to) this.ticked.reach(from.id, to.id);
  }

  private shortcuts() {
    const page = { group: 'page' as const };
    return [
      ...VIEWS.map((view, i) => ({ ...page, combo: String(i + 1), label: `reservations.view.${view}`, run: () => this.showView(view) })),
      { ...page, combo: 'j', label: 'reservations.keys.next', run: () => this.go(1) },
      { ...page, combo: 'k', label: 'reservations.keys.previous', run: () => this.go(-1) },
      { ...page, combo: 'x', label: 'reservations.keys.tick', run: () => this.tickCurrent() },
      { ...page, combo: 'e', label: 'reservations.keys.edit', run: () => this.edit() },
      { ...page, combo: 'Delete', label: 'reservations.keys.cancel', run: () => void this.cancelCurrent() },
    ];
  }

  /** Moves focus to the next or previous booking. */
  private go(by: 1 | -1): void {
    const names = this.names();
    const at = names.findIndex((it) => it === document.activeElement || it.dataset['booking'] === this.booking());
    const next = names[Math.min(names.length - 1, Math.max(0, at < 0 ? (by === 1 ? 0 : names.length - 1) : at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
    if (this.beside() !== null && next) this.selectQuietly(next.dataset['booking']!);
  }

  /** Walking the list with the panel open shows each in turn, without a step of history for each. */
  private selectQuietly(id: string): void {
    void this.router.navigate([], { queryParams: { booking: id }, queryParamsHandling: 'merge', replaceUrl: true });
  }

  private edit(): void {
    this.panel()?.edit();
  }

  private tickCurrent(): void {
    const id = this.current()?.id;
    if (id !== undefined && this.rows().some((it) => it.id === id)) this.ticked.tick(id);
  }

  private letGoWithEscape(): void {
    const keys = inject(Keys);
    const hasTicked = computed(() => this.ticked.count() > 0);
    effect((onCleanup) => {
      if (hasTicked())
        onCleanup(
          untracked(() => keys.offer({ group: 'page', combo: 'Escape', label: 'reservations.keys.letGo', run: () => this.ticked.clear() })),
        );
    });
  }

  private async cancelCurrent(): Promise<void> {
    const reservation = this.current();
    if (reservation === null || !isOpen(reservation, this.now())) return;
    const names = this.names();
    const at = names.findIndex((it) => it.dataset['booking'] === reservation.id);
    const neighbour = names[at + 1] ?? names[at - 1];
    if (!(await this.acts.cancel(reservation))) return;
    if (this.booking() === reservation.id) this.select(null);
    setTimeout(() => neighbour?.focus());
  }

  /** The booking focus is on, else the one that is open. */
  private current(): Reservation | null {
    const focused = this.names().find((it) => it === document.activeElement || it.closest('li')?.contains(document.activeElement));
    const id = focused?.dataset['booking'] ?? this.booking();
    return id === undefined ? null : this.agenda.find(id);
  }

  private names(): HTMLElement[] {
    return [...this.host.nativeElement.querySelectorAll<HTMLElement>(':is(.agenda, berth-calendar) [data-booking]')];
  }

  private nameOf(id: string): HTMLElement | undefined {
    return this.names().find((it) => it.dataset['booking'] === id);
  }

  private listElement(): HTMLElement | null {
    return this.host.nativeElement.querySelector('.agenda');
  }

  /** Where there is no room beside the list, an open booking is a sheet; Back closes it as well as its button does. */
  private openSheets(): void {
    const narrow = computed(() => (this.hasRoom() ? null : (this.booking() ?? null)));
    effect((onCleanup) => {
      const id = narrow();
      if (id === null) return;
      const data: SheetData = { id, agenda: this.agenda, acts: this.acts };
      const sheet = untracked(() => this.dialogs.openSheet<unknown, SheetData>(BookingSheet, { data }));
      let isLeaving = false;
      sheet.closed.subscribe(() => {
        if (!isLeaving) this.select(null);
      });
      onCleanup(() => {
        isLeaving = true;
        sheet.close();
      });
    });
  }

  private loadAtTheEnd(): void {
    if (typeof IntersectionObserver === 'undefined') return;
    afterRenderEffect((onCleanup) => {
      const end = this.end()?.nativeElement;
      if (end === undefined) return;
      const observer = new IntersectionObserver((entries) => {
        if (entries.some((it) => it.isIntersecting)) void this.agenda.more();
      });
      observer.observe(end);
      onCleanup(() => observer.disconnect());
    });
  }
}
