import { Component, DestroyRef, computed, inject, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';

/** Grey rows with the final geometry while something loads; nothing for the first 150 ms, words after a second. */
@Component({
  selector: 'berth-skeleton',
  imports: [TranslatePipe],
  host: { 'aria-busy': 'true', '[class.shown]': 'shown()' },
  template: `
    @for (row of list(); track row) {
      <div class="row" aria-hidden="true" [style.height.px]="height()" [style.width.%]="row % 3 === 2 ? 60 : 100"></div>
    }
    @if (slow()) {
      <p class="muted" role="status">{{ 'kit.loading' | translate }}</p>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 8px;
      visibility: hidden;
    }
    :host(.shown) {
      visibility: visible;
    }
    .row {
      border-radius: var(--radius-bar);
      background: var(--closed);
      animation: breathe 1.4s ease-in-out infinite alternate;
    }
    @keyframes breathe {
      to {
        opacity: 0.55;
      }
    }
  `,
})
export class Skeleton {
  readonly rows = input(3);
  /** Height of a row in pixels. */
  readonly height = input(20);

  protected readonly shown = signal(false);
  protected readonly slow = signal(false);
  protected readonly list = computed(() => Array.from({ length: this.rows() }, (_, index) => index));

  constructor() {
    const timers = [setTimeout(() => this.shown.set(true), 150), setTimeout(() => this.slow.set(true), 1000)];
    inject(DestroyRef).onDestroy(() => timers.forEach(clearTimeout));
  }
}
