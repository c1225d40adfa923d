import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, Session, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { Person } from './users-api';

const LEAST = 10;

/** Asks why somebody wants to act as a person, and begins anew as that person. */
@Component({
  selector: 'berth-stand-in-dialog',
  imports: [DialogFrame, Field, FieldControl, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.standInTitle' | translate: { name: person.displayName }" [subtitle]="null">
      <form class="stack" id="stand-in" (submit)="send($event, reason.value.trim())">
        <p>{{ 'admin.users.standInText' | translate: { name: person.displayName } }}</p>
        <berth-field [label]="'admin.users.reason' | translate" [hint]="'admin.users.standInHint' | translate" [error]="failure()">
          <input #reason berthControl name="reason" autocomplete="off" maxlength="500" (input)="isWhole.set(isEnough(reason.value))" />
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.users.back' | translate }}</button>
      <button dialogActions type="submit" form="stand-in" class="btn primary" [disabled]="busy() || !isWhole()">
        {{ 'admin.users.standInBegin' | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    input {
      width: 100%;
    }
  `,
})
export class StandInDialog {
  private readonly session = inject(Session);
  private readonly messages = inject(ProblemMessages);
  protected readonly person = inject<Person>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<never>>(DialogRef);
  protected readonly isWhole = signal(false);
  protected readonly busy = signal(false);
  protected readonly failure = signal<string | null>(null);

  protected isEnough(reason: string): boolean {
    return reason.trim().length >= LEAST;
  }

  protected async send(event: Event, reason: string): Promise<void> {
    event.preventDefault();
    if (!this.isEnough(reason) || this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.session.standInFor(this.person.id, reason);
    } catch (error) {
      const problem = toProblem(error);
      this.failure.set([this.messages.title(problem), problem.detail].filter(Boolean).join(' – '));
      this.busy.set(false);
    }
  }
}
