import { Component, input, output } from '@angular/core';
import type { Problem } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';

/** Names what has changed, and saves or drops it. Sticks to the lower edge of its panel. */
@Component({
  selector: 'berth-save-bar',
  imports: [TranslatePipe],
  template: `
    @if (problem(); as failed) {
      <p class="error" role="alert">
        {{ failed.title }}
        @if (failed.detail) {
          <small>{{ failed.detail }}</small>
        }
      </p>
    }
    <p class="changed" role="status">
      <b>{{ 'admin.save.changed' | translate }}</b> {{ changes() }}
    </p>
    <div class="acts">
      <button type="button" class="btn" [disabled]="isSaving()" (click)="discarded.emit()">{{ 'admin.save.discard' | translate }}</button>
      <button type="button" class="btn primary" [disabled]="isSaving()" (click)="saved.emit()">
        {{ (isSaving() ? 'admin.save.saving' : 'admin.save.save') | translate }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 10px 14px;
      border: 1px solid var(--accent);
      border-radius: var(--radius-surface);
      background: var(--surface);
    }
    .changed {
      flex: 1 1 160px;
      font-size: 13px;
      line-height: 18px;
    }
    b {
      display: block;
      font-size: 12px;
      line-height: 16px;
      font-weight: 550;
      color: var(--muted);
    }
    .error {
      flex: 1 0 100%;
      font-size: 13px;
      line-height: 18px;
      color: var(--danger);
    }
    .error small {
      display: block;
    }
    .acts {
      display: flex;
      gap: 8px;
      margin-left: auto;
    }
  `,
})
export class SaveBar {
  /** The names of what has changed, in one line. */
  readonly changes = input.required<string>();
  readonly problem = input<{ readonly title: string; readonly detail: Problem['detail'] } | null>(null);
  readonly isSaving = input(false);
  readonly saved = output();
  readonly discarded = output();
}
