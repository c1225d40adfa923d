import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { LiveUpdates, Session, type LiveEvent } from '@berth/web/data';
import type { BarChange } from './rows/row-board';
import { TimelineState } from './timeline-state';

/** Data of `reservation.*` and `hold.*` events. Instants are RFC 3339. */
interface ReservationFacts {
  readonly reservationId: string;
  readonly resourceIds: readonly string[];
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly heldStart: string;
  readonly heldEnd: string;
  readonly version: number;
  /** Left out where the person does not let the reader know. */
  readonly organizerId?: string;
  readonly title: string | null;
  readonly quantity?: number;
  readonly expiresAt?: string | null;
}

const FLASH_MS = 1200;
/** Events of one burst are applied, and the screen checked, together. */
const BURST_MS = 16;
const GATHER_MS = 500;
const TOPICS_AT_MOST = 200;

/** Keeps the timeline true to what others do: bars appear, slide and go as the server's events come in. */
@Injectable()
export class TimelineLive {
  private readonly live = inject(LiveUpdates);
  private readonly session = inject(Session);
  private readonly state = inject(TimelineState);
  /** The sites of the rows; rows without one are watched by themselves. */
  private readonly topics = computed(
    () =>
      [...new Set(this.state.allRows().map((it) => (it.siteId === null ? `resource:${it.id}` : `site:${it.siteId}`)))]
        .sort()
        .slice(-TOPICS_AT_MOST),
    {
      equal: (a, b) => a.join() === b.join(),
    },
  );
  private waiting: LiveEvent<ReservationFacts>[] = [];
  private burstTimer: ReturnType<typeof setTimeout> | null = null;
  private flashing: string[] = [];
  private flashTimer: ReturnType<typeof setTimeout> | null = null;
  private reloadTimer: ReturnType<typeof setTimeout> | null = null;

  /** Changes made by others since the screen was opened. */
  readonly changes = signal(0);
  /** The change told last, so that a drag can be judged again. */
  readonly latest = signal<BarChange | null>(null);

  constructor() {
    effect((onCleanup) => {
      const ends = this.topics().map((topic) =>
        untracked(() =>
          this.live.watch(
            topic,
            (event) => this.receive(event),
            () => this.state.refetch(),
          ),
        ),
      );
      onCleanup(() => ends.forEach((end) => end()));
    });
    inject(DestroyRef).onDestroy(() => {
      if (this.burstTimer !== null) clearTimeout(this.burstTimer);
      if (this.flashTimer !== null) clearTimeout(this.flashTimer);
      if (this.reloadTimer !== null) clearTimeout(this.reloadTimer);
    });
  }

  private receive(event: LiveEvent): void {
    if (event.type.startsWith('reservation.') || event.type.startsWith('hold.')) this.queue(event as LiveEvent<ReservationFacts>);
    else if (/^(resource|site|floor|resource-type)\./.test(event.type)) this.reload();
  }

  private queue(event: LiveEvent<ReservationFacts>): void {
    this.waiting.push(event);
    this.burstTimer ??= setTimeout(() => {
      this.burstTimer = null;
      this.patch(this.waiting.splice(0));
    }, BURST_MS);
  }

  private patch(events: readonly LiveEvent<ReservationFacts>[]): void {
    const me = this.session.user()?.id;
    const applied = events
      .map((event) => changeOf(event, event.data.organizerId === me))
      .filter((it) => this.state.apply(it, !it.bar.mine));
    if (applied.length === 0) return;
    this.latest.set(applied.at(-1)!);
    const others = applied.filter((it) => !it.bar.mine);
    if (others.length === 0) return;
    this.changes.update((it) => it + others.length);
    this.flashing.push(...others.map((it) => it.bar.id));
    this.flashTimer ??= setTimeout(() => this.calm(), FLASH_MS);
  }

  private calm(): void {
    this.flashTimer = null;
    this.state.board.calm(this.flashing);
    this.flashing = [];
  }

  /** Hours, blackouts and the resources themselves come with the rows and tiles; one fetch serves a burst of events. */
  private reload(): void {
    this.reloadTimer ??= setTimeout(() => {
      this.reloadTimer = null;
      this.state.reloadRows();
      this.state.refetch();
    }, GATHER_MS);
  }
}

/** A hold that ends is told by its type; its status may still say `held`. */
function changeOf({ type, seq, data }: LiveEvent<ReservationFacts>, mine: boolean): BarChange {
  const isOver = type === 'hold.released' || type === 'hold.expired';
  return {
    seq,
    resourceIds: data.resourceIds,
    bar: {
      id: data.reservationId,
      start: Date.parse(data.start),
      end: Date.parse(data.end),
      heldStart: Date.parse(data.heldStart),
      heldEnd: Date.parse(data.heldEnd),
      status: isOver ? 'released' : data.status,
      title: data.title,
      organizer: null,
      mine,
      quantity: data.quantity ?? 1,
      version: data.version,
      expiresAt: data.expiresAt ? Date.parse(data.expiresAt) : null,
    },
  };
}
