import { Injectable, computed, inject, signal } from '@angular/core';
import { TranslateService } from '@ngx-translate/core';

/** How instants and durations are written: the reader's language and 12 or 24 hours. Zones are always named by the caller. */
@Injectable({ providedIn: 'root' })
export class Formats {
  private readonly translate = inject(TranslateService);
  /** Kept, because making one costs a millisecond, and a drag writes times with every frame. */
  private readonly dateFormats = new Map<string, Intl.DateTimeFormat>();
  private readonly numberFormats = new Map<string, Intl.NumberFormat>();

  /** Set by the app from the person's preferences. */
  readonly hourCycle = signal<'h23' | 'h12'>('h23');
  /** Order of day, month and year, set by the app; `language` leaves it to the language. */
  readonly dateOrder = signal<'language' | 'dmy' | 'mdy' | 'ymd'>('language');
  /** The zone the reader lives in; set by the app. */
  readonly ownZone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone);
  readonly language = computed(() => this.translate.currentLang() ?? 'en');

  /** `14:00` or `2:00 PM`, in the named zone. */
  time(instant: InstantLike, zone: string): string {
    return this.format(instant, zone, {
      hour: this.hourCycle() === 'h12' ? 'numeric' : '2-digit',
      minute: '2-digit',
      hourCycle: this.hourCycle(),
    });
  }

  /** `14:00–15:00`. */
  range(start: InstantLike, end: InstantLike, zone: string): string {
    return `${this.time(start, zone)}–${this.time(end, zone)}`;
  }

  /** A date; `short` = Tue 24 Nov, `medium` = Tue 24 Nov 2026, `long` = Tuesday 24 November, `full` with the year. */
  date(instant: InstantLike, zone: string, style: DateStyle = 'short'): string {
    const order = this.dateOrder();
    if (order !== 'language') return this.ordered(instant, zone, dateStyles[style], order);
    const text = this.format(instant, zone, dateStyles[style]);
    // English orders and commas dates for prose; in dense screens `Tue 24 Nov` reads faster.
    return this.language() === 'en' ? text.replaceAll(',', '') : text;
  }

  /** Any other wording through Intl, with the reader's language. */
  format(instant: InstantLike, zone: string, options: Intl.DateTimeFormatOptions): string {
    return this.dateFormat(zone, options).format(toDate(instant));
  }

  /** `1 h 30 min`, `45 min`, `2 d 3 h`. */
  duration(milliseconds: number): string {
    const minutes = Math.round(milliseconds / 60_000);
    const parts = [
      [Math.floor(minutes / 1440), 'day'],
      [Math.floor((minutes % 1440) / 60), 'hour'],
      [minutes % 60, 'minute'],
    ] as const;
    const shown = parts.filter(([amount], index) => amount > 0 || (minutes === 0 && index === 2));
    return shown.map(([amount, unit]) => this.amount(amount, unit)).join(' ');
  }

  /** `UTC+1` of a zone at an instant. */
  offset(zone: string, at: InstantLike): string {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(toDate(at));
    const name = parts.find((it) => it.type === 'timeZoneName')?.value ?? 'GMT';
    return name === 'GMT' ? 'UTC+0' : name.replace('GMT', 'UTC');
  }

  // Languages have marks for their own order only, so the parts of another stand side by side: `Tue Nov 24 2026`.
  private ordered(instant: InstantLike, zone: string, options: Intl.DateTimeFormatOptions, order: 'dmy' | 'mdy' | 'ymd'): string {
    const parts = this.dateFormat(zone, options).formatToParts(toDate(instant));
    const wanted = ['weekday', ...partOrders[order]];
    return wanted.flatMap((type) => parts.find((it) => it.type === type)?.value ?? []).join(' ');
  }

  private amount(amount: number, unit: 'day' | 'hour' | 'minute'): string {
    const narrow = { day: 'd', hour: 'h', minute: 'min' } as const;
    if (unit === 'day') return this.numberFormat({ style: 'unit', unit: 'day', unitDisplay: 'short' }).format(amount);
    return `${this.numberFormat({}).format(amount)} ${narrow[unit]}`;
  }

  private dateFormat(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = `${this.language()}|${zone}|${JSON.stringify(options)}`;
    return kept(this.dateFormats, key, () => new Intl.DateTimeFormat(this.locale(), { ...options, timeZone: zone }));
  }

  private numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = `${this.language()}|${JSON.stringify(options)}`;
    return kept(this.numberFormats, key, () => new Intl.NumberFormat(this.locale(), options));
  }

  private locale(): string {
    // Day before month in English too: the mock-ups and most of the world read it so.
    return this.language() === 'en' ? 'en-GB' : this.language();
  }
}

/** An instant as RFC 3339 text, epoch milliseconds or Date. */
export type InstantLike = string | number | Date;
export type DateStyle = 'short' | 'medium' | 'long' | 'full' | 'month';

const dateStyles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  medium: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
};

const partOrders = { dmy: ['day', 'month', 'year'], mdy: ['month', 'day', 'year'], ymd: ['year', 'month', 'day'] } as const;

function kept<T>(formats: Map<string, T>, key: string, make: () => T): T {
  let format = formats.get(key);
  if (format === undefined) formats.set(key, (format = make()));
  return format;
}

function toDate(instant: InstantLike): Date {
  return instant instanceof Date ? instant : new Date(instant);
}
