import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { parseClockTime, type Weekday } from '@berth/kernel';
import type { DayHours, ExceptionDocument, OpenTime } from '@berth/scheduling';
import { Field, FieldControl, Formats, Icon, fits, Skeleton, ZonedDatePipe } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Closures } from './closures';
import { dayNames, hasOverlap, readHours, readTime, writeHours, type HoursMistake } from './hours-text';
import { ResourceEditor } from './resource-editor';

const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const WORKING: OpenTime = { opens: '08:00', closes: '18:00' };

/** When a resource may be booked in a week: inherited and greyed, or its own and edited. */
@Component({
  selector: 'berth-hours-tab',
  imports: [Closures, Field, FieldControl, Icon, Skeleton, TranslatePipe, ZonedDatePipe],
  templateUrl: './hours-tab.html',
  styleUrl: './hours-tab.css',
})
export class HoursTab {
  private readonly words = inject(AdminWords);
  private readonly formats = inject(Formats);
  protected readonly editor = inject(ResourceEditor);
  protected readonly isPhone = fits('(max-width: 719px)');
  private readonly mistake = signal<HoursMistake | null>(null);
  protected readonly dateError = signal<string | null>(null);

  private readonly stored = this.editor.hours;
  protected readonly isGivenUp = computed(() => this.editor.hoursDraft() === null);
  protected readonly isOwn = computed(
    () => !this.isGivenUp() && (this.editor.hoursDraft() !== undefined || this.stored()?.source.level === 'resource'),
  );
  /** What is shown: the draft, else what the server has. */
  protected readonly hours = computed(() => {
    const [stored, draft] = [this.stored(), this.editor.hoursDraft()];
    return stored === null ? null : { ...stored, ...(draft ?? {}) };
  });
  protected readonly isAlways = computed(() => this.hours()?.days.length === 0);
  protected readonly written = computed(() => writeHours(this.hours()?.days ?? [], this.formats.language()));
  protected readonly sourceLine = computed(() => {
    if (this.isOwn()) return this.words.text('admin.hours.own');
    const source = this.stored()?.source;
    return source === undefined ? '' : source.level === 'default' ? this.words.text('admin.hours.nobody') : this.words.source(source);
  });
  protected readonly lineError = computed(() => {
    const mistake = this.mistake();
    return mistake === null ? null : this.words.text(`admin.hours.mistake.${mistake.code}`, { near: mistake.near });
  });
  protected readonly week = computed(() => {
    const names = dayNames(this.formats.language());
    return WEEK.map((weekday) => {
      const intervals = this.isAlways() ? [{ opens: '00:00', closes: '24:00' }] : this.timesOf(weekday);
      const text = intervals.map((it) => `${it.opens}–${it.closes}`).join(', ') || this.words.text('admin.hours.closed');
      return {
        weekday,
        name: names.long[weekday - 1]!,
        short: names.short[weekday - 1]!,
        intervals,
        text,
        spans: intervals.map(spanOf),
        crosses: hasOverlap(intervals),
      };
    });
  });

  constructor() {
    effect(() => {
      // Asked for again when somebody else has changed the resource.
      this.editor.hours();
      untracked(() => void this.editor.loadHours());
    });
  }

  protected takeOver(): void {
    const { days, exceptions } = this.stored()!;
    const copied = days.length > 0 ? days : WEEK.slice(0, 5).map((weekday) => ({ weekday, intervals: [WORKING] }));
    this.editor.setHours({ days: copied, exceptions });
  }

  protected takeBack(): void {
    const { days, exceptions } = this.stored()!;
    this.editor.setHours({ days, exceptions });
  }

  protected readLine(text: string): void {
    if (text.trim() === '') return this.setDays([]);
    const read = readHours(text, this.formats.language());
    this.mistake.set('mistake' in read ? read.mistake : null);
    if ('days' in read) this.setDays(read.days);
  }

  protected setAlways(always: boolean): void {
    this.setDays(always ? [] : WEEK.slice(0, 5).map((weekday) => ({ weekday, intervals: [WORKING] })));
  }

  /** A time that cannot be read goes back to what it was. */
  protected change(weekday: Weekday, index: number, end: keyof OpenTime, field: HTMLInputElement): void {
    const times = this.timesOf(weekday);
    const read = readTime(field.value);
    const time = read === '24:00' && end === 'opens' ? '00:00' : read;
    field.value = time ?? times[index]![end];
    if (time !== null)
      this.setTimes(
        weekday,
        times.map((it, at) => (at === index ? midnight({ ...it, [end]: time }) : it)),
      );
  }

  protected add(weekday: Weekday): void {
    const times = this.timesOf(weekday);
    const last = times.at(-1);
    const opens = last === undefined ? WORKING.opens : last.closes < '22:00' && last.closes > last.opens ? later(last.closes) : '22:00';
    this.setTimes(weekday, [...times, last === undefined ? WORKING : { opens, closes: later(opens) }]);
  }

  protected remove(weekday: Weekday, index: number): void {
    this.setTimes(
      weekday,
      this.timesOf(weekday).filter((_, at) => at !== index),
    );
  }

  protected isNight({ opens, closes }: OpenTime): boolean {
    return closes !== '24:00' && closes <= opens;
  }

  protected exceptionText(it: ExceptionDocument): string {
    return 'intervals' in it
      ? it.intervals.map((time) => `${time.opens}–${time.closes}`).join(', ')
      : this.words.text('admin.hours.closed');
  }

  protected removeDate(date: string): void {
    const shown = this.hours()!;
    this.editor.setHours({ days: shown.days, exceptions: shown.exceptions.filter((it) => it.date !== date) });
  }

  protected addDate(date: HTMLInputElement, times: HTMLInputElement, reason: HTMLInputElement): void {
    if (date.value === '') return date.focus();
    // A date has no weekday to name: its times are read as those of a Monday.
    const read = times.value.trim() === '' ? null : readHours(`Mon ${times.value}`, 'en');
    if (read !== null && 'mistake' in read)
      return this.dateError.set(this.words.text(`admin.hours.mistake.${read.mistake.code}`, { near: times.value }));
    this.dateError.set(null);
    const why = reason.value.trim() === '' ? {} : { reason: reason.value.trim() };
    const intervals = read?.days[0]?.intervals ?? [];
    const exception: ExceptionDocument =
      intervals.length > 0 ? { date: date.value, intervals, ...why } : { date: date.value, closed: true, ...why };
    const shown = this.hours()!;
    const others = shown.exceptions.filter((it) => it.date !== date.value);
    this.editor.setHours({ days: shown.days, exceptions: [...others, exception].sort((a, b) => a.date.localeCompare(b.date)) });
    for (const field of [date, times, reason]) field.value = '';
  }

  private timesOf(weekday: Weekday): readonly OpenTime[] {
    return this.hours()?.days.find((it) => it.weekday === weekday)?.intervals ?? [];
  }

  private setTimes(weekday: Weekday, intervals: readonly OpenTime[]): void {
    const others = this.hours()!.days.filter((it) => it.weekday !== weekday);
    const days = [...others, { weekday, intervals }].sort((a, b) => a.weekday - b.weekday);
    this.setDays(days.every((it) => it.intervals.length === 0) ? days : days.filter((it) => it.intervals.length > 0));
  }

  private setDays(days: readonly DayHours[]): void {
    this.mistake.set(null);
    this.editor.setHours({ days, exceptions: this.hours()!.exceptions });
  }
}

/** A closing time of 00:00 means the midnight at the end. */
function midnight(time: OpenTime): OpenTime {
  return time.closes === '00:00' ? { ...time, closes: '24:00' } : time;
}

function later(time: string): string {
  const hour = Math.min(23, Number(time.slice(0, 2)) + 1);
  return `${String(hour).padStart(2, '0')}:${time.slice(3)}`;
}

function spanOf(time: OpenTime): { readonly left: number; readonly width: number } {
  const from = parseClockTime(time.opens) ?? 0;
  const to = parseClockTime(time.closes) ?? 0;
  // A night is drawn to midnight; its rest belongs to the next morning.
  return { left: from / 14.4, width: ((to > from ? to : 1440) - from) / 14.4 };
}
