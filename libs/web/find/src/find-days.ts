import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { ResourcesApi, busyTimeOf, type BusyTime } from '@berth/web/booking';
import { LiveUpdates, type LiveEvent } from '@berth/web/data';
import { FindState } from './find-state';
import type { Span } from './query/wish';

const BATCH = 100;
const GATHER_MS = 300;
const TOPICS_AT_MOST = 150;
const HOUR = 3_600_000;
const FIRST_HOUR = 8;
const LAST_HOUR = 20;

/** The days behind the strips, kept true while others book. */
@Injectable()
export class FindDays {
  private readonly api = inject(ResourcesApi);
  private readonly live = inject(LiveUpdates);
  private readonly state = inject(FindState);
  private readonly known = signal<{ readonly window: Span; readonly days: ReadonlyMap<string, BusyTime> }>({
    window: { start: 0, end: 0 },
    days: new Map(),
  });
  private readonly stale = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** Those with a strip: what is free, then what is free at other times. */
  readonly ids = computed(
    () => {
      const answer = this.state.answer();
      return answer === null ? [] : [...new Set([...answer.data, ...answer.otherTimes].map((it) => it.resource.id))];
    },
    { equal: (a, b) => a.join() === b.join() },
  );
  /** The day wished for, and as much longer as the wish lasts. */
  private readonly window = computed<Span>(
    () => {
      const { day, span } = this.state.wish();
      return { start: day.start, end: Math.max(day.end, span.end) };
    },
    { equal: sameSpan },
  );
  /** What every strip shows: opening hours, at least 08 to 20, and the wish in any case. */
  readonly shown = computed<Span>(() => {
    const { day, span } = this.state.wish();
    const window = this.window();
    const hulls = [...this.known().days.values()].map((it) => openHull(window, it.closed)).filter((it) => it !== null);
    const start = Math.min(day.start + FIRST_HOUR * HOUR, span.start, ...hulls.map((it) => it.start));
    const end = Math.max(day.start + LAST_HOUR * HOUR, span.end, ...hulls.map((it) => it.end));
    return {
      start: Math.max(window.start, day.start + Math.floor((start - day.start) / HOUR) * HOUR),
      end: Math.min(window.end, day.start + Math.ceil((end - day.start) / HOUR) * HOUR),
    };
  });
  /** Tells that others booked or freed something shown. */
  readonly changes = signal(0);

  constructor() {
    effect(() => {
      const window = this.window();
      const ids = this.ids();
      untracked(() => void this.load(ids, window));
    });
    effect((onCleanup) => {
      const ends = this.ids()
        .slice(0, TOPICS_AT_MOST)
        .map((id) =>
          untracked(() =>
            this.live.watch(
              `resource:${id}`,
              (event) => this.hear(id, event),
              () => this.refresh([id]),
            ),
          ),
        );
      onCleanup(() => ends.forEach((end) => end()));
    });
    inject(DestroyRef).onDestroy(() => this.timer !== null && clearTimeout(this.timer));
  }

  /** A resource's day; undefined until it is known. */
  of(id: string): BusyTime | undefined {
    const { window, days } = this.known();
    return sameSpan(window, this.window()) ? days.get(id) : undefined;
  }

  /** Fetches some days again, together with all that change in the same moment. */
  refresh(ids: readonly string[]): void {
    ids.forEach((it) => this.stale.add(it));
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const all = [...this.stale];
      this.stale.clear();
      void this.fetch(all, this.window());
    }, GATHER_MS);
  }

  private hear(id: string, event: LiveEvent): void {
    if (!/^(reservation|hold|resource|blackout)\./.test(event.type)) return;
    this.changes.update((it) => it + 1);
    this.refresh([id]);
  }

  private load(ids: readonly string[], window: Span): Promise<void> {
    const { days, window: before } = this.known();
    return this.fetch(sameSpan(before, window) ? ids.filter((it) => !days.has(it)) : ids, window);
  }

  private async fetch(ids: readonly string[], window: Span): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      const batch = ids.slice(from, from + BATCH);
      // A strip that cannot be had is left out; what was found can be booked all the same.
      const answer = await this.api.availability(batch, window).catch(() => null);
      if (answer === null || !sameSpan(window, this.window())) return;
      this.known.update((it) => ({
        window,
        days: new Map([
          ...(sameSpan(it.window, window) ? it.days : []),
          ...answer.resources.map((id, index) => [id, busyTimeOf(answer, index, window)] as const),
        ]),
      }));
    }
  }
}

const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** From the first opening to the last closing; null when it is closed all the time, or never. */
function openHull(day: Span, closed: readonly Span[]): Span | null {
  const inside = closed.filter((it) => it.start < day.end && it.end > day.start);
  if (inside.length === 0) return null;
  const start = inside.find((it) => it.start <= day.start)?.end ?? day.start;
  const end = inside.find((it) => it.end >= day.end)?.start ?? day.end;
  return start < end ? { start, end } : null;
}
