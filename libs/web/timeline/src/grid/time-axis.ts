import { Component, computed, inject, input } from '@angular/core';
import { Formats } from '@berth/web/ui';
import type { PixelSpan } from '../rows/viewport';
import { lineStep, minuteOfDay, ticks } from '../time/ticks';
import { xOf } from '../time/time-scale';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

interface AxisLabel {
  readonly x: number;
  readonly width: number;
  readonly text: string;
  readonly isToday: boolean;
}

/** Least pixels between two hour labels: `08:00` where there is room, else `08`. */
const WIDE_LABEL = 58;
const NARROW_LABEL = 22;
/** Half the badge of the now line; labels under it are left out. */
const BADGE = 40;

/** Days over hours; in the view of one day only the hours, because the title says the day. */
@Component({
  selector: 'berth-time-axis',
  host: { 'aria-hidden': 'true', '[class.two-level]': 'days().length > 0' },
  template: `
    @for (day of days(); track day.x) {
      <div class="day" [class.today]="day.isToday" [style.transform]="'translateX(' + day.x + 'px)'" [style.width.px]="day.width">
        <span>{{ day.text }}</span>
      </div>
    }
    @for (label of labels(); track label.x) {
      <span class="hour" [class.today]="label.isToday" [style.transform]="'translateX(' + label.x + 'px) translateX(-50%)'">{{
        label.text
      }}</span>
    }
    @if (nowAt() !== null) {
      <b class="now" [style.transform]="'translateX(' + nowAt() + 'px) translateX(-50%)'">{{ nowText() }}</b>
    }
  `,
  styles: `
    :host {
      position: absolute;
      inset: 0 0 0 var(--head);
      font-size: 11px;
      line-height: 16px;
      color: var(--muted);
      pointer-events: none;
    }
    .day {
      position: absolute;
      top: 0;
      left: 0;
      height: 24px;
      border-left: 1px solid var(--line);
      font-size: 12px;
      line-height: 24px;
      white-space: nowrap;
      color: var(--text);
      font-weight: 550;
    }
    .day > span {
      position: sticky;
      left: calc(var(--head) + 1px);
      display: inline-block;
      max-width: 100%;
      overflow: hidden;
      padding: 0 8px;
      text-overflow: ellipsis;
      vertical-align: top;
    }
    .day.today,
    .hour.today {
      color: var(--accent);
    }
    .hour {
      position: absolute;
      bottom: 9px;
      left: 0;
      white-space: nowrap;
    }
    :host(.two-level) .hour {
      bottom: 4px;
    }
    .now {
      position: absolute;
      bottom: 8px;
      left: 0;
      padding: 1px 5px;
      border-radius: 4px;
      background: var(--danger);
      color: light-dark(var(--surface), var(--canvas));
      font-weight: 650;
      white-space: nowrap;
    }
    :host(.two-level) .now {
      bottom: 3px;
    }
  `,
})
export class TimeAxis {
  private readonly state = inject(TimelineState);
  private readonly formats = inject(Formats);
  private readonly words = inject(TimelineWords);

  readonly span = input.required<PixelSpan>();

  protected readonly nowAt = computed(() => {
    const now = this.state.now();
    const scale = this.state.scale();
    return now >= scale.start && now < scale.end ? xOf(scale, now) : null;
  });
  protected readonly nowText = computed(() => {
    if (this.state.view() === 'month') return String(Number(this.state.today().slice(8)));
    return this.formats.time(this.state.now(), this.state.zone());
  });

  /** Days of a week; weeks of a month; nothing for one day. */
  protected readonly days = computed<AxisLabel[]>(() => {
    const { view, days, zone } = this.state.scale();
    const today = this.state.today();
    if (view === 'day') return [];
    if (view === 'month') return this.weeks();
    return days.map((it) => ({
      x: it.x,
      width: it.width,
      isToday: it.date === today,
      text: this.formats
        .format(it.start, zone, { weekday: 'short', day: 'numeric', ...(it.width > 120 ? { month: 'short' } : {}) })
        .replaceAll(',', ''),
    }));
  });

  protected readonly labels = computed<AxisLabel[]>(() => (this.state.view() === 'month' ? this.dayNumbers() : this.hours()));

  private hours(): AxisLabel[] {
    const { scale, rate } = { scale: this.state.scale(), rate: this.state.pxPerHour() };
    const wide = this.state.view() === 'day';
    const step = lineStep(rate, wide ? WIDE_LABEL : NARROW_LABEL);
    const { from, to } = this.span();
    const now = this.nowAt();
    return ticks(scale, from, to, step, step)
      .filter((it) => it.kind === 'hour' && (now === null || Math.abs(it.x - now) > (wide ? BADGE : BADGE - 8)))
      .filter((it) => this.standsFree(it.x, wide))
      .map((it) => ({ x: it.x, width: 0, isToday: false, text: this.clock(it.at, wide || step < 60) }));
  }

  /** An hour written across midnight would stand in two days. */
  private standsFree(x: number, wide: boolean): boolean {
    if (wide) return true;
    return this.state.scale().days.every((it) => Math.abs(it.x - x) > 9 && Math.abs(it.x + it.width - x) > 9);
  }

  private dayNumbers(): AxisLabel[] {
    const { days, zone } = this.state.scale();
    const today = this.state.today();
    return days
      .map((it) => ({
        x: it.x + it.width / 2,
        width: it.width,
        isToday: it.date === today,
        text: it.width > 52 ? this.formats.format(it.start, zone, { weekday: 'short', day: 'numeric' }) : String(Number(it.date.slice(8))),
      }))
      .filter((it) => !it.isToday || this.nowAt() === null);
  }

  private weeks(): AxisLabel[] {
    const { days } = this.state.scale();
    const first = this.state.weekStart();
    const starts = days.filter((it, index) => index === 0 || it.weekday === first);
    return starts.map((it, index) => {
      const next = starts[index + 1];
      return {
        x: it.x,
        width: (next?.x ?? this.state.scale().width) - it.x,
        isToday: false,
        text: this.words.text('week', { number: isoWeek(it.date) }),
      };
    });
  }

  private clock(time: number, full: boolean): string {
    if (full) return this.formats.time(time, this.state.zone());
    const hour = minuteOfDay(time, this.state.zone()) / 60;
    if (this.formats.hourCycle() === 'h23') return String(hour).padStart(2, '0');
    return `${((hour + 11) % 12) + 1}${hour < 12 ? 'a' : 'p'}`;
  }
}

/** Week of the year (ISO 8601) the date lies in. */
function isoWeek(date: string): number {
  const day = new Date(`${date}T00:00:00Z`);
  const thursday = day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * 86_400_000;
  const year = new Date(thursday).getUTCFullYear();
  return 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * 86_400_000));
}
