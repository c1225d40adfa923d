import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { type Person, UsersApi } from './users-api';

/** Takes somebody's second factor away, for a reason they are told. Closes with true once it is done. */
@Component({
  selector: 'berth-reset-second-factor-dialog',
  imports: [DialogFrame, Field, FieldControl, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.resetTitle' | translate: { name: person.displayName }" [subtitle]="null">
      <form class="stack" id="reset" (submit)="send($event, reason.value.trim())">
        <p>{{ 'admin.users.resetText' | translate }}</p>
        <berth-field [label]="'admin.users.reason' | translate" [hint]="'admin.users.reasonHint' | translate" [error]="failure()">
          <input #reason berthControl name="reason" autocomplete="off" maxlength="500" (input)="isWhole.set(reason.value.trim() !== '')" />
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.users.back' | translate }}</button>
      <button dialogActions type="submit" form="reset" class="btn danger" [disabled]="busy() || !isWhole()">
        {{ 'admin.users.reset' | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    input {
      width: 100%;
    }
  `,
})
export class ResetSecondFactorDialog {
  private readonly api = inject(UsersApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly person = inject<Person>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly isWhole = signal(false);
  protected readonly busy = signal(false);
  protected readonly failure = signal<string | null>(null);

  protected async send(event: Event, reason: string): Promise<void> {
    event.preventDefault();
    if (reason === '' || this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.api.resetSecondFactor(this.person.id, reason);
      this.ref.close(true);
    } catch (error) {
      this.failure.set(this.messages.title(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
