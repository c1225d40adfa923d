import { Injectable, inject } from '@angular/core';
import { parseDuration } from '@berth/kernel';
import { Formats } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import type { Blackout } from './data/hours';
import type { Resource, Source } from './data/resource';
import { type ClosureEnd, type ClosureRepeat, repeatOf } from './detail/closure-repeat';

/** The sentences of administration, in the reader's language. */
@Injectable({ providedIn: 'root' })
export class AdminWords {
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  text(key: string, params?: Readonly<Record<string, unknown>>): string {
    // Read, so that whoever shows the text shows it again in another language.
    this.translate.currentLang();
    return String(this.translate.instant(key, params));
  }

  /** The same in singular or plural, with `count`. @param key up to its last dot: `one` or `other` follows */
  count(key: string, count: number, params?: Readonly<Record<string, unknown>>): string {
    return this.text(`${key}${count === 1 ? 'one' : 'other'}`, { count: this.number(count), ...params });
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.formats.language()).format(value);
  }

  list(words: readonly string[]): string {
    return new Intl.ListFormat(this.formats.language(), { type: 'conjunction' }).format(words);
  }

  /** One of them is enough. */
  either(words: readonly string[]): string {
    return new Intl.ListFormat(this.formats.language(), { type: 'disjunction' }).format(words);
  }

  /** An ISO 8601 duration as a person says it. */
  duration(iso: unknown): string {
    const minutes = typeof iso === 'string' ? parseDuration(iso) : undefined;
    return minutes === undefined ? String(iso) : this.formats.duration(minutes * 60_000);
  }

  /** Who set something: `Set on Room`, `Set here`. */
  source(source: Source): string {
    return this.text(`admin.source.${source.level}`, { name: source.name ?? '' });
  }

  /** `Berlin HQ ▸ Floor 3`; a dash where there is none. */
  place(resource: Pick<Resource, 'site' | 'floor' | 'room'>): string {
    return [resource.site?.name, resource.floor?.name, resource.room?.name].filter(Boolean).join(' ▸ ') || '–';
  }

  /** `Maintenance until Fri 18:00`. */
  statusLine(resource: Resource): string {
    const word = this.text(`admin.status.${resource.status}`);
    if (resource.status === 'available' && resource.statusFrom !== null)
      return this.text('admin.statusFrom', { from: this.moment(resource.statusFrom, resource.timeZone) });
    if (resource.status === 'available' && resource.assigned) return this.text('admin.status.assigned');
    if (resource.status !== 'maintenance' || resource.statusUntil === null) return word;
    return this.text('admin.statusUntil', { until: this.moment(resource.statusUntil, resource.timeZone) });
  }

  /** `Wed 25 Nov, 10:00–11:00`, with the second date where there is one. */
  span(start: string, end: string, zone: string): string {
    const isOneDay = this.formats.date(start, zone) === this.formats.date(end, zone);
    return isOneDay
      ? `${this.formats.date(start, zone)}, ${this.formats.range(start, end, zone)}`
      : `${this.moment(start, zone)} – ${this.moment(end, zone)}`;
  }

  /** When a closure is: once, or `Every week on Monday, 12:00–13:00, until 24 Dec` by the clock of its zone. */
  closure({ start, end, recurrence }: Blackout, zone: string): string {
    if (recurrence === null) return this.span(start, end, zone);
    const isOneDay = this.formats.date(start, recurrence.timeZone) === this.formats.date(end, recurrence.timeZone);
    const time = isOneDay ? this.formats.range(start, end, recurrence.timeZone) : this.span(start, end, recurrence.timeZone);
    const rule = repeatOf(recurrence.rrule);
    if (rule === undefined) return `${recurrence.rrule}, ${time}`;
    return [this.closureRepeat(rule.repeat, start, recurrence.timeZone), time, this.closureEnd(rule.ends)].filter(Boolean).join(', ');
  }

  /** `until Thu 24 Dec 2026`, `8 times`; nothing for what goes on. */
  private closureEnd(ends: ClosureEnd): string {
    if (ends.kind === 'count') return this.count('admin.closures.times.', ends.count);
    return ends.kind === 'until'
      ? this.text('admin.closures.until', { date: this.formats.date(`${ends.date}T12:00:00Z`, 'UTC', 'medium') })
      : '';
  }

  /** How a closure comes again, said with the day of its first time. @param start an instant */
  closureRepeat(repeat: ClosureRepeat, start: string, zone: string): string {
    const first = new Date(start);
    const named = (part: Intl.DateTimeFormatOptions): string =>
      new Intl.DateTimeFormat(this.formats.language(), { ...part, timeZone: zone }).format(first);
    return this.text(`booking.repeat.${repeat}`, { weekday: named({ weekday: 'long' }), day: named({ day: 'numeric' }) });
  }

  /** A date and time in the resource's zone. */
  moment(instant: string, zone: string): string {
    return `${this.formats.date(instant, zone)}, ${this.formats.time(instant, zone)}`;
  }
}
