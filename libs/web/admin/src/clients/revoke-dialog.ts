import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks before a program stops working for good; closes with true. */
@Component({
  selector: 'berth-revoke-dialog',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.clients.revokeTitle' | translate: { name }" [subtitle]="null">
      <p>{{ 'admin.clients.revokeText' | translate }}</p>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.clients.back' | translate }}</button>
      <button dialogActions type="button" class="btn danger" (click)="ref.close(true)">{{ 'admin.clients.revoke' | translate }}</button>
    </berth-dialog-frame>
  `,
})
export class RevokeDialog {
  protected readonly ref = inject<DialogRef<true>>(DialogRef);
  protected readonly name = inject<{ readonly name: string }>(DIALOG_DATA).name;
}
