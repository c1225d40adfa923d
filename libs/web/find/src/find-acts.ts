import { Injectable, inject, signal } from '@angular/core';
import { Booking, BookingWords, Outcomes, ReservationsApi, refusalOf, wantsAnswers } from '@berth/web/booking';
import { Favourites, ProblemMessages, newIdempotencyKey, toProblem } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { FindApi, type FoundResource, type Slot } from './data/find-api';
import { FindDays } from './find-days';
import { FindState, onWire } from './find-state';

/** What somebody else was faster to take, and what comes next; null where nothing does. */
export interface Lost {
  readonly next: Slot | null;
}

/** What can be done with what was found. */
@Injectable()
export class FindActs {
  private readonly api = inject(FindApi);
  private readonly reservations = inject(ReservationsApi);
  private readonly booking = inject(Booking);
  private readonly outcomes = inject(Outcomes);
  private readonly words = inject(BookingWords);
  private readonly messages = inject(ProblemMessages);
  private readonly toasts = inject(Toasts);
  private readonly favourites = inject(Favourites);
  private readonly state = inject(FindState);
  private readonly days = inject(FindDays);
  /** One key a slot: however often Book is pressed, it is one booking. */
  private readonly keys = new Map<string, string>();

  /** Key of the slot that is being booked. */
  readonly sending = signal<string | null>(null);
  /** Slots that turned out to be taken, by `keyOf`. */
  readonly lost = signal<ReadonlyMap<string, Lost>>(new Map());

  /** Slots somebody waits for since the screen was opened. */
  readonly waiting = signal<ReadonlySet<string>>(new Set());

  keyOf(resource: FoundResource, slot: Slot): string {
    return `${resource.id} ${slot.start} ${slot.end}`;
  }

  /** Books at once; Undo takes it back. */
  async book(resource: FoundResource, { start, end }: Slot): Promise<void> {
    const slot = this.keyOf(resource, { start, end });
    if (this.sending() !== null) return;
    this.sending.set(slot);
    const key = this.keys.get(slot) ?? newIdempotencyKey();
    this.keys.set(slot, key);
    try {
      const booked = await this.reservations.book({ resourceId: resource.id, start, end, timeZone: resource.timeZone }, key);
      this.outcomes.booked(booked);
    } catch (error) {
      await this.explain(error, resource, { start, end });
    } finally {
      // What was undone may be booked again, so the next press is another act.
      this.keys.delete(slot);
      this.sending.set(null);
      this.days.refresh([resource.id]);
    }
  }

  /** Opens the dialog, for a title and all else that can be said. */
  async open(resource: FoundResource, { start, end }: Slot, anchor?: Element): Promise<void> {
    const { id, name, timeZone } = resource;
    const ending = await this.booking.open({ resourceId: id, resourceName: name, start, end, timeZone, ...(anchor ? { anchor } : {}) });
    if (ending === 'booked') this.days.refresh([id]);
  }

  /** Asks what comes after a slot that is gone, once. */
  async lose(resource: FoundResource, slot: Slot): Promise<void> {
    const key = this.keyOf(resource, slot);
    if (this.lost().has(key)) return;
    this.lost.update((it) => new Map(it).set(key, { next: null }));
    const minutes = Math.round((Date.parse(slot.end) - Date.parse(slot.start)) / 60_000);
    const next = await this.api.next(resource.id, onWire(Date.parse(slot.start)), minutes).catch(() => null);
    this.lost.update((it) => new Map(it).set(key, { next }));
  }

  /** A slot that came free again. */
  regain(resource: FoundResource, slot: Slot): void {
    const key = this.keyOf(resource, slot);
    if (!this.lost().has(key)) return;
    this.lost.update((it) => new Map([...it].filter(([known]) => known !== key)));
  }

  /** Marks a resource, or takes the mark away. */
  async star({ id }: FoundResource): Promise<void> {
    await this.favourites.toggle(id).catch((error: unknown) => void this.toasts.failed(this.messages.title(toProblem(error))));
  }

  /** Joins the queue for a time somebody else has; Undo leaves it. */
  async wait(resource: FoundResource, slot: Slot): Promise<void> {
    const key = this.keyOf(resource, slot);
    if (this.waiting().has(key)) return;
    try {
      const entry = await this.api.wait(resource.id, slot);
      this.isWaiting(key, true);
      const span = this.words.span({ start: Date.parse(slot.start), end: Date.parse(slot.end) }, resource.timeZone);
      const said = this.words.text('find.wait.done', { name: resource.name, span });
      this.toasts.undoable(said, async () => {
        await this.api.leave(entry).catch((error: unknown) => void this.toasts.failed(this.messages.title(toProblem(error))));
        this.isWaiting(key, false);
      });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'already-exists') this.isWaiting(key, true);
      else if (wantsAnswers(problem)) await this.open(resource, slot);
      else this.toasts.failed(this.messages.title(problem));
    }
  }

  private isWaiting(key: string, waits: boolean): void {
    this.waiting.update((it) => new Set(waits ? [...it, key] : [...it].filter((known) => known !== key)));
  }

  private async explain(error: unknown, resource: FoundResource, slot: Slot): Promise<void> {
    const problem = toProblem(error);
    if (wantsAnswers(problem)) return this.open(resource, slot);
    const refusal = refusalOf(problem, resource.id);
    if (refusal?.reasons.some((it) => it.kind !== 'rule')) return this.lose(resource, slot);
    const [reason] = refusal?.reasons ?? [];
    this.toasts.failed(reason ? this.words.reason(reason, resource.timeZone, null) : this.messages.title(problem));
    if (refusal) this.state.retry();
  }
}
