import { LiveAnnouncer } from '@angular/cdk/a11y';
import { DestroyRef, Injectable, effect, inject, signal, untracked } from '@angular/core';
import { formatInstant } from '@berth/kernel';
import { Booking } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import type { DragListener, DragOutcome } from '../drag/drag-loop';
import { clickedDraft, draftOf, type Draft } from '../drag/draft';
import { heldSpan, judgeDraft, type DraftVerdict } from '../drag/judge-draft';
import type { Bar } from '../rows/bar';
import { defaultLength } from '../time/default-length';
import { xOf } from '../time/time-scale';
import { TimelineActs } from '../timeline-acts';
import { TimelineLive } from '../timeline-live';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';
import { Ghost, type GhostLook } from './ghost';
import { fittingEnd, type CursorRow } from './grid-cursor';

/** How long a refused ghost stays to be read. */
const REFUSED_MS = 2600;
const GAP = 3;

/** Turns drafts, however they were drawn, into ghosts, and ghosts into bookings and moves. */
@Injectable()
export class GridDrafts implements DragListener {
  private readonly state = inject(TimelineState);
  private readonly live = inject(TimelineLive);
  private readonly words = inject(TimelineWords);
  private readonly formats = inject(Formats);
  private readonly acts = inject(TimelineActs);
  private readonly clock = inject(ServerClock);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly booking = inject(Booking);
  private ghost: Ghost | null = null;
  private dragged: DragOutcome | null = null;
  private fading: ReturnType<typeof setTimeout> | null = null;

  /** A booking is being filled in; the ghost stands still. */
  readonly isBooking = signal(false);

  constructor() {
    effect(() => {
      this.live.latest();
      // What somebody else just booked may lie under a ghost that nobody moves.
      untracked(() => this.dragged && this.draw(this.dragged));
    });
    inject(DestroyRef).onDestroy(() => this.fading !== null && clearTimeout(this.fading));
  }

  attach(box: HTMLElement): void {
    this.ghost = new Ghost(box);
  }

  /** A line as the keyboard and the drafts see it; null for a heading. */
  row(line: number): CursorRow | null {
    const at = this.state.lines()[line];
    if (at?.kind !== 'resource') return null;
    const { row } = at;
    return {
      row,
      content: this.state.board.content(row.id)(),
      grid: { step: row.rules.slotStep, timeZone: row.zone },
      length: defaultLength(row.rules),
    };
  }

  draw(outcome: DragOutcome): void {
    this.dragged = outcome;
    const draft = this.draftFor(outcome);
    const { bar } = outcome.gesture;
    if (draft) this.show(draft, outcome.copies ? undefined : bar);
    this.ghost?.lift(outcome.copies ? null : (bar?.id ?? null));
  }

  drop(outcome: DragOutcome): void {
    this.dragged = null;
    this.ghost?.lift(null);
    const { gesture } = outcome;
    if (outcome.isClick && gesture.bar) {
      this.hide();
      this.state.go({ selected: gesture.bar.id });
      return;
    }
    const draft = outcome.isClick ? this.slotAt(gesture.line, gesture.grabbed) : this.draftFor(outcome);
    if (!draft) this.hide();
    else if (gesture.bar) void this.place(gesture.bar, gesture.line, draft, outcome.copies);
    else void this.book(draft);
  }

  abort(): void {
    this.dragged = null;
    this.ghost?.lift(null);
    this.hide();
    void this.announcer.announce(this.words.text('said.aborted'), 'polite');
  }

  /** The slot a click would book; null where nothing can be. */
  slotAt(line: number, time: number): Draft | null {
    const here = this.row(line);
    if (!here) return null;
    const draft = clickedDraft(line, time, here.grid, here.length);
    return { ...draft, end: fittingEnd(here, draft.start) };
  }

  judge(draft: Draft, moving?: Bar): DraftVerdict | null {
    const here = this.row(draft.line);
    if (!here) return null;
    return judgeDraft({ row: here.row, content: here.content, draft, now: this.clock.now(), ignoring: moving?.id });
  }

  /** Shows a draft as a ghost. */
  show(draft: Draft, moving?: Bar, tone?: GhostLook['tone']): void {
    const verdict = this.judge(draft, moving);
    const look = verdict && this.lookOf(draft, verdict);
    if (!look) return;
    this.stopFading();
    this.ghost?.show(tone ? { ...look, tone, reason: null } : look);
  }

  /** A faint outline of what a click would book; nothing where it would be refused. */
  hint(line: number, time: number): void {
    if (this.isBooking() || this.fading !== null) return;
    const draft = this.slotAt(line, time);
    const verdict = draft && this.judge(draft);
    if (draft && verdict && (verdict.kind === 'free' || verdict.kind === 'needs-approval')) this.show(draft, undefined, 'hint');
    else this.ghost?.hide();
  }

  hide(): void {
    if (this.isBooking() || this.fading !== null) return;
    this.ghost?.hide();
  }

  /** Opens the booking popover on a draft, or says why it cannot be booked. */
  async book(draft: Draft): Promise<void> {
    const here = this.row(draft.line);
    if (!here || this.isRefused(draft)) return;
    this.show(draft);
    this.isBooking.set(true);
    try {
      const outcome = await this.booking.open({
        resourceId: here.row.id,
        resourceName: here.row.name,
        timeZone: here.row.zone,
        start: formatInstant(new Date(draft.start)),
        end: formatInstant(new Date(draft.end)),
        anchor: this.ghost?.rect(),
      });
      if (outcome === 'booked') await this.state.refresh(here.row.id).catch(() => undefined);
    } finally {
      this.isBooking.set(false);
      this.hide();
    }
  }

  /** Moves or copies a bar to where it was dropped, unless the rules forbid it. */
  async place(bar: Bar, from: number, draft: Draft, copies: boolean): Promise<void> {
    const source = this.row(from);
    const target = this.row(draft.line);
    if (!source || !target || this.isRefused(draft, copies ? undefined : bar)) return;
    this.hide();
    const wished = { resourceId: target.row.id, start: draft.start, end: draft.end };
    await (copies ? this.acts.duplicate(bar, source.row.id, wished) : this.acts.move(bar, source.row.id, wished));
  }

  /** Says a refusal, and leaves the red ghost long enough to be read. */
  private isRefused(draft: Draft, moving?: Bar): boolean {
    const verdict = this.judge(draft, moving);
    const reason = verdict && this.words.refusal(verdict, this.row(draft.line)?.row.zone ?? this.state.zone());
    if (!reason) return false;
    this.show(draft, moving);
    void this.announcer.announce(reason, 'assertive');
    this.fading = setTimeout(() => {
      this.stopFading();
      this.ghost?.hide();
    }, REFUSED_MS);
    return true;
  }

  private stopFading(): void {
    if (this.fading !== null) clearTimeout(this.fading);
    this.fading = null;
  }

  private draftFor({ gesture, at }: DragOutcome): Draft | null {
    // Over a heading a moved bar stays on the row it came from.
    const line = this.row(at.line) ? at.line : gesture.line;
    const here = this.row(gesture.kind === 'move' ? line : gesture.line);
    return here && draftOf(gesture, line, at.time, here.grid);
  }

  private lookOf(draft: Draft, verdict: DraftVerdict): GhostLook | null {
    const here = this.row(draft.line);
    if (!here) return null;
    const scale = this.state.scale();
    const { zone, rules } = here.row;
    const x = xOf(scale, draft.start);
    const end = xOf(scale, draft.end);
    const held = heldSpan(rules, draft);
    const reason = this.words.refusal(verdict, zone);
    const tone = reason ? 'refused' : verdict.kind === 'needs-approval' ? 'asks' : 'free';
    const outcome = this.words.text(reason ? 'ghost.refused' : tone === 'asks' ? 'ghost.asks' : 'ghost.free');
    return {
      x,
      width: end - x,
      y: this.state.stack().tops[draft.line]! + GAP,
      height: this.state.rowHeight() - 2 * GAP,
      title: this.formats.range(draft.start, draft.end, zone),
      note: `${this.words.duration(draft)} · ${outcome}`,
      tone,
      reason,
      before: x - xOf(scale, held.start),
      after: xOf(scale, held.end) - end,
    };
  }
}
