import { Component, computed, inject, input } from '@angular/core';
import { BookingWords, type Reservation, type ReservationStatus } from '@berth/web/booking';
import { Icon, type IconName } from '@berth/web/ui';

interface Look {
  readonly tone: string;
  readonly icon: IconName | null;
  /** A mark in place of an icon. */
  readonly mark: string | null;
}

const confirmed: Look = { tone: 'accent', icon: 'check', mark: null };
const over: Look = { tone: '', icon: null, mark: null };
const failed: Look = { tone: 'error', icon: 'x', mark: null };

const looks: Readonly<Record<ReservationStatus, Look>> = {
  pending: { tone: 'pending', icon: null, mark: '?' },
  confirmed,
  checked_in: { tone: 'free', icon: 'check', mark: null },
  completed: { ...over, icon: 'check' },
  cancelled: { ...over, icon: 'x' },
  rejected: failed,
  no_show: failed,
  expired: over,
  released: over,
  skipped: over,
  held: { tone: 'held', icon: 'hourglass', mark: null },
};

/** Where a booking stands: colour, glyph and word. i18n: reservations.status.* */
@Component({
  selector: 'berth-status-tag',
  imports: [Icon],
  template: `
    <span [class]="'tag ' + look().tone">
      @if (look().icon; as icon) {
        <svg [berthIcon]="icon" [size]="14"></svg>
      }
      @if (look().mark; as mark) {
        <span aria-hidden="true">{{ mark }}</span>
      }
      {{ words.text('reservations.status.' + reservation().status) }}
    </span>
    @if (reservation().cancelledLate) {
      <span class="tag pending"><svg berthIcon="clock" [size]="14"></svg>{{ words.text('reservations.late') }}</span>
    }
    @if (reservation().private) {
      <span class="tag"><svg berthIcon="lock" [size]="14"></svg>{{ words.text('reservations.private') }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      gap: 6px;
    }
  `,
})
export class StatusTag {
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();

  protected readonly look = computed(() => looks[this.reservation().status]);
}
