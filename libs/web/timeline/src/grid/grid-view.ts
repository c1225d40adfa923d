import { ApplicationRef, DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { ClientPoint, DragSurface, TimelinePoint } from '../drag/drag-loop';
import { isSameRange, isSameSpan, rowAt, rowsWithin, scrollToShow, spanWithin, type PixelSpan, type RowRange } from '../rows/viewport';
import { timeAt, xOf, type TimeScale } from '../time/time-scale';
import { TimelineState, WORKING_HOURS } from '../timeline-state';

const OVERSCAN_ROWS = 3;
/** Width of the row headers, and where there is less room. */
const HEAD = 232;
const NARROW_HEAD = 168;
const BORDERS = 2;
const PRINTED_ROWS = 200;
const HOUR = 3_600_000;

/** The scrolled part of the timeline: which rows and pixels are in view, and which time and row lie under a point. */
@Injectable()
export class GridView implements DragSurface {
  private readonly state = inject(TimelineState);
  private element: HTMLElement | null = null;
  /** As last seen; reading it from the page would lay the page out in the middle of a render. */
  private scrolled = { left: 0, top: 0 };
  private frame: number | null = null;
  private lastScale: TimeScale | null = null;
  private pinned: { readonly time: number; readonly x: number } | null = null;

  readonly size = signal({ width: 0, height: 0 });
  /** Width the grid has while no panel stands beside it; the hours keep theirs when one opens. */
  private readonly room = signal(0);
  readonly head = computed(() => (this.size().width < 860 ? NARROW_HEAD : HEAD));
  readonly axis = computed(() => (this.state.view() === 'day' ? 34 : 48));
  readonly rows = signal<RowRange>({ first: 0, end: 0 }, { equal: isSameRange });
  readonly span = signal<PixelSpan>({ from: 0, to: 1 }, { equal: isSameSpan });

  constructor() {
    effect(() => {
      this.state.bodyWidth.set(Math.max(240, this.room() - this.head() - BORDERS));
    });
    effect(() => {
      const scale = this.state.scale();
      this.state.stack();
      this.size();
      untracked(() => {
        this.keepPlace(scale);
        this.measure();
      });
    });
    const application = inject(ApplicationRef);
    const print = (isPrinting: boolean) => () => {
      this.state.isPrinting.set(isPrinting);
      // The page is drawn for paper as soon as this returns.
      application.tick();
    };
    const [before, after] = [print(true), print(false)];
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    inject(DestroyRef).onDestroy(() => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
      if (this.frame !== null) cancelAnimationFrame(this.frame);
    });
  }

  /** @param around what the grid shares with the panel beside it */
  attach(element: HTMLElement, around: HTMLElement): () => void {
    this.element = element;
    const measure = () => {
      this.size.set({ width: element.clientWidth, height: element.clientHeight });
      this.room.set(around.clientWidth);
    };
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    resized.observe(around);
    measure();
    const scrolled = () => (this.frame ??= requestAnimationFrame(() => this.look()));
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }

  pointAt({ x, y }: ClientPoint): TimelinePoint {
    const at = this.canvasPoint({ x, y });
    return { line: rowAt(this.state.stack(), at.y), time: timeAt(this.state.scale(), at.x) };
  }

  /** Whether the point is on a row, not on a header or below the last row. */
  isOnRows(point: ClientPoint): boolean {
    const rect = this.element!.getBoundingClientRect();
    const { y } = this.canvasPoint(point);
    return point.x >= rect.left + this.head() && point.y >= rect.top + this.axis() && y < this.state.stack().height;
  }

  bounds(): { left: number; right: number; top: number; bottom: number } {
    const { left, right, top, bottom } = this.element!.getBoundingClientRect();
    return { left: left + this.head(), right, top: top + this.axis(), bottom };
  }

  scrollBy(x: number, y: number): boolean {
    const element = this.element!;
    const { scrollLeft, scrollTop } = element;
    element.scrollBy(x, y);
    return element.scrollLeft !== scrollLeft || element.scrollTop !== scrollTop;
  }

  /** Brings a time and a line into view, moving no more than needed. */
  reveal(line: number, from: number, to: number): void {
    const element = this.element;
    if (!element) return;
    const scale = this.state.scale();
    const { tops } = this.state.stack();
    const { width, height } = this.size();
    element.scrollTo({
      left: scrollToShow(element.scrollLeft, width - this.head(), xOf(scale, from), xOf(scale, to), 24),
      top: scrollToShow(element.scrollTop, height - this.axis(), tops[line] ?? 0, tops[line + 1] ?? 0, 8),
    });
    this.look();
  }

  /** Keeps the time under this point where it is while the zoom changes. */
  pin(clientX: number): void {
    const rect = this.element!.getBoundingClientRect();
    const x = Math.max(0, clientX - rect.left - this.head());
    this.pinned = { time: timeAt(this.state.scale(), x + this.element!.scrollLeft), x };
  }

  /** Where something of the canvas is on the page. */
  clientRect(x: number, y: number, width: number, height: number): DOMRect {
    const rect = this.element!.getBoundingClientRect();
    return new DOMRect(
      rect.left + this.head() + x - this.element!.scrollLeft,
      rect.top + this.axis() + y - this.element!.scrollTop,
      width,
      height,
    );
  }

  private canvasPoint({ x, y }: ClientPoint): { x: number; y: number } {
    const element = this.element!;
    const rect = element.getBoundingClientRect();
    return { x: x - rect.left + element.scrollLeft - this.head(), y: y - rect.top + element.scrollTop - this.axis() };
  }

  private look(): void {
    this.frame = null;
    this.scrolled = { left: this.element!.scrollLeft, top: this.element!.scrollTop };
    this.element!.classList.toggle('scrolled', this.scrolled.left > 0);
    this.measure();
  }

  private measure(): void {
    const { left, top } = this.scrolled;
    const { width, height } = this.size();
    if (width === 0) return;
    const stack = this.state.stack();
    if (this.state.isPrinting()) {
      this.rows.set({ first: 0, end: Math.min(stack.count, PRINTED_ROWS) });
      this.span.set({ from: 0, to: this.state.scale().width });
      return;
    }
    this.rows.set(rowsWithin(stack, top, height - this.axis(), OVERSCAN_ROWS));
    this.span.set(spanWithin(left, width - this.head(), this.state.scale().width));
    this.state.look(this.ordersIn(rowsWithin(stack, top, height - this.axis(), 0)));
  }

  private ordersIn({ first, end }: RowRange): RowRange {
    const orders = this.state
      .lines()
      .slice(first, end)
      .flatMap((it) => (it.kind === 'resource' ? [it.order] : []));
    return orders.length === 0 ? { first: 0, end: 0 } : { first: orders[0]!, end: orders.at(-1)! + 1 };
  }

  /** After a change of scale: zooming keeps what was looked at, another day keeps the hours, a first look begins at the working day. */
  private keepPlace(scale: TimeScale): void {
    const element = this.element;
    const last = this.lastScale;
    if (!element || this.size().width === 0) return;
    this.lastScale = scale;
    if (last && last.start === scale.start && last.end === scale.end) {
      if (last.width === scale.width) return;
      const pin = this.pinned ?? { time: timeAt(last, this.scrolled.left), x: 0 };
      this.pinned = null;
      this.scrollLater(xOf(scale, pin.time) - pin.x);
      return;
    }
    if (last && last.view === scale.view) return;
    this.scrollLater(this.firstLook(scale));
  }

  private firstLook(scale: TimeScale): number {
    if (scale.view !== 'day') return 0;
    const opening = xOf(scale, scale.start + WORKING_HOURS.from * HOUR);
    const now = this.state.now();
    const seen = this.state.bodyWidth();
    const at = xOf(scale, now);
    const isToday = now >= scale.start && now < scale.end;
    return isToday && (at < opening + 20 || at > opening + seen - 60) ? at - seen * 0.4 : opening;
  }

  /** The canvas takes its new width with the next render, and cannot be scrolled beyond the old one before. */
  private scrollLater(left: number): void {
    this.scrolled = { ...this.scrolled, left: Math.max(0, left) };
    requestAnimationFrame(() => {
      if (this.element) this.element.scrollLeft = left;
      this.look();
    });
  }
}
