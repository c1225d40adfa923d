import { Component, computed, inject } from '@angular/core';
import { startOfDay, toCivil } from '@berth/kernel';
import { Booking, BookingWords, onWire, type Span } from '@berth/web/booking';
import { ErrorPanel, Formats, Skeleton } from '@berth/web/ui';
import { HomeWords } from '../home-words';
import { PlaceStrip } from './place-strip';
import { UsualPlaces, type Again } from './usual-places';

const HOUR = 3_600_000;

/** The usual places at the usual hours of their next open day. */
@Component({
  selector: 'berth-again-list',
  imports: [ErrorPanel, PlaceStrip, Skeleton],
  host: { class: 'card' },
  template: `
    <header>
      <h2>{{ words.text('again.title') }}</h2>
      <small class="muted">{{ words.text('again.hint') }}</small>
    </header>
    @if (usual.placesProblem(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="usual.load()" />
    } @else if (rows(); as list) {
      <ul>
        @for (it of list; track it.again.place.resourceId) {
          <li>
            <div class="what">
              <b>{{ it.again.place.name }}</b>
              <small>
                {{ it.when }} ·
                @if (it.again.reason; as reason) {
                  {{ reason }}
                } @else if (it.again.needsApproval) {
                  {{ words.text('again.needsApproval') }}
                } @else {
                  <span class="free"><span aria-hidden="true">✓</span> {{ words.text('again.free') }}</span>
                }
              </small>
            </div>
            @if (it.again.offer; as offer) {
              <button
                type="button"
                class="btn small"
                [disabled]="usual.sending() !== null"
                [attr.aria-label]="it.label"
                (click)="usual.book(it.again.place, offer)"
              >
                {{ it.verb }}
              </button>
            } @else {
              <button
                type="button"
                class="btn small"
                [attr.aria-label]="words.text('again.otherThis', { name: it.again.place.name })"
                (click)="open(it.again)"
              >
                {{ words.text('again.other') }}
              </button>
            }
            <berth-place-strip
              [place]="it.again.place"
              [busy]="it.again.busy"
              [shown]="it.shown"
              [wanted]="it.again.offer ?? it.again.wish"
            />
          </li>
        } @empty {
          <li class="muted">{{ words.text('again.none') }}</li>
        }
      </ul>
    } @else {
      <berth-skeleton [rows]="4" [height]="64" />
    }
  `,
  styleUrl: './place-list.css',
})
export class AgainList {
  private readonly booking = inject(Booking);
  private readonly bookingWords = inject(BookingWords);
  private readonly formats = inject(Formats);
  protected readonly usual = inject(UsualPlaces);
  protected readonly words = inject(HomeWords);

  protected readonly rows = computed(() => this.usual.again()?.map((it) => this.row(it)) ?? null);

  protected async open({ place, wish }: Again): Promise<void> {
    const { resourceId, name, timeZone } = place;
    const times = wish === null ? {} : { start: onWire(wish.start), end: onWire(wish.end) };
    if ((await this.booking.open({ resourceId, resourceName: name, timeZone, ...times })) === 'booked') await this.usual.load();
  }

  private row(again: Again) {
    const { place, offer, needsApproval } = again;
    const wish = again.wish!;
    const zone = place.timeZone;
    const isOther = offer !== null && offer.start !== wish.start;
    const key = needsApproval ? 'request' : isOther ? 'bookAt' : 'book';
    const verb = this.words.text(`again.${key}`, { time: offer && this.formats.time(offer.start, zone) });
    const said =
      offer &&
      this.words.text(needsApproval ? 'again.requestThis' : 'again.bookThis', {
        name: place.name,
        span: this.bookingWords.span(offer, zone),
      });
    return {
      again,
      when: this.bookingWords.span(wish, zone),
      shown: dayOf(wish, zone),
      verb,
      // Begins with what stands on the button, or speaking it would not find it.
      label: said === null || said.startsWith(verb) ? said : `${verb}, ${said}`,
    };
  }
}

/** From 08 to 20 of its day, and the wish in any case. */
function dayOf(wish: Span, zone: string): Span {
  const day = startOfDay(toCivil(new Date(wish.start), zone).date, zone).getTime();
  return {
    start: Math.min(day + 8 * HOUR, Math.floor(wish.start / HOUR) * HOUR),
    end: Math.max(day + 20 * HOUR, Math.ceil(wish.end / HOUR) * HOUR),
  };
}
