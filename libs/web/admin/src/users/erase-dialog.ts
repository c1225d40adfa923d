import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { PersonField } from '@berth/web/booking';
import { ProblemMessages, toProblem, type KnownPerson, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type Erasure, type EraseWish, type Person, UsersApi } from './users-api';

const choices = ['cancel', 'transfer'] as const;

/** Says what erasing somebody takes and leaves, and asks for their name before it does it; closes with what was done. i18n: admin.users.leaving.* */
@Component({
  selector: 'berth-erase-dialog',
  imports: [DialogFrame, Field, FieldControl, PersonField, Skeleton, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.eraseTitle' | translate: { name: person.displayName }" [subtitle]="null">
      <form class="stack" id="erase" autocomplete="off" novalidate (submit)="send($event)">
        <div role="alert">
          @if (refusal(); as said) {
            <p class="note error">{{ said }}</p>
          }
        </div>
        <p>{{ 'admin.users.eraseText' | translate }}</p>
        @if (preview.hasValue()) {
          <div role="status">
            <ul class="consequences">
              @for (line of consequences(); track line) {
                <li>{{ line }}</li>
              }
            </ul>
          </div>
        } @else if (!preview.error()) {
          <berth-skeleton [rows]="2" [height]="20" />
        }
        <fieldset>
          <legend>{{ 'admin.users.eraseAhead' | translate }}</legend>
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
        <berth-field
          [label]="'admin.users.reason' | translate"
          [note]="'admin.optional' | translate"
          [hint]="'admin.users.eraseReasonHint' | translate"
        >
          <input #why berthControl class="wide" name="reason" maxlength="500" (input)="reason.set(why.value)" />
        </berth-field>
        <berth-field [label]="'admin.users.typeName' | translate: { name: person.displayName }">
          <input #typed berthControl class="wide" name="typed-name" (input)="name.set(typed.value)" />
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.users.back' | translate }}</button>
      <button dialogActions type="submit" form="erase" class="btn danger" [disabled]="busy() || !isWhole()">
        {{ 'admin.users.eraseNow' | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styleUrl: './grave-dialog.css',
  styles: `
    fieldset {
      display: grid;
      gap: 4px;
      margin: 0;
      padding: 0;
      border: 0;
    }
  `,
})
export class EraseDialog {
  private readonly api = inject(UsersApi);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);
  protected readonly person = inject<Person>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Erasure>>(DialogRef);

  protected readonly choices = choices;
  protected readonly choice = signal<(typeof choices)[number]>('cancel');
  protected readonly receiver = signal<KnownPerson | null>(null);
  protected readonly reason = signal('');
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  private readonly problem = signal<Problem | null>(null);
  /** What goes is counted before it goes; handing over needs to know to whom. */
  private readonly wish = computed<EraseWish | undefined>(() => {
    const [choice, to] = [this.choice(), this.receiver()?.id];
    if (choice === 'transfer') return to === undefined ? undefined : { reservations: choice, to };
    return { reservations: choice };
  });
  protected readonly preview = resource({
    params: () => this.wish(),
    loader: ({ params }) => this.api.whatWouldGo(this.person.id, params),
  });
  protected readonly consequences = computed(() => {
    if (!this.preview.hasValue()) return [];
    const { anonymous, leaving, found } = this.preview.value();
    const rows = Object.entries(found).reduce((sum, [kind, count]) => sum + (kind === 'reservations' ? 0 : count), 0);
    const ahead = this.choice() === 'transfer' ? 'admin.users.eraseTransfer.' : 'admin.users.eraseCancel.';
    return [
      this.words.count(ahead, leaving.total),
      this.words.count('admin.users.eraseAnonymous.', anonymous),
      ...(rows === 0 ? [] : [this.words.count('admin.users.eraseRows.', rows)]),
    ];
  });
  protected readonly isWhole = computed(() => this.wish() !== undefined && this.name().trim() === this.person.displayName.trim());
  protected readonly refusal = computed(() => {
    const problem = this.problem() ?? (this.preview.error() ? toProblem(this.preview.error()) : null);
    return problem === null ? null : [this.messages.title(problem), problem.detail].filter(Boolean).join(' ');
  });

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    const wish = this.wish();
    if (wish === undefined || !this.isWhole() || this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    const reason = this.reason().trim();
    try {
      this.ref.close(await this.api.erase(this.person.id, { ...wish, ...(reason && { reason }) }));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
