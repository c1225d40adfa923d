import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { formatDuration, parseDuration } from '@berth/kernel';
import { Select } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';

const UNITS = [
  { unit: 'minutes', minutes: 1 },
  { unit: 'hours', minutes: 60 },
  { unit: 'days', minutes: 1440 },
] as const;

/** A duration as a number and its unit; the value is ISO 8601. i18n: admin.unit.* */
@Component({
  selector: 'berth-duration-field',
  imports: [Select, TranslatePipe],
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
    <berth-select
      look="small"
      [label]="'admin.unit.label' | translate"
      [options]="units()"
      [value]="shown().minutes"
      (chosen)="change(amount.value, $event)"
    />
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

  private readonly words = inject(AdminWords);
  protected readonly units = computed(() => UNITS.map((it) => ({ value: it.minutes, label: this.words.text(`admin.unit.${it.unit}`) })));
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
