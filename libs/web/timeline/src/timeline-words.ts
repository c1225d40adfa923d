import { Injectable, inject } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { Formats } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import type { DraftVerdict } from './drag/judge-draft';
import { isLeaving, stateOf, type Bar, type Blackout, type Span } from './rows/bar';
import { FAVOURITES, type ResourceRow } from './rows/catalogue';

const HOUR = 3_600_000;
const TEXTS_KEPT = 5000;

/** The sentences of the timeline, in the reader's language. i18n: timeline.state.*, timeline.status.* */
@Injectable({ providedIn: 'root' })
export class TimelineWords {
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);
  private readonly bookingWords = inject(BookingWords);
  private readonly written = new Map<string, string>();
  private writtenIn = '';

  text(key: string, params?: Readonly<Record<string, unknown>>): string {
    // Read, so that whoever shows the text shows it again in another language.
    const language = this.translate.currentLang();
    if (params) return String(this.translate.instant(`timeline.${key}`, params));
    return this.remembered(`text ${language}`, 0, key, () => String(this.translate.instant(`timeline.${key}`)));
  }

  /** What stands in a bar: its title and, where it is worth knowing, who and until when. The style draws the glyph of the state. */
  bar(bar: Bar, zone: string, cutEnd: boolean, secondsLeft: number | null): string {
    if (bar.status === 'held') return [this.heldBy(bar), secondsLeft === null ? null : countdown(secondsLeft)].filter(Boolean).join(' · ');
    if (isLeaving(bar))
      return [this.text('status.cancelled'), secondsLeft === null ? null : countdown(secondsLeft)].filter(Boolean).join(' · ');
    const title = this.title(bar);
    const parts = [
      bar.quantity > 1 && !bar.through ? `${bar.quantity} × ${title}` : title,
      bar.status === 'pending' && !bar.mine && bar.title ? bar.organizer : null,
      cutEnd ? this.text('until', { day: this.formats.format(bar.end, zone, { weekday: 'short' }) }) : null,
    ];
    return parts.filter(Boolean).join(' · ');
  }

  /** What a bar is called where it is the only thing shown. */
  title(bar: Bar | undefined): string {
    if (bar?.title) return bar.title;
    // Without a title, whose it is says more than that somebody has it; what is private names nobody.
    if (bar?.organizer && !bar.mine && bar.status !== 'held') return bar.organizer;
    return this.text(bar?.status === 'held' ? 'state.held' : bar?.mine ? 'state.mine' : 'state.busy');
  }

  /** What its colour and edge say. */
  state(bar: Bar): string {
    return this.text(isLeaving(bar) ? 'state.leaving' : `state.${stateOf(bar)}`);
  }

  /** Heading over the rows of one place, or over those that are marked. */
  group(title: string): string {
    return title === FAVOURITES ? `★ ${this.text('filter.favourites')}` : title || this.text('elsewhere');
  }

  /** What is written on blocked time. */
  blackout({ reason, assigned }: Pick<Blackout, 'reason' | 'assigned'>): string {
    if (assigned) return assigned.person === null ? this.text('assigned') : this.text('assignedTo', { name: assigned.person });
    if (reason === null) return this.text('blocked');
    return reason === 'maintenance' ? this.text('state.down') : reason;
  }

  /** Everything a bar shows by place and colour, in words; what is written in it comes first. */
  barName(bar: Bar, row: ResourceRow, written: string | null): string {
    const who = bar.mine || written?.includes(bar.organizer ?? '') ? null : bar.organizer;
    const name = written ?? this.title(bar);
    const state = this.state(bar);
    return [name, row.name, this.span(bar, row.zone), state === name ? null : state, who].filter(Boolean).join(', ');
  }

  /** The same to somebody who has just heard the row and the day. */
  barHere(bar: Bar, zone: string): string {
    return [
      this.title(bar),
      `${this.time(bar.start, zone)}–${this.time(bar.end, zone)}`,
      this.state(bar),
      bar.mine || !bar.title ? null : bar.organizer,
    ]
      .filter(Boolean)
      .join(', ');
  }

  /** What the card of a bar says to a resting pointer. */
  card(bar: Bar, row: ResourceRow): { readonly title: string; readonly lines: string[] } {
    const state = this.state(bar);
    return {
      title: bar.title ?? state,
      lines: [
        `${this.span(bar, row.zone)} · ${this.duration(bar)}`,
        [row.name, bar.mine ? null : bar.organizer, state].filter(Boolean).join(' · '),
      ],
    };
  }

  /** `Tue 24 Nov, 14:00–15:00`, with the second date where there is one. */
  span(span: Span, zone: string): string {
    const from = this.date(span.start, zone);
    // An end at midnight belongs to the day that ends there.
    const to = this.date(span.end - 1, zone);
    if (from === to) return `${from}, ${this.time(span.start, zone)}–${this.time(span.end, zone)}`;
    return `${from}, ${this.time(span.start, zone)} – ${to}, ${this.time(span.end, zone)}`;
  }

  private date(time: number, zone: string): string {
    return this.remembered('date', Math.floor(time / HOUR), zone, () => this.formats.date(time, zone));
  }

  private time(time: number, zone: string): string {
    return this.remembered('time', time, zone, () => this.formats.time(time, zone));
  }

  /** Hundreds of bars begin at the same few times, and Intl takes its time for each. */
  private remembered(kind: string, time: number, zone: string, write: () => string): string {
    const language = `${this.formats.language()} ${this.formats.hourCycle()}`;
    if (language !== this.writtenIn || this.written.size > TEXTS_KEPT) this.written.clear();
    this.writtenIn = language;
    const key = `${kind} ${time} ${zone}`;
    let text = this.written.get(key);
    if (text === undefined) this.written.set(key, (text = write()));
    return text;
  }

  duration(span: Span): string {
    return this.formats.duration(span.end - span.start);
  }

  /** Second line of a row: what it offers. */
  about(row: ResourceRow, freeUnits: number | null): string {
    const facts: string[] = [];
    if (row.units > 1)
      facts.push(
        freeUnits === null ? this.text('units', { count: row.units }) : this.text('unitsFree', { free: freeUnits, count: row.units }),
      );
    else if (row.capacity !== null) facts.push(this.text(row.capacity === 1 ? 'seat' : 'seats', { count: row.capacity }));
    const rest = row.tags.slice(0, 3).join(', ');
    if (rest) facts.push(rest);
    if (row.rules.needsApproval) facts.push(this.text('approval'));
    return facts.join(' · ');
  }

  /** Why a draft cannot be booked, in one short sentence; null when it can. */
  refusal(verdict: DraftVerdict, zone: string): string | null {
    if (verdict.kind === 'taken') return this.takenBy(verdict.by, zone);
    if (verdict.kind !== 'refused') return null;
    // Hours come as closed spans here, so there is no opening time to name.
    if (verdict.rule === 'opening-hours') return this.text('closedThen');
    return this.bookingWords.reason(
      { kind: 'rule', rule: verdict.rule, limit: verdict.limit, given: verdict.given, setOn: null, detail: verdict.detail },
      zone,
      verdict.reason && this.blackout({ reason: verdict.reason }),
    );
  }

  private takenBy({ start, end, status, title }: Bar, zone: string): string {
    return this.bookingWords.reason(status === 'held' ? { kind: 'held', start, end } : { kind: 'taken', title, start, end }, zone, null);
  }

  private heldBy(bar: Bar): string {
    if (bar.mine) return this.text('heldForYou');
    return bar.organizer ? this.text('heldBy', { who: initials(bar.organizer) }) : this.text('state.held');
  }
}

/** `JM` for Jo Meyer. */
export function initials(name: string): string {
  const words = name.split(/[\s.]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((it) => it?.[0]?.toUpperCase() ?? '').join('');
}

/** `4:32` */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.round(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
