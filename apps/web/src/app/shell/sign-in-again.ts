import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { Passkeys, ProblemMessages, Session, toProblem } from '@berth/web/data';
import { CodeInput, DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** The session ran out while a page was open: sign in here and the page, with everything typed into it, goes on. */
@Component({
  selector: 'berth-sign-in-again',
  imports: [TranslatePipe, CodeInput, DialogFrame, Field, FieldControl],
  template: `
    <form (submit)="submit($event)">
      <berth-dialog-frame [heading]="'signInAgain.title' | translate" [closable]="false" (closing)="leave()">
        <p class="muted">{{ 'signInAgain.text' | translate }}</p>
        <input
          class="visually-hidden"
          tabindex="-1"
          aria-hidden="true"
          name="username"
          autocomplete="username"
          [value]="session.user()?.username ?? ''"
          readonly
        />
        @if (mfaToken() === null) {
          <berth-field [label]="'signInAgain.password' | translate: { name: session.user()?.displayName }" [error]="failure()">
            <input
              #field
              berthControl
              type="password"
              name="password"
              autocomplete="current-password"
              required
              size="28"
              [value]="password()"
              (input)="password.set(field.value)"
            />
          </berth-field>
        } @else if (withPasskey()) {
          <p role="alert">{{ failure() ?? ('signInAgain.passkey' | translate) }}</p>
        } @else {
          <berth-field [label]="'signInAgain.code' | translate" [error]="failure()">
            <berth-code-input [(value)]="code" (complete)="proceed()" />
          </berth-field>
        }
        <button dialogActions type="button" class="btn quiet" (click)="leave()">{{ 'signInAgain.leave' | translate }}</button>
        <button dialogActions type="submit" class="btn primary" [disabled]="busy()">{{ 'signInAgain.submit' | translate }}</button>
      </berth-dialog-frame>
    </form>
  `,
  styles: `
    form {
      display: contents;
    }
    p {
      margin-bottom: 12px;
    }
  `,
})
export class SignInAgain {
  private readonly ref = inject(DialogRef);
  private readonly router = inject(Router);
  private readonly passkeys = inject(Passkeys);
  private readonly messages = inject(ProblemMessages);
  protected readonly session = inject(Session);
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);
  protected readonly password = signal('');
  protected readonly code = signal('');
  /** Set once the password was right and the second factor is missing. */
  protected readonly mfaToken = signal<string | null>(null);
  /** A passkey is asked for then, not a code. */
  protected readonly withPasskey = signal(false);

  protected submit(event: Event): void {
    event.preventDefault();
    void this.proceed();
  }

  protected async proceed(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      const mfaToken = this.mfaToken();
      if (mfaToken === null) await this.session.signIn(this.session.user()?.username ?? '', this.password());
      else if (this.withPasskey()) await this.passkeys.showAfterPassword(mfaToken, false);
      else await this.session.showSecondFactor({ mfaToken, method: 'totp', code: this.code(), trustsBrowser: false });
      this.ref.close();
    } catch (error) {
      const problem = toProblem(error);
      this.code.set('');
      if (problem.code === 'second-factor-required') {
        this.mfaToken.set(String(problem.body['mfaToken']));
        this.withPasskey.set(this.passkeys.supported && String(problem.body['methods']).startsWith('passkey'));
      } else this.failure.set(this.messages.title(problem));
    } finally {
      this.busy.set(false);
    }
  }

  protected async leave(): Promise<void> {
    this.ref.close();
    this.session.forget();
    await this.router.navigate(['/login'], { queryParams: { returnUrl: this.router.url } });
  }
}
