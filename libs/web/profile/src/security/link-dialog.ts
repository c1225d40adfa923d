import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { type OfferedProvider, ProblemMessages, Session, toProblem } from '@berth/web/data';
import { DialogFrame, Field, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi } from '../account-api';

/** Sends the browser to a provider to link an account there: the password first, where there is one. */
@Component({
  selector: 'berth-link-dialog',
  imports: [DialogFrame, Field, PasswordInput, TranslatePipe],
  template: `
    <form (submit)="submit($event)" novalidate>
      <berth-dialog-frame [heading]="'profile.linked.linkOne' | translate: { name: provider.name }">
        <div class="stack">
          <p>{{ 'profile.linked.linkText' | translate: { name: provider.name } }}</p>
          @if (provider.hasPassword) {
            <berth-field [label]="'profile.secondFactor.password' | translate" [error]="failure()">
              <berth-password-input [(value)]="password" />
            </berth-field>
          } @else if (failure(); as text) {
            <p class="note error" role="alert">{{ text }}</p>
          }
        </div>
        <ng-container dialogActions>
          <button type="button" class="btn quiet" (click)="ref.close()">{{ 'profile.cancel' | translate }}</button>
          @if (isTooLongAgo()) {
            <button type="button" class="btn primary" (click)="signInAgain()">{{ 'profile.linked.signInAgain' | translate }}</button>
          } @else {
            <button type="submit" class="btn primary" [disabled]="busy()">{{ 'profile.linked.link' | translate }}</button>
          }
        </ng-container>
      </berth-dialog-frame>
    </form>
  `,
})
export class LinkDialog {
  private readonly api = inject(AccountApi);
  private readonly messages = inject(ProblemMessages);
  private readonly session = inject(Session);
  protected readonly ref = inject<DialogRef>(DialogRef);
  protected readonly provider = inject<OfferedProvider & { readonly hasPassword: boolean }>(DIALOG_DATA);

  protected readonly password = signal('');
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);
  /** The sign-in is too long ago for this. */
  protected readonly isTooLongAgo = signal(false);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      location.assign(await this.api.beginLink(this.provider.key, this.password()));
    } catch (error) {
      const problem = toProblem(error);
      this.isTooLongAgo.set(problem.code === 'recent-sign-in-required');
      this.failure.set(this.messages.title(problem));
      this.busy.set(false);
    }
  }

  /** Signs out, so that the sign-in that follows is a new one, and comes back to this page. */
  protected async signInAgain(): Promise<void> {
    await this.session.signOut();
    location.assign('/login?returnUrl=/me/security');
  }
}
