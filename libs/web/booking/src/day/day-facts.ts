import { DestroyRef, Injectable, computed, effect, inject, resource } from '@angular/core';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import { LiveUpdates, ServerClock } from '@berth/web/data';
import { ResourcesApi } from '../resources-api';
import { HOUR, MINUTE, overlaps, type Span } from '../span';
import type { Ground } from '../time/slots';
import { Wish } from '../form/wish';
import { busyTimeOf, fullTime, stripOf } from './busy-day';

const FIRST_HOUR = 8;
const LAST_HOUR = 20;
const RELOAD_AFTER_MS = 300;

/** Free and busy time of the wanted resource around the wanted day, kept up to date while the form is open. */
@Injectable()
export class DayFacts {
  private readonly api = inject(ResourcesApi);
  private readonly wish = inject(Wish);
  private readonly live = inject(LiveUpdates);
  /** Taken here and not where it is read: taking it starts the clock. */
  readonly now = inject(ServerClock).minute;
  /** A reservation that gives up its time for the wish. */
  private ignored: string | null = null;

  private readonly answer = resource({
    params: () => {
      const id = this.wish.resourceId();
      return id === null ? undefined : { id, from: this.wish.date(), to: this.wish.endDate(), zone: this.wish.zone() };
    },
    loader: async ({ params: { id, from, to, zone } }) => {
      // To the end of the next day, because a booking may run into it.
      const window = { start: startOfDay(from, zone).getTime(), end: startOfDay(addDays(to, 2), zone).getTime() };
      return busyTimeOf(await this.api.availability([id], window), 0, window);
    },
  });

  readonly isLoading = this.answer.isLoading;
  private readonly busy = computed(() => {
    const known = this.answer.hasValue() ? this.answer.value() : undefined;
    return known && { ...known, bars: known.bars.filter((it) => it.id !== this.ignored) };
  });

  /** What the strip shows: the opening hours, at least 08 to 20, and the wish in any case. */
  readonly shown = computed<Span>(() => {
    const { wish } = this;
    const zone = wish.zone();
    const day: Span = { start: startOfDay(wish.date(), zone).getTime(), end: startOfDay(addDays(wish.endDate(), 1), zone).getTime() };
    if (wish.daysLater() > 0) return day;
    const span = wish.span();
    const open = openHull(day, this.busy()?.closed ?? []);
    const from = Math.min(day.start + FIRST_HOUR * HOUR, open?.start ?? Infinity, span?.start ?? Infinity);
    const to = Math.max(day.start + LAST_HOUR * HOUR, open?.end ?? 0, span?.end ?? 0);
    return { start: hourAtOrBefore(from, day.start), end: Math.min(day.end, day.start + Math.ceil((to - day.start) / HOUR) * HOUR) };
  });
  /** The whole day as far as it can be booked: its opening hours, else midnight to midnight; null where a booking may not last so long. */
  readonly wholeDay = computed<Span | null>(
    () => {
      const { date, zone, rules } = this.wish;
      const day: Span = { start: startOfDay(date(), zone()).getTime(), end: startOfDay(addDays(date(), 1), zone()).getTime() };
      const open = openHull(day, this.busy()?.closed ?? []) ?? day;
      const step = rules().step * MINUTE;
      const start = Math.max(open.start, day.start + Math.ceil((this.earliest() - day.start) / step) * step);
      return start < open.end && open.end - start <= rules().longest ? { start, end: open.end } : null;
    },
    { equal: (a, b) => a?.start === b?.start && a?.end === b?.end },
  );
  readonly intervals = computed(() => {
    const busy = this.busy();
    return busy ? stripOf(busy, this.wish.resource()?.units ?? 1, this.wish.quantity()) : [];
  });
  readonly ground = computed<Ground>(() => {
    const busy = this.busy();
    const rules = this.wish.rules();
    const shut = busy ? [...(rules.mayLeaveOpenHours ? [] : busy.closed), ...busy.blackouts] : [];
    return {
      zone: this.wish.zone(),
      step: rules.step,
      shortest: rules.shortest,
      longest: rules.longest,
      bufferBefore: rules.bufferBefore,
      bufferAfter: rules.bufferAfter,
      taken: busy ? fullTime(busy.bars, this.wish.resource()?.units ?? 1, this.wish.quantity()) : [],
      shut,
      earliest: this.earliest(),
    };
  });

  constructor() {
    let reloading: ReturnType<typeof setTimeout> | null = null;
    const reload = (): void => {
      reloading ??= setTimeout(() => {
        reloading = null;
        this.answer.reload();
      }, RELOAD_AFTER_MS);
    };
    effect((onCleanup) => {
      const id = this.wish.resourceId();
      if (id !== null) onCleanup(this.live.watch(`resource:${id}`, reload, reload));
    });
    inject(DestroyRef).onDestroy(() => reloading !== null && clearTimeout(reloading));
  }

  ignore(reservationId: string): void {
    this.ignored = reservationId;
  }

  /** Why the span is blocked, where somebody has written that down. */
  reasonOfBlackout(span: Span): string | null {
    return this.busy()?.blackouts.find((it) => overlaps(it, span))?.reason ?? null;
  }

  /** The slot that is running may still be booked, unless notice is asked for. */
  private earliest(): number {
    const now = this.now();
    const { notice, step } = this.wish.rules();
    if (notice > 0) return now + notice;
    const minutesIntoStep = toCivil(new Date(now), this.wish.zone()).minuteOfDay % step;
    return Math.floor(now / MINUTE) * MINUTE - minutesIntoStep * MINUTE;
  }
}

/** From the first opening to the last closing of a day; null when it is closed all day, or open around the clock. */
function openHull(day: Span, closed: readonly Span[]): Span | null {
  const inside = closed.filter((it) => overlaps(it, day));
  if (inside.length === 0) return null;
  const first = inside.find((it) => it.start <= day.start)?.end ?? day.start;
  const last = inside.find((it) => it.end >= day.end)?.start ?? day.end;
  return first < last ? { start: first, end: last } : null;
}

const hourAtOrBefore = (instant: number, dayStart: number): number => dayStart + Math.floor((instant - dayStart) / HOUR) * HOUR;
