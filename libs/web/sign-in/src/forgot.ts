import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AccountsApi, ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks for a link that sets a new password. The answer never tells whether there is such a person. */
@Component({
  selector: 'berth-forgot',
  imports: [RouterLink, TranslatePipe, Field, FieldControl],
  template: `
    <div class="sheet">
      <h1>{{ 'account.forgot.title' | translate }}</h1>
      @if (asked()) {
        <p role="status">{{ 'account.forgot.asked' | translate }}</p>
      } @else {
        <p class="muted">{{ 'account.forgot.text' | translate }}</p>
        <div role="alert">
          @if (problem(); as failed) {
            <p class="note error">{{ messages.title(failed) }}</p>
            @if (failed.code === 'mail-not-set-up') {
              <p>{{ 'account.forgot.noMail' | translate }}</p>
            }
          }
        </div>
        <form (submit)="submit($event, login.value)" novalidate>
          <berth-field [label]="'signIn.name' | translate" [error]="missing() ? ('signIn.nameMissing' | translate) : null">
            <input #login berthControl name="username" autocomplete="username" autocapitalize="none" spellcheck="false" />
          </berth-field>
          <button type="submit" class="btn primary submit" [disabled]="busy()">{{ 'account.forgot.submit' | translate }}</button>
        </form>
      }
      <p class="other">
        <a class="link" routerLink="/login">{{ 'account.toSignIn' | translate }}</a>
      </p>
    </div>
  `,
  styleUrl: './entry.css',
})
export class Forgot {
  private readonly api = inject(AccountsApi);
  protected readonly messages = inject(ProblemMessages);

  protected readonly asked = signal(false);
  protected readonly missing = signal(false);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected async submit(event: Event, login: string): Promise<void> {
    event.preventDefault();
    this.missing.set(login.trim() === '');
    if (this.missing()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await this.api.forgot(login.trim());
      this.asked.set(true);
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
