import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { FindWords } from '../find-words';

/** What is to be named, and what happens with the name. */
export interface SaveDialogData {
  readonly heading: string;
  readonly name: string;
  readonly save: (name: string) => Promise<void>;
}

const LONGEST = 200;

/** Asks for the name of a search, new or old. */
@Component({
  selector: 'berth-save-dialog',
  imports: [DialogFrame, Field, FieldControl],
  template: `
    <berth-dialog-frame [heading]="data.heading" (closing)="ref.close()">
      <form id="save-search" (submit)="submit($event, box.value)">
        <berth-field [label]="words.text('saved.name')" [error]="error()" [hint]="words.text('saved.hint')">
          <input #box berthControl class="grow" name="name" required maxlength="200" autocomplete="off" [value]="suggested" />
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('saved.cancel') }}</button>
      <button dialogActions type="submit" form="save-search" class="btn primary" [disabled]="isSending()">
        {{ words.text('saved.keep') }}
      </button>
    </berth-dialog-frame>
  `,
})
export class SaveDialog {
  private readonly messages = inject(ProblemMessages);
  protected readonly data = inject<SaveDialogData>(DIALOG_DATA);
  protected readonly ref = inject(DialogRef);
  protected readonly words = inject(FindWords);

  protected readonly suggested = this.data.name.slice(0, LONGEST);
  protected readonly error = signal<string | null>(null);
  protected readonly isSending = signal(false);

  protected async submit(event: Event, name: string): Promise<void> {
    event.preventDefault();
    if (name.trim() === '') return;
    this.isSending.set(true);
    try {
      await this.data.save(name.trim());
      this.ref.close();
    } catch (error) {
      const problem = toProblem(error);
      this.error.set(problem.code === 'already-exists' ? this.words.text('saved.taken') : this.messages.title(problem));
    } finally {
      this.isSending.set(false);
    }
  }
}
