import type { Actor } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import { Allocation, type PlaceAs } from './allocation';
import type { Reservation } from './reservation';
import type { BookingWish } from './wish';

/** Books resources for the actor: all of it happens, or none of it. */
@Injectable()
export class Book {
  constructor(private readonly allocation: Allocation) {}

  /**
   * @param also done in the transaction that books it
   * @throws Problem `not-found`, `policy-violation`, `reservation-conflict`, `slot-held`
   */
  execute(actor: Actor, wish: BookingWish, also?: PlaceAs['also']): Promise<Reservation> {
    return this.allocation.place(actor, wish, { status: 'booked', holdUntil: null, also });
  }

  /** What booking would answer now; changes nothing. */
  tryOut(actor: Actor, wish: BookingWish): Promise<Reservation> {
    return this.allocation.tryOut(actor, wish);
  }
}
