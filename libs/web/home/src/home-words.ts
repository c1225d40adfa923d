import { Injectable, inject } from '@angular/core';
import { toCivil } from '@berth/kernel';
import { BookingWords } from '@berth/web/booking';
import { Formats } from '@berth/web/ui';

/** The sentences of the start page. */
@Injectable({ providedIn: 'root' })
export class HomeWords {
  private readonly booking = inject(BookingWords);
  private readonly formats = inject(Formats);

  text(key: string, params?: Readonly<Record<string, unknown>>): string {
    return this.booking.text(`home.${key}`, params);
  }

  /** A text with a number in it, one of them apart. i18n: home.stats.* */
  counted(key: string, count: number): string {
    return this.text(`${key}.${count === 1 ? 'one' : 'many'}`, { count });
  }

  /** `Good afternoon, Ana`. i18n: home.greeting.* */
  greeting(now: number, zone: string, name: string): string {
    const hour = Math.floor(toCivil(new Date(now), zone).minuteOfDay / 60);
    const time = hour < 5 || hour >= 18 ? 'evening' : hour < 12 ? 'morning' : 'afternoon';
    return this.text(`greeting.${time}`, { name: name.trim().split(/\s+/)[0] ?? '' });
  }

  /** `42 h`, `3 h 30 min`: figures are read at a glance, so minutes count only below ten hours. */
  hours(minutes: number): string {
    return minutes < 600 ? this.formats.duration(minutes * 60_000) : this.text('hours', { count: Math.round(minutes / 60) });
  }

  /** The short name of an ISO weekday. */
  weekday(day: number, style: 'short' | 'long' = 'short'): string {
    // 5 January 1970 was a Monday.
    return this.formats.format(Date.UTC(1970, 0, 4 + day, 12), 'UTC', { weekday: style });
  }

  month(at: string, zone: string): string {
    return this.formats.format(at, zone, { month: 'long' });
  }

  /** Tells what ticks: minutes, and seconds below two of them. */
  countdown(milliseconds: number): string {
    if (milliseconds >= 120_000) return this.formats.duration(Math.ceil(milliseconds / 60_000) * 60_000);
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
}
