import { Component, computed, inject, input } from '@angular/core';
import { Formats, Icon } from '@berth/web/ui';
import type { Reservation } from '../reservation';
import { BookingWords } from './booking-words';

const LOOKS = {
  granted: { icon: 'circle-check', look: 'tag free' },
  revoked: { icon: 'archive', look: 'tag' },
  failed: { icon: 'triangle-alert', look: 'tag error' },
} as const;

/** What was last reported of setting up what is booked. i18n: booking.provisioning.* */
@Component({
  selector: 'berth-provisioning-note',
  imports: [Icon],
  template: `
    @if (reservation().provisioning; as report) {
      <p>
        <span [class]="shown()?.look"
          ><svg [berthIcon]="shown()?.icon ?? 'circle-check'" [size]="14"></svg
          >{{ words.text('booking.provisioning.' + report.outcome) }}</span
        >
        <small class="muted">{{ at() }}</small>
      </p>
      @if (report.message; as message) {
        <p class="message">{{ message }}</p>
      }
    }
  `,
  styles: `
    :host:empty {
      display: none;
    }
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      margin: 0 0 4px;
    }
    .message {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class ProvisioningNote {
  protected readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);

  readonly reservation = input.required<Reservation>();

  protected readonly shown = computed(() => {
    const report = this.reservation().provisioning;
    return report && LOOKS[report.outcome];
  });
  protected readonly at = computed(() => {
    const { provisioning, timeZone } = this.reservation();
    return provisioning ? this.formats.time(provisioning.at, timeZone) : '';
  });
}
