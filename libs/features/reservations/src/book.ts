import type { Actor } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import { Allocation } from './allocation';
import type { Reservation } from './reservation';
import type { BookingWish } from './wish';

/** Books resources for the actor: all of it happens, or none of it. */
@Injectable()
export class Book {
  constructor(private readonly allocation: Allocation) {}

  /** @throws Problem `not-found`, `policy-violation`, `reservation-conflict`, `slot-held` */
  execute(actor: Actor, wish: BookingWish): Promise<Reservation> {
    return this.allocation.place(actor, wish);
  }

  /** What booking would answer now; changes nothing. */
  tryOut(actor: Actor, wish: BookingWish): Promise<Reservation> {
    return this.allocation.tryOut(actor, wish);
  }
}
