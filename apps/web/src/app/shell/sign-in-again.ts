import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { ProblemMessages, Session, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** The session ran out while a page was open: sign in here and the page, with everything typed into it, goes on. */
@Component({
  selector: 'berth-sign-in-again',
  imports: [TranslatePipe, DialogFrame, Field, FieldControl],
  template: `
    <form (submit)="submit($event, password.value)">
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
        <berth-field [label]="'signInAgain.password' | translate: { name: session.user()?.displayName }" [error]="failure()">
          <input #password berthControl type="password" name="password" autocomplete="current-password" required size="28" />
        </berth-field>
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
  private readonly messages = inject(ProblemMessages);
  protected readonly session = inject(Session);
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);

  protected async submit(event: Event, password: string): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    try {
      await this.session.signIn(this.session.user()?.username ?? '', password);
      this.ref.close();
    } catch (error) {
      this.failure.set(this.messages.title(toProblem(error)));
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
