import { inject, Injectable } from '@angular/core';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { Formats } from '@berth/web/ui';
import { zoneOf } from './agenda-days';

/** How the times and places of a booking are written. */
@Injectable({ providedIn: 'root' })
export class BookingTimes {
  private readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);

  /** `14:00–15:00`, on the clock of the resource; `14:00 – Thu 26 Nov, 10:00` where it ends on a later date. */
  hours(reservation: Reservation): string {
    const zone = zoneOf(reservation);
    const { start, end } = spanOf(reservation);
    // An end at midnight belongs to the day that ends there.
    const isOneDay = this.formats.date(start, zone, 'medium') === this.formats.date(end - 1, zone, 'medium');
    if (isOneDay) return this.formats.range(start, end, zone);
    return `${this.formats.time(start, zone)} – ${this.formats.date(end, zone)}, ${this.formats.time(end, zone)}`;
  }

  /** `Tue 24 Nov, 14:00–15:00`. */
  span(reservation: Reservation): string {
    return this.words.span(spanOf(reservation), zoneOf(reservation));
  }

  length({ start, end }: Reservation): string {
    return this.words.length(Date.parse(end) - Date.parse(start));
  }

  /** The same on the reader's clock; null where that shows no other time. */
  own(reservation: Reservation): string | null {
    return this.words.ownTime(spanOf(reservation), zoneOf(reservation));
  }

  /** `Europe/Berlin · UTC+1`. */
  zone(reservation: Reservation): string {
    const zone = zoneOf(reservation);
    return `${zone.replaceAll('_', ' ')} · ${this.formats.offset(zone, reservation.start)}`;
  }

  resources({ resources }: Reservation): string {
    return resources.map((it) => (it.quantity > 1 ? `${it.quantity} × ${it.name}` : it.name)).join(', ');
  }

  /** `Floor 3, Berlin HQ`. */
  place({ resources }: Reservation): string {
    const [first] = resources;
    return [first?.floorName, first?.siteName].filter(Boolean).join(', ');
  }
}

export function spanOf({ start, end }: Reservation) {
  return { start: Date.parse(start), end: Date.parse(end) };
}
