import { Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ProblemMessages, Session, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { safeReturnUrl } from './return-url';

/** Make an account, where the organization lets people do so themselves. */
@Component({
  selector: 'berth-register',
  imports: [RouterLink, TranslatePipe, Field, FieldControl, PasswordInput],
  template: `
    <div class="sheet">
      @if (mailed()) {
        <h1>{{ 'register.mailed' | translate }}</h1>
        <p role="status">{{ 'register.mailedText' | translate }}</p>
      } @else {
        <h1>{{ 'register.title' | translate }}</h1>
        <div role="alert">
          @if (failure(); as text) {
            <p class="note error">{{ text }}</p>
          }
        </div>
        <form (submit)="submit($event, display.value, username.value, email.value)" novalidate>
          <berth-field [label]="'register.displayName' | translate" [error]="errorOf('displayName')">
            <input #display berthControl name="name" autocomplete="name" />
          </berth-field>
          <berth-field [label]="'register.email' | translate" [error]="errorOf('email')">
            <input #email berthControl type="email" name="email" autocomplete="email" />
          </berth-field>
          <berth-field [label]="'register.username' | translate" [hint]="'register.usernameHint' | translate" [error]="errorOf('username')">
            <input #username berthControl name="username" autocomplete="username" autocapitalize="none" spellcheck="false" />
          </berth-field>
          <berth-field [label]="'register.password' | translate" [hint]="'register.passwordHint' | translate" [error]="errorOf('password')">
            <berth-password-input autocomplete="new-password" [(value)]="password" />
          </berth-field>
          <button type="submit" class="btn primary submit" [disabled]="busy()">{{ 'register.submit' | translate }}</button>
        </form>
      }
      <p class="other">
        {{ 'register.haveAccount' | translate }}
        <a class="link" routerLink="/login" queryParamsHandling="preserve">{{ 'register.signIn' | translate }}</a>
      </p>
    </div>
  `,
  styleUrl: './entry.css',
})
export class Register {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly messages = inject(ProblemMessages);

  readonly returnUrl = input<string>();

  protected readonly password = signal('');
  protected readonly problem = signal<Problem | null>(null);
  protected readonly busy = signal(false);
  /** The rest is in a letter. */
  protected readonly mailed = signal(false);
  protected readonly failure = computed(() => {
    const problem = this.problem();
    return problem === null ? null : this.messages.title(problem);
  });

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  protected async submit(event: Event, displayName: string, username: string, email: string): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.busy.set(true);
    try {
      const account = { username: username.trim(), email: email.trim(), password: this.password() };
      const user = await this.session.register(displayName.trim() === '' ? account : { ...account, displayName: displayName.trim() });
      if (user === null) return this.mailed.set(true);
      await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
    } catch (error) {
      this.problem.set(toProblem(error));
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    } finally {
      this.busy.set(false);
    }
  }
}
