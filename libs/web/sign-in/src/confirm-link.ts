import { Component, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AccountsApi, ProblemMessages, linkToken, toProblem, type Problem } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';

/** Confirms a registration or a new address by a button: a program that only opens links does nothing here. i18n: account.registration.* account.email.* */
@Component({
  selector: 'berth-confirm-link',
  imports: [RouterLink, TranslatePipe],
  template: `
    <div class="sheet">
      <h1>{{ 'account.' + what() + '.title' | translate }}</h1>
      @if (done()) {
        <p role="status">{{ 'account.' + what() + '.done' | translate }}</p>
      } @else {
        <p class="muted">{{ 'account.' + what() + '.text' | translate }}</p>
        <div role="alert">
          @if (problem(); as failed) {
            <p class="note error">{{ messages.title(failed) }}</p>
          }
        </div>
        <button type="button" class="btn primary submit" [disabled]="busy()" (click)="confirm()">
          {{ 'account.' + what() + '.submit' | translate }}
        </button>
      }
      <p class="other">
        <a class="link" routerLink="/login">{{ 'account.toSignIn' | translate }}</a>
      </p>
    </div>
  `,
  styleUrl: './entry.css',
})
export class ConfirmLink {
  private readonly api = inject(AccountsApi);
  private readonly token = linkToken();
  protected readonly messages = inject(ProblemMessages);

  /** From the route. */
  readonly what = input.required<'registration' | 'email'>();

  protected readonly done = signal(false);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected async confirm(): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      await this.api.confirm(this.what(), this.token);
      this.done.set(true);
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
