import { Dialog, type DialogRef, type DialogConfig } from '@angular/cdk/dialog';
import { Injectable, Injector, inject, type Binding, type Type } from '@angular/core';
import {
  createFlexibleConnectedPositionStrategy,
  createGlobalPositionStrategy,
  createRepositionScrollStrategy,
  type ConnectedPosition,
} from '@angular/cdk/overlay';

let nextId = 1;

/** How to open a dialog, sheet or popover. */
export interface OpenOptions<D> {
  /** What the component reads with `inject(DIALOG_DATA)`. */
  readonly data?: D;
  /** Inputs of the component: `[inputBinding('resource', this.resource)]`. */
  readonly bindings?: Binding[];
  /** What takes the focus, as a selector; by default the first control of the content. */
  readonly focus?: string;
  /** Keeps Escape and a click beside it from closing. */
  readonly staysOpen?: boolean;
}

/** Where a popover hangs: an element, or a rectangle in the viewport. */
export type Anchor = Element | { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number };

const beside: ConnectedPosition[] = [
  { originX: 'end', originY: 'center', overlayX: 'start', overlayY: 'center', offsetX: 8 },
  { originX: 'start', originY: 'center', overlayX: 'end', overlayY: 'center', offsetX: -8 },
];
const below: ConnectedPosition[] = [
  { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 6 },
  { originX: 'end', originY: 'bottom', overlayX: 'end', overlayY: 'top', offsetY: 6 },
  { originX: 'start', originY: 'top', overlayX: 'start', overlayY: 'bottom', offsetY: -6 },
  { originX: 'end', originY: 'top', overlayX: 'end', overlayY: 'bottom', offsetY: -6 },
];

/**
 * Opens what floats. All three return the CDK's DialogRef: `closed` tells the result, `close(result)` ends it, and focus goes back to
 * the opener. Put a `<berth-dialog-frame>` inside.
 */
@Injectable({ providedIn: 'root' })
export class Dialogs {
  private readonly dialog = inject(Dialog);
  private readonly injector = inject(Injector);

  /** A modal dialog, in the middle or from the corner of an element it grows out of; the whole screen on a phone. */
  open<R = unknown, D = unknown, C = unknown>(
    component: Type<C>,
    options: OpenOptions<D> & { readonly size?: 'narrow' | 'default' | 'wide'; readonly over?: Element } = {},
  ): DialogRef<R, C> {
    const over = options.over?.getBoundingClientRect();
    const placement = over
      ? { positionStrategy: createGlobalPositionStrategy(this.injector).left(`${over.left}px`).top(`${over.top}px`) }
      : {};
    const panelClass = ['dialog-pane', options.size ?? 'default'];
    return this.dialog.open<R, D, C>(component, { ...common<D, DialogRef<R, C>>(options), ...placement, panelClass });
  }

  /** A modal sheet at the right edge, 360 px as inspector or wide; from the bottom on a phone. */
  openSheet<R = unknown, D = unknown, C = unknown>(
    component: Type<C>,
    options: OpenOptions<D> & { readonly size?: 'inspector' | 'wide' } = {},
  ): DialogRef<R, C> {
    return this.dialog.open<R, D, C>(component, {
      ...common<D, DialogRef<R, C>>(options),
      panelClass: ['sheet-pane', options.size ?? 'inspector'],
    });
  }

  /** A popover that flips to stay in view and never covers its anchor; a sheet from the bottom on a phone. */
  openPopover<R = unknown, D = unknown, C = unknown>(
    component: Type<C>,
    anchor: Anchor,
    options: OpenOptions<D> & { readonly side?: 'below' | 'beside' } = {},
  ): DialogRef<R, C> {
    if (matchMedia('(max-width: 719px)').matches) return this.openSheet<R, D, C>(component, options);
    const positions = options.side === 'beside' ? [...beside, ...below] : [...below, ...beside];
    const ref = this.dialog.open<R, D, C>(component, {
      ...common<D, DialogRef<R, C>>(options),
      ariaModal: false,
      hasBackdrop: false,
      panelClass: 'popover-pane',
      scrollStrategy: createRepositionScrollStrategy(this.injector),
      positionStrategy: createFlexibleConnectedPositionStrategy(this.injector, anchor)
        .withPositions(positions)
        .withPush(true)
        .withFlexibleDimensions(false)
        .withViewportMargin(8),
    });
    if (!options.staysOpen) ref.overlayRef.outsidePointerEvents().subscribe(() => ref.close());
    staysInView(ref);
    return ref;
  }
}

/** What a popover learns after it opened (rules, alternatives) makes it higher: it finds its place again. */
function staysInView({ overlayRef, closed }: Pick<DialogRef, 'overlayRef' | 'closed'>): void {
  if (typeof ResizeObserver === 'undefined') return;
  const resized = new ResizeObserver(() => overlayRef.updatePosition());
  resized.observe(overlayRef.overlayElement);
  closed.subscribe(() => resized.disconnect());
}

// The first control of the content; the close button only where there is no other.
const focusable = ':is(input, select, textarea, button, a[href], [tabindex="0"]):not([disabled], [tabindex="-1"], .frame-head *)';
const firstControl = `${focusable}, .frame-head:not(:has(~ * ${focusable})) button`;

function common<D, R>(options: OpenOptions<D>): DialogConfig<D, R> {
  const id = `berth-dialog-${nextId++}`;
  return {
    id,
    ariaLabelledBy: `${id}-title`,
    ariaModal: true,
    backdropClass: 'scrim',
    autoFocus: options.focus ?? firstControl,
    restoreFocus: true,
    disableClose: options.staysOpen ?? false,
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(options.bindings === undefined ? {} : { bindings: options.bindings }),
  };
}
