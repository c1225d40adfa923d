import type { Gesture } from './draft';

/** A point of the page, in client pixels. */
export interface ClientPoint {
  readonly x: number;
  readonly y: number;
}

/** What the pointer is over, in the terms of the timeline. */
export interface TimelinePoint {
  readonly line: number;
  readonly time: number;
}

/** The part of the page a drag runs over. */
export interface DragSurface {
  pointAt(point: ClientPoint): TimelinePoint;
  /** The scrolled area without its sticky headers, in client pixels. */
  bounds(): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** @returns whether anything moved */
  scrollBy(x: number, y: number): boolean;
}

export interface DragOutcome {
  readonly gesture: Gesture;
  readonly at: TimelinePoint;
  /** The pointer never left the place it was pressed. */
  readonly isClick: boolean;
  /** Alt was held: leave the original where it is. */
  readonly copies: boolean;
}

export interface DragListener {
  /** Called once a frame while the pointer or the scroll position changes. */
  draw(outcome: DragOutcome): void;
  drop(outcome: DragOutcome): void;
  abort(): void;
}

/** Runs a callback before the next paint; replaced in tests. */
export interface Frames {
  request(callback: () => void): number;
  cancel(handle: number): void;
}

/** Closer to an edge than this, the surface scrolls along. */
const EDGE = 44;
const FASTEST = 20;
/** A hand that shakes this much is still a click. */
const CLICK_SLOP = 4;

/**
 * One drag at a time, drawn at most once a frame. Pointer events only note where the pointer is: reading layout and
 * drawing happen together in the frame, however many events a mouse sends.
 */
export class DragLoop {
  private gesture: Gesture | null = null;
  private pressed: ClientPoint = { x: 0, y: 0 };
  private pointer: ClientPoint = { x: 0, y: 0 };
  private moved = false;
  private copies = false;
  private changed = false;
  private frame: number | null = null;

  constructor(
    private readonly surface: DragSurface,
    private readonly listener: DragListener,
    private readonly frames: Frames = { request: (it) => requestAnimationFrame(it), cancel: (it) => cancelAnimationFrame(it) },
  ) {}

  get isActive(): boolean {
    return this.gesture !== null;
  }

  /** Whether the pointer has gone far enough to be no click. */
  get isMoving(): boolean {
    return this.gesture !== null && this.moved;
  }

  start(gesture: Gesture, at: ClientPoint, copies: boolean): void {
    this.cancelFrame();
    this.gesture = gesture;
    this.pressed = this.pointer = at;
    this.moved = false;
    this.copies = copies;
  }

  move(to: ClientPoint, copies: boolean): void {
    if (!this.gesture) return;
    this.pointer = to;
    this.copies = copies;
    this.moved ||= Math.abs(to.x - this.pressed.x) > CLICK_SLOP || Math.abs(to.y - this.pressed.y) > CLICK_SLOP;
    this.changed = true;
    if (this.moved) this.frame ??= this.frames.request(() => this.tick());
  }

  release(): void {
    const outcome = this.outcome();
    this.stop();
    if (outcome) this.listener.drop(outcome);
  }

  abort(): void {
    if (!this.gesture) return;
    this.stop();
    this.listener.abort();
  }

  private tick(): void {
    this.frame = null;
    const scrolled = this.scrollAtEdges();
    const outcome = this.outcome();
    if (!outcome) return;
    if (this.changed || scrolled) this.listener.draw(outcome);
    this.changed = false;
    // Held still at an edge the surface goes on scrolling, and the draft with it.
    if (scrolled) this.frame = this.frames.request(() => this.tick());
  }

  private outcome(): DragOutcome | null {
    if (!this.gesture) return null;
    return { gesture: this.gesture, at: this.surface.pointAt(this.pointer), isClick: !this.moved, copies: this.copies };
  }

  private scrollAtEdges(): boolean {
    const { left, right, top, bottom } = this.surface.bounds();
    const x = pull(this.pointer.x, left, right);
    const y = this.gesture?.kind === 'move' || this.gesture?.isAcross ? pull(this.pointer.y, top, bottom) : 0;
    return (x !== 0 || y !== 0) && this.surface.scrollBy(x, y);
  }

  private stop(): void {
    this.cancelFrame();
    this.gesture = null;
    this.changed = false;
  }

  private cancelFrame(): void {
    if (this.frame !== null) this.frames.cancel(this.frame);
    this.frame = null;
  }
}

/** Pixels to scroll this frame: nothing in the middle, faster the further over an edge. */
function pull(at: number, from: number, to: number): number {
  const over = at < from + EDGE ? at - (from + EDGE) : at > to - EDGE ? at - (to - EDGE) : 0;
  return Math.max(-FASTEST, Math.min(FASTEST, Math.round((over / EDGE) * FASTEST * 0.6)));
}
