import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AccountsApi, ProblemMessages, linkToken, toProblem, type Problem } from '@berth/web/data';
import { Field, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Sets a new password by a mailed link; signing in comes afterwards, as ever. */
@Component({
  selector: 'berth-new-password',
  imports: [RouterLink, TranslatePipe, Field, PasswordInput],
  template: `
    <div class="sheet">
      <h1>{{ 'account.password.title' | translate }}</h1>
      @if (done()) {
        <p role="status">{{ 'account.password.done' | translate }}</p>
      } @else {
        <div role="alert">
          @if (problem(); as failed) {
            <p class="note error">{{ messages.title(failed) }}</p>
          }
        </div>
        <form (submit)="submit($event)" novalidate>
          <berth-field [label]="'account.password.label' | translate" [hint]="'register.passwordHint' | translate" [error]="error()">
            <berth-password-input autocomplete="new-password" [(value)]="password" />
          </berth-field>
          <button type="submit" class="btn primary submit" [disabled]="busy()">{{ 'account.password.submit' | translate }}</button>
        </form>
      }
      <p class="other">
        @if (problem()?.code === 'link-invalid') {
          <a class="link" routerLink="/login/forgot">{{ 'account.password.again' | translate }}</a>
        } @else {
          <a class="link" routerLink="/login">{{ 'account.toSignIn' | translate }}</a>
        }
      </p>
    </div>
  `,
  styleUrl: './entry.css',
})
export class NewPassword {
  private readonly api = inject(AccountsApi);
  private readonly token = linkToken();
  protected readonly messages = inject(ProblemMessages);

  protected readonly password = signal('');
  protected readonly done = signal(false);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected error(): string | null {
    const errors = this.problem()?.errors ?? [];
    return errors.length === 0 ? null : errors.map((it) => this.messages.field(it)).join('. ');
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.problem.set(null);
    try {
      await this.api.reset(this.token, this.password());
      this.done.set(true);
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
