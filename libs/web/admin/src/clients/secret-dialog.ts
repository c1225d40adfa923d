import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject } from '@angular/core';
import { CodesToKeep, DialogFrame, Formats } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { ShownSecret } from './clients-api';

/** The id of a program and its secret, which is shown this once. */
@Component({
  selector: 'berth-secret-dialog',
  imports: [CodesToKeep, DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="shown.name" [subtitle]="null">
      <div class="stack">
        <p>{{ 'admin.clients.id' | translate }}</p>
        <berth-codes-to-keep [codes]="[shown.id]" fileName="berth-client-id" />
        @if (shown.secret; as secret) {
          <p>{{ 'admin.clients.shownOnce' | translate }}</p>
          <berth-codes-to-keep [codes]="[secret]" fileName="berth-client-secret" />
        } @else {
          <p>{{ 'admin.clients.noSecret' | translate }}</p>
        }
        @if (until(); as when) {
          <p class="note">{{ 'admin.clients.previousUntil' | translate: { when } }}</p>
        }
      </div>
      <button dialogActions type="button" class="btn primary" (click)="ref.close()">{{ 'admin.kept' | translate }}</button>
    </berth-dialog-frame>
  `,
})
export class SecretDialog {
  private readonly formats = inject(Formats);
  protected readonly ref = inject<DialogRef>(DialogRef);
  protected readonly shown = inject<ShownSecret>(DIALOG_DATA);
  protected readonly until = computed(() => {
    const { previousUntil } = this.shown;
    return previousUntil === null
      ? null
      : this.formats.format(Date.parse(previousUntil), this.formats.ownZone(), { dateStyle: 'medium', timeStyle: 'short' });
  });
}
