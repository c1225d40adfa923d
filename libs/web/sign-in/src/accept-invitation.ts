import { Component, inject, resource, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { AccountsApi, ProblemMessages, linkToken, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** An invited person chooses name and password, and is in. */
@Component({
  selector: 'berth-accept-invitation',
  imports: [RouterLink, TranslatePipe, Field, FieldControl, PasswordInput],
  template: `
    <div class="sheet">
      @if (seen.value(); as it) {
        <h1>{{ 'account.invitation.title' | translate: { organization: it.organization } }}</h1>
        <p class="muted">{{ 'account.invitation.text' | translate: { email: it.email } }}</p>
        <div role="alert">
          @if (problem(); as failed) {
            <p class="note error">{{ messages.title(failed) }}</p>
          }
        </div>
        <form (submit)="submit($event, display.value, username.value)" novalidate>
          <berth-field [label]="'register.displayName' | translate" [error]="errorOf('displayName')">
            <input #display berthControl name="name" autocomplete="name" />
          </berth-field>
          <berth-field [label]="'register.username' | translate" [hint]="'register.usernameHint' | translate" [error]="errorOf('username')">
            <input #username berthControl name="username" autocomplete="username" autocapitalize="none" spellcheck="false" />
          </berth-field>
          <berth-field [label]="'register.password' | translate" [hint]="'register.passwordHint' | translate" [error]="errorOf('password')">
            <berth-password-input autocomplete="new-password" [(value)]="password" />
          </berth-field>
          <button type="submit" class="btn primary submit" [disabled]="busy()">{{ 'account.invitation.submit' | translate }}</button>
        </form>
      } @else if (seen.value() === null) {
        <h1>{{ 'account.invitation.over' | translate }}</h1>
        <p>{{ 'account.invitation.overText' | translate }}</p>
        <p class="other">
          <a class="link" routerLink="/login">{{ 'account.toSignIn' | translate }}</a>
        </p>
      }
    </div>
  `,
  styleUrl: './entry.css',
})
export class AcceptInvitation {
  private readonly api = inject(AccountsApi);
  private readonly router = inject(Router);
  private readonly token = linkToken();
  protected readonly messages = inject(ProblemMessages);

  /** null where the link is over. */
  protected readonly seen = resource({ loader: () => this.api.invitation(this.token).catch(() => null) });
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected errorOf(field: string): string | null {
    const errors = (this.problem()?.errors ?? []).filter((it) => it.pointer === `/${field}`);
    return errors.length === 0 ? null : errors.map((it) => this.messages.field(it)).join('. ');
  }

  protected async submit(event: Event, displayName: string, username: string): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.busy.set(true);
    this.problem.set(null);
    const account = { token: this.token, username: username.trim(), password: this.password() };
    try {
      await this.api.accept(displayName.trim() === '' ? account : { ...account, displayName: displayName.trim() });
      await this.router.navigateByUrl('/login');
    } catch (error) {
      this.problem.set(toProblem(error));
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    } finally {
      this.busy.set(false);
    }
  }
}
