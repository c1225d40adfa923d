import { Injectable, inject } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import type { Violation } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import type { FitReason, FoundResource, Refused } from './data/find-api';
import { windowAt } from './data/free-time';
import type { Flex } from './query/find-query';
import type { Span } from './query/wish';

const TAGS_SHOWN = 5;

/** The sentences of the screen. i18n: find.reason.*, find.hiddenFor.* */
@Injectable({ providedIn: 'root' })
export class FindWords {
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);
  private readonly booking = inject(BookingWords);

  text(key: string, params?: Readonly<Record<string, unknown>>): string {
    // Read, so that whoever shows the text shows it again in another language.
    this.translate.currentLang();
    return String(this.translate.instant(`find.${key}`, params));
  }

  /** A sentence that counts: the key's `one` or `other`. */
  counted(key: string, count: number, params?: Readonly<Record<string, unknown>>): string {
    return this.text(`${key}.${count === 1 ? 'one' : 'other'}`, { count, ...params });
  }

  time(instant: string | number, zone: string): string {
    return this.formats.time(instant, zone);
  }

  day(instant: string | number, zone: string): string {
    return this.formats.date(instant, zone);
  }

  /** `14:00–15:00`, with the date where it is another day than the one asked for. */
  range({ start, end }: { readonly start: string | number; readonly end: string | number }, zone: string, date?: string): string {
    const range = this.formats.range(start, end, zone);
    const day = this.formats.format(start, zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
    const asked =
      date === undefined ? day : this.formats.format(`${date}T12:00:00Z`, 'UTC', { year: 'numeric', month: '2-digit', day: '2-digit' });
    return day === asked ? range : `${this.formats.date(start, zone)}, ${range}`;
  }

  size({ capacity, units }: FoundResource): string {
    const facts = [
      units > 1 ? this.booking.text('booking.units', { count: units }) : null,
      capacity === null ? null : this.booking.text(capacity === 1 ? 'booking.seat' : 'booking.seats', { count: capacity }),
    ];
    return facts.filter(Boolean).join(' · ');
  }

  /** `display, camera · Floor 3, Berlin HQ`. */
  about({ tags, floor, site, location }: FoundResource): string {
    const shown = tags.slice(0, TAGS_SHOWN).join(', ') + (tags.length > TAGS_SHOWN ? '…' : '');
    return [shown, [floor?.name ?? location, site?.name].filter(Boolean).join(', ')].filter(Boolean).join(' · ');
  }

  /** Why it stands where it stands: `6 of 8 seats, on your floor`. */
  reasons(reasons: readonly FitReason[], needsApproval: boolean, flex: Flex): string {
    // Where every hit starts when it was asked to, that is no reason.
    const said = reasons
      .filter((it) => flex !== 'exact' || it.code !== 'earliest-start')
      .map((it) =>
        it.code === 'capacity-fits' && it.wanted === it.capacity
          ? this.text('reason.exact', { count: it.capacity })
          : this.text(`reason.${it.code}`, { wanted: it.wanted, capacity: it.capacity }),
      );
    return [...said, ...(needsApproval ? [this.text('reason.approval')] : [])].join(', ');
  }

  /** What a place on the strip says: `14:00 free until 16:30`. */
  at(moment: number, windows: readonly Span[], end: number, zone: string): string {
    const time = this.time(moment, zone);
    const { window, next } = windowAt(windows, moment);
    if (window) return this.text(window.end >= end ? 'strip.freeOn' : 'strip.free', { time, until: this.time(window.end, zone) });
    return next ? this.text('strip.taken', { time, until: this.time(next.start, zone) }) : this.text('strip.takenOn', { time });
  }

  /** One broken rule as a sentence. */
  violation(it: Violation, zone: string): string {
    const { rule, limit, given, detail, person } = it;
    return this.booking.reason(
      { kind: 'rule', rule, limit: String(limit), given: String(given), setOn: null, detail: detail ?? rule, ...(person && { person }) },
      zone,
      null,
    );
  }

  /** `3 closed that day, 2 at most 4 h here`. */
  hidden(refused: readonly Refused[]): string {
    const counts = new Map<string, number>();
    for (const { violations, resource } of refused) {
      const [first] = violations;
      if (first === undefined) continue;
      const said = this.violation(first, resource.timeZone);
      counts.set(said, (counts.get(said) ?? 0) + 1);
    }
    return [...counts].map(([said, count]) => (counts.size === 1 ? said : `${count} × ${said}`)).join(', ');
  }
}
