import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { type Role, roles, type Sent, UsersApi } from './users-api';

/** Asks whom to invite and as what; closes with what was sent. i18n: admin.users.role.* */
@Component({
  selector: 'berth-invite-dialog',
  imports: [DialogFrame, Field, FieldControl, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.invite' | translate" [subtitle]="null">
      <form id="invite" autocomplete="off" novalidate (submit)="send($event, email.value)">
        <div role="alert">
          @if (problem(); as failed) {
            @if (failed.errors.length === 0) {
              <p class="note error">{{ messages.title(failed) }}</p>
            }
          }
        </div>
        <berth-field [label]="'admin.users.email' | translate" [error]="emailError()">
          <input #email berthControl type="email" name="invited" autocomplete="off" />
        </berth-field>
        <fieldset>
          <legend>{{ 'admin.users.roleName' | translate }}</legend>
          @for (it of roles; track it) {
            <label class="check">
              <input type="radio" name="role" [checked]="role() === it" (change)="role.set(it)" />
              <span>{{ 'admin.users.role.' + it | translate }}</span>
            </label>
          }
        </fieldset>
        <p class="muted">{{ 'admin.users.inviteText' | translate }}</p>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.users.back' | translate }}</button>
      <button dialogActions type="submit" form="invite" class="btn primary" [disabled]="busy()">
        {{ 'admin.users.inviteSend' | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    form,
    fieldset {
      display: grid;
      gap: 12px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    input[type='email'] {
      width: 100%;
    }
  `,
})
export class InviteDialog {
  private readonly api = inject(UsersApi);
  protected readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef<Sent>>(DialogRef);

  protected readonly roles = roles;
  protected readonly role = signal<Role>('user');
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected emailError(): string | null {
    const error = this.problem()?.errorOf('email');
    return error ? this.messages.field(error) : null;
  }

  protected async send(event: Event, email: string): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.problem.set(null);
    try {
      this.ref.close(await this.api.invite(email.trim(), this.role()));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
