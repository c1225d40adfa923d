import { Component, DestroyRef, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Toasts, type Toast } from './toasts';
import { Icon } from '../icons/icon';

/** Where toasts appear; stands once in the shell. */
@Component({
  selector: 'berth-toast-list',
  imports: [TranslatePipe, Icon],
  host: {
    role: 'status',
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
          <button type="button" class="btn quiet small" (click)="run(toast, action.run)">{{ action.label }}</button>
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
      z-index: 1100;
      left: 50%;
      bottom: 20px;
      transform: translateX(-50%);
      display: flex;
      flex-direction: column;
      gap: 8px;
      width: max-content;
      max-width: calc(100vw - 24px);
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
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected left(toast: Toast): number {
    return toast.seconds - (this.ages().get(toast.id) ?? 0);
  }

  protected run(toast: Toast, action: () => void): void {
    this.toasts.dismiss(toast.id);
    action();
  }

  private tick(): void {
    const shown = this.toasts.shown();
    if (this.resting() || (shown.length === 0 && this.ages().size === 0)) return;
    this.ages.update((ages) => new Map(shown.map((it) => [it.id, (ages.get(it.id) ?? 0) + 1])));
    for (const toast of shown) if (this.left(toast) <= 0) this.toasts.dismiss(toast.id);
  }
}
