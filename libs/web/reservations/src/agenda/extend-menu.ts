import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject, input, signal } from '@angular/core';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { Icon } from '@berth/web/ui';
import { BookingActs } from './booking-acts';

const MINUTE = 60_000;

/** Lengthens what is running. What cannot be had says why instead of failing afterwards. */
@Component({
  selector: 'berth-extend-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon],
  template: `
    <button type="button" class="btn" [class.small]="isSmall()" [cdkMenuTriggerFor]="menu" (cdkMenuOpened)="ask()">
      {{ words.text('reservations.extend') }} <svg berthIcon="chevron-down"></svg>
    </button>
    <ng-template #menu>
      <div class="float menu" cdkMenu>
        @for (minutes of choices; track minutes) {
          <button
            type="button"
            class="menu-item"
            cdkMenuItem
            [cdkMenuItemDisabled]="(reasons()?.get(minutes) ?? null) !== null"
            (cdkMenuItemTriggered)="acts.extend(reservation(), minutes)"
          >
            <span class="words">
              {{ words.text('reservations.longer', { length: words.length(minutes * minute) }) }}
              @if (reasons()?.get(minutes); as reason) {
                <small>{{ reason }}</small>
              }
            </span>
          </button>
        }
      </div>
    </ng-template>
  `,
  styles: `
    .words {
      display: flex;
      flex-direction: column;
    }
  `,
})
export class ExtendMenu {
  protected readonly acts = inject(BookingActs);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();
  readonly isSmall = input(false);

  protected readonly choices = [15, 30, 60];
  protected readonly minute = MINUTE;
  protected readonly reasons = signal<ReadonlyMap<number, string | null> | null>(null);

  protected async ask(): Promise<void> {
    this.reasons.set(null);
    this.reasons.set(await this.acts.extensions(this.reservation(), this.choices));
  }
}
