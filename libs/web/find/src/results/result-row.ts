import { Component, ElementRef, computed, effect, inject, input, output, untracked } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { Favourites } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import type { Hit, Slot } from '../data/find-api';
import { freeWindows, isMine, isTaken } from '../data/free-time';
import { FindActs } from '../find-acts';
import { FindDays } from '../find-days';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { clockStart, type Span } from '../query/wish';
import { FreeTimes } from './free-times';
import { ResultStrip } from './result-strip';

/** Something that can be booked for the time asked for: what it is, its day, why it stands here, and one act. */
@Component({
  selector: 'berth-result-row',
  imports: [FreeTimes, Icon, ResultStrip],
  templateUrl: './result-row.html',
  styleUrl: './result-row.css',
  host: {
    role: 'group',
    '[attr.tabindex]': 'selected() ? 0 : -1',
    '[attr.aria-label]': 'label()',
    '[class.selected]': 'selected()',
    '(focusin)': 'focused.emit()',
    '(keydown)': 'press($event)',
  },
})
export class ResultRow {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly favourites = inject(Favourites);
  private readonly bookingWords = inject(BookingWords);
  protected readonly acts = inject(FindActs);
  protected readonly days = inject(FindDays);
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);

  readonly hit = input.required<Hit>();
  readonly isBest = input(false);
  readonly selected = input(false);
  readonly focused = output();
  /** Somebody wants the row that many rows further. */
  readonly stepped = output<1 | -1>();
  /** Somebody wants the time so many slots later. */
  readonly moved = output<1 | -1>();

  protected readonly resource = computed(() => this.hit().resource);
  protected readonly zone = computed(() => this.resource().timeZone);
  protected readonly span = computed<Span>(() => ({ start: Date.parse(this.hit().start), end: Date.parse(this.hit().end) }));
  protected readonly day = computed(() => this.days.of(this.resource().id));
  protected readonly row = computed(() => this.state.catalogue()?.rows.get(this.resource().id));
  protected readonly key = computed(() => this.acts.keyOf(this.resource(), this.hit()));
  protected readonly isFavourite = computed(() => this.favourites.ids().has(this.resource().id));
  protected readonly isMine = computed(() => {
    const day = this.day();
    return day !== undefined && isMine(day, this.span());
  });
  /** Whether somebody was faster than the list. */
  protected readonly isTaken = computed(() => {
    const day = this.day();
    return this.acts.lost().has(this.key()) || (day !== undefined && isTaken(day, this.row(), this.span()));
  });
  protected readonly next = computed<Slot | null>(() => this.acts.lost().get(this.key())?.next ?? null);
  protected readonly windows = computed(() => {
    const day = this.day();
    return day ? freeWindows(day, this.row(), this.days.shown()) : [];
  });
  /** The free window the slot lies in. */
  protected readonly around = computed(() => this.windows().find((it) => it.start <= this.span().start && it.end >= this.span().end));
  protected readonly time = computed(() => this.words.range(this.hit(), this.zone(), this.state.wish().date));
  protected readonly bookText = computed(() => this.words.text(this.hit().needsApproval ? 'request' : 'book', { time: this.time() }));
  protected readonly ownTime = computed(() => this.bookingWords.ownTime(this.span(), this.zone()));
  protected readonly reasons = computed(() => this.words.reasons(this.hit().reasons, this.hit().needsApproval, this.state.query().flex));
  protected readonly label = computed(() =>
    [this.resource().name, this.words.size(this.resource()), this.time()].filter(Boolean).join(', '),
  );

  constructor() {
    effect(() => {
      const day = this.day();
      if (day === undefined) return;
      const taken = isTaken(day, this.row(), this.span()) && !isMine(day, this.span());
      untracked(() => (taken ? void this.acts.lose(this.resource(), this.hit()) : this.acts.regain(this.resource(), this.hit())));
    });
  }

  focus(): void {
    this.host.nativeElement.focus();
  }

  protected startAt(moment: number): void {
    this.state.go({ ...clockStart(moment, this.state.zone()), flex: 'exact' }, { replaces: true });
  }

  protected nextTime(slot: Slot): string {
    const range = this.words.range(slot, this.zone(), this.state.wish().date);
    return range.includes(',') ? range : this.words.time(slot.start, this.zone());
  }

  protected press(event: KeyboardEvent): void {
    if (event.target !== this.host.nativeElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') this.stepped.emit(1);
    else if (event.key === 'ArrowUp') this.stepped.emit(-1);
    else if (event.key === 'ArrowRight') this.moved.emit(1);
    else if (event.key === 'ArrowLeft') this.moved.emit(-1);
    else if (event.key.toLowerCase() === 'w' && this.isTaken() && !this.isMine()) void this.acts.wait(this.resource(), this.hit());
    else if (event.key.toLowerCase() === 'f') void this.acts.star(this.resource());
    else if (event.key === 'Enter' && !event.repeat) void this.bookIt();
    else return;
    event.preventDefault();
  }

  protected async bookIt(): Promise<void> {
    if (this.isMine()) return;
    const slot = this.isTaken() ? this.next() : this.hit();
    if (slot !== null) await this.acts.book(this.resource(), slot);
  }
}
