import { Component, computed, inject, input, signal } from '@angular/core';
import { addDays, type Weekday, weekdayOf } from '@berth/kernel';
import { Formats, Select } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import { DateField } from '../time/date-field';
import { ordinalOf, type RepeatEnd, type RepeatRule, weekdaysOf } from './repeat-rule';

const PLAIN: RepeatRule = { unit: 'WEEKLY', every: 1, weekdays: [], monthly: 'date', ends: { kind: 'count', count: 8 } };
const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];
const MOST = 366;

/** How a booking recurs: one of the usual rules, or a sentence of one's own. */
@Component({
  selector: 'berth-repeat-field',
  imports: [DateField, Select],
  template: `
    <div class="label" id="booking-repeat">{{ words.text('booking.repeat.label') }}</div>
    <div class="sentence" role="group" aria-labelledby="booking-repeat">
      <berth-select [label]="words.text('booking.repeat.label')" [options]="presets()" [value]="preset()" (chosen)="choose($event)" />
      @if (repeat().rule(); as rule) {
        @if (preset() === 'custom') {
          <label>
            {{ words.text('booking.repeat.every') }}
            <input
              #every
              class="in count"
              type="number"
              min="1"
              max="99"
              [value]="rule.every"
              (change)="set({ every: within(every.value, 99) })"
            />
          </label>
          <berth-select
            [label]="words.text('booking.repeat.unit')"
            [options]="units()"
            [value]="rule.unit"
            (chosen)="set({ unit: $event })"
          />
          @if (rule.unit === 'WEEKLY') {
            <span class="days" role="group" [attr.aria-label]="words.text('booking.repeat.on')">
              @for (day of days(); track day.weekday) {
                <button
                  type="button"
                  class="chip small"
                  [attr.aria-pressed]="day.isOn"
                  [attr.aria-disabled]="day.isFirst"
                  (click)="toggle(day.weekday)"
                >
                  {{ day.short }}
                </button>
              }
            </span>
          }
          @if (rule.unit === 'MONTHLY') {
            <berth-select
              [label]="words.text('booking.repeat.on')"
              [options]="monthly()"
              [value]="rule.monthly"
              (chosen)="set({ monthly: $event })"
            />
          }
        }
        <berth-select [label]="words.text('booking.repeat.ends')" [options]="ends()" [value]="rule.ends.kind" (chosen)="end($event)" />
        @if (rule.ends.kind === 'count') {
          <input
            #count
            class="in count"
            type="number"
            min="1"
            [max]="366"
            [attr.aria-label]="words.text('booking.repeat.times')"
            [value]="rule.ends.count"
            (change)="set({ ends: { kind: 'count', count: within(count.value, 366) } })"
          />
        }
        @if (rule.ends.kind === 'until') {
          <berth-date-field
            [label]="words.text('booking.repeat.until')"
            [date]="rule.ends.date"
            [min]="form().wish.date()"
            (picked)="set({ ends: { kind: 'until', date: $event } })"
          />
        }
        @if (repeat().total() > 0) {
          <span class="muted">{{ words.text('booking.repeat.dates', { count: repeat().total() }) }}</span>
        }
      }
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 4px;
    }
    .label {
      font-size: 13px;
      line-height: 16px;
      color: var(--muted);
    }
    .sentence {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: 8px;
    }
    .count {
      width: 76px;
    }
    .days {
      display: inline-flex;
      flex-wrap: wrap;
      gap: 4px;
    }
    [aria-disabled='true'] {
      cursor: default;
    }
  `,
})
export class RepeatField {
  protected readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);

  readonly form = input.required<BookingForm>();
  protected readonly repeat = computed(() => this.form().repeat);
  private readonly date = computed(() => this.form().wish.date());
  /** A sentence of one's own stays one, whatever it says. */
  private readonly isCustom = signal(false);

  protected readonly presets = computed(() => {
    const { words } = this;
    const weekday = this.weekdayName(weekdayOf(this.date()), 'long');
    return [
      { value: 'none', label: words.text('booking.repeat.none') },
      { value: 'daily', label: words.text('booking.repeat.daily') },
      { value: 'workdays', label: words.text('booking.repeat.workdays') },
      { value: 'weekly', label: words.text('booking.repeat.weekly', { weekday }) },
      { value: 'fortnightly', label: words.text('booking.repeat.fortnightly', { weekday }) },
      { value: 'monthly', label: words.text('booking.repeat.monthly', { day: Number(this.date().slice(8)) }) },
      { value: 'monthly-weekday', label: this.onWeekday() },
      { value: 'yearly', label: words.text('booking.repeat.yearly') },
      { value: 'custom', label: words.text('booking.repeat.custom') },
    ];
  });
  protected readonly preset = computed(() => {
    const rule = this.repeat().rule();
    if (rule === null) return 'none';
    if (this.isCustom()) return 'custom';
    if (rule.unit === 'DAILY') return 'daily';
    if (rule.unit === 'YEARLY') return 'yearly';
    if (rule.unit === 'MONTHLY') return rule.monthly === 'date' ? 'monthly' : 'monthly-weekday';
    if (rule.weekdays.length > 1) return 'workdays';
    return rule.every === 2 ? 'fortnightly' : 'weekly';
  });
  protected readonly units = computed(() => [
    { value: 'DAILY' as const, label: this.words.text('booking.repeat.days') },
    { value: 'WEEKLY' as const, label: this.words.text('booking.repeat.weeks') },
    { value: 'MONTHLY' as const, label: this.words.text('booking.repeat.months') },
    { value: 'YEARLY' as const, label: this.words.text('booking.repeat.years') },
  ]);
  protected readonly monthly = computed(() => [
    { value: 'date' as const, label: this.words.text('booking.repeat.onDate', { day: Number(this.date().slice(8)) }) },
    { value: 'weekday' as const, label: this.onWeekday() },
  ]);
  protected readonly ends = computed(() => [
    { value: 'count' as const, label: this.words.text('booking.repeat.times') },
    { value: 'until' as const, label: this.words.text('booking.repeat.until') },
    { value: 'never' as const, label: this.words.text('booking.repeat.never') },
  ]);
  protected readonly days = computed(() => {
    const rule = this.repeat().rule();
    const on = rule === null ? [] : weekdaysOf(rule, this.date());
    const first = weekdayOf(this.date());
    return ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({
      weekday,
      short: this.weekdayName(weekday, 'short'),
      isOn: on.includes(weekday),
      isFirst: weekday === first,
    }));
  });

  protected choose(preset: string): void {
    this.isCustom.set(preset === 'custom');
    const ends: RepeatEnd = this.repeat().rule()?.ends ?? PLAIN.ends;
    const rules: Readonly<Record<string, Partial<RepeatRule>>> = {
      daily: { unit: 'DAILY' },
      workdays: { weekdays: WORKDAYS },
      fortnightly: { every: 2 },
      monthly: { unit: 'MONTHLY' },
      'monthly-weekday': { unit: 'MONTHLY', monthly: 'weekday' },
      yearly: { unit: 'YEARLY' },
    };
    this.repeat().rule.set(preset === 'none' ? null : { ...PLAIN, ...rules[preset], ends });
  }

  protected set(change: Partial<RepeatRule>): void {
    this.repeat().rule.update((it) => it && { ...it, ...change });
  }

  protected end(kind: RepeatEnd['kind']): void {
    if (kind === 'count') this.set({ ends: { kind, count: 8 } });
    else if (kind === 'until') this.set({ ends: { kind, date: addDays(this.date(), 28) } });
    else this.set({ ends: { kind } });
  }

  protected toggle(weekday: Weekday): void {
    const rule = this.repeat().rule();
    if (rule === null || weekday === weekdayOf(this.date())) return;
    const isOn = rule.weekdays.includes(weekday);
    this.set({ weekdays: isOn ? rule.weekdays.filter((it) => it !== weekday) : [...rule.weekdays, weekday] });
  }

  protected within(text: string, most: number): number {
    return Math.min(Math.max(Number.parseInt(text, 10) || 1, 1), Math.min(most, MOST));
  }

  private onWeekday(): string {
    const weekday = this.weekdayName(weekdayOf(this.date()), 'long');
    return this.words.text('booking.repeat.monthlyWeekday', {
      weekday,
      nth: this.words.text(`booking.repeat.nth.${ordinalOf(this.date())}`),
    });
  }

  /** 1 January 2024 was a Monday. */
  private weekdayName(weekday: Weekday, style: 'long' | 'short'): string {
    return new Intl.DateTimeFormat(this.formats.language(), { weekday: style, timeZone: 'UTC' }).format(
      new Date(Date.UTC(2024, 0, weekday)),
    );
  }
}
