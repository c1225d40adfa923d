import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { toProblem, type Problem } from '@berth/web/data';
import type { Slot } from '../hold/holds-api';
import { Wish } from '../form/wish';
import { type RepeatRule, rruleOf } from './repeat-rule';
import { SeriesApi, type CheckedOccurrence, type Resolution, type SeriesBooked, type SeriesCheck, type SeriesRequest } from './series-api';

/** What is known of the dates. */
export type Preview =
  | { readonly kind: 'none' | 'asking' }
  | { readonly kind: 'ready'; readonly check: SeriesCheck }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** One date with what happens to it. */
export interface PlannedDate {
  readonly occurrence: CheckedOccurrence;
  /** undefined books it as it is. */
  readonly resolution: Resolution | undefined;
}

/** Whether a date is not booked now: skipped, or waited for. */
const isLeftOut = (resolution: Resolution | undefined): boolean => resolution?.use === 'skip' || resolution?.use === 'waitlist';

const ASK_AFTER_MS = 250;

/** The recurrence of one opened form: its rule, the verdict of each date and what was decided about it. */
@Injectable()
export class Repeat {
  private readonly api = inject(SeriesApi);
  private readonly wish = inject(Wish);
  private timer: ReturnType<typeof setTimeout> | null = null;
  private turn = 0;

  readonly rule = signal<RepeatRule | null>(null);
  readonly preview = signal<Preview>({ kind: 'none' });
  private readonly decided = signal<ReadonlyMap<string, Resolution>>(new Map());
  /** The series a form has booked. */
  readonly booked = signal<SeriesBooked | null>(null);

  readonly rrule = computed(() => {
    const rule = this.rule();
    return rule === null ? null : rruleOf(rule, this.wish.date());
  });
  /** Every date with what happens to it; one that cannot be had and was not decided about is skipped. */
  readonly dates = computed<readonly PlannedDate[]>(() => {
    const preview = this.preview();
    if (preview.kind !== 'ready') return [];
    return preview.check.occurrences.map((occurrence) => {
      const { recurrenceId, verdict } = occurrence;
      const skip: Resolution = { recurrenceId, use: 'skip' };
      return { occurrence, resolution: this.decided().get(recurrenceId) ?? (verdict === 'free' ? undefined : skip) };
    });
  });
  readonly total = computed(() => this.dates().length);
  /** How many would be booked now. */
  readonly count = computed(() => this.dates().filter((it) => !isLeftOut(it.resolution)).length);
  readonly troubled = computed(() => this.dates().filter((it) => it.occurrence.verdict !== 'free').length);

  constructor() {
    effect(() => {
      const slot = this.wish.slot();
      const rrule = this.rrule();
      untracked(() => this.askSoon(slot, rrule));
    });
    inject(DestroyRef).onDestroy(() => this.timer !== null && clearTimeout(this.timer));
  }

  decide(resolution: Resolution): void {
    this.decided.update((it) => new Map(it).set(resolution.recurrenceId, resolution));
  }

  /** Books a date as the rule has it. */
  undecide(recurrenceId: string): void {
    this.decided.update((it) => new Map([...it].filter(([id]) => id !== recurrenceId)));
  }

  /** Asks again: somebody was faster. */
  refresh(): void {
    const [slot, rrule] = [this.wish.slot(), this.rrule()];
    if (slot !== null && rrule !== null) void this.ask(slot, rrule);
  }

  /** @throws Problem */
  async book(details: Omit<SeriesRequest, 'recurrence' | 'resolutions'>, key: string): Promise<SeriesBooked> {
    const resolutions = this.dates().flatMap((it) => it.resolution ?? []);
    const booked = await this.api.book({ ...details, recurrence: { rrule: this.rrule() ?? '' }, resolutions }, key);
    this.booked.set(booked);
    return booked;
  }

  private askSoon(slot: Slot | null, rrule: string | null): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.turn++;
    this.decided.set(new Map());
    if (slot === null || rrule === null) return this.preview.set({ kind: 'none' });
    this.preview.set({ kind: 'asking' });
    this.timer = setTimeout(() => void this.ask(slot, rrule), ASK_AFTER_MS);
  }

  private async ask(slot: Slot, rrule: string): Promise<void> {
    const turn = ++this.turn;
    try {
      const check = await this.api.check({ ...slot, timeZone: this.wish.zone(), attendees: this.wish.people(), recurrence: { rrule } });
      if (turn === this.turn) this.preview.set({ kind: 'ready', check });
    } catch (error) {
      if (turn === this.turn) this.preview.set({ kind: 'failed', problem: toProblem(error) });
    }
  }
}
