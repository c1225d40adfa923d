import { Injectable, inject } from '@angular/core';
import { parseDuration } from '@berth/kernel';
import { Formats } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import type { DraftVerdict } from './drag/judge-draft';
import { stateOf, type Bar, type Span } from './rows/bar';
import type { ResourceRow } from './rows/catalogue';

/** The sentences of the timeline, in the reader's language. i18n: timeline.state.*, timeline.refused.*, timeline.status.* */
@Injectable({ providedIn: 'root' })
export class TimelineWords {
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  text(key: string, params?: Readonly<Record<string, unknown>>): string {
    // Read, so that whoever shows the text shows it again in another language.
    this.translate.currentLang();
    return String(this.translate.instant(`timeline.${key}`, params));
  }

  /** What stands in a bar: glyph, title and, where it is worth knowing, who. */
  bar(bar: Bar, zone: string, cutEnd: boolean, secondsLeft: number | null): string {
    const state = stateOf(bar);
    if (state === 'held') return [this.heldBy(bar), secondsLeft === null ? null : countdown(secondsLeft)].filter(Boolean).join(' · ');
    const title = bar.title ?? (bar.mine ? this.text('state.mine') : this.text('state.busy'));
    const parts = [bar.quantity > 1 ? `${bar.quantity} × ${title}` : title];
    if (state === 'pending' && bar.organizer && !bar.mine) parts.push(bar.organizer);
    if (cutEnd) parts.push(this.text('until', { day: this.formats.format(bar.end, zone, { weekday: 'short' }) }));
    return `${glyph(bar, cutEnd)}${parts.join(' · ')}`;
  }

  /** Everything a bar shows by place and colour, in words. */
  barName(bar: Bar, row: ResourceRow): string {
    const title = bar.title ?? this.text('state.busy');
    return [title, row.name, this.span(bar, row.zone), this.text(`state.${stateOf(bar)}`), bar.mine ? null : bar.organizer].filter(Boolean).join(', ');
  }

  /** What the card of a bar says to a resting pointer. */
  card(bar: Bar, row: ResourceRow): { readonly title: string; readonly lines: string[] } {
    const state = this.text(`state.${stateOf(bar)}`);
    return {
      title: bar.title ?? state,
      lines: [`${this.span(bar, row.zone)} · ${this.duration(bar)}`, [row.name, bar.mine ? null : bar.organizer, state].filter(Boolean).join(' · ')],
    };
  }

  /** `Tue 24 Nov, 14:00–15:00`, with the second date where there is one. */
  span(span: Span, zone: string): string {
    const from = this.formats.date(span.start, zone);
    // An end at midnight belongs to the day that ends there.
    const to = this.formats.date(span.end - 1, zone);
    if (from === to) return `${from}, ${this.formats.range(span.start, span.end, zone)}`;
    return `${from}, ${this.formats.time(span.start, zone)} – ${to}, ${this.formats.time(span.end, zone)}`;
  }

  duration(span: Span): string {
    return this.formats.duration(span.end - span.start);
  }

  /** Second line of a row: what it offers. */
  about(row: ResourceRow, freeUnits: number | null): string {
    const facts: string[] = [];
    if (row.units > 1) facts.push(freeUnits === null ? this.text('units', { count: row.units }) : this.text('unitsFree', { free: freeUnits, count: row.units }));
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
    if (verdict.reason) return this.text('refused.blackoutBecause', { reason: verdict.reason });
    return this.text(`refused.${verdict.rule}`, { limit: this.amount(verdict.limit) });
  }

  /** The same of a rule the server names. */
  violation(rule: string, limit: unknown, detail: string | undefined): string {
    const key = `refused.${rule}`;
    const text = this.text(key, { limit: this.amount(String(limit)) });
    return text === `timeline.${key}` ? (detail ?? rule) : text;
  }

  private takenBy(bar: Bar, zone: string): string {
    if (bar.status === 'held') return this.text('refused.held');
    return this.text('refused.taken', { title: bar.title ?? this.text('state.busy'), range: this.formats.range(bar.start, bar.end, zone) });
  }

  private heldBy(bar: Bar): string {
    if (bar.mine) return this.text('heldForYou');
    return bar.organizer ? this.text('heldBy', { who: initials(bar.organizer) }) : this.text('state.held');
  }

  private amount(limit: string): string {
    const minutes = parseDuration(limit);
    return minutes === undefined ? limit : this.formats.duration(minutes * 60_000);
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

function glyph(bar: Bar, cutEnd: boolean): string {
  const marks = [cutEnd ? '▸' : '', bar.status === 'pending' ? '?' : '', bar.mine ? '✱' : ''].filter(Boolean).join('');
  return marks ? `${marks} ` : '';
}
