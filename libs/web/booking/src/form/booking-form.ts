import { LiveAnnouncer } from '@angular/cdk/a11y';
import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { toProblem, type Problem } from '@berth/web/data';
import { DayFacts } from '../day/day-facts';
import { HoldKeeper } from '../hold/hold-keeper';
import type { Slot } from '../hold/holds-api';
import { refusalOf, type Choice, type Refusal } from '../refusal/refusal';
import type { Reservation } from '../reservation';
import { ResourcesApi, type BookableResource, type FurtherResource } from '../resources-api';
import { BookingWords } from './booking-words';
import { Door } from './doors';
import { Repeat } from '../repeat/repeat';
import { Questions } from './questions';
import { Wish } from './wish';

/** What the server has said about the wish so far. */
export type Verdict =
  | { readonly kind: 'incomplete' | 'asking' | 'fine' }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly refusal: Refusal; readonly wasSent: boolean }
  | { readonly kind: 'failed'; readonly problem: Problem };

const ASK_AFTER_MS = 250;

/** One opened form, in whatever size it is shown: the wish, what stands against it, and sending it. */
@Injectable()
export class BookingForm {
  private readonly door = inject(Door);
  private readonly resources = inject(ResourcesApi);
  private readonly words = inject(BookingWords);
  private readonly announcer = inject(LiveAnnouncer);
  readonly wish = inject(Wish);
  readonly day = inject(DayFacts);
  readonly hold = inject(HoldKeeper);
  readonly repeat = inject(Repeat);
  readonly questions = inject(Questions);

  private readonly verdictSignal = signal<Verdict>({ kind: 'incomplete' });
  private readonly sending = signal(false);
  private readonly missing = signal(false);
  private asking: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private asked: Slot | null = null;
  private turn = 0;

  readonly canWait = this.door.canWait;
  readonly verdict = this.verdictSignal.asReadonly();
  readonly isSending = this.sending.asReadonly();
  /** Set once somebody tried to send a form without a resource. */
  readonly lacksResource = computed(() => this.missing() && this.wish.resourceId() === null);
  readonly refusal = computed(() => {
    const verdict = this.verdict();
    return verdict.kind === 'refused' ? verdict : null;
  });
  readonly failure = computed(() => {
    const verdict = this.verdict();
    return verdict.kind === 'failed' ? verdict.problem : null;
  });
  readonly resourceFailure = signal<Problem | null>(null);
  /** Name to show until the resource is known. */
  readonly expectedName = signal<string | null>(null);
  readonly resourceName = computed(() => this.wish.resource()?.name ?? this.expectedName());
  /** Of a booking of several resources all of them; empty where there is one. */
  readonly together = computed<readonly FurtherResource[]>(() => {
    const [id, also, name] = [this.wish.resourceId(), this.wish.also(), this.resourceName() ?? ''];
    return id === null || also.length === 0 ? [] : [{ id, name, needsApproval: this.wish.resource()?.requiresApproval ?? false }, ...also];
  });
  readonly needsApproval = computed(
    () => (this.wish.resource()?.requiresApproval ?? false) || this.wish.also().some((it) => it.needsApproval),
  );
  /** Of several resources those that cannot be had. */
  readonly inTheWay = computed(() => {
    const problem = this.refusal()?.problem;
    const ids = new Set([...(problem?.conflicts ?? []), ...(problem?.violations ?? [])].map((it) => it.resourceId));
    return this.together().filter((it) => ids.has(it.id));
  });
  /** More people than the resource takes: said, not refused. */
  readonly isCrowded = computed(() => {
    const { people, resource } = this.wish;
    const capacity = resource()?.capacity ?? null;
    return capacity !== null && (people() ?? 0) > capacity;
  });
  /** What is written on the blocked time under the wish. */
  readonly blackoutReason = computed(() => {
    const span = this.wish.span();
    return span === null ? null : this.day.reasonOfBlackout(span);
  });

  constructor() {
    effect(() => {
      const slot = this.wish.slot();
      untracked(() => this.askSoon(slot));
    });
    effect(() => {
      const id = this.wish.resourceId();
      if (id !== null && this.wish.resource()?.id !== id) untracked(() => void this.loadResource(id));
    });
    effect(() => {
      const resource = this.wish.resource();
      if (resource !== null) untracked(() => this.questions.of(this.door.asks(resource.id) ? (resource.type.id ?? null) : null));
    });
    effect(() => {
      const seconds = this.hold.warning();
      if (seconds !== null)
        untracked(
          () => void this.announcer.announce(this.words.text('booking.hold.left', { time: this.secondsInWords(seconds) }), 'polite'),
        );
    });
    inject(DestroyRef).onDestroy(() => this.timer !== null && clearTimeout(this.timer));
  }

  /**
   * Sends the wish, once however often it is called.
   * @returns what was booked, or null when something is missing, refused or failed; the verdict says what
   */
  async send(): Promise<Reservation | null> {
    if (this.sending()) return null;
    const slot = this.wish.slot();
    if (slot === null) {
      this.missing.set(true);
      return null;
    }
    this.sending.set(true);
    try {
      if (slot !== this.asked) this.ask(slot);
      await this.asking;
      if (this.verdict().kind === 'refused' || !(await this.questions.areAnswered())) return null;
      return await this.door.send(slot);
    } catch (error) {
      if (await this.questions.explain(toProblem(error))) return null;
      // Of a series each date says for itself what is in its way.
      if (this.repeat.rrule() !== null && toProblem(error).conflicts.length + toProblem(error).violations.length > 0) this.repeat.refresh();
      else this.tell(toProblem(error), true);
      return null;
    } finally {
      this.sending.set(false);
    }
  }

  /** Asks again: after a hold ran out, or after a failure. */
  askAgain(): void {
    const slot = this.wish.slot();
    if (slot !== null) this.ask(slot);
  }

  /** Takes a way out; one that follows a refused attempt is sent at once. */
  async take(choice: Choice): Promise<Reservation | null> {
    const refusal = this.refusal();
    this.expectedName.set(choice.name ?? this.expectedName());
    this.wish.apply(choice.patch);
    const slot = this.wish.slot();
    if (slot !== null) this.ask(slot);
    return refusal?.wasSent ? this.send() : null;
  }

  /** Goes on without one of several resources. */
  leaveOut(id: string): void {
    this.expectedName.set(this.together().find((it) => it.id !== id)?.name ?? null);
    this.wish.leaveOut(id);
  }

  choose(resource: BookableResource): void {
    this.wish.choose(resource);
  }

  /** The first question is put at once, those while somebody is still typing a moment later. */
  private askSoon(slot: Slot | null): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (slot === null || slot === this.asked) return;
    if (this.asked === null) return this.ask(slot);
    this.timer = setTimeout(() => this.ask(slot), ASK_AFTER_MS);
  }

  private ask(slot: Slot): void {
    const turn = ++this.turn;
    this.asked = slot;
    this.verdictSignal.set({ kind: 'asking' });
    this.asking = this.door.ask(slot).then(
      () => void (turn === this.turn && this.verdictSignal.set({ kind: 'fine' })),
      (error: unknown) => void (turn === this.turn && this.tell(toProblem(error), false)),
    );
  }

  private tell(problem: Problem, wasSent: boolean): void {
    const refusal = this.refusalIn(problem);
    this.verdictSignal.set(refusal === null ? { kind: 'failed', problem } : { kind: 'refused', problem, refusal, wasSent });
  }

  /** Another place for one of several is no way out for all of them. */
  private refusalIn(problem: Problem): Refusal | null {
    const refusal = refusalOf(problem, this.wish.resourceId());
    if (refusal === null || this.wish.also().length === 0) return refusal;
    return { ...refusal, choices: refusal.choices.filter((it) => it.action !== 'elsewhere' && it.action !== 'other-time') };
  }

  private async loadResource(id: string): Promise<void> {
    this.resourceFailure.set(null);
    try {
      const resource = await this.resources.one(id);
      if (this.wish.resourceId() === id) this.wish.resource.set(resource);
    } catch (error) {
      if (this.wish.resourceId() === id) this.resourceFailure.set(toProblem(error));
    }
  }

  private secondsInWords(seconds: number): string {
    return seconds >= 60 ? this.words.length(seconds * 1000) : this.words.text('booking.hold.seconds', { count: seconds });
  }
}
