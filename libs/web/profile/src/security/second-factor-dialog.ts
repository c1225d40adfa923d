import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { AppSecret, CodeInput, CodesToKeep, DialogFrame, Field, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi, type NewSecret } from '../account-api';

export type SecondFactorTask = 'setup' | 'renew' | 'disable';

/**
 * Sets the second factor up, renews its recovery codes or takes it away: the password first, then what the task needs.
 * i18n: profile.secondFactor.title.setup .renew .disable profile.secondFactor.why.setup .renew .disable
 */
@Component({
  selector: 'berth-second-factor-dialog',
  imports: [AppSecret, CodeInput, CodesToKeep, DialogFrame, Field, PasswordInput, TranslatePipe],
  template: `
    <form (submit)="submit($event)" novalidate>
      <berth-dialog-frame [heading]="'profile.secondFactor.title.' + task | translate">
        <div class="stack">
          @if (recoveryCodes(); as codes) {
            <p>{{ 'profile.secondFactor.keep' | translate }}</p>
            <berth-codes-to-keep [codes]="codes" fileName="berth-recovery-codes" />
          } @else if (secret(); as it) {
            <p>{{ 'profile.secondFactor.scan' | translate }}</p>
            <berth-app-secret [secret]="it.secret" [uri]="it.uri" />
            <berth-field [label]="'profile.secondFactor.code' | translate" [error]="failure()">
              <berth-code-input [(value)]="code" (complete)="proceed()" />
            </berth-field>
          } @else {
            <p>{{ 'profile.secondFactor.why.' + task | translate }}</p>
            <berth-field [label]="'profile.secondFactor.password' | translate" [error]="failure()">
              <berth-password-input [(value)]="password" />
            </berth-field>
          }
        </div>
        <ng-container dialogActions>
          @if (recoveryCodes()) {
            <button type="button" class="btn primary" (click)="ref.close()">
              {{ 'profile.secondFactor.kept' | translate }}
            </button>
          } @else {
            <button type="button" class="btn quiet" (click)="ref.close()">{{ 'profile.cancel' | translate }}</button>
            <button type="submit" class="btn primary" [disabled]="busy()">{{ 'profile.secondFactor.next' | translate }}</button>
          }
        </ng-container>
      </berth-dialog-frame>
    </form>
  `,
})
export class SecondFactorDialog {
  private readonly api = inject(AccountApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef>(DialogRef);
  protected readonly task = inject<SecondFactorTask>(DIALOG_DATA);

  protected readonly password = signal('');
  protected readonly code = signal('');
  protected readonly secret = signal<NewSecret | null>(null);
  protected readonly recoveryCodes = signal<readonly string[] | null>(null);
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);

  protected submit(event: Event): void {
    event.preventDefault();
    void this.proceed();
  }

  protected async proceed(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.nextStep();
    } catch (error) {
      this.failure.set(this.messages.title(toProblem(error)));
      this.code.set('');
    } finally {
      this.busy.set(false);
    }
  }

  private async nextStep(): Promise<void> {
    if (this.secret() !== null) this.recoveryCodes.set(await this.api.confirmSecondFactor(this.code()));
    else if (this.task === 'setup') this.secret.set(await this.api.beginSecondFactor(this.password()));
    else if (this.task === 'renew') this.recoveryCodes.set(await this.api.renewRecoveryCodes(this.password()));
    else {
      await this.api.disableSecondFactor(this.password());
      this.ref.close();
    }
  }
}
