import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import { toProblem } from '@berth/web/data';
import { ErrorPanel, Icon, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AuditApi } from '../audit-api';
import type { LogDetail, LogEntry, LogFilter } from '../log-entry';
import { AuditWords } from '../words/audit-words';
import { ChangeTable } from '../words/change-table';

/** One event: who, from where, what changed field by field, its place in the chain, and what happened around it. */
@Component({
  selector: 'berth-entry-panel',
  imports: [ChangeTable, ErrorPanel, Icon, Skeleton, TranslatePipe],
  templateUrl: './entry-panel.html',
  styleUrl: './entry-panel.css',
})
export class EntryPanel {
  private readonly api = inject(AuditApi);
  private readonly toasts = inject(Toasts);
  protected readonly words = inject(AuditWords);

  readonly id = input.required<string>();
  /** In a sheet, which has its own title and close button. */
  readonly isBare = input(false);
  readonly closed = output();
  readonly opened = output<string>();
  readonly narrowed = output<LogFilter>();

  protected readonly detail = resource({ params: () => this.id(), loader: ({ params }) => this.api.one(params) });
  /** null until it is there. */
  readonly entry = computed<LogDetail | null>(() => (this.detail.hasValue() ? this.detail.value() : null));
  protected readonly failure = computed(() => (this.detail.error() ? toProblem(this.detail.error()) : null));
  protected readonly showsAround = signal(false);
  private readonly neighbours = resource({
    params: () => (this.showsAround() ? this.id() : undefined),
    loader: ({ params }) => this.api.around(params),
  });
  protected readonly around = computed<readonly LogEntry[]>(() => (this.neighbours.hasValue() ? this.neighbours.value() : []));

  protected async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(`${location.origin}/admin/audit?selected=${this.id()}`);
    this.toasts.done(this.words.text('audit.copied'));
  }
}
