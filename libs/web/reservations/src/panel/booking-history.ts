import { Component, computed, inject, input, resource } from '@angular/core';
import { BookingWords, ReservationsApi, type HistoryEntry, type Reservation } from '@berth/web/booking';
import { Session } from '@berth/web/data';
import { Formats, Skeleton } from '@berth/web/ui';
import { zoneOf } from '../agenda/agenda-days';
import { isTold, lineOf } from './history-words';

/** What happened to a booking, newest first, in sentences. i18n: reservations.history.* */
@Component({
  selector: 'berth-booking-history',
  imports: [Skeleton],
  template: `
    <h3>{{ words.text('reservations.historyTitle') }}</h3>
    @if (lines().length === 0 && entries.isLoading()) {
      <berth-skeleton [rows]="2" [height]="32" />
    }
    <ol>
      @for (line of lines(); track $index) {
        <li>
          {{ line.text }} <small class="muted">{{ line.when }}</small>
        </li>
      }
    </ol>
  `,
  styles: `
    :host {
      display: block;
    }
    ol {
      position: relative;
      display: flex;
      flex-direction: column;
      gap: 10px;
      margin-top: 8px;
      padding-left: 20px;
      font-size: 13px;
      line-height: 18px;
    }
    ol::before {
      content: '';
      position: absolute;
      left: 5px;
      top: 8px;
      bottom: 14px;
      width: 1px;
      background: var(--line-strong);
    }
    li {
      position: relative;
      overflow-wrap: anywhere;
    }
    li::before {
      content: '';
      position: absolute;
      left: -18.5px;
      top: 5px;
      width: 8px;
      height: 8px;
      border: 1.5px solid var(--line-strong);
      border-radius: 4px;
      background: var(--surface);
    }
    li:first-child::before {
      border-color: var(--accent);
      background: var(--accent);
    }
    li:only-child::after {
      content: '';
    }
    small {
      display: block;
    }
  `,
})
export class BookingHistory {
  private readonly api = inject(ReservationsApi);
  private readonly formats = inject(Formats);
  private readonly session = inject(Session);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();

  protected readonly entries = resource({
    // Each change gives a new version, and with it a new line.
    params: () => ({ id: this.reservation().id, version: this.reservation().version }),
    loader: ({ params }) => this.api.history(params.id),
  });
  protected readonly lines = computed(() => {
    const all = this.entries.hasValue() ? this.entries.value() : [];
    return [...all]
      .filter(isTold)
      .reverse()
      .map((it) => ({ text: this.sentence(it), when: this.when(it) }));
  });

  private sentence(entry: HistoryEntry): string {
    const { key, from, to, params } = lineOf(entry);
    const zone = zoneOf(this.reservation());
    const write = (span: typeof from): string => (span === null ? '' : this.words.span(span, zone));
    const who = entry.actor?.id === this.session.user()?.id ? this.words.text('reservations.you') : (entry.actor?.displayName ?? 'Berth');
    return this.words.text(`reservations.history.${key}`, { who, before: write(from), after: write(to), ...params });
  }

  private when({ at }: HistoryEntry): string {
    const own = this.formats.ownZone();
    return `${this.formats.date(at, own)}, ${this.formats.time(at, own)}`;
  }
}
