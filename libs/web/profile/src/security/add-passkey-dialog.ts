import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { deviceName, Passkeys, ProblemMessages, toProblem } from '@berth/web/data';
import { CodesToKeep, DialogFrame, Field, FieldControl, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi } from '../account-api';

/** Makes a passkey: the password and a name, then what the browser asks, then recovery codes where it is the first second factor. */
@Component({
  selector: 'berth-add-passkey-dialog',
  imports: [CodesToKeep, DialogFrame, Field, FieldControl, PasswordInput, TranslatePipe],
  template: `
    <form (submit)="submit($event)" novalidate>
      <berth-dialog-frame [heading]="'profile.passkeys.add' | translate">
        <div class="stack">
          @if (recoveryCodes(); as codes) {
            <p>{{ 'profile.passkeys.keep' | translate }}</p>
            <berth-codes-to-keep [codes]="codes" fileName="berth-recovery-codes" />
          } @else {
            <p>{{ 'profile.passkeys.why' | translate }}</p>
            <div role="alert">
              @if (failure(); as text) {
                <p class="note error">{{ text }}</p>
              }
            </div>
            <berth-field [label]="'profile.passkeys.name' | translate" [hint]="'profile.passkeys.nameHint' | translate">
              <input #named berthControl name="name" autocomplete="off" maxlength="100" [value]="name()" (input)="name.set(named.value)" />
            </berth-field>
            <berth-field [label]="'profile.secondFactor.password' | translate">
              <berth-password-input [(value)]="password" />
            </berth-field>
          }
        </div>
        <ng-container dialogActions>
          @if (recoveryCodes()) {
            <button type="button" class="btn primary" (click)="ref.close()">{{ 'profile.secondFactor.kept' | translate }}</button>
          } @else {
            <button type="button" class="btn quiet" (click)="ref.close()">{{ 'profile.cancel' | translate }}</button>
            <button type="submit" class="btn primary" [disabled]="busy() || name().trim() === ''">
              {{ 'profile.secondFactor.next' | translate }}
            </button>
          }
        </ng-container>
      </berth-dialog-frame>
    </form>
  `,
})
export class AddPasskeyDialog {
  private readonly api = inject(AccountApi);
  private readonly passkeys = inject(Passkeys);
  private readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef>(DialogRef);

  protected readonly name = signal(deviceName(navigator.userAgent) ?? '');
  protected readonly password = signal('');
  protected readonly recoveryCodes = signal<readonly string[] | null>(null);
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy() || this.recoveryCodes() || this.name().trim() === '') return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      const credential = await this.passkeys.make(await this.api.beginPasskey(this.password()));
      const { recoveryCodes } = await this.api.addPasskey(this.name().trim(), credential);
      if (recoveryCodes === null) this.ref.close();
      else this.recoveryCodes.set(recoveryCodes);
    } catch (error) {
      this.failure.set(this.messages.title(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
