import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { Answers, BookingWords, type AnswerMap } from '@berth/web/booking';
import { answersTo, brokenFields, type CustomField, withDefaults } from '@berth/scheduling';
import { DialogFrame } from '@berth/web/ui';

export interface AnswerDialogData {
  /** Of the resource that is offered. */
  readonly name: string;
  readonly fields: readonly CustomField[];
  /** What was answered when somebody joined. */
  readonly answers: AnswerMap;
}

/** Asks what the type of an offered resource wants to know since somebody began to wait. */
@Component({
  selector: 'berth-answer-dialog',
  imports: [Answers, DialogFrame],
  template: `
    <berth-dialog-frame [heading]="words.text('waitlist.answers.title', { name: data.name })">
      <form id="offer-answers" autocomplete="off" (submit)="submit($event)">
        <p class="muted">{{ words.text('waitlist.answers.why') }}</p>
        <berth-answers
          [fields]="data.fields"
          [answers]="answers()"
          [broken]="isTried() ? broken() : []"
          (answered)="answer($event.key, $event.value)"
        />
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('waitlist.cancel') }}</button>
      <button dialogActions type="submit" form="offer-answers" class="btn primary">{{ words.text('waitlist.accept') }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 12px;
    }
  `,
})
export class AnswerDialog {
  protected readonly ref = inject<DialogRef<AnswerMap>>(DialogRef);
  protected readonly data = inject<AnswerDialogData>(DIALOG_DATA);
  protected readonly words = inject(BookingWords);
  private readonly questions = viewChild.required(Answers);

  protected readonly answers = signal(withDefaults(this.data.fields, answersTo(this.data.fields, this.data.answers)) as AnswerMap);
  protected readonly isTried = signal(false);
  protected readonly broken = computed(() => brokenFields(this.data.fields, this.answers()));

  protected answer(key: string, value: AnswerMap[string]): void {
    this.answers.update((all) => ({ ...all, [key]: value }));
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.isTried.set(true);
    if (this.broken().length === 0) this.ref.close(this.answers());
    else setTimeout(() => this.questions().focusBroken());
  }
}
