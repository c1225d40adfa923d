import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { PersonField } from '@berth/web/booking';
import { ProblemMessages, toProblem, type KnownPerson, type Problem } from '@berth/web/data';
import { DialogFrame, Field } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { type Leaving, type LeavingChoice, type Person, UsersApi } from './users-api';

const choices = ['keep', 'cancel', 'transfer'] as const;

/** Says how many reservations are ahead and asks what becomes of them, before anybody is suspended. i18n: admin.users.leaving.* */
@Component({
  selector: 'berth-suspend-dialog',
  imports: [DialogFrame, Field, PersonField, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.suspendTitle' | translate: { name: person.displayName }" [subtitle]="null">
      <form id="suspend" (submit)="send($event)">
        <div role="alert">
          @if (problem(); as failed) {
            <p class="note error">{{ messages.title(failed) }}</p>
          }
        </div>
        <p>{{ 'admin.users.suspendText' | translate }}</p>
        @if (ahead(); as count) {
          <p role="status">
            <b>{{ 'admin.users.ahead' | translate: { count } }}</b>
          </p>
          <fieldset>
            <legend>{{ 'admin.users.aheadWhat' | translate }}</legend>
            @for (it of choices; track it) {
              <label class="check">
                <input type="radio" name="leaving" [checked]="choice() === it" (change)="choice.set(it)" />
                <span>{{ 'admin.users.leaving.' + it | translate }}</span>
              </label>
            }
          </fieldset>
          @if (choice() === 'transfer') {
            <berth-field [label]="'admin.users.receiver' | translate">
              <berth-person-field
                [label]="'admin.users.receiver' | translate"
                [person]="receiver()"
                [without]="[person.id]"
                (picked)="receiver.set($event)"
              />
            </berth-field>
          }
        }
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.users.back' | translate }}</button>
      <button dialogActions type="submit" form="suspend" class="btn danger" [disabled]="busy() || !isWhole()">
        {{ 'admin.users.suspend' | translate }}
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
  `,
})
export class SuspendDialog {
  private readonly api = inject(UsersApi);
  protected readonly person = inject<Person>(DIALOG_DATA);
  protected readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef<Leaving>>(DialogRef);

  protected readonly choices = choices;
  private readonly preview = resource({ loader: () => this.api.leaving(this.person.id).catch(() => null) });
  protected readonly ahead = computed(() => this.preview.value()?.total ?? 0);
  protected readonly choice = signal<LeavingChoice>('keep');
  protected readonly receiver = signal<KnownPerson | null>(null);
  protected readonly isWhole = computed(() => this.choice() !== 'transfer' || this.receiver() !== null);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.isWhole()) return;
    this.busy.set(true);
    this.problem.set(null);
    const to = this.choice() === 'transfer' ? { to: this.receiver()?.id } : {};
    try {
      this.ref.close(await this.api.suspend(this.person.id, { reservations: this.choice(), ...to }));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
