import { Injectable, inject } from '@angular/core';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';

/** How the times and places of a request are written. */
@Injectable({ providedIn: 'root' })
export class RequestTimes {
  private readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);
  private readonly now = inject(ServerClock).minute;

  /** `Tue 24 Nov, 14:00–15:00`, on the clock of the resource. */
  span({ start, end, resources, timeZone }: Reservation): string {
    return this.words.span({ start: Date.parse(start), end: Date.parse(end) }, resources[0]?.timeZone ?? timeZone);
  }

  zone({ start, resources, timeZone }: Reservation): string {
    const zone = resources[0]?.timeZone ?? timeZone;
    return `${zone.replaceAll('_', ' ')} · ${this.formats.offset(zone, start)}`;
  }

  length({ start, end }: Reservation): string {
    return this.words.length(Date.parse(end) - Date.parse(start));
  }

  resources({ resources }: Reservation): string {
    return resources.map((it) => (it.quantity > 1 ? `${it.quantity} × ${it.name}` : it.name)).join(', ');
  }

  place({ resources }: Reservation): string {
    const [first] = resources;
    return [first?.floorName, first?.siteName].filter(Boolean).join(', ');
  }

  /** Time left until an instant; less than a day is urgent. */
  left(dueAt: string): { readonly text: string; readonly isUrgent: boolean } {
    const minutes = Math.max(0, Math.floor((Date.parse(dueAt) - this.now()) / 60_000));
    const whole = minutes > 2 * 1440 ? Math.floor(minutes / 1440) * 1440 : minutes > 120 ? Math.floor(minutes / 60) * 60 : minutes;
    return { text: this.words.text('approvals.left', { time: this.words.length(whole * 60_000) }), isUrgent: minutes < 1440 };
  }
}
