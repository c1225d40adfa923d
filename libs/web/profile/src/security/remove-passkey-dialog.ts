import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Field, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi, type OwnPasskey } from '../account-api';

/** Removes a passkey, after the password. */
@Component({
  selector: 'berth-remove-passkey-dialog',
  imports: [DialogFrame, Field, PasswordInput, TranslatePipe],
  template: `
    <form (submit)="submit($event)" novalidate>
      <berth-dialog-frame [heading]="'profile.passkeys.removeOne' | translate: { name: passkey.name }">
        <div class="stack">
          <p>{{ 'profile.passkeys.removeText' | translate }}</p>
          <berth-field [label]="'profile.secondFactor.password' | translate" [error]="failure()">
            <berth-password-input [(value)]="password" />
          </berth-field>
        </div>
        <ng-container dialogActions>
          <button type="button" class="btn quiet" (click)="ref.close()">{{ 'profile.cancel' | translate }}</button>
          <button type="submit" class="btn danger" [disabled]="busy()">{{ 'profile.passkeys.remove' | translate }}</button>
        </ng-container>
      </berth-dialog-frame>
    </form>
  `,
})
export class RemovePasskeyDialog {
  private readonly api = inject(AccountApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef>(DialogRef);
  protected readonly passkey = inject<OwnPasskey>(DIALOG_DATA);

  protected readonly password = signal('');
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.api.removePasskey(this.passkey.id, this.password());
      this.ref.close();
    } catch (error) {
      this.failure.set(this.messages.title(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
