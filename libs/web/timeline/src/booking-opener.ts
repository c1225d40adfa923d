import { InjectionToken } from '@angular/core';

/** A slot somebody wants to book. Instants are RFC 3339. */
export interface WantedSlot {
  readonly resourceId: string;
  readonly start: string;
  readonly end: string;
  /** The popover hangs here and never covers it. */
  readonly anchor?: DOMRect;
}

export type BookingOpener = (slot: WantedSlot) => Promise<'booked' | 'closed'>;

/** Opens the booking popover. */
export const bookingOpener = new InjectionToken<BookingOpener>('bookingOpener');
