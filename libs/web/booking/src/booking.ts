import { EnvironmentInjector, Injectable, inject, signal } from '@angular/core';
import { Texts } from '@berth/web/data';
import type { Anchor } from '@berth/web/ui';
import type { SeriesScope } from './repeat/series-api';
import type { Reservation } from './reservation';
import type { MoveRequest } from './reservations-api';
import type { FurtherResource } from './resources-api';

/** What is known when somebody wants to book; everything else is asked for. */
export interface BookingRequest {
  readonly resourceId?: string;
  /** Shown until the resource has been fetched. */
  readonly resourceName?: string;
  /** Further resources for the same time: all of them are booked, or none. */
  readonly also?: readonly FurtherResource[];
  /** What it is for, where that is known; what was typed before and not booked gives way. */
  readonly title?: string;
  /** RFC 3339. */
  readonly start?: string;
  readonly end?: string;
  /** IANA zone of the resource, where the caller knows it. */
  readonly timeZone?: string;
  /** Where the slot is on the screen; with it the small form hangs there and never covers it. */
  readonly anchor?: Anchor;
}

/**
 * Opens the one booking dialog of the console: small beside a slot, large without one. It holds the time while it is open,
 * explains refusals, and shows the toast with Undo. Its code is loaded when it is first opened.
 */
@Injectable({ providedIn: 'root' })
export class Booking {
  private readonly injector = inject(EnvironmentInjector);
  private readonly texts = inject(Texts);

  /** A screen that shows another day than today says here where who books without a time begins; RFC 3339. */
  readonly startInView = signal<string | null>(null);

  async open(request: BookingRequest = {}): Promise<'booked' | 'closed'> {
    const { openBooking } = await this.texts.with(['booking'], () => import('./open-forms'));
    const start = request.start ?? this.startInView();
    return openBooking(this.injector, start === null ? request : { ...request, start });
  }

  /**
   * Moves or resizes a reservation in the same dialog, and as many other dates of its series as the scope says.
   * @param to where it begins, for who has said that already
   */
  async move(reservation: Reservation, scope: SeriesScope = 'this', to: MoveRequest = {}): Promise<'moved' | 'closed'> {
    const { openMove } = await this.texts.with(['booking'], () => import('./open-forms'));
    return openMove(this.injector, reservation, scope, to);
  }
}
