import { Component, DestroyRef, ElementRef, computed, effect, inject, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import { Booking } from '@berth/web/booking';
import { PreferencesStore, ServerClock, Session } from '@berth/web/data';
import { Agenda, BookingActs, NowCard, OwnCards, isRunning } from '@berth/web/reservations';
import { ErrorPanel, Formats, Icon, Keys, Skeleton, ZoneChip } from '@berth/web/ui';
import { NextCard } from './cards/next-card';
import { StatsBar } from './cards/stats-bar';
import { UpcomingList } from './cards/upcoming-list';
import { HomeWords } from './home-words';
import { NeedsPanel } from './needs/needs-panel';
import { TodayPanel } from './today/today-panel';
import { AgainList } from './usual/again-list';
import { FreeList } from './usual/free-list';
import { UsualPlaces } from './usual/usual-places';

/** How far ahead the next booking is looked for. */
const DAYS_AHEAD = 31;
const UPCOMING = 3;

/** What one has now and next, and whether one can get a place today, without a click. */
@Component({
  selector: 'berth-home',
  imports: [
    AgainList,
    ErrorPanel,
    FreeList,
    Icon,
    NeedsPanel,
    NextCard,
    NowCard,
    OwnCards,
    RouterLink,
    Skeleton,
    StatsBar,
    TodayPanel,
    UpcomingList,
    ZoneChip,
  ],
  providers: [Agenda, BookingActs, UsualPlaces],
  host: { class: 'page' },
  templateUrl: './home.html',
  styleUrl: './home.css',
})
export class Home {
  private readonly session = inject(Session);
  private readonly formats = inject(Formats);
  private readonly preferences = inject(PreferencesStore);
  private readonly dialog = inject(Booking);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly agenda = inject(Agenda);
  protected readonly usual = inject(UsualPlaces);
  protected readonly words = inject(HomeWords);
  protected readonly now = inject(ServerClock).minute;
  protected readonly zone = this.preferences.timeZone;

  private readonly today = computed(() => toCivil(new Date(this.now()), this.zone()).date);
  protected readonly greeting = computed(() => this.words.greeting(this.now(), this.zone(), this.session.user()?.displayName ?? ''));
  protected readonly date = computed(
    () => `${this.formats.date(this.now(), this.zone(), 'long')} · ${this.formats.time(this.now(), this.zone())}`,
  );
  private readonly sorted = computed(() => [...this.agenda.reservations()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)));
  protected readonly running = computed(() => this.sorted().filter((it) => isRunning(it, this.now())));
  private readonly coming = computed(() =>
    this.sorted().filter((it) => Date.parse(it.start) > this.now() && it.status !== 'no_show' && it.status !== 'completed'),
  );
  protected readonly next = computed(() => this.coming()[0] ?? null);
  protected readonly upcoming = computed(() => this.coming().slice(1, 1 + UPCOMING));
  protected readonly ahead = computed(() => [...this.running(), ...this.coming()]);
  protected readonly isFirstLoad = computed(() => this.agenda.isLoading() && this.agenda.reservations().length === 0);
  /** What is not known must not look like nothing. */
  protected readonly failed = computed(() => (this.agenda.reservations().length === 0 ? this.agenda.problem() : null));
  /** Nobody who has never booked needs empty panels. */
  protected readonly isNew = computed(() => {
    const stats = this.usual.stats();
    return stats !== null && stats.usual.length === 0 && this.agenda.isEmpty();
  });

  constructor() {
    effect(() => {
      const [date, zone] = [this.today(), this.zone()];
      untracked(() =>
        this.agenda.showSpan({ start: startOfDay(date, zone).getTime(), end: startOfDay(addDays(date, DAYS_AHEAD), zone).getTime() }),
      );
    });
    inject(DestroyRef).onDestroy(inject(Keys).offer(...this.shortcuts()));
  }

  protected async book(): Promise<void> {
    if ((await this.dialog.open()) === 'booked') await this.agenda.reload();
  }

  private shortcuts() {
    const page = { group: 'page' as const };
    const cards = Array.from({ length: 7 }, (_, i) => i + 1);
    return [
      { ...page, combo: '+', label: 'home.keys.extend', run: () => this.press('[data-card="1"] berth-extend-menu button') },
      { ...page, combo: 'i', label: 'home.keys.checkIn', run: () => this.press('[data-verb="check-in"]:enabled') },
      { ...page, combo: 'Delete', label: 'home.keys.cancel', run: () => this.press('[data-card="2"] [data-verb="cancel"]') },
      ...cards.map((n) => ({ ...page, combo: String(n), label: `home.keys.card.${n}`, run: () => this.focusCard(n) })),
    ];
  }

  /** i18n: home.keys.card.* */
  private focusCard(n: number): void {
    this.host.nativeElement.querySelector<HTMLElement>(`[data-card="${n}"] :is(button:enabled, a)`)?.focus();
  }

  private press(selector: string): void {
    this.host.nativeElement.querySelector<HTMLButtonElement>(selector)?.click();
  }
}
