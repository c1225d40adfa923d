import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import type { Approval } from './approvals-api';
import { RequestTimes } from './request-times';

const LONGEST = 1000;

/** Asks who waits something before it is decided; closes with the question or with nothing. */
@Component({
  selector: 'berth-ask-dialog',
  imports: [DialogFrame, Field, FieldControl],
  template: `
    <berth-dialog-frame
      [heading]="words.text('approvals.askTitle', { name: approval.reservation.organizer.displayName })"
      [subtitle]="about"
    >
      <form class="stack" id="ask" autocomplete="off" (submit)="send($event)">
        <berth-field [label]="words.text('approvals.question')">
          <textarea
            #box
            berthControl
            name="question"
            rows="3"
            [maxLength]="longest"
            [value]="question()"
            (input)="question.set(box.value)"
          ></textarea>
        </berth-field>
        <p class="muted">{{ words.text('approvals.askWhy', { time: times.left(approval.dueAt).text }) }}</p>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('approvals.back') }}</button>
      <button dialogActions type="submit" form="ask" class="btn primary" [disabled]="asked() === ''">
        {{ words.text('approvals.ask') }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    textarea {
      width: 100%;
    }
  `,
})
export class AskDialog {
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly approval = inject<Approval>(DIALOG_DATA);
  protected readonly words = inject(BookingWords);
  protected readonly times = inject(RequestTimes);

  protected readonly longest = LONGEST;
  protected readonly question = signal('');
  protected readonly asked = computed(() => this.question().trim());
  protected readonly about = `${this.times.resources(this.approval.reservation)}, ${this.times.span(this.approval.reservation)}`;

  protected send(event: Event): void {
    event.preventDefault();
    if (this.asked() !== '') this.ref.close(this.asked());
  }
}
