import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { MyStatsResponse, UsualPlaceResponse } from '@berth/api-client';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import {
  Booking,
  BookingWords,
  Outcomes,
  ReservationsApi,
  ResourcesApi,
  busyTimeOf,
  onWire,
  refusalOf,
  wantsAnswers,
  type BusyTime,
  type Span,
} from '@berth/web/booking';
import { LiveUpdates, PreferencesStore, ProblemMessages, ServerClock, newIdempotencyKey, toProblem, type Problem } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { HomeApi, type CheckAnswer } from '../home-api';
import { DAYS_AHEAD, nextUsual } from './usual-hours';

const PLACES = 4;
const GATHER_MS = 400;
const RENEW_MS = 5 * 60_000;
/** Lengths that are offered for now, in minutes. */
export const LENGTHS = [30, 60] as const;

/** The usual hours once more: what the server says to them. */
export interface Again {
  readonly place: UsualPlaceResponse;
  readonly busy: BusyTime;
  /** What was meant; null where no day near is open. */
  readonly wish: Span | null;
  /** What can be booked: the wish, or the nearest time on the same place; null where nothing can. */
  readonly offer: Span | null;
  readonly needsApproval: boolean;
  /** Why not as wished. */
  readonly reason: string | null;
}

/** A place at this moment: the next slots of each length. */
export interface FreeNow {
  readonly place: UsualPlaceResponse;
  readonly busy: BusyTime;
  readonly slots: readonly Span[];
}

/** The figures, and the places somebody books often: free now, and free at the usual hours. */
@Injectable()
export class UsualPlaces {
  private readonly api = inject(HomeApi);
  private readonly resources = inject(ResourcesApi);
  private readonly reservations = inject(ReservationsApi);
  private readonly booking = inject(Booking);
  private readonly outcomes = inject(Outcomes);
  private readonly preferences = inject(PreferencesStore);
  private readonly clock = inject(ServerClock);
  private readonly words = inject(BookingWords);
  private readonly messages = inject(ProblemMessages);
  private readonly toasts = inject(Toasts);
  private readonly live = inject(LiveUpdates);
  private readonly keys = new Map<string, string>();
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  readonly stats = signal<MyStatsResponse | null>(null);
  readonly statsProblem = signal<Problem | null>(null);
  readonly again = signal<readonly Again[] | null>(null);
  readonly free = signal<readonly FreeNow[] | null>(null);
  readonly placesProblem = signal<Problem | null>(null);
  /** Key of the slot that is being booked. */
  readonly sending = signal<string | null>(null);

  private readonly places = computed(() => (this.stats()?.usual ?? []).filter((it) => it.bookable).slice(0, PLACES), {
    equal: (a, b) => a.map((it) => it.resourceId).join() === b.map((it) => it.resourceId).join(),
  });

  constructor() {
    void this.load();
    const endings = [
      this.live.watch(
        'me',
        (event) => event.type.startsWith('reservation.') && this.soon(),
        () => this.soon(),
      ),
    ];
    const renewing = setInterval(() => this.soon(), RENEW_MS);
    effect((onCleanup) => {
      const ends = this.places().map(({ resourceId }) =>
        untracked(() =>
          this.live.watch(
            `resource:${resourceId}`,
            () => this.soon(),
            () => this.soon(),
          ),
        ),
      );
      onCleanup(() => ends.forEach((end) => end()));
    });
    inject(DestroyRef).onDestroy(() => {
      this.turn++;
      endings.forEach((end) => end());
      clearInterval(renewing);
      if (this.timer !== null) clearTimeout(this.timer);
    });
  }

  keyOf({ resourceId }: UsualPlaceResponse, { start, end }: Span): string {
    return `${resourceId} ${start} ${end}`;
  }

  /** Fetches everything again; what is shown stays until the answer is there. */
  async load(): Promise<void> {
    const turn = ++this.turn;
    try {
      const stats = await this.api.stats(this.preferences.timeZone(), this.preferences.weekStart());
      if (turn !== this.turn) return;
      this.stats.set(stats);
      this.statsProblem.set(null);
    } catch (error) {
      if (turn === this.turn) this.statsProblem.set(toProblem(error));
      return;
    }
    await this.loadPlaces(turn);
  }

  /** Books at once; Undo takes it back. */
  async book(place: UsualPlaceResponse, span: Span): Promise<void> {
    if (this.sending() !== null) return;
    const slot = this.keyOf(place, span);
    // One key a slot: however often Book is pressed, it is one booking.
    const key = this.keys.get(slot) ?? newIdempotencyKey();
    this.keys.set(slot, key);
    this.sending.set(slot);
    const { resourceId, timeZone } = place;
    try {
      const wish = { resourceId, start: onWire(span.start), end: onWire(span.end), timeZone };
      this.outcomes.booked(await this.reservations.book(wish, key));
    } catch (error) {
      const problem = toProblem(error);
      if (wantsAnswers(problem)) return void this.booking.open({ resourceId, start: onWire(span.start), end: onWire(span.end), timeZone });
      const [reason] = refusalOf(problem, resourceId)?.reasons ?? [];
      this.toasts.failed(reason ? this.words.reason(reason, timeZone, null) : this.messages.title(problem));
    } finally {
      // What was undone may be booked again, so the next press is another act.
      this.keys.delete(slot);
      this.sending.set(null);
      void this.load();
    }
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.load();
    }, GATHER_MS);
  }

  private async loadPlaces(turn: number): Promise<void> {
    const places = this.places();
    if (places.length === 0) {
      this.again.set([]);
      this.free.set([]);
      return;
    }
    try {
      const now = this.clock.now();
      const days = await this.daysOf(places, now);
      const [again, free] = await Promise.all([
        Promise.all(places.map((it, i) => this.againOf(it, days[i]!, now))),
        Promise.all(places.map((it, i) => this.freeOf(it, days[i]!, now))),
      ]);
      if (turn !== this.turn) return;
      this.again.set(again.filter((it) => it.wish !== null));
      this.free.set(free.filter((it) => it.slots.length > 0));
      this.placesProblem.set(null);
    } catch (error) {
      if (turn === this.turn) this.placesProblem.set(toProblem(error));
    }
  }

  private async daysOf(places: readonly UsualPlaceResponse[], now: number): Promise<BusyTime[]> {
    const zone = this.preferences.timeZone();
    const { date } = toCivil(new Date(now), zone);
    const window = { start: startOfDay(date, zone).getTime(), end: startOfDay(addDays(date, DAYS_AHEAD), zone).getTime() };
    const ids = places.map((it) => it.resourceId);
    const answer = await this.resources.availability(ids, window);
    return ids.map((id) => busyTimeOf(answer, answer.resources.indexOf(id), window));
  }

  private async againOf(place: UsualPlaceResponse, busy: BusyTime, now: number): Promise<Again> {
    const wish = nextUsual(place, busy, now);
    if (wish === null) return { place, busy, wish, offer: null, needsApproval: false, reason: null };
    const answer = await this.api.check(place.resourceId, wish);
    const { bookable, needsApproval } = answer;
    const offer = bookable ? wish : alternativeOf(answer, place.resourceId, wish);
    return { place, busy, wish, offer, needsApproval, reason: bookable ? null : this.reasonOf(answer, place) };
  }

  private async freeOf(place: UsualPlaceResponse, busy: BusyTime, now: number): Promise<FreeNow> {
    const slots = await Promise.all(LENGTHS.map((minutes) => this.api.next(place.resourceId, now, minutes)));
    return { place, busy, slots: slots.filter((it) => it !== null) };
  }

  private reasonOf({ violations, occurrences }: CheckAnswer, { resourceId, timeZone }: UsualPlaceResponse): string | null {
    const conflicts = occurrences.flatMap((it) => it.conflicts);
    const [reason] = refusalOf({ violations, conflicts }, resourceId)?.reasons ?? [];
    return reason === undefined ? null : this.words.reason(reason, timeZone, null);
  }
}

/** The nearest time on the same place and day that the server offers instead. */
function alternativeOf({ occurrences }: CheckAnswer, resourceId: string, wish: Span): Span | null {
  const length = wish.end - wish.start;
  const all = occurrences
    .flatMap((it) => it.alternatives)
    .filter((it) => it.resourceId === resourceId)
    .map((it) => ({ start: Date.parse(it.start), end: it.end === undefined ? Date.parse(it.start) + length : Date.parse(it.end) }))
    .filter((it) => Math.abs(it.start - wish.start) < 12 * 3_600_000)
    .sort((a, b) => Math.abs(a.start - wish.start) - Math.abs(b.start - wish.start));
  return all[0] ?? null;
}
