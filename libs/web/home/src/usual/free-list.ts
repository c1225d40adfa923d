import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { UsualPlaceResponse } from '@berth/api-client';
import { BookingWords, type Span } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { ErrorPanel, Formats, Skeleton } from '@berth/web/ui';
import { HomeWords } from '../home-words';
import { PlaceStrip } from './place-strip';
import { endsByClosing, freeUntil, isClosed } from './usual-hours';
import { UsualPlaces, type FreeNow } from './usual-places';

const HOUR = 3_600_000;
const HOURS_SHOWN = 4;
/** Who gets a place within so long gets it now. */
const NOW_WITHIN = 15 * 60_000;

/** The usual places at this moment: free until when, or free from when, each with one press to book. */
@Component({
  selector: 'berth-free-list',
  imports: [ErrorPanel, PlaceStrip, RouterLink, Skeleton],
  host: { class: 'card' },
  template: `
    <header>
      <h2>{{ words.text('free.title.' + state()) }}</h2>
      <small class="muted">{{ words.text(state() === 'now' ? 'free.hint' : 'free.hintNext') }}</small>
      <a class="link end" routerLink="/book">{{ words.text('free.more') }}</a>
    </header>
    @if (usual.placesProblem(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="usual.load()" />
    } @else if (rows(); as list) {
      <ul>
        @for (it of list; track it.free.place.resourceId) {
          @if (it.isFirstLater) {
            <li class="part">
              <h3>{{ words.text('free.later') }}</h3>
            </li>
          }
          <li>
            <div class="what">
              <b>{{ it.free.place.name }}</b>
              <small
                ><span [class.free]="it.isNow">
                  @if (it.isNow) {
                    <span aria-hidden="true">✓ </span>
                  }
                  {{ it.state }}</span
                >
                @if (it.where) {
                  · {{ it.where }}
                }
              </small>
            </div>
            <div class="acts">
              @for (slot of it.slots; track slot.start + '-' + slot.end) {
                <button
                  type="button"
                  class="btn small"
                  [disabled]="usual.sending() !== null"
                  [attr.aria-label]="verbOf(it.free, slot, it.isNow) + ', ' + labelOf(it.free, slot)"
                  (click)="usual.book(it.free.place, slot)"
                >
                  {{ verbOf(it.free, slot, it.isNow) }}
                </button>
              }
            </div>
            <berth-place-strip [place]="it.free.place" [busy]="it.free.busy" [shown]="it.shown" [now]="now()" />
          </li>
        } @empty {
          <li class="muted">{{ words.text('free.none') }}</li>
        }
      </ul>
    } @else {
      <berth-skeleton [rows]="4" [height]="64" />
    }
  `,
  styleUrl: './place-list.css',
})
export class FreeList {
  private readonly bookingWords = inject(BookingWords);
  private readonly formats = inject(Formats);
  protected readonly usual = inject(UsualPlaces);
  protected readonly words = inject(HomeWords);
  protected readonly now = inject(ServerClock).minute;

  /** Those that are free now, then the others as they become free; a line parts them where there are both. */
  protected readonly rows = computed(() => {
    const rows = this.usual.free()?.map((it) => this.row(it)) ?? null;
    if (rows === null) return null;
    const sorted = [...rows.filter((it) => it.isNow), ...rows.filter((it) => !it.isNow).sort((a, b) => a.start - b.start)];
    return sorted.map((it, i) => ({ ...it, isFirstLater: !it.isNow && sorted[i - 1]?.isNow === true }));
  });
  /** What the heading may say: nothing is called free now that is not, and nothing taken that is closed. i18n: home.free.title.* */
  protected readonly state = computed(() => {
    const rows = this.rows() ?? [];
    if (rows.length === 0 || rows.some((it) => it.isNow)) return 'now';
    return rows.every(({ free }) => isClosed(free.busy, this.now())) ? 'closed' : 'taken';
  });

  protected verbOf({ place }: FreeNow, slot: Span, isNow: boolean): string {
    return isNow
      ? this.bookingWords.length(slot.end - slot.start)
      : this.words.text('again.bookAt', { time: this.whenOf(place, slot.start, 'weekday') });
  }

  protected labelOf({ place }: FreeNow, slot: Span): string {
    return this.words.text('again.bookThis', { name: place.name, span: this.bookingWords.span(slot, place.timeZone) });
  }

  private row(free: FreeNow) {
    const { place } = free;
    const [first] = free.slots;
    const isNow = first !== undefined && first.start <= this.now() + NOW_WITHIN;
    return {
      free,
      isNow,
      start: first?.start ?? Infinity,
      state: first === undefined ? '' : isNow ? this.untilWords(free, first) : this.fromWords(free, first),
      where: [place.floorName, place.siteName].filter(Boolean).join(', '),
      // Later today one button is enough; a longer stay may begin at another time.
      slots: isNow ? free.slots.filter((it) => it.start === first.start) : first === undefined ? [] : [first],
      shown: this.shownFrom(isNow ? this.now() : (first?.start ?? this.now())),
    };
  }

  /** The next hours; where the place is free only later, those around that. */
  private shownFrom(from: number): Span {
    const now = this.now();
    const isInView = from < now + (HOURS_SHOWN - 1) * HOUR;
    const start = Math.floor((isInView ? now : from) / HOUR) * HOUR;
    return { start, end: start + HOURS_SHOWN * HOUR };
  }

  private untilWords({ place, busy }: FreeNow, slot: Span): string {
    const until = freeUntil(place, busy, slot.start);
    if (until === null || endsByClosing(busy, until)) return this.words.text('free.allDay');
    return this.words.text('free.until', { time: this.formats.time(until, place.timeZone) });
  }

  private fromWords({ place }: FreeNow, slot: Span): string {
    return this.words.text('free.from', { time: this.whenOf(place, slot.start, 'date') });
  }

  /** The time on the clock of a place, and where it is not today which day; none is further off than the weekdays tell. */
  private whenOf({ timeZone }: UsualPlaceResponse, at: number, day: 'date' | 'weekday'): string {
    const time = this.formats.time(at, timeZone);
    if (this.formats.date(at, timeZone, 'medium') === this.formats.date(this.now(), timeZone, 'medium')) return time;
    return `${day === 'date' ? this.formats.date(at, timeZone) : this.formats.format(at, timeZone, { weekday: 'short' })} ${time}`;
  }
}
