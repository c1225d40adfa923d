import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi, type OwnPasskey } from '../account-api';

/** Gives a passkey another name. */
@Component({
  selector: 'berth-rename-passkey-dialog',
  imports: [DialogFrame, Field, FieldControl, TranslatePipe],
  template: `
    <form (submit)="submit($event, named.value.trim())" novalidate>
      <berth-dialog-frame [heading]="'profile.passkeys.renameOne' | translate: { name: passkey.name }">
        <berth-field [label]="'profile.passkeys.name' | translate" [error]="failure()">
          <input #named berthControl name="name" autocomplete="off" maxlength="100" [value]="passkey.name" />
        </berth-field>
        <ng-container dialogActions>
          <button type="button" class="btn quiet" (click)="ref.close()">{{ 'profile.cancel' | translate }}</button>
          <button type="submit" class="btn primary" [disabled]="busy()">{{ 'profile.passkeys.rename' | translate }}</button>
        </ng-container>
      </berth-dialog-frame>
    </form>
  `,
})
export class RenamePasskeyDialog {
  private readonly api = inject(AccountApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef>(DialogRef);
  protected readonly passkey = inject<OwnPasskey>(DIALOG_DATA);

  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);

  protected async submit(event: Event, name: string): Promise<void> {
    event.preventDefault();
    if (this.busy() || name === '') return;
    this.busy.set(true);
    try {
      await this.api.renamePasskey(this.passkey.id, name);
      this.ref.close();
    } catch (error) {
      this.failure.set(this.messages.title(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
