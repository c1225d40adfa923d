import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, DestroyRef, computed, inject, resource, signal } from '@angular/core';
import { Jobs, ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, ErrorPanel, Formats, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AuditApi } from '../audit-api';
import type { LogExport, LogFilter } from '../log-entry';
import { AuditWords } from '../words/audit-words';

/** While a file is written, it is looked at so often. */
const LOOK_MS = 1_000;
const formats = ['csv', 'json'] as const;
const formatNames = { csv: 'CSV', json: 'NDJSON' } as const;

/** Asks for the log as a file, shows how far each is, and gives them out. i18n: audit.exportState.* */
@Component({
  selector: 'berth-export-dialog',
  imports: [DialogFrame, ErrorPanel, Skeleton, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'audit.exportTitle' | translate" [subtitle]="null">
      <p>{{ 'audit.exportText' | translate }}</p>
      <div class="acts">
        @for (format of formats; track format) {
          <button type="button" class="btn" [disabled]="isBusy()" (click)="ask(format)">
            {{ 'audit.exportAs' | translate: { format: names[format] } }}
          </button>
        }
      </div>
      <h3>{{ 'audit.exports' | translate }}</h3>
      @if (failure(); as problem) {
        <berth-error-panel [problem]="problem" (retry)="exports.reload()" />
      } @else if (exports.hasValue()) {
        <ul aria-live="polite">
          @for (it of exports.value(); track it.id) {
            <li>
              <span class="what">
                <b>{{ names[it.format] }}</b>
                <small class="muted">{{ words.exactly(it.askedAt) }} · {{ stateOf(it) }}</small>
              </span>
              @if (it.state === 'done') {
                <a class="btn small" [href]="api.fileUrl(it)" download>{{ 'audit.download' | translate }}</a>
              } @else if (it.state === 'running' || it.state === 'queued') {
                <progress [attr.aria-label]="names[it.format]" [value]="it.progress.done" [max]="it.progress.total"></progress>
              }
            </li>
          } @empty {
            <li class="muted">{{ 'audit.noExports' | translate }}</li>
          }
        </ul>
      } @else {
        <berth-skeleton [rows]="2" [height]="44" />
      }
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'audit.close' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    p {
      margin: 0 0 12px;
    }
    h3 {
      margin: 18px 0 4px;
      font-size: 14px;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      min-height: 52px;
      padding: 6px 0;
      border-top: 1px solid var(--line);
    }
    .what {
      display: grid;
      flex: 1 1 180px;
      min-width: 0;
    }
    progress {
      width: 120px;
      accent-color: var(--accent);
    }
  `,
})
export class ExportDialog {
  protected readonly api = inject(AuditApi);
  private readonly jobs = inject(Jobs);
  private readonly formatsOfDates = inject(Formats);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AuditWords);
  protected readonly ref = inject(DialogRef);
  private readonly filter = inject<{ readonly filter: LogFilter }>(DIALOG_DATA).filter;

  protected readonly formats = formats;
  protected readonly names = formatNames;
  protected readonly isBusy = signal(false);
  protected readonly exports = resource({ loader: () => this.api.exports() });
  protected readonly failure = computed(() => (this.exports.error() ? toProblem(this.exports.error()) : null));

  constructor() {
    const timer = setInterval(() => {
      const isWaiting = this.exports.hasValue() && this.exports.value().some((it) => it.state === 'queued' || it.state === 'running');
      if (isWaiting && !this.exports.isLoading()) this.exports.reload();
    }, LOOK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async ask(format: LogExport['format']): Promise<void> {
    this.isBusy.set(true);
    try {
      const job = await this.api.export(format, this.filter);
      this.exports.reload();
      // Shown on every screen until it is over, also when this is closed; the list here says how it ended.
      this.jobs.follow(job, () => undefined).catch(() => undefined);
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.isBusy.set(false);
  }

  protected stateOf({ state, progress, availableUntil }: LogExport): string {
    const percent = new Intl.NumberFormat(this.formatsOfDates.language(), { style: 'percent' }).format(progress.done / progress.total);
    const until = availableUntil === null ? '' : this.words.moment(availableUntil);
    return this.words.text(`audit.exportState.${state}`, { percent, until });
  }
}
