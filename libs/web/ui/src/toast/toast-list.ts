import { Dialog } from '@angular/cdk/dialog';
import { Component, DestroyRef, ElementRef, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { TranslatePipe } from '@ngx-translate/core';
import { Toasts, type Toast, type ToastAction } from './toasts';
import { Icon } from '../icons/icon';

/**
 * Where toasts appear; stands once in the shell. It shows itself in the browser's top layer, above whatever dialog is open, and beside
 * the application in the page, because a modal dialog hides that from screen readers.
 */
@Component({
  selector: 'berth-toast-list',
  imports: [TranslatePipe, Icon],
  host: {
    role: 'status',
    popover: 'manual',
    'aria-live': 'polite',
    '(mouseenter)': 'resting.set(true)',
    '(mouseleave)': 'resting.set(false)',
    '(focusin)': 'resting.set(true)',
    '(focusout)': 'resting.set(false)',
  },
  template: `
    @for (toast of toasts.shown(); track toast.id) {
      <div class="float toast" [class.failed]="toast.kind === 'failed'">
        @if (toast.kind === 'failed') {
          <svg berthIcon="circle-alert"></svg>
        } @else {
          <svg berthIcon="check"></svg>
        }
        <span class="text">{{ toast.text }}</span>
        @for (action of toast.actions; track action.label) {
          <button type="button" class="btn quiet small" (click)="run(toast, action)">{{ action.label }}</button>
        }
        @if (toast.undo) {
          <button type="button" class="btn small" (click)="toasts.undo(toast)">
            {{ 'kit.toast.undo' | translate }} <span class="left" aria-hidden="true">{{ left(toast) }}</span> <kbd>Z</kbd>
          </button>
        }
        <button type="button" class="btn quiet small square" [attr.aria-label]="'kit.close' | translate" (click)="toasts.dismiss(toast.id)">
          <svg berthIcon="x"></svg>
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      position: fixed;
      inset: auto auto 20px 50%;
      margin: 0;
      padding: 0;
      border: 0;
      overflow: visible;
      background: none;
      color: inherit;
      transform: translateX(-50%);
      flex-direction: column;
      gap: 8px;
      width: max-content;
      max-width: calc(100vw - 24px);
    }
    :host(:popover-open) {
      display: flex;
    }
    .toast {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 8px;
      padding: 8px 8px 8px 14px;
      border-radius: var(--radius-surface);
      animation: rise var(--enter) var(--ease);
    }
    .text {
      flex: 1;
      min-width: 140px;
      margin-right: 8px;
    }
    .toast > svg {
      color: var(--success);
    }
    .toast.failed > svg {
      color: var(--danger);
    }
    .left {
      min-width: 1.2ch;
      color: var(--muted);
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
    @media (max-width: 719px) {
      :host {
        bottom: calc(var(--tabs-height) + 12px + env(safe-area-inset-bottom));
        width: calc(100vw - 24px);
      }
    }
  `,
})
export class ToastList {
  protected readonly toasts = inject(Toasts);
  protected readonly resting = signal(false);
  private readonly ages = signal<ReadonlyMap<number, number>>(new Map());

  constructor() {
    const timer = setInterval(() => this.tick(), 1000);
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    document.body.append(host);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
      host.remove();
    });
    raise(host);
    // What opened last lies on top: a dialog opened while a message is shown goes under it.
    inject(Dialog)
      .afterOpened.pipe(takeUntilDestroyed())
      .subscribe(() => raise(host));
  }

  protected left(toast: Toast): number {
    return toast.seconds - (this.ages().get(toast.id) ?? 0);
  }

  protected run(toast: Toast, action: ToastAction): void {
    if (!action.stays) this.toasts.dismiss(toast.id);
    action.run();
  }

  private tick(): void {
    const shown = this.toasts.shown();
    if (this.resting() || (shown.length === 0 && this.ages().size === 0)) return;
    this.ages.update((ages) => new Map(shown.map((it) => [it.id, (ages.get(it.id) ?? 0) + 1])));
    for (const toast of shown) if (this.left(toast) <= 0) this.toasts.dismiss(toast.id);
  }
}

/** To the top of the top layer. */
function raise(host: HTMLElement): void {
  // A test's page has no such layer.
  if (typeof host.showPopover !== 'function') return;
  if (host.matches(':popover-open')) host.hidePopover();
  host.showPopover();
}
