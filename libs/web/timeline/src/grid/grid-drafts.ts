import { LiveAnnouncer } from '@angular/cdk/a11y';
import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { formatInstant } from '@berth/kernel';
import { Booking } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import type { DragListener, DragOutcome } from '../drag/drag-loop';
import { clickedDraft, draftOf, extentOf, type Draft } from '../drag/draft';
import { heldSpan, isBookable, judgeDraft, judgeTogether, type DraftVerdict } from '../drag/judge-draft';
import type { Bar } from '../rows/bar';
import { defaultLength } from '../time/default-length';
import { xOf } from '../time/time-scale';
import { TimelineActs } from '../timeline-acts';
import { TimelineLive } from '../timeline-live';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';
import { Ghost, type GhostLook } from './ghost';
import { fittingEnd, type CursorRow } from './grid-cursor';
import { GridView } from './grid-view';

/** How long a refused ghost stays to be read. */
const REFUSED_MS = 2600;
const GAP = 3;

/** What would become of a draft. */
export interface Fate {
  readonly verdict: DraftVerdict;
  /** The rows it lies on, and of these the one that decides. */
  readonly rows: readonly CursorRow[];
  readonly at: CursorRow;
  /** Why it cannot be had, in one sentence; null when it can. */
  readonly reason: string | null;
}

/** Another row where the time that is being filled in is free as well; pixels of the canvas. */
export interface Elsewhere {
  readonly draft: Draft;
  readonly x: number;
  readonly y: number;
}

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
  private readonly view = inject(GridView);
  private ghost: Ghost | null = null;
  private dragged: DragOutcome | null = null;
  private fading: ReturnType<typeof setTimeout> | null = null;

  /** What is being filled in; its ghost stands still. */
  private readonly filledIn = signal<Draft | null>(null);
  private filling: Promise<unknown> = Promise.resolve();
  readonly isBooking = computed(() => this.filledIn() !== null);
  /** The rows in view that are free at the time that is being filled in, to book there instead. */
  readonly elsewhere = computed<readonly Elsewhere[]>(() => {
    const draft = this.filledIn();
    return draft ? this.freeBeside(draft) : [];
  });

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

  /** What would become of the draft; null where there is no row. */
  fateOf(draft: Draft, moving?: Bar): Fate | null {
    const rows = this.rowsOf(draft);
    const judged = judgeTogether(rows, { draft, now: this.clock.now(), ignoring: moving?.id });
    if (!judged) return null;
    const refusal = this.words.refusal(judged.verdict, judged.at.row.zone);
    return { ...judged, rows, reason: refusal && rows.length > 1 ? `${judged.at.row.name}: ${refusal}` : refusal };
  }

  /** Shows a draft as a ghost. */
  show(draft: Draft, moving?: Bar, tone?: GhostLook['tone']): void {
    const fate = this.fateOf(draft, moving);
    if (!fate) return;
    const look = this.lookOf(draft, fate);
    this.stopFading();
    this.ghost?.show(tone ? { ...look, tone, reason: null } : look);
  }

  /** A faint outline of what a click would book; nothing where it would be refused. */
  hint(line: number, time: number): void {
    if (this.isBooking() || this.fading !== null) return;
    const draft = this.slotAt(line, time);
    if (draft && this.isFree(draft)) this.show(draft, undefined, 'hint');
    else this.ghost?.hide();
  }

  hide(): void {
    if (this.isBooking() || this.fading !== null) return;
    this.ghost?.hide();
  }

  /** Whether a draft could be booked, if only for somebody to agree. */
  isFree(draft: Draft): boolean {
    const fate = this.fateOf(draft);
    return fate !== null && isBookable(fate.verdict);
  }

  /** Opens the booking popover on a draft, or says why it cannot be booked. */
  async book(draft: Draft): Promise<void> {
    if (this.isRefused(draft)) return;
    this.show(draft);
    this.filledIn.set(draft);
    this.filling = this.fillIn(draft).finally(() => {
      this.filledIn.set(null);
      this.hide();
    });
    await this.filling;
  }

  /** Leaves what is being filled in, and books the same time on another row. */
  async bookInstead(draft: Draft): Promise<void> {
    // The click closes the form, which lets go of the time it kept; what was typed stays.
    await this.filling;
    await this.book(draft);
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

  private async fillIn(draft: Draft): Promise<void> {
    const [first, ...others] = this.rowsOf(draft).map((it) => it.row);
    if (!first) return;
    const outcome = await this.booking.open({
      resourceId: first.id,
      resourceName: first.name,
      also: others.map(({ id, name, rules }) => ({ id, name, needsApproval: rules.needsApproval })),
      timeZone: first.zone,
      start: formatInstant(new Date(draft.start)),
      end: formatInstant(new Date(draft.end)),
      anchor: this.ghost?.rect(),
    });
    if (outcome === 'booked') await this.acts.refresh(...[first, ...others].map((it) => it.id));
  }

  /** Says a refusal, and leaves the red ghost long enough to be read. */
  private isRefused(draft: Draft, moving?: Bar): boolean {
    const reason = this.fateOf(draft, moving)?.reason;
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
    const line = this.row(at.line) || gesture.isAcross ? at.line : gesture.line;
    const here = this.row(gesture.kind === 'move' ? line : gesture.line);
    return here && draftOf(gesture, line, at.time, here.grid);
  }

  /** The rows a draft lies on; headings between them are left out. */
  private rowsOf(draft: Draft): CursorRow[] {
    const { first, last } = extentOf(draft);
    return Array.from({ length: last - first + 1 }, (_, index) => this.row(first + index)).filter((it) => it !== null);
  }

  private freeBeside({ start, end, ...lines }: Draft): Elsewhere[] {
    const taken = extentOf({ start, end, ...lines });
    const { tops } = this.state.stack();
    const { first, end: last } = this.view.rows();
    const now = this.clock.now();
    return Array.from({ length: last - first }, (_, index) => first + index).flatMap((line) => {
      const here = line < taken.first || line > taken.last ? this.row(line) : null;
      if (!here || !isBookable(judgeDraft({ row: here.row, content: here.content, draft: { start, end }, now }))) return [];
      return [{ draft: { line, start, end }, x: xOf(this.state.scale(), start), y: tops[line]! + this.state.rowHeight() / 2 }];
    });
  }

  private lookOf(draft: Draft, { verdict, rows, at, reason }: Fate): GhostLook {
    const scale = this.state.scale();
    const { tops } = this.state.stack();
    const { first, last } = extentOf(draft);
    const { zone, rules } = at.row;
    const x = xOf(scale, draft.start);
    const end = xOf(scale, draft.end);
    const held = heldSpan(rules, draft);
    const tone = reason ? 'refused' : verdict.kind === 'needs-approval' ? 'asks' : 'free';
    const many = rows.length > 1 ? this.words.text('count.many', { count: rows.length }) : null;
    return {
      x,
      width: end - x,
      y: tops[first]! + GAP,
      height: tops[last + 1]! - tops[first]! - 2 * GAP,
      title: this.formats.range(draft.start, draft.end, zone),
      note: [this.words.duration(draft), many, this.words.text(`ghost.${tone}`)].filter(Boolean).join(' · '),
      tone,
      reason,
      before: x - xOf(scale, held.start),
      after: xOf(scale, held.end) - end,
    };
  }
}
