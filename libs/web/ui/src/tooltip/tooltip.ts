import { Directive, ElementRef, Injector, type OnDestroy, inject, input } from '@angular/core';
import { createFlexibleConnectedPositionStrategy, createOverlayRef, type OverlayRef } from '@angular/cdk/overlay';
import { DomPortal } from '@angular/cdk/portal';

const appearAfterMs = 400;
let nextId = 1;

/** A few words about a control, on hover and focus; Escape hides them. Use it for what is also said elsewhere or in a label. */
@Directive({
  selector: '[berthTooltip]',
  host: {
    '(mouseenter)': 'soon()',
    '(mouseleave)': 'hide()',
    '(focus)': 'soon()',
    '(blur)': 'hide()',
    '(click)': 'hide()',
    '(keydown.escape)': 'hide()',
  },
})
export class Tooltip implements OnDestroy {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private overlay: OverlayRef | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly id = `berth-tooltip-${nextId++}`;

  readonly berthTooltip = input.required<string>();

  ngOnDestroy(): void {
    this.hide();
  }

  protected soon(): void {
    this.timer ??= setTimeout(() => this.show(), appearAfterMs);
  }

  protected hide(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.overlay?.dispose();
    this.overlay = null;
    this.host.nativeElement.removeAttribute('aria-describedby');
  }

  private show(): void {
    if (this.overlay !== null || this.berthTooltip() === '') return;
    const above = { originX: 'center', originY: 'top', overlayX: 'center', overlayY: 'bottom', offsetY: -6 } as const;
    const under = { originX: 'center', originY: 'bottom', overlayX: 'center', overlayY: 'top', offsetY: 6 } as const;
    const positions = createFlexibleConnectedPositionStrategy(this.injector, this.host).withPositions([above, under]).withViewportMargin(8);
    this.overlay = createOverlayRef(this.injector, { positionStrategy: positions });
    const bubble = document.createElement('div');
    bubble.className = 'tooltip float';
    bubble.id = this.id;
    bubble.setAttribute('role', 'tooltip');
    bubble.textContent = this.berthTooltip();
    // A portal takes only what stands somewhere.
    document.createElement('div').append(bubble);
    this.overlay.attach(new DomPortal(bubble));
    this.overlay.updatePosition();
    this.host.nativeElement.setAttribute('aria-describedby', this.id);
  }
}
