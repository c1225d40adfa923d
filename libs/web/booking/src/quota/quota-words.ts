import { Injectable, inject } from '@angular/core';
import type { QuotaRuleResponse } from '@berth/api-client';
import { Formats } from '@berth/web/ui';
import { BookingWords } from '../form/booking-words';
import { MINUTE } from '../span';

type Measured = Pick<QuotaRuleResponse, 'measure' | 'window'>;

/** How much of a quota, in the reader's language. i18n: booking.quota.amount.* booking.quota.window.* */
@Injectable({ providedIn: 'root' })
export class QuotaWords {
  private readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);

  /** `10 h`, `3 bookings`. @param value minutes of `time`, else a number */
  amount(measure: Measured['measure'], value: number): string {
    return measure === 'time' ? this.formats.duration(value * MINUTE) : this.words.count(`booking.quota.amount.${measure}.`, value);
  }

  /** `6 h of 10 h this week`. @param limit null where an exception lifts it */
  used({ measure, window, used, limit }: Measured & { readonly used: number; readonly limit: number | null }): string {
    const has = this.amount(measure, used);
    if (limit === null) return this.words.text('booking.quota.unlimited', { used: has });
    const of = this.words.text('booking.quota.usedOf', { used: has, limit: this.amount(measure, limit) });
    return window ? `${of} ${this.words.text(`booking.quota.window.${window}`)}` : of;
  }
}
