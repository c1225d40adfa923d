import { Injectable, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { formatInstant } from '@berth/kernel';
import {
  Booking,
  BookingWords,
  MoveDates,
  Outcomes,
  ReservationsApi,
  SeriesApi,
  WhichDates,
  WhyNot,
  refusalOf,
  wantsAnswers,
  type Reservation,
  type SeriesScope,
} from '@berth/web/booking';
import { Favourites, Session, newIdempotencyKey, toProblem } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import type { Bar, Span } from './rows/bar';
import { TimelineState } from './timeline-state';
import { TimelineWords } from './timeline-words';

/** Where a bar should be. */
export interface Target extends Span {
  readonly resourceId: string;
}

/** A change the server did not allow, with what it offers instead. */
export interface Refusal {
  readonly bar: Bar;
  /** Where the bar is again. */
  readonly origin: Target;
  readonly wished: Target;
  readonly reasons: readonly string[];
  readonly alternatives: readonly Alternative[];
}

/** A place that is free instead. */
export interface Alternative {
  readonly target: Target;
  readonly label: string;
}

const UNDO_SECONDS = 8;
const ALTERNATIVES = 3;

/** What a person can do to a booking on this screen. Nothing claims to be done before the server has said so. */
@Injectable()
export class TimelineActs {
  private readonly api = inject(ReservationsApi);
  private readonly series = inject(SeriesApi);
  private readonly moving = inject(MoveDates);
  private readonly which = inject(WhichDates);
  private readonly outcomes = inject(Outcomes);
  private readonly whyNot = inject(WhyNot);
  private readonly booking = inject(Booking);
  private readonly bookingWords = inject(BookingWords);
  private readonly state = inject(TimelineState);
  private readonly words = inject(TimelineWords);
  private readonly toasts = inject(Toasts);
  private readonly favourites = inject(Favourites);
  private readonly router = inject(Router);

  /** Only who manages resources has a page about them. */
  readonly mayOpenResource = inject(Session).may('resource:manage');

  /** The refusal that is being explained. */
  readonly refusal = signal<Refusal | null>(null);

  /**
   * Moves or stretches a booking, of a series as many dates as are wanted; it stands at the new place marked as sent until
   * the server agrees.
   */
  async move(bar: Bar, from: string, target: Target): Promise<void> {
    const origin: Target = { resourceId: from, start: bar.start, end: bar.end };
    if (isSame(origin, target)) return;
    const back = this.state.board.preview({ ...bar, ...spanWithBuffers(bar, target) }, target.resourceId);
    try {
      const before = await this.api.one(bar.id);
      const scope = await this.which.ask(before, 'move');
      if (scope === null) back();
      else if (scope !== 'this')
        await this.moveDates(bar, before, scope, origin, target).catch((error: unknown) => {
          back();
          return wantsAnswers(toProblem(error)) ? this.moveElsewhere(bar, from, target, scope) : this.fail(error);
        });
      else await this.moveThis(bar, origin, target);
    } catch (error) {
      back();
      if (wantsAnswers(toProblem(error))) await this.moveElsewhere(bar, from, target, 'this');
      else this.refuse(bar, origin, target, error);
    }
  }

  /** Books the same thing once more at another place. */
  async duplicate(bar: Bar, from: string, target: Target): Promise<void> {
    const draft: Bar = { ...bar, ...spanWithBuffers(bar, target), id: `draft-${newIdempotencyKey()}`, status: 'pending', version: 0 };
    const back = this.state.board.preview(draft, target.resourceId);
    try {
      const booked = await this.api.book(
        { ...placeOf(target), title: bar.title, timeZone: this.zoneOf(target.resourceId) },
        newIdempotencyKey(),
      );
      back();
      this.settle(draft, booked);
      this.toasts.undoable(
        this.words.text('done.booked', this.placeWords(booked, target.resourceId)),
        () => this.cancelQuietly(booked.id),
        { seconds: UNDO_SECONDS },
      );
    } catch (error) {
      back();
      const { resourceId, ...span } = placeOf(target);
      if (wantsAnswers(toProblem(error))) await this.booking.open({ resourceId, ...span, timeZone: this.zoneOf(resourceId) });
      else this.refuse(bar, { resourceId: from, start: bar.start, end: bar.end }, target, error);
    }
  }

  /** Cancels a booking; for eight seconds its time stays mine and Undo brings it back. Of a series it asks which dates. */
  async cancel(bar: Bar, resourceId: string): Promise<void> {
    const back = this.state.board.preview(bar, resourceId);
    try {
      const before = await this.api.one(bar.id);
      const scope = await this.which.ask(before, 'cancel');
      if (scope === null) return back();
      if (scope === 'this') this.settle(bar, await this.api.cancel(bar.id, UNDO_SECONDS));
      else await this.series.cancel(before.seriesId ?? '', scope, before.recurrenceId ?? null);
      if (this.state.query().selected === bar.id) this.state.go({ selected: null });
      const text = this.words.text('done.cancelled', { title: bar.title ?? this.words.text('state.mine') });
      if (scope === 'this') this.toasts.undoable(text, () => this.restore(bar, resourceId), { seconds: UNDO_SECONDS });
      else {
        this.toasts.done(text);
        await this.refresh(resourceId);
      }
    } catch (error) {
      back();
      this.fail(error);
    }
  }

  /**
   * Moves it in the dialog, which also asks what another resource has to know; of a series it is asked before which dates go.
   * @param target where it was dragged to
   * @param known which dates go, where that was asked already
   */
  async moveElsewhere(bar: Bar, resourceId: string, target?: Target, known?: SeriesScope): Promise<void> {
    try {
      const before = await this.api.one(bar.id);
      const scope = known ?? (await this.which.ask(before, 'move'));
      if (scope === null || (await this.booking.move(before, scope, target && placeOf(target))) === 'closed') return;
      const moved = await this.api.one(bar.id);
      this.settle(bar, moved);
      if (scope !== 'this') await this.refresh(resourceId, moved.resources[0]?.resourceId ?? resourceId);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Books the same thing once more in the dialog, without dragging: right after itself unless somebody says otherwise. */
  async bookOnceMore({ start, end, title }: Bar, resourceId: string): Promise<void> {
    const place = placeOf({ resourceId, start: end, end: end + (end - start) });
    const row = this.state.row(resourceId);
    const request = { ...place, title: title ?? undefined, resourceName: row?.name, timeZone: this.zoneOf(resourceId) };
    if ((await this.booking.open(request)) === 'booked') await this.refresh(resourceId);
  }

  /** Fetches rows again that an act may have changed; what cannot be had now comes with the stream. */
  async refresh(...resourceIds: readonly string[]): Promise<void> {
    await Promise.all([...new Set(resourceIds)].map((it) => this.state.refresh(it).catch(() => undefined)));
  }

  openResource(resourceId: string): void {
    if (this.mayOpenResource) void this.router.navigate(['/admin/resources'], { queryParams: { selected: resourceId } });
  }

  isFavourite(resourceId: string): boolean {
    return this.favourites.ids().has(resourceId);
  }

  /** Puts a resource among the first, or back to its place. */
  async markFavourite(resourceId: string): Promise<void> {
    await this.favourites.toggle(resourceId).catch((error: unknown) => this.fail(error));
  }

  private async moveThis(bar: Bar, origin: Target, target: Target): Promise<void> {
    const moved = await this.api.move(bar.id, changeOf(origin, target), newIdempotencyKey());
    this.settle(bar, moved);
    const text = this.words.text('done.moved', this.placeWords(moved, target.resourceId));
    this.toasts.undoable(text, () => this.moveBack(bar.id, target, origin), { seconds: UNDO_SECONDS });
  }

  /** Moves it and other dates of its series, all of them or none; where those stand now the server tells. */
  private async moveDates(bar: Bar, before: Reservation, scope: SeriesScope, origin: Target, target: Target): Promise<void> {
    const moved = await this.moving.execute(before, scope, changeOf(origin, target), newIdempotencyKey());
    this.settle(bar, moved);
    this.outcomes.moved(moved, before, scope);
    await this.refresh(origin.resourceId, target.resourceId);
  }

  private async restore(bar: Bar, resourceId: string): Promise<void> {
    try {
      this.settle(bar, await this.api.restore(bar.id));
    } catch (error) {
      this.fail(error);
      void this.state.refresh(resourceId);
    }
  }

  private async moveBack(id: string, from: Target, origin: Target): Promise<void> {
    const known = this.state.board.find(id);
    try {
      const moved = await this.api.move(id, changeOf(from, origin), newIdempotencyKey());
      if (known) this.settle(known.bar, moved);
    } catch (error) {
      this.fail(error);
    }
  }

  private async cancelQuietly(id: string): Promise<void> {
    const known = this.state.board.find(id);
    try {
      const cancelled = await this.api.cancel(id, 0);
      if (known) this.settle(known.bar, cancelled);
    } catch (error) {
      this.fail(error);
    }
  }

  private settle(bar: Bar, answer: Reservation): void {
    this.state.apply(changeTo(bar, answer), false);
  }

  private refuse(bar: Bar, origin: Target, wished: Target, error: unknown): void {
    const problem = toProblem(error);
    const refusal = refusalOf(problem, wished.resourceId);
    if (!refusal) {
      this.fail(problem);
      return;
    }
    const zone = this.zoneOf(wished.resourceId);
    this.refusal.set({
      bar,
      origin,
      wished,
      reasons: refusal.reasons.map((it) => this.bookingWords.reason(it, zone, null)),
      alternatives: refusal.choices
        .filter((it) => it.action !== 'take-fewer')
        .slice(0, ALTERNATIVES)
        .map((it) => ({ label: this.bookingWords.choice(it, wished, zone), target: targetOf(it.patch, wished) })),
    });
  }

  private fail(error: unknown): void {
    this.toasts.failed(this.whyNot.sentence(error, this.state.zone()));
  }

  private placeWords(answer: Reservation, resourceId: string): Record<string, string> {
    const row = this.state.row(resourceId);
    const span = { start: Date.parse(answer.start), end: Date.parse(answer.end) };
    return {
      title: answer.title ?? this.words.text('state.mine'),
      resource: row?.name ?? '',
      span: this.words.span(span, this.zoneOf(resourceId)),
    };
  }

  private zoneOf(resourceId: string): string {
    return this.state.row(resourceId)?.zone ?? this.state.zone();
  }
}

function placeOf(target: Target): { resourceId: string; start: string; end: string } {
  return { resourceId: target.resourceId, start: formatInstant(new Date(target.start)), end: formatInstant(new Date(target.end)) };
}

/** A resource that stays is not named: what stands on several of them moves in time only. */
function changeOf(from: Target, to: Target) {
  const { resourceId, ...time } = placeOf(to);
  return from.resourceId === to.resourceId ? time : { resourceId, ...time };
}

function isSame(a: Target, b: Target): boolean {
  return a.resourceId === b.resourceId && a.start === b.start && a.end === b.end;
}

function spanWithBuffers(bar: Bar, target: Span): Pick<Bar, 'start' | 'end' | 'heldStart' | 'heldEnd'> {
  return {
    start: target.start,
    end: target.end,
    heldStart: target.start - (bar.start - bar.heldStart),
    heldEnd: target.end + (bar.heldEnd - bar.end),
  };
}

/** What the server answered, as if an event had told it; the real event may still come and changes nothing. */
function changeTo(bar: Bar, answer: Reservation) {
  const span = { start: Date.parse(answer.start), end: Date.parse(answer.end) };
  return {
    seq: 0,
    resourceIds: answer.resources.map((it) => it.resourceId),
    bar: {
      ...bar,
      ...spanWithBuffers(bar, span),
      id: answer.id,
      status: answer.status,
      version: answer.version,
      title: answer.title,
      mine: answer.mine,
      expiresAt: answer.undoUntil === null ? null : Date.parse(answer.undoUntil),
    },
  };
}

function targetOf(patch: { readonly resourceId?: string; readonly start?: string; readonly end?: string }, wished: Target): Target {
  const start = patch.start === undefined ? wished.start : Date.parse(patch.start);
  const end = patch.end === undefined ? start + (wished.end - wished.start) : Date.parse(patch.end);
  return { resourceId: patch.resourceId ?? wished.resourceId, start, end };
}
