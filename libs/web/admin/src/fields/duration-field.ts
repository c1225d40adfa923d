import { Component, computed, input, linkedSignal, output } from '@angular/core';
import { formatDuration, parseDuration } from '@berth/kernel';
import { TranslatePipe } from '@ngx-translate/core';

const UNITS = [
  { unit: 'minutes', minutes: 1 },
  { unit: 'hours', minutes: 60 },
  { unit: 'days', minutes: 1440 },
] as const;

/** A duration as a number and its unit; the value is ISO 8601. */
@Component({
  selector: 'berth-duration-field',
  imports: [TranslatePipe],
  host: { role: 'group', '[attr.aria-label]': 'label()' },
  template: `
    <input
      #amount
      class="in small"
      type="number"
      inputmode="numeric"
      min="0"
      step="1"
      [value]="shown().amount"
      [attr.aria-label]="label()"
      [attr.aria-invalid]="invalid() ? true : null"
      (input)="change(amount.value, shown().minutes)"
    />
    <select #unit class="in small" [attr.aria-label]="'admin.unit.label' | translate" (change)="change(amount.value, +unit.value)">
      @for (it of units; track it.unit) {
        <option [value]="it.minutes" [selected]="it.minutes === shown().minutes">{{ 'admin.unit.' + it.unit | translate }}</option>
      }
    </select>
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 6px;
    }
    input {
      width: 76px;
      text-align: right;
    }
    select.in.small {
      padding-right: 30px;
    }
    @media (max-width: 719px) {
      .in.small {
        min-height: 44px;
      }
    }
  `,
})
export class DurationField {
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly invalid = input(false);
  readonly changed = output<string>();

  protected readonly units = UNITS;
  private readonly minutes = computed(() => parseDuration(this.value()) ?? 0);
  // The unit stays as it was chosen: 60 minutes must not turn into 1 hour while somebody types 600.
  private readonly unit = linkedSignal<number, number>({
    source: this.minutes,
    computation: (minutes, before) => (before && minutes % before.value === 0 ? before.value : largestUnit(minutes)),
  });
  protected readonly shown = computed(() => ({ amount: this.minutes() / this.unit(), minutes: this.unit() }));

  protected change(amount: string, unit: number): void {
    const count = Number(amount);
    if (amount.trim() === '' || !Number.isInteger(count) || count < 0) return;
    this.unit.set(unit);
    this.changed.emit(formatDuration(count * unit));
  }
}

function largestUnit(minutes: number): number {
  return minutes === 0 ? 1 : (UNITS.findLast((it) => minutes % it.minutes === 0)?.minutes ?? 1);
}
