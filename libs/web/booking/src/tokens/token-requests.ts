import { Component, computed, inject, input } from '@angular/core';
import type { TokenUsageResponse } from '@berth/api-client';
import { addDays } from '@berth/kernel';
import { Formats, Sparkline } from '@berth/web/ui';
import { BookingWords } from '../form/booking-words';

/** How many requests came with a token, or with the tokens of a program, on each of the last days; nothing where none came. */
@Component({
  selector: 'berth-token-requests',
  imports: [Sparkline],
  template: `
    @if (total() > 0) {
      <berth-sparkline [values]="usage().requests" [label]="said()" />
      <span aria-hidden="true">{{ requests() }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      gap: 0 8px;
      color: var(--muted);
      font-size: 12px;
      line-height: 18px;
    }
    :host:empty {
      display: none;
    }
    berth-sparkline {
      margin-block: 3px 2px;
    }
  `,
})
export class TokenRequests {
  private readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);

  readonly usage = input.required<TokenUsageResponse>();

  protected readonly total = computed(() => this.usage().requests.reduce((sum, it) => sum + it, 0));
  protected readonly requests = computed(() => this.words.count('booking.requests.', this.total()));
  /** `123 requests in 30 days, most on Thu 12 Nov`. */
  protected readonly said = computed(() => {
    const { lastDay, requests } = this.usage();
    const most = Math.max(...requests);
    const day = addDays(lastDay, requests.indexOf(most) + 1 - requests.length);
    const when = this.formats.date(`${day}T00:00:00Z`, 'UTC');
    return this.words.text(most === this.total() ? 'booking.requests.on' : 'booking.requests.most', {
      requests: this.requests(),
      day: when,
    });
  });
}
