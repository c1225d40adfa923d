import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks before changes nobody has saved are lost; closes with `discard` or with nothing. */
@Component({
  selector: 'berth-leave-dialog',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.leave.title' | translate">
      <p>{{ text }}</p>
      <ng-container dialogActions>
        <button type="button" class="btn danger" (click)="ref.close('discard')">{{ 'admin.leave.discard' | translate }}</button>
        <button type="button" class="btn primary" (click)="ref.close()">{{ 'admin.leave.stay' | translate }}</button>
      </ng-container>
    </berth-dialog-frame>
  `,
})
export class LeaveDialog {
  protected readonly ref = inject<DialogRef<'discard'>>(DialogRef);
  /** What would be lost. */
  protected readonly text = inject<string>(DIALOG_DATA);
}
