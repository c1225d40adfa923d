import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks before a webhook and what was sent to it are gone; closes with true. */
@Component({
  selector: 'berth-remove-webhook-dialog',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.webhooks.removeTitle' | translate: { name }" [subtitle]="null">
      <p>{{ 'admin.webhooks.removeText' | translate }}</p>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.cancel' | translate }}</button>
      <button dialogActions type="button" class="btn danger" (click)="ref.close(true)">{{ 'admin.webhooks.remove' | translate }}</button>
    </berth-dialog-frame>
  `,
})
export class RemoveWebhookDialog {
  protected readonly ref = inject<DialogRef<true>>(DialogRef);
  protected readonly name = inject<{ readonly name: string }>(DIALOG_DATA).name;
}
