import { Component, computed, inject, input } from '@angular/core';
import type { BookingForm } from './booking-form';
import { BookingWords } from './booking-words';

/** How many people come, beside how many the resource takes. */
@Component({
  selector: 'berth-people-field',
  template: `
    <input
      #box
      class="in"
      type="number"
      inputmode="numeric"
      name="people"
      min="1"
      [max]="1000000"
      [attr.id]="controlId()"
      [attr.aria-label]="words.text('booking.people')"
      [attr.aria-describedby]="fits() ? fitsId() : null"
      [class.small]="isSmall()"
      [value]="form().wish.people() ?? ''"
      (input)="take(box.value)"
    />
    <ng-content />
    @if (fits(); as text) {
      <small class="fits" [id]="fitsId()" [class.crowded]="form().isCrowded()">{{ text }}</small>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 8px;
      min-width: 0;
    }
    .in {
      width: 72px;
    }
    /* One types how many people come; arrows of one pixel help nobody. */
    .in {
      appearance: textfield;
    }
    .in::-webkit-inner-spin-button {
      appearance: none;
      margin: 0;
    }
    .in.small {
      width: 60px;
    }
    .fits {
      color: var(--muted);
      white-space: nowrap;
    }
    .crowded {
      color: var(--danger);
      font-weight: 550;
    }
  `,
})
export class PeopleField {
  protected readonly words = inject(BookingWords);

  readonly form = input.required<BookingForm>();
  readonly controlId = input<string | null>(null);
  readonly isSmall = input(false);

  protected readonly fitsId = computed(() => `${this.controlId() ?? 'people'}-fits`);
  protected readonly fits = computed(() => {
    const capacity = this.form().wish.resource()?.capacity ?? null;
    return capacity === null ? null : this.words.text(this.form().isCrowded() ? 'booking.fitsOnly' : 'booking.fits', { count: capacity });
  });

  protected take(text: string): void {
    const count = Number.parseInt(text, 10);
    this.form().wish.people.set(Number.isInteger(count) && count >= 1 ? count : null);
  }
}
