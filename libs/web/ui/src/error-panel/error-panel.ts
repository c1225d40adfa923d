import { Component, DestroyRef, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { Icon } from '../icons/icon';

/** What the panel shows of a failed call; `Problem` of `@berth/web/data` is one. */
export interface ShownProblem {
  readonly code: string;
  readonly detail: string | null;
  readonly requestId: string | null;
  /** Seconds to wait before another attempt. */
  readonly retryAfter?: number | null;
}

/** A failed page or panel: title by problem code, the detail, the request id to copy, and Retry. */
@Component({
  selector: 'berth-error-panel',
  imports: [TranslatePipe, Icon],
  host: { role: 'alert' },
  template: `
    <svg berthIcon="circle-alert" [size]="20"></svg>
    <div class="words">
      <p class="title">{{ title() }}</p>
      @if (problem().detail; as detail) {
        <p class="muted">{{ detail }}</p>
      }
      @if (problem().requestId; as id) {
        <p class="request">
          <span class="muted">{{ 'kit.error.request' | translate }}</span> <code>{{ id }}</code>
          <button
            type="button"
            class="btn quiet small square"
            [attr.aria-label]="(copied() ? 'kit.error.copied' : 'kit.error.copy') | translate"
            (click)="copy(id)"
          >
            @if (copied()) {
              <svg berthIcon="check"></svg>
            } @else {
              <svg berthIcon="copy"></svg>
            }
          </button>
        </p>
      }
    </div>
    @if (retryable()) {
      <button type="button" class="btn" [disabled]="waits() > 0" (click)="retry.emit()">
        {{ waits() > 0 ? ('kit.error.wait' | translate: { seconds: waits() }) : ('kit.error.retry' | translate) }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 12px;
      padding: 14px 16px;
      border: 1px solid color-mix(in srgb, var(--danger) var(--soft-edge), var(--line));
      border-radius: var(--radius-surface);
      background: var(--surface);
    }
    svg {
      margin-top: 2px;
      color: var(--danger);
    }
    .words {
      flex: 1;
      min-width: 200px;
    }
    .title {
      font-weight: 650;
    }
    .request {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 6px;
      margin-top: 4px;
      font-size: 12px;
    }
    .request code {
      overflow-wrap: anywhere;
    }
    .request svg {
      margin: 0;
      color: inherit;
    }
  `,
})
export class ErrorPanel {
  private readonly translate = inject(TranslateService);

  readonly problem = input.required<ShownProblem>();
  readonly retryable = input(true);
  readonly retry = output();

  protected readonly copied = signal(false);
  /** Seconds until another attempt is worth making. */
  protected readonly waits = linkedSignal(() => Math.ceil(this.problem().retryAfter ?? 0));
  protected readonly title = computed(() => {
    this.translate.currentLang();
    const key = `problem.${this.problem().code}`;
    const text: unknown = this.translate.instant(key);
    return text === key ? String(this.translate.instant('problem.unexpected')) : String(text);
  });

  constructor() {
    const timer = setInterval(() => this.waits() > 0 && this.waits.update((it) => it - 1), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async copy(id: string): Promise<void> {
    await navigator.clipboard?.writeText(id);
    this.copied.set(true);
  }
}
