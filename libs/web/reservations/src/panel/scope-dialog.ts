import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { BookingWords, type SeriesScope } from '@berth/web/booking';
import { DialogFrame } from '@berth/web/ui';

/** What is about to be done to a date of a series. */
export interface ScopeData {
  readonly act: 'cancel' | 'change';
  readonly name: string;
}

/** Asks which dates of a series are meant: this, this and those after it, or all. */
@Component({
  selector: 'berth-scope-dialog',
  imports: [DialogFrame],
  template: `
    <berth-dialog-frame
      [heading]="words.text(isCancelling ? 'reservations.series.cancelWhich' : 'reservations.series.changeWhich', { name: data.name })"
    >
      <fieldset>
        <legend>{{ words.text('reservations.series.partOf') }}</legend>
        @for (choice of choices; track choice.scope) {
          <label class="check">
            <input type="radio" name="scope" [checked]="scope() === choice.scope" (change)="scope.set(choice.scope)" />
            <span>{{ words.text(choice.key) }}</span>
          </label>
        }
      </fieldset>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('reservations.series.back') }}</button>
      <button dialogActions type="button" class="btn primary" (click)="ref.close(scope())">
        {{ words.text(isCancelling ? 'reservations.series.cancel' : 'reservations.series.change') }}
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
  protected readonly isCancelling = this.data.act === 'cancel';
  protected readonly scope = signal<SeriesScope>('this');
  protected readonly choices = [
    { scope: 'this', key: 'reservations.series.this' },
    { scope: 'following', key: 'reservations.series.following' },
    { scope: 'all', key: 'reservations.series.all' },
  ] as const;
}
