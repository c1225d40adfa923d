import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import { DialogFrame } from '@berth/web/ui';
import { BookingWords } from '../form/booking-words';
import { SeriesApi, type SeriesScope } from './series-api';

/** What is about to be done to a date of a series. */
export interface ScopeData {
  readonly act: 'cancel' | 'change' | 'move';
  readonly name: string;
  readonly seriesId: string;
  readonly recurrenceId: string | null;
}

const TO_COME: ReadonlySet<string> = new Set(['confirmed', 'pending']);

/** Asks which dates of a series are meant, and says how many they are. i18n: booking.which.* */
@Component({
  selector: 'berth-scope-dialog',
  imports: [DialogFrame],
  template: `
    <berth-dialog-frame [heading]="words.text('booking.which.heading.' + data.act, { name: data.name })">
      <fieldset>
        <legend>{{ words.text('booking.which.partOf') }}</legend>
        @for (choice of choices; track choice.scope) {
          <label class="check">
            <input type="radio" name="scope" [checked]="scope() === choice.scope" (change)="scope.set(choice.scope)" />
            <span>
              {{ words.text(choice.key) }}
              @if (countOf(choice.scope); as count) {
                <small class="muted">{{
                  words.text(count === 1 ? 'booking.which.dates.one' : 'booking.which.dates.many', { count })
                }}</small>
              }
            </span>
          </label>
        }
      </fieldset>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('booking.which.back') }}</button>
      <button dialogActions type="button" class="btn primary" (click)="ref.close(scope())">
        {{ words.text('booking.which.act.' + data.act) }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    fieldset {
      display: flex;
      flex-direction: column;
      gap: 10px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      margin-bottom: 10px;
      padding: 0;
      color: var(--muted);
    }
  `,
})
export class ScopeDialog {
  protected readonly ref = inject<DialogRef<SeriesScope>>(DialogRef);
  protected readonly words = inject(BookingWords);
  protected readonly data = inject<ScopeData>(DIALOG_DATA);
  protected readonly scope = signal<SeriesScope>('this');
  protected readonly choices = [
    { scope: 'this', key: 'booking.which.this' },
    { scope: 'following', key: 'booking.which.following' },
    { scope: 'all', key: 'booking.which.all' },
  ] as const;
  private readonly series = inject(SeriesApi);
  private readonly now = inject(ServerClock).minute;
  /** Shown when it is there; nobody has to wait for a number. */
  private readonly dates = resource({ loader: () => this.series.occurrences(this.data.seriesId) });
  private readonly toCome = computed(() =>
    this.dates.hasValue() ? this.dates.value().filter((it) => TO_COME.has(it.status) && Date.parse(it.start) > this.now()) : [],
  );

  protected countOf(scope: SeriesScope): number | null {
    if (scope === 'this') return null;
    const from = scope === 'following' ? Date.parse(this.data.recurrenceId ?? '') : -Infinity;
    return this.toCome().filter((it) => Date.parse(it.recurrenceId) >= from).length || null;
  }
}
