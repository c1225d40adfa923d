import { DOCUMENT, DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { HOLD_REFRESH_SECONDS } from '@berth/scheduling';
import { Problem, ServerClock } from '@berth/web/data';
import { HoldsApi, type Hold, type Slot } from './holds-api';

/** `none` before a slot is chosen, `held` while it is ours, `expired` when it ran out under the form. */
export type HoldState = 'none' | 'held' | 'expired';

const SECOND = 1000;
/** Seconds left at which people are told. */
const WARNINGS = [120, 30] as const;

/**
 * Keeps the wanted time for the person while a form is open: takes a hold, refreshes it while the tab is looked at, counts
 * down to its end, and lets it go when the form or the page is left.
 */
@Injectable()
export class HoldKeeper {
  private readonly api = inject(HoldsApi);
  private readonly clock = inject(ServerClock);
  private readonly document = inject(DOCUMENT);
  private readonly hold = signal<Hold | null>(null);
  private readonly stateSignal = signal<HoldState>('none');
  private readonly secondsSignal = signal(0);
  private readonly warned = new Set<number>();
  private slot: Slot | null = null;
  private turn = 0;
  private refreshing: ReturnType<typeof setInterval> | null = null;
  private ticking: ReturnType<typeof setInterval> | null = null;

  readonly state = this.stateSignal.asReadonly();
  /** Id of the hold that is alive. */
  readonly id = computed(() => (this.stateSignal() === 'held' ? (this.hold()?.id ?? null) : null));
  /** Seconds until it ends, however often it is refreshed. */
  readonly secondsLeft = this.secondsSignal.asReadonly();
  /** Set for one moment when people should hear how long is left. */
  readonly warning = signal<number | null>(null);

  constructor() {
    const window = this.document.defaultView!;
    const leave = (): void => {
      const id = this.id();
      if (id !== null) this.api.releaseOnLeaving(id);
    };
    const look = (): void => void (this.isLookedAt() && this.refresh());
    window.addEventListener('pagehide', leave);
    this.document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('pagehide', leave);
      this.document.removeEventListener('visibilitychange', look);
      this.release();
    });
  }

  /**
   * Holds another time instead of the one before. A slot that was asked for in the meantime wins.
   * @throws Problem when it cannot be had; then nothing is held
   */
  async take(slot: Slot): Promise<void> {
    const turn = ++this.turn;
    const before = this.hold();
    this.slot = slot;
    try {
      const taken = await this.api.take(slot);
      if (turn !== this.turn) return this.letGo(taken.id);
      this.begin(taken);
      // Where the two overlap the server has ended the old one itself.
      if (before !== null) this.letGo(before.id);
    } catch (error) {
      if (turn === this.turn) {
        this.end('none');
        if (before !== null) this.letGo(before.id);
      }
      throw error;
    }
  }

  /** Begins the five minutes anew. @throws Problem when somebody else was faster */
  async extend(): Promise<void> {
    if (this.slot !== null) await this.take(this.slot);
  }

  /** Lets go of whatever is held or being asked for. */
  release(): void {
    this.turn++;
    const before = this.hold();
    this.end('none');
    if (before !== null) this.letGo(before.id);
  }

  /** The hold has become a reservation. */
  forget(): void {
    this.turn++;
    this.end('none');
  }

  private begin(hold: Hold): void {
    this.stopTimers();
    this.warned.clear();
    this.hold.set(hold);
    this.stateSignal.set('held');
    this.count();
    this.ticking = setInterval(() => this.count(), SECOND);
    this.refreshing = setInterval(() => void (this.isLookedAt() && this.refresh()), HOLD_REFRESH_SECONDS * SECOND);
  }

  private end(state: HoldState): void {
    this.stopTimers();
    this.hold.set(null);
    this.stateSignal.set(state);
  }

  /** Lost answers are no reason to give up; only the server or the clock can end it. */
  private async refresh(): Promise<void> {
    const { turn } = this;
    const id = this.hold()?.id;
    if (id === undefined) return;
    try {
      const hold = await this.api.refresh(id);
      if (turn === this.turn) this.hold.set(hold);
    } catch (error) {
      const isOver = error instanceof Problem && (error.code === 'hold-expired' || error.code === 'not-found');
      if (turn === this.turn && isOver) this.end('expired');
    }
  }

  private count(): void {
    const hold = this.hold();
    if (hold === null) return;
    const now = this.clock.now();
    const left = Math.max(0, Math.round((Date.parse(hold.maxExpiresAt) - now) / SECOND));
    this.secondsSignal.set(left);
    if (left === 0 || Date.parse(hold.expiresAt) <= now) return this.end('expired');
    const due = WARNINGS.find((it) => left <= it && left > it - 10 && !this.warned.has(it));
    if (due === undefined) return;
    this.warned.add(due);
    this.warning.set(left);
  }

  private letGo(id: string): void {
    // A hold nobody lets go of ends by itself within a minute.
    this.api.release(id).catch(() => undefined);
  }

  private isLookedAt(): boolean {
    return this.document.visibilityState === 'visible';
  }

  private stopTimers(): void {
    if (this.ticking !== null) clearInterval(this.ticking);
    if (this.refreshing !== null) clearInterval(this.refreshing);
    this.ticking = null;
    this.refreshing = null;
  }
}
