import { CdkContextMenuTrigger, CdkMenu, CdkMenuItem } from '@angular/cdk/menu';
import { Component, DestroyRef, ElementRef, afterNextRender, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { ClientPoint } from '../drag/drag-loop';
import type { Draft } from '../drag/draft';
import { isEditable, type Bar } from '../rows/bar';
import { leastWidthFor, type Placing } from '../rows/place-row';
import { lineStep, ticks } from '../time/ticks';
import { xOf } from '../time/time-scale';
import { TimelineActs } from '../timeline-acts';
import { TimelineState } from '../timeline-state';
import { ZOOM } from '../timeline-url';
import { TimelineWords } from '../timeline-words';
import { BarCard } from './bar-card';
import { GridDrafts } from './grid-drafts';
import { GridKeyboard } from './grid-keyboard';
import { GridPointer, type PointerHost, type PointerTarget } from './grid-pointer';
import { GridView } from './grid-view';
import { RowsUse } from './rows-use';
import { TimeAxis } from './time-axis';
import { TimelineRow } from './timeline-row';

/** What the context menu is about. */
interface MenuTarget {
  readonly line: number;
  readonly time: number;
  readonly bar: Bar | null;
  readonly mayEdit: boolean;
  readonly slot: Draft | null;
}

/** Elements the bars of all rows may take together; headers, lines and the shell share the rest of the 1,500 (console.md §2.4). */
const BAR_BUDGET = 810;
/** A bar can be taken by its ends when it is this wide. */
const STRETCHABLE = 30;
const HANDLE = 8;
const MINUTE = 60_000;

/** The scrolled body of the timeline: sticky headers, rows, now line, and the ghost of what is being drawn. */
@Component({
  selector: 'berth-timeline-grid',
  imports: [Icon, CdkContextMenuTrigger, CdkMenu, CdkMenuItem, RowsUse, TimeAxis, TimelineRow, TranslatePipe],
  providers: [GridView, GridDrafts, GridKeyboard],
  templateUrl: './timeline-grid.html',
  styleUrl: './timeline-grid.css',
})
export class TimelineGrid implements PointerHost {
  protected readonly drafts = inject(GridDrafts);
  protected readonly acts = inject(TimelineActs);
  private readonly clock = inject(ServerClock);
  protected readonly words = inject(TimelineWords);
  private readonly viewport = viewChild.required<ElementRef<HTMLElement>>('viewport');
  private readonly ghostBox = viewChild.required<ElementRef<HTMLElement>>('ghost');
  private readonly menu = viewChild.required(CdkContextMenuTrigger);
  private readonly items = viewChild(CdkMenu);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private card: BarCard | null = null;
  protected readonly state = inject(TimelineState);
  protected readonly view = inject(GridView);
  protected readonly keyboard = inject(GridKeyboard);

  protected readonly menuTarget = signal<MenuTarget | null>(null);
  protected readonly second = signal(0);
  protected readonly rendered = computed(() => {
    const { first, end } = this.view.rows();
    const { tops } = this.state.stack();
    return this.state
      .lines()
      .slice(first, end)
      .map((line, index) => ({ line, index: first + index, top: tops[first + index]! }));
  });
  protected readonly placing = computed<Placing>(
    () => {
      const scale = this.state.scale();
      const span = this.view.span();
      const rows = this.rendered().flatMap(({ line }) => (line.kind === 'resource' ? [this.state.board.content(line.id)()] : []));
      return { scale, span, rowHeight: this.state.rowHeight(), leastWidth: leastWidthFor(rows, scale, span, BAR_BUDGET) };
    },
    { equal: isSamePlacing },
  );
  protected readonly hasHolds = computed(() =>
    this.rendered().some(
      ({ line }) =>
        line.kind === 'resource' &&
        this.state.board
          .content(line.id)()
          .bars.some((it) => it.expiresAt !== null),
    ),
  );
  protected readonly lines = computed(() => this.verticalLines());
  protected readonly nowAt = computed(() => {
    const now = this.state.now();
    const scale = this.state.scale();
    return now >= scale.start && now < scale.end ? xOf(scale, now) : null;
  });
  protected readonly count = computed(() => {
    const total = this.state.rows().length;
    const free = this.state.freeNow();
    const resources = this.words.text(total === 1 ? 'count.one' : 'count.many', { count: total });
    return free === null ? resources : `${resources} · ${this.words.text('count.free', { count: free })}`;
  });

  constructor() {
    const destroy = inject(DestroyRef);
    afterNextRender(() => {
      const element = this.viewport().nativeElement;
      this.drafts.attach(this.ghostBox().nativeElement);
      this.card = new BarCard();
      const detach = this.view.attach(element, this.host.parentElement ?? this.host);
      const pointer = new GridPointer(element, this, this.view, this.drafts);
      const zoom = (event: WheelEvent) => this.zoomByWheel(event);
      element.addEventListener('wheel', zoom, { passive: false });
      destroy.onDestroy(() => {
        detach();
        pointer.destroy();
        element.removeEventListener('wheel', zoom);
        this.card?.destroy();
      });
    });
    effect(() => {
      // The panel that opens takes room from the grid; what it shows stays in view.
      this.view.size();
      const id = this.state.query().selected;
      untracked(() => id !== null && this.reveal(id));
    });
    effect((onCleanup) => {
      if (!this.hasHolds()) return;
      const timer = setInterval(() => this.second.update((it) => it + 1), 1000);
      onCleanup(() => clearInterval(timer));
    });
  }

  targetAt(point: ClientPoint, element: Element | null): PointerTarget {
    if (!element || element.closest('.head, .axis, .group, .elsewhere') || !this.view.isOnRows(point)) return { kind: 'nothing' };
    const { line, time } = this.view.pointAt(point);
    if (!this.drafts.row(line)) return { kind: 'nothing' };
    const box = element.closest<HTMLElement>('[data-bar]');
    const known = box ? this.state.board.find(box.dataset['bar']!) : undefined;
    if (!box || !known) return { kind: 'gesture', gesture: { kind: 'create', line, grabbed: time }, cursor: '' };
    if (!isEditable(known.bar, this.clock.now())) return { kind: 'bar', id: known.bar.id };
    const rect = box.getBoundingClientRect();
    const kind = edgeOf(point.x, rect);
    return { kind: 'gesture', gesture: { kind, line, grabbed: time, bar: known.bar }, cursor: kind === 'move' ? 'grab' : 'ew-resize' };
  }

  open(barId: string): void {
    this.state.go({ selected: barId });
  }

  hover(target: PointerTarget, point: ClientPoint): void {
    const id = target.kind === 'bar' ? target.id : target.kind === 'gesture' ? target.gesture.bar?.id : undefined;
    const known = id ? this.state.board.find(id) : undefined;
    const row = known && this.state.row(known.resourceId);
    if (known && row && id !== this.state.query().selected) this.card?.showSoon(point, this.words.card(known.bar, row));
    else this.card?.hide();
    if (target.kind === 'gesture' && !target.gesture.bar) this.drafts.hint(target.gesture.line, target.gesture.grabbed);
    else this.drafts.hide();
  }

  protected pressed(event: KeyboardEvent): void {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      this.openMenuAtCursor();
      return;
    }
    const act = this.keyboard.press(event);
    if (act === false) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === true) return;
    if (act.kind === 'book') void this.drafts.book(act.draft);
    else if (act.kind === 'open') this.open(act.bar.id);
    else if (act.kind === 'open-resource') this.acts.openResource(act.resourceId);
    else if (act.kind === 'drop') void this.drafts.place(act.bar, act.from, act.draft, act.copies);
    else this.toggleLine(act.line);
  }

  protected pointed(event: PointerEvent): void {
    this.card?.hide();
    this.keyboard.isInUse.set(false);
    const point = { x: event.clientX, y: event.clientY };
    if (!this.view.isOnRows(point)) return;
    const { line, time } = this.view.pointAt(point);
    this.keyboard.follow(line, time);
    if (event.button !== 2) return;
    this.drafts.hide();
    this.aim(line, time, (event.target as Element).closest<HTMLElement>('[data-bar]')?.dataset['bar'] ?? null);
  }

  /** A finger that rests draws; the menu of a long press would be in its way. */
  protected offered(event: MouseEvent): void {
    if ((event as PointerEvent).pointerType === 'touch' || !this.menuTarget()) event.preventDefault();
  }

  protected menuClosed(): void {
    if (document.activeElement === document.body) this.viewport().nativeElement.focus({ preventScroll: true });
  }

  protected toggle(id: string): void {
    this.state.collapsed.update((it) => (it.has(id) ? new Set([...it].filter((other) => other !== id)) : new Set([...it, id])));
  }

  protected bookSlot(target: MenuTarget): void {
    if (target.slot) void this.drafts.book(target.slot);
  }

  protected moveElsewhere(target: MenuTarget): void {
    const line = this.state.lines()[target.line];
    if (target.bar && line) void this.acts.moveElsewhere(target.bar, line.id);
  }

  protected bookOnceMore(target: MenuTarget): void {
    const line = this.state.lines()[target.line];
    if (target.bar && line) void this.acts.bookOnceMore(target.bar, line.id);
  }

  protected extend(target: MenuTarget, minutes: number): void {
    if (target.bar)
      void this.drafts.place(
        target.bar,
        target.line,
        { line: target.line, start: target.bar.start, end: target.bar.end + minutes * MINUTE },
        false,
      );
  }

  protected cancel(target: MenuTarget): void {
    const line = this.state.lines()[target.line];
    if (target.bar && line) void this.acts.cancel(target.bar, line.id);
  }

  protected slotText(target: MenuTarget): string {
    const here = target.slot && this.drafts.row(target.slot.line);
    return here && target.slot
      ? this.words.text('menu.book', { resource: here.row.name, span: this.words.span(target.slot, here.row.zone) })
      : '';
  }

  private reveal(barId: string): void {
    const known = this.state.board.find(barId);
    const line = known ? this.state.lines().findIndex((it) => it.id === known.resourceId) : -1;
    if (known && line >= 0) this.view.reveal(line, known.bar.start, known.bar.end);
  }

  private openMenuAtCursor(): void {
    const cursor = this.keyboard.cursor();
    const here = cursor && this.drafts.row(cursor.line);
    if (!cursor || !here) return;
    this.aim(cursor.line, cursor.time, here.content.bars.find((it) => it.start <= cursor.time && cursor.time < it.end)?.id ?? null);
    const { left, bottom } = this.view.clientRect(
      xOf(this.state.scale(), cursor.time),
      this.state.stack().tops[cursor.line]!,
      1,
      this.state.rowHeight(),
    );
    this.menu().open({ x: left, y: bottom });
    setTimeout(() => this.items()?.focusFirstItem('keyboard'));
  }

  private aim(line: number, time: number, barId: string | null): void {
    const bar = barId === null ? null : (this.state.board.find(barId)?.bar ?? null);
    const slot = bar ? null : this.drafts.slotAt(line, time);
    this.menuTarget.set({
      line,
      time,
      bar,
      mayEdit: bar !== null && isEditable(bar, this.clock.now()),
      slot: slot && this.drafts.isFree(slot) ? slot : null,
    });
  }

  private toggleLine(line: number): void {
    const at = this.state.lines()[line];
    if (at?.kind === 'group') this.toggle(at.title);
  }

  private zoomByWheel(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const zoom = Math.min(ZOOM.most, Math.max(ZOOM.least, this.state.query().zoom * Math.exp(-event.deltaY / 400)));
    this.view.pin(event.clientX);
    this.state.go({ zoom }, { replaces: true });
  }

  /** Strong lines at midnight, in a month at the start of a week; fine ones between them. */
  private verticalLines(): { readonly strong: string; readonly fine: string } {
    const scale = this.state.scale();
    const { from, to } = this.view.span();
    const step = lineStep(this.state.pxPerHour(), this.state.view() === 'day' ? 44 : 24);
    const isMonth = this.state.view() === 'month';
    const weeks = new Set(scale.days.filter((it) => it.weekday === this.state.weekStart()).map((it) => it.start));
    const all = ticks(scale, from, to, Math.max(step, 30), 60);
    const path = (isStrong: boolean) =>
      all
        .filter((it) => (it.kind === 'day' && (!isMonth || weeks.has(it.at))) === isStrong)
        .map((it) => `M${Math.round(it.x) + 0.5} 0V1`)
        .join('');
    return { strong: path(true), fine: path(false) };
  }
}

function edgeOf(x: number, rect: DOMRect): 'move' | 'stretch-start' | 'stretch-end' {
  if (rect.width < STRETCHABLE) return 'move';
  if (x - rect.left <= HANDLE) return 'stretch-start';
  return rect.right - x <= HANDLE ? 'stretch-end' : 'move';
}

function isSamePlacing(a: Placing, b: Placing): boolean {
  return a.scale === b.scale && a.span === b.span && a.rowHeight === b.rowHeight && a.leastWidth === b.leastWidth;
}
