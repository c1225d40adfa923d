import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks before a quota and its exceptions are gone; closes with true. */
@Component({
  selector: 'berth-remove-quota-dialog',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.quotas.removeTitle' | translate: { name }" [subtitle]="null">
      <p>{{ 'admin.quotas.removeText' | translate }}</p>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.cancel' | translate }}</button>
      <button dialogActions type="button" class="btn danger" (click)="ref.close(true)">{{ 'admin.quotas.remove' | translate }}</button>
    </berth-dialog-frame>
  `,
})
export class RemoveQuotaDialog {
  protected readonly ref = inject<DialogRef<true>>(DialogRef);
  protected readonly name = inject<{ readonly name: string }>(DIALOG_DATA).name;
}
