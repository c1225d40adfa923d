import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AuditApi } from '../audit-api';
import type { LogFilter, LogView } from '../log-entry';

/** Asks for the name of a filter that is to be kept; closes with the view. */
@Component({
  selector: 'berth-keep-view-dialog',
  imports: [DialogFrame, Field, FieldControl, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'audit.keep' | translate" [subtitle]="null">
      <form id="keep-view" (submit)="keep($event)" novalidate>
        <berth-field [label]="'audit.keepName' | translate" [error]="error()">
          <input #box berthControl name="view-name" maxlength="200" required (input)="name.set(box.value.trim())" />
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'audit.cancel' | translate }}</button>
      <button dialogActions type="submit" form="keep-view" class="btn primary" [disabled]="name() === '' || isBusy()">
        {{ 'audit.keep' | translate }}
      </button>
    </berth-dialog-frame>
  `,
})
export class KeepViewDialog {
  private readonly api = inject(AuditApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef<LogView>>(DialogRef);
  private readonly filter = inject<{ readonly filter: LogFilter }>(DIALOG_DATA).filter;
  protected readonly name = signal('');
  protected readonly error = signal<string | null>(null);
  protected readonly isBusy = signal(false);

  protected async keep(event: Event): Promise<void> {
    event.preventDefault();
    if (this.name() === '' || this.isBusy()) return;
    this.isBusy.set(true);
    try {
      this.ref.close(await this.api.keepView(this.name(), this.filter));
    } catch (error) {
      this.error.set(this.messages.title(toProblem(error)));
      this.isBusy.set(false);
    }
  }
}
