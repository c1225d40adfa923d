import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { Jobs, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, ErrorPanel, saveFile } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { type Person, UsersApi } from './users-api';

/** Gathers everything about somebody and hands it over as a file; that it was asked for stands in the log. */
@Component({
  selector: 'berth-export-dialog',
  imports: [DialogFrame, ErrorPanel, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.exportTitle' | translate: { name: person.displayName }" [subtitle]="null">
      <div class="stack">
        <p>{{ 'admin.users.exportText' | translate }}</p>
        @if (problem(); as failed) {
          <berth-error-panel [problem]="failed" (retry)="gather()" />
        }
        <div role="status" class="stack">
          @if (state() === 'gathering') {
            <progress [attr.aria-label]="'admin.users.exportGathering' | translate"></progress>
            <p>{{ 'admin.users.exportGathering' | translate }}</p>
          } @else if (state() === 'ready') {
            <p>
              <b>{{ 'admin.users.exportReady' | translate }}</b>
            </p>
          }
        </div>
      </div>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.users.close' | translate }}</button>
      @if (state() === 'ready') {
        <button dialogActions type="button" class="btn primary" (click)="save()">{{ 'admin.users.exportSave' | translate }}</button>
      } @else {
        <button dialogActions type="button" class="btn primary" [disabled]="state() === 'gathering'" (click)="gather()">
          {{ 'admin.users.exportGather' | translate }}
        </button>
      }
    </berth-dialog-frame>
  `,
  styles: `
    progress {
      width: 100%;
      accent-color: var(--accent);
    }
  `,
})
export class ExportDialog {
  private readonly api = inject(UsersApi);
  private readonly jobs = inject(Jobs);
  protected readonly person = inject<Person>(DIALOG_DATA);
  protected readonly ref = inject(DialogRef);

  protected readonly state = signal<'asked' | 'gathering' | 'ready'>('asked');
  protected readonly problem = signal<Problem | null>(null);
  private document: unknown = null;

  protected async gather(): Promise<void> {
    this.state.set('gathering');
    this.problem.set(null);
    try {
      const job = await this.api.askForExport(this.person.id);
      await this.jobs.follow(job, () => undefined);
      this.document = await this.api.exported(job.id);
      this.state.set('ready');
    } catch (error) {
      this.problem.set(toProblem(error));
      this.state.set('asked');
    }
  }

  protected save(): void {
    const text = JSON.stringify(this.document, null, 2);
    saveFile(new Blob([text], { type: 'application/json' }), `berth-${this.person.username}.json`);
  }
}
