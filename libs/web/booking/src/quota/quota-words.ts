import { Injectable, inject } from '@angular/core';
import type { QuotaRuleResponse } from '@berth/api-client';
import { Formats } from '@berth/web/ui';
import { BookingWords } from '../form/booking-words';
import { MINUTE } from '../span';

type Measured = Pick<QuotaRuleResponse, 'measure' | 'window'>;

/** How much of a quota, in the reader's language. i18n: booking.quota.amount.* booking.quota.window.* booking.quota.per.* */
@Injectable({ providedIn: 'root' })
export class QuotaWords {
  private readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);

  /** `10 h`, `3 bookings`. @param value minutes of `time`, else a number */
  amount(measure: Measured['measure'], value: number): string {
    return measure === 'time' ? this.formats.duration(value * MINUTE) : this.words.count(`booking.quota.amount.${measure}.`, value);
  }

  /** `10 h a week`, `2 at once`. */
  limit({ measure, window, limit }: Measured & { readonly limit: number }): string {
    const amount = this.amount(measure, limit);
    return window === null ? amount : `${amount} ${this.words.text(`booking.quota.per.${window}`)}`;
  }

  /** `6 h of 10 h this week`, `3 of 4 bookings`. @param limit null where an exception lifts it */
  used({ measure, window, used, limit }: Measured & { readonly used: number; readonly limit: number | null }): string {
    if (limit === null) return this.words.text('booking.quota.unlimited', { used: this.amount(measure, used) });
    const has = measure === 'time' ? this.amount(measure, used) : this.words.number(used);
    const of = this.words.text('booking.quota.usedOf', { used: has, limit: this.amount(measure, limit) });
    return window ? `${of} ${this.words.text(`booking.quota.window.${window}`)}` : of;
  }
}
