import { Injectable, inject } from '@angular/core';
import { parseDuration, parseInstant } from '@berth/kernel';
import { Formats } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import type { Choice, Reason } from '../refusal/refusal';
import type { BookableResource } from '../resources-api';
import { MINUTE, type Span } from '../span';

/** The sentences about bookings, in the reader's language. */
@Injectable({ providedIn: 'root' })
export class BookingWords {
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  /** A text by its whole key. */
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

  /** `Tue 24 Nov, 14:00–15:00`, with the second date where there is one. */
  span(span: Span, zone: string): string {
    const { formats } = this;
    if (this.isOneDay(span, zone)) return `${formats.date(span.start, zone)}, ${formats.range(span.start, span.end, zone)}`;
    return `${formats.date(span.start, zone)}, ${formats.time(span.start, zone)} – ${formats.date(span.end, zone)}, ${formats.time(span.end, zone)}`;
  }

  /** `14:00–15:00`, with the dates where there are two. */
  hours(span: Span, zone: string): string {
    return this.isOneDay(span, zone) ? this.formats.range(span.start, span.end, zone) : this.span(span, zone);
  }

  length(milliseconds: number): string {
    return this.formats.duration(milliseconds);
  }

  /** `12 seats · Floor 3, Berlin HQ`. */
  about(resource: BookableResource): string {
    const { capacity, units, floor, site } = resource;
    const facts = [
      units > 1 ? this.text('booking.units', { count: units }) : null,
      capacity === null ? null : this.text(capacity === 1 ? 'booking.seat' : 'booking.seats', { count: capacity }),
      [floor?.name, site?.name].filter(Boolean).join(', ') || null,
    ];
    return facts.filter(Boolean).join(' · ');
  }

  /** The same times on the reader's clock; null where it shows no other. */
  ownTime(span: Span, zone: string): string | null {
    const own = this.formats.ownZone();
    if (this.formats.offset(own, span.start) === this.formats.offset(zone, span.start)) return null;
    return this.text('booking.yourTime', { time: this.hours(span, own) });
  }

  /** One reason of a refusal. @param blackout what is written on the blocked time */
  reason(reason: Reason, zone: string, blackout: string | null): string {
    if (reason.kind === 'held') return this.text('booking.refused.held', { range: this.hours(reason, zone) });
    if (reason.kind === 'taken') {
      const range = this.hours(reason, zone);
      return reason.title === null
        ? this.text('booking.refused.taken', { range })
        : this.text('booking.refused.takenBy', { range, title: reason.title });
    }
    const key = `booking.rule.${ruleKey(reason, blackout)}`;
    const words = { limit: this.amount(reason.limit, zone), given: this.amount(reason.given, zone), reason: blackout };
    const sentence = this.text(key, { ...words, name: reason.person?.displayName });
    return sentence === key ? reason.detail : sentence;
  }

  /** What a button offers. @param wish what was asked for */
  choice({ action, patch, name }: Choice, wish: Span, zone: string): string {
    const start = patch.start === undefined ? wish.start : Date.parse(patch.start);
    const end = patch.end === undefined ? start + (wish.end - wish.start) : Date.parse(patch.end);
    const length = this.length(end - start);
    const isSameDay = this.formats.date(start, zone, 'medium') === this.formats.date(wish.start, zone, 'medium');
    const time = isSameDay ? this.formats.time(start, zone) : `${this.formats.date(start, zone)} ${this.formats.time(start, zone)}`;
    if (action === 'take-fewer') return this.text('booking.choice.take-fewer', { count: patch.quantity });
    if (action === 'elsewhere') return this.text('booking.choice.elsewhere', { name, time });
    if (action === 'other-time') return isSameDay ? this.hours({ start, end }, zone) : this.span({ start, end }, zone);
    if (action === 'start-at' && end - start !== wish.end - wish.start) return this.text('booking.choice.start-for', { time, length });
    return this.text(`booking.choice.${action}`, { time, length });
  }

  private isOneDay(span: Span, zone: string): boolean {
    // An end at midnight belongs to the day that ends there.
    return this.formats.date(span.start, zone, 'medium') === this.formats.date(span.end - 1, zone, 'medium');
  }

  private amount(text: string, zone: string): string {
    const minutes = parseDuration(text);
    if (minutes !== undefined) return this.length(minutes * MINUTE);
    const [from, to] = text.split('/').map((it) => parseInstant(it)?.getTime());
    if (from !== undefined && to !== undefined) return this.span({ start: from, end: to }, zone);
    return from === undefined ? text : `${this.formats.date(from, zone)} ${this.formats.time(from, zone)}`;
  }
}

/** Some rules have more than one sentence. */
function ruleKey({ rule, limit, given, person }: Extract<Reason, { kind: 'rule' }>, blackout: string | null): string {
  if (rule === 'gated') return `gated-${limit}`;
  if (rule === 'assigned') return person ? 'assigned-to' : 'assigned';
  if (rule === 'status') return given === 'archived' || given === 'maintenance' ? `status-${given}` : 'status-not-bookable';
  if (rule === 'opening-hours' && limit === 'closed') return 'closed';
  // The server's own word for what nobody wrote a reason for.
  if (rule === 'blackout' && blackout === 'maintenance') return 'status-maintenance';
  if (rule === 'blackout' && blackout === 'assigned') return 'assigned';
  if (rule === 'blackout' && blackout !== null) return 'blackout-because';
  return rule;
}
