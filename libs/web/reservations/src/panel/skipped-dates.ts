import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { BookingWords, SeriesApi, type Reservation, type SeriesOccurrence } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { zoneOf } from '../agenda/agenda-days';
import { BookingActs } from '../agenda/booking-acts';

/** More of them nobody reads in a panel. */
const SHOWN = 6;

/** A date of the series that was skipped. */
interface Skipped {
  readonly occurrence: SeriesOccurrence;
  readonly isFree: boolean;
}

/** The dates to come that the series of a booking had to skip; what is free by now is booked with one press. */
@Component({
  selector: 'berth-skipped-dates',
  template: `
    @if (dates().length > 0) {
      <section>
        <h3>{{ words.text('reservations.series.skipped') }}</h3>
        <ul>
          @for (it of dates(); track it.occurrence.id) {
            <li>
              <span>
                {{ whenOf(it.occurrence) }}
                <small [class.free]="it.isFree">{{ stateOf(it) }}</small>
              </span>
              @if (it.isFree) {
                <button
                  type="button"
                  class="btn small"
                  [disabled]="filling()"
                  [attr.aria-label]="words.text('reservations.series.fillThis', { date: whenOf(it.occurrence) })"
                  (click)="fill(it.occurrence)"
                >
                  {{ words.text('reservations.series.fill') }}
                </button>
              }
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    section {
      margin-top: 14px;
      padding-top: 12px;
      border-top: 1px solid var(--line);
    }
    h3 {
      font-size: 14px;
      line-height: 20px;
    }
    li {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      padding: 6px 0;
    }
    small {
      display: block;
      color: var(--muted);
    }
    .free {
      color: var(--free);
    }
  `,
})
export class SkippedDates {
  private readonly series = inject(SeriesApi);
  private readonly acts = inject(BookingActs);
  private readonly clock = inject(ServerClock);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();

  protected readonly filling = signal(false);
  private readonly answer = resource({
    // The version counts what happened to the booking; after a move its series may be another.
    params: () => (this.reservation().mine ? { seriesId: this.reservation().seriesId, version: this.reservation().version } : undefined),
    loader: ({ params }) => (params.seriesId ? this.skippedOf(params.seriesId) : Promise.resolve([])),
  });
  protected readonly dates = computed(() => (this.answer.hasValue() ? this.answer.value() : []));

  protected async fill(occurrence: SeriesOccurrence): Promise<void> {
    this.filling.set(true);
    await this.acts.fill(this.reservation(), occurrence);
    this.filling.set(false);
    this.answer.reload();
  }

  protected whenOf({ start, end }: SeriesOccurrence): string {
    return this.words.span({ start: Date.parse(start), end: Date.parse(end) }, zoneOf(this.reservation()));
  }

  protected stateOf({ occurrence, isFree }: Skipped): string {
    if (isFree) return this.words.text('reservations.series.freeNow');
    return this.words.text(occurrence.waitlistEntryId === null ? 'reservations.series.stillTaken' : 'reservations.series.waiting');
  }

  private async skippedOf(seriesId: string): Promise<Skipped[]> {
    const all = await this.series.occurrences(seriesId);
    const skipped = all.filter((it) => it.status === 'skipped' && Date.parse(it.start) > this.clock.now()).slice(0, SHOWN);
    return Promise.all(
      skipped.map(async (occurrence) => {
        const span = { start: Date.parse(occurrence.start), end: Date.parse(occurrence.end) };
        return { occurrence, isFree: await this.series.isFree(occurrence.resourceIds, span) };
      }),
    );
  }
}
