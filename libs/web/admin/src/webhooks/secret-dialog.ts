import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { CodesToKeep, DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { VerifyHelp } from './verify-help';
import { WebhookWords } from './webhook-words';
import type { NewSecret } from './webhooks-api';

/** The secret of a webhook, which is shown this once, and how it is used. */
@Component({
  selector: 'berth-webhook-secret-dialog',
  imports: [CodesToKeep, DialogFrame, TranslatePipe, VerifyHelp],
  template: `
    <berth-dialog-frame [heading]="'admin.webhooks.secretOf' | translate: { name: shown.name }" [subtitle]="null">
      <div class="stack">
        <p>{{ 'admin.webhooks.shownOnce' | translate }}</p>
        <berth-codes-to-keep [codes]="[shown.secret]" fileName="berth-webhook-secret" />
        @if (shown.previousExpiresAt; as until) {
          <p class="note">{{ 'admin.webhooks.previousUntil' | translate: { when: said.moment(until) } }}</p>
        }
        <h3>{{ 'admin.webhooks.verify' | translate }}</h3>
        <berth-verify-help />
      </div>
      <button dialogActions type="button" class="btn primary" (click)="ref.close()">{{ 'admin.kept' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    h3 {
      font-size: 14px;
    }
  `,
})
export class WebhookSecretDialog {
  protected readonly said = inject(WebhookWords);
  protected readonly ref = inject<DialogRef>(DialogRef);
  protected readonly shown = inject<NewSecret & { readonly name: string }>(DIALOG_DATA);
}
