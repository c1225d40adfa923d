import { Injectable, inject, signal } from '@angular/core';
import { formatInstant } from '@berth/kernel';
import { Problem, ProblemMessages, newIdempotencyKey, toProblem, type Alternative } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import type { Bar, Span } from './rows/bar';
import { TimelineApi, type ReservationAnswer } from './timeline-api';
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
  readonly alternatives: readonly Target[];
}

const UNDO_SECONDS = 8;
const ALTERNATIVES = 3;

/** What a person can do to a booking on this screen. Nothing claims to be done before the server has said so. */
@Injectable()
export class TimelineActs {
  private readonly api = inject(TimelineApi);
  private readonly state = inject(TimelineState);
  private readonly words = inject(TimelineWords);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);

  /** The refusal that is being explained. */
  readonly refusal = signal<Refusal | null>(null);

  /** Moves or stretches a booking; it stands at the new place marked as sent until the server agrees. */
  async move(bar: Bar, from: string, target: Target): Promise<void> {
    const origin: Target = { resourceId: from, start: bar.start, end: bar.end };
    if (isSame(origin, target)) return;
    const back = this.state.board.preview({ ...bar, ...spanWithBuffers(bar, target) }, target.resourceId);
    try {
      const moved = await this.api.move(bar.id, placeOf(target), newIdempotencyKey());
      this.settle(bar, moved, target.resourceId);
      this.toasts.undoable(this.words.text('done.moved', this.placeWords(moved, target.resourceId)), () => this.moveBack(bar.id, origin), { seconds: UNDO_SECONDS });
    } catch (error) {
      back();
      this.refuse(bar, origin, target, toProblem(error));
    }
  }

  /** Books the same thing once more at another place. */
  async duplicate(bar: Bar, from: string, target: Target): Promise<void> {
    const draft: Bar = { ...bar, ...spanWithBuffers(bar, target), id: `draft-${newIdempotencyKey()}`, status: 'pending', version: 0 };
    const back = this.state.board.preview(draft, target.resourceId);
    try {
      const booked = await this.api.book({ ...placeOf(target), title: bar.title }, newIdempotencyKey());
      back();
      this.settle(draft, booked, target.resourceId);
      this.toasts.undoable(this.words.text('done.booked', this.placeWords(booked, target.resourceId)), () => this.cancelQuietly(booked.id), { seconds: UNDO_SECONDS });
    } catch (error) {
      back();
      this.refuse(bar, { resourceId: from, start: bar.start, end: bar.end }, target, toProblem(error));
    }
  }

  /** Cancels a booking; for eight seconds its time stays mine and Undo brings it back. */
  async cancel(bar: Bar, resourceId: string): Promise<void> {
    const back = this.state.board.preview(bar, resourceId);
    try {
      const cancelled = await this.api.cancel(bar.id, UNDO_SECONDS);
      this.state.board.apply(changeTo(bar, cancelled, resourceId), false);
      if (this.state.query().selected === bar.id) this.state.go({ selected: null });
      this.toasts.undoable(this.words.text('done.cancelled', { title: bar.title ?? this.words.text('state.mine') }), () => this.restore(bar, resourceId), {
        seconds: UNDO_SECONDS,
      });
    } catch (error) {
      back();
      this.fail(error);
    }
  }

  private async restore(bar: Bar, resourceId: string): Promise<void> {
    try {
      this.settle(bar, await this.api.restore(bar.id), resourceId);
    } catch (error) {
      this.fail(error);
      void this.state.refresh(resourceId);
    }
  }

  private async moveBack(id: string, origin: Target): Promise<void> {
    const known = this.state.board.find(id);
    try {
      const moved = await this.api.move(id, placeOf(origin), newIdempotencyKey());
      if (known) this.settle(known.bar, moved, origin.resourceId);
    } catch (error) {
      this.fail(error);
    }
  }

  private async cancelQuietly(id: string): Promise<void> {
    const known = this.state.board.find(id);
    try {
      const cancelled = await this.api.cancel(id, 0);
      if (known) this.state.board.apply(changeTo(known.bar, cancelled, known.resourceId), false);
    } catch (error) {
      this.fail(error);
    }
  }

  private settle(bar: Bar, answer: ReservationAnswer, resourceId: string): void {
    this.state.board.apply(changeTo(bar, answer, resourceId), false);
  }

  private refuse(bar: Bar, origin: Target, wished: Target, problem: Problem): void {
    if (problem.status !== 409 && problem.status !== 422) {
      this.fail(problem);
      return;
    }
    const offered = problem.conflicts.flatMap((it) => it.alternatives).slice(0, ALTERNATIVES);
    this.refusal.set({
      bar,
      origin,
      wished,
      reasons: this.reasonsOf(problem),
      alternatives: offered.map((it) => alternativeOf(it, wished)),
    });
  }

  private reasonsOf(problem: Problem): string[] {
    const rules = problem.violations.map((it) => this.words.violation(it.rule, it.limit, it.detail));
    const taken = problem.conflicts.map((it) => {
      const zone = this.state.row(it.resourceId)?.zone ?? this.state.zone();
      const busy = { start: Date.parse(it.busy.start), end: Date.parse(it.busy.end) };
      if (it.reason === 'held') return this.words.text('refused.held');
      return this.words.text('refused.taken', { title: it.title ?? this.words.text('state.busy'), range: this.words.span(busy, zone) });
    });
    const all = [...new Set([...rules, ...taken])];
    return all.length > 0 ? all : [this.messages.title(problem)];
  }

  private fail(error: unknown): void {
    this.toasts.failed(this.messages.title(toProblem(error)));
  }

  private placeWords(answer: ReservationAnswer, resourceId: string): Record<string, string> {
    const row = this.state.row(resourceId);
    const span = { start: Date.parse(answer.start), end: Date.parse(answer.end) };
    return { title: answer.title ?? this.words.text('state.mine'), resource: row?.name ?? '', span: this.words.span(span, row?.zone ?? this.state.zone()) };
  }
}

function placeOf(target: Target): { resourceId: string; start: string; end: string } {
  return { resourceId: target.resourceId, start: formatInstant(new Date(target.start)), end: formatInstant(new Date(target.end)) };
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
function changeTo(bar: Bar, answer: ReservationAnswer, resourceId: string) {
  const span = { start: Date.parse(answer.start), end: Date.parse(answer.end) };
  return {
    seq: 0,
    resourceIds: [resourceId],
    bar: { ...bar, ...spanWithBuffers(bar, span), id: answer.id, status: answer.status, version: answer.version, title: answer.title, mine: answer.mine },
  };
}

function alternativeOf(it: Alternative, wished: Target): Target {
  const start = Date.parse(it.start);
  return { resourceId: it.resourceId, start, end: it.end ? Date.parse(it.end) : start + (wished.end - wished.start) };
}
