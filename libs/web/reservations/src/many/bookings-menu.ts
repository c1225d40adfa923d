import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { Icon, Tooltip } from '@berth/web/ui';
import { ManyActs } from './many-acts';

/** What is done to many bookings without ticking them. */
@Component({
  selector: 'berth-bookings-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, Tooltip],
  template: `
    <button
      type="button"
      class="btn quiet square"
      [attr.aria-label]="words.text('reservations.many.menu')"
      [berthTooltip]="words.text('reservations.many.menu')"
      [cdkMenuTriggerFor]="menu"
    >
      <svg berthIcon="ellipsis-vertical" [size]="18"></svg>
    </button>
    <ng-template #menu>
      <div class="float menu" cdkMenu>
        <button type="button" class="menu-item" cdkMenuItem (cdkMenuItemTriggered)="acts.import()">
          <svg berthIcon="upload"></svg>{{ words.text('reservations.many.import') }}
        </button>
        <button type="button" class="menu-item" cdkMenuItem (cdkMenuItemTriggered)="acts.cancel(null)">
          <svg berthIcon="calendar-x"></svg>{{ words.text('reservations.many.cancelSpan') }}
        </button>
      </div>
    </ng-template>
  `,
})
export class BookingsMenu {
  protected readonly acts = inject(ManyActs);
  protected readonly words = inject(BookingWords);
}
