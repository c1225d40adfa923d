import { DragLoop, type ClientPoint, type DragListener, type DragSurface } from '../drag/drag-loop';
import type { Gesture } from '../drag/draft';

/** What lies under a point of the grid. */
export type PointerTarget =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'gesture'; readonly gesture: Gesture; readonly cursor: string }
  | { readonly kind: 'bar'; readonly id: string };

export interface PointerHost {
  /** What pressing here would begin. */
  targetAt(point: ClientPoint, element: Element | null): PointerTarget;
  /** A bar that cannot be dragged was clicked. */
  open(barId: string): void;
  /** The pointer rests on something, or on nothing any more. */
  hover(target: PointerTarget, point: ClientPoint): void;
}

/** Held this long without moving, a finger draws instead of scrolling. */
const LONG_PRESS_MS = 450;
const FINGER_SLOP = 8;

/**
 * Mouse, pen and finger on the grid. A mouse drags at once; a finger scrolls, taps, and draws after a long press. Listeners
 * are attached by hand so that no pointer event checks a template.
 */
export class GridPointer {
  private readonly loop: DragLoop;
  private readonly ending = new AbortController();
  private clicked: string | null = null;
  private pressed: ClientPoint | null = null;
  private longPress: ReturnType<typeof setTimeout> | null = null;
  private hovering: number | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly host: PointerHost,
    surface: DragSurface,
    listener: DragListener,
  ) {
    this.loop = new DragLoop(surface, listener);
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      run: (event: HTMLElementEventMap[K]) => void,
      options?: AddEventListenerOptions,
    ) => element.addEventListener(type, run, { ...options, signal: this.ending.signal });
    on('pointerdown', (event) => this.down(event));
    on('pointermove', (event) => this.moved(event));
    on('pointerup', (event) => this.up(event));
    on('pointercancel', () => this.cancel());
    on('pointerleave', (event) => this.host.hover({ kind: 'nothing' }, pointOf(event)));
    // A drag that began by a long press must not turn into scrolling.
    on('touchmove', (event) => this.loop.isActive && event.preventDefault(), { passive: false });
    document.addEventListener('keydown', (event) => this.key(event), { capture: true, signal: this.ending.signal });
    document.addEventListener('keyup', (event) => this.key(event), { capture: true, signal: this.ending.signal });
  }

  get isDragging(): boolean {
    return this.loop.isMoving;
  }

  destroy(): void {
    this.cancel();
    this.ending.abort();
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || this.loop.isActive) return;
    const point = pointOf(event);
    const target = this.host.targetAt(point, event.target as Element | null);
    this.pressed = point;
    this.clicked = null;
    if (target.kind === 'nothing') return;
    if (target.kind === 'bar') {
      this.clicked = target.id;
      return;
    }
    if (event.pointerType === 'touch') {
      this.waitForLongPress(event, target.gesture);
      return;
    }
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    const isAcross = event.shiftKey && target.gesture.kind === 'create';
    this.begin(event, isAcross ? { ...target.gesture, isAcross } : target.gesture);
  }

  private begin(event: PointerEvent, gesture: Gesture): void {
    this.element.setPointerCapture(event.pointerId);
    this.loop.start(gesture, this.pressed ?? pointOf(event), event.altKey);
  }

  private waitForLongPress(event: PointerEvent, gesture: Gesture): void {
    this.longPress = setTimeout(() => {
      this.longPress = null;
      this.begin(event, gesture);
      navigator.vibrate?.(10);
      this.loop.move({ x: event.clientX + 5, y: event.clientY }, false);
      this.loop.move(pointOf(event), false);
    }, LONG_PRESS_MS);
  }

  private moved(event: PointerEvent): void {
    const point = pointOf(event);
    if (this.loop.isActive) {
      this.loop.move(point, event.altKey);
      return;
    }
    if (this.longPress !== null && this.pressed && distance(point, this.pressed) > FINGER_SLOP) this.forgetLongPress();
    if (event.pointerType !== 'touch' && event.buttons === 0) this.hoverSoon(point, event.target as Element | null);
  }

  private up(event: PointerEvent): void {
    const isStill = this.pressed !== null && distance(pointOf(event), this.pressed) <= FINGER_SLOP;
    if (this.longPress !== null) {
      this.forgetLongPress();
      const target = this.host.targetAt(pointOf(event), event.target as Element | null);
      if (isStill && target.kind === 'gesture') this.loop.start(target.gesture, pointOf(event), false);
    }
    const clicked = isStill ? this.clicked : null;
    this.clicked = this.pressed = null;
    // After the click that follows: a popover opened before it would take it for a click beside itself and close.
    setTimeout(() => {
      this.loop.release();
      if (clicked !== null) this.host.open(clicked);
    });
  }

  private cancel(): void {
    this.forgetLongPress();
    this.loop.abort();
    this.clicked = this.pressed = null;
  }

  private key(event: KeyboardEvent): void {
    if (!this.loop.isActive) return;
    if (event.key === 'Escape' && event.type === 'keydown') {
      event.preventDefault();
      event.stopPropagation();
      this.loop.abort();
    }
    if (event.key === 'Alt') event.preventDefault();
  }

  private hoverSoon(point: ClientPoint, element: Element | null): void {
    if (this.hovering !== null) cancelAnimationFrame(this.hovering);
    this.hovering = requestAnimationFrame(() => {
      this.hovering = null;
      if (this.loop.isActive || this.ending.signal.aborted) return;
      const target = this.host.targetAt(point, element);
      this.element.style.cursor = target.kind === 'gesture' ? target.cursor : target.kind === 'bar' ? 'pointer' : '';
      this.host.hover(target, point);
    });
  }

  private forgetLongPress(): void {
    if (this.longPress !== null) clearTimeout(this.longPress);
    this.longPress = null;
  }
}

function pointOf(event: PointerEvent): ClientPoint {
  return { x: event.clientX, y: event.clientY };
}

function distance(a: ClientPoint, b: ClientPoint): number {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
}
