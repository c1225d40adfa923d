import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { snapDown, snapUp } from '../drag/draft';
import { isEditable, type Bar, type Span } from '../rows/bar';
import { freeSpanAt } from '../rows/row-board';
import { dayAt, xOf } from '../time/time-scale';
import { addDays, toCivil, toInstant } from '@berth/kernel';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';
import { barAt, pressKey, type CursorAct, type CursorWorld, type GridCursor } from './grid-cursor';
import { GridDrafts } from './grid-drafts';
import { GridView } from './grid-view';
import type { ResourceRow } from '../rows/catalogue';
import type { CursorBox } from './timeline-row';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Finest column a screen reader counts. */
const COLUMN = 15 * MINUTE;

/** The keyboard's side of the grid: one tab stop, a cursor over time and rows, and everything the mouse can do. */
@Injectable()
export class GridKeyboard {
  private readonly state = inject(TimelineState);
  private readonly view = inject(GridView);
  private readonly drafts = inject(GridDrafts);
  private readonly words = inject(TimelineWords);
  private readonly formats = inject(Formats);
  private readonly clock = inject(ServerClock);
  private readonly announcer = inject(LiveAnnouncer);

  readonly cursor = signal<GridCursor | null>(null);
  readonly isFocused = signal(false);
  /** The last thing used was a key; a mouse needs no cursor and no ring. */
  readonly isInUse = signal(true);

  /** The cursor as its row draws it. */
  readonly box = computed<CursorBox | null>(() => {
    const cursor = this.cursor();
    const here = cursor && this.isFocused() && this.isInUse() && cursor.mode === 'browse' ? this.drafts.row(cursor.line) : null;
    if (!cursor || !here) return null;
    const scale = this.state.scale();
    const x = xOf(scale, cursor.time);
    return {
      x,
      width: Math.max(6, xOf(scale, snapUp(here.grid, cursor.time + 1)) - x),
      column: this.column(cursor.time),
      label: this.formats.time(cursor.time, here.row.zone),
    };
  });
  readonly columns = computed(() => 1 + Math.ceil((this.state.scale().end - this.state.scale().start) / COLUMN));

  constructor() {
    // Another period or other rows: the cursor goes to the same place there, or to the nearest one.
    effect(() => {
      const last = this.state.lines().length - 1;
      untracked(() =>
        this.cursor.update((it) =>
          it && it.line > last ? (last < 0 ? null : { ...it, line: last, mode: 'browse', draft: null, bar: null }) : it,
        ),
      );
    });
  }

  focus(): void {
    this.isFocused.set(true);
    if (!this.isInUse()) return;
    if (!this.cursor()) this.cursor.set(this.firstCursor());
    this.tell();
  }

  blur(): void {
    this.isFocused.set(false);
    this.isInUse.set(true);
    if (this.cursor()?.mode !== 'browse') this.endDraft();
  }

  /** Puts the cursor where the pointer was used last. */
  follow(line: number, time: number): void {
    const here = this.drafts.row(line);
    if (here) this.cursor.set({ line, time: snapDown(here.grid, time), mode: 'browse', draft: null, bar: null });
  }

  /** @returns whether the key meant something */
  press(event: KeyboardEvent): CursorAct | boolean {
    this.isInUse.set(true);
    if (!this.cursor()) this.cursor.set(this.firstCursor());
    const cursor = this.cursor();
    if (!cursor || event.altKey || event.metaKey) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = pressKey(cursor, { key, ctrl: event.ctrlKey, shift: event.shiftKey }, this.world());
    if (!step) return false;
    if (cursor.mode === 'browse' && step.cursor === cursor && !step.act) return false;
    this.moveTo(step.cursor);
    return step.act ?? true;
  }

  private moveTo(cursor: GridCursor): void {
    this.cursor.set(cursor);
    const { start, end } = this.state.scale();
    const at = cursor.draft ?? { line: cursor.line, start: cursor.time, end: cursor.time };
    if (at.start < start || at.start >= end) this.state.show(toCivil(new Date(at.start), this.state.zone()).date);
    this.view.reveal(cursor.draft?.lastLine ?? at.line, at.start, at.end);
    if (cursor.draft) this.drafts.show(cursor.draft, movedBy(cursor));
    else this.drafts.hide();
    this.tell();
  }

  private endDraft(): void {
    this.cursor.update((it) => it && { ...it, mode: 'browse', draft: null, bar: null });
    this.drafts.hide();
  }

  /** Says where the cursor is: «Turing, Tue 24 Nov, 14:00, free until 16:30». */
  private tell(): void {
    const cursor = this.cursor();
    const line = cursor && this.state.lines()[cursor.draft?.line ?? cursor.line];
    if (!cursor || !line) return;
    if (line.kind === 'group')
      void this.announcer.announce(this.words.text('said.group', { title: this.words.group(line.title), count: line.count }), 'polite');
    else void this.announcer.announce(this.sentences(cursor, line.row).join(', '), 'polite');
  }

  private sentences(cursor: GridCursor, row: ResourceRow): string[] {
    const here = this.drafts.row(cursor.draft?.line ?? cursor.line)!;
    const { zone } = here.row;
    if (cursor.draft) {
      const fate = this.drafts.fateOf(cursor.draft, movedBy(cursor));
      const names = fate && fate.rows.length > 1 ? fate.rows.map((it) => it.row.name) : [row.name];
      return [
        ...names,
        this.words.span(cursor.draft, zone),
        this.words.duration(cursor.draft),
        fate?.reason ?? this.words.text('ghost.free'),
      ];
    }
    const at = [row.name, this.formats.date(cursor.time, zone), this.formats.time(cursor.time, zone)];
    const bar = barAt(here.content, cursor.time);
    if (bar) return [...at, this.words.barHere(bar, zone)];
    const day = this.day(cursor.time);
    const free = freeSpanAt(here.content, cursor.time, day);
    if (!free) return [...at, this.words.text('said.closed')];
    return [
      ...at,
      free.end >= day.end
        ? this.words.text('said.freeAllDay')
        : this.words.text('said.freeUntil', { time: this.formats.time(free.end, zone) }),
    ];
  }

  private firstCursor(): GridCursor | null {
    const chosen = this.state.query().selected;
    const known = chosen ? this.state.board.find(chosen) : undefined;
    const lines = this.state.lines();
    const line = known
      ? lines.findIndex((it) => it.id === known.resourceId)
      : Math.max(
          this.view.rows().first,
          lines.findIndex((it) => it.kind === 'resource'),
        );
    const here = this.drafts.row(line);
    if (!here) return null;
    const { start, end, days } = this.state.scale();
    const now = this.clock.now();
    const morning = (days[0]?.start ?? start) + 9 * 3_600_000;
    return {
      line,
      time: snapDown(here.grid, known?.bar.start ?? (now >= start && now < end ? now : morning)),
      mode: 'browse',
      draft: null,
      bar: null,
    };
  }

  /** The same clock time some days away; daylight saving moves the instant, not the clock. */
  private sameClock(time: number, days: number): number {
    const { date, time: clock } = toCivil(new Date(time), this.state.zone());
    return toInstant(`${addDays(date, days)}T${clock}`, this.state.zone()).instant.getTime();
  }

  private world(): CursorWorld {
    return {
      lines: this.state.lines().length,
      page: Math.max(1, Math.floor((this.view.size().height - this.view.axis()) / this.state.rowHeight()) - 1),
      row: (line) => this.drafts.row(line),
      day: (time) => this.day(time),
      dayStep: (time, days) => this.sameClock(time, days),
      mayEdit: (bar) => isEditable(bar, this.clock.now()),
    };
  }

  private day(time: number): Span {
    return dayAt(this.state.scale(), time) ?? { start: time, end: time + DAY };
  }

  private column(time: number): number {
    return 2 + Math.floor((time - this.state.scale().start) / COLUMN);
  }
}

/** The bar that gives up its time for the draft; one that is copied keeps it. */
function movedBy({ mode, bar }: GridCursor): Bar | undefined {
  return mode === 'copy' || bar === null ? undefined : bar;
}
