import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { BookingWords, PersonField } from '@berth/web/booking';
import { Session, type KnownPerson } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';

export interface Delegation {
  readonly to: KnownPerson;
  readonly message: string | null;
}

/** Asks who decides instead; closes with that or with nothing. */
@Component({
  selector: 'berth-delegate-dialog',
  imports: [DialogFrame, Field, FieldControl, PersonField],
  template: `
    <berth-dialog-frame [heading]="words.text('approvals.delegateTitle')">
      <form class="stack" id="delegate" autocomplete="off" (submit)="send($event)">
        <berth-field [label]="words.text('approvals.delegateTo')">
          <berth-person-field
            [label]="words.text('approvals.delegateTo')"
            [person]="person()"
            [without]="without"
            (picked)="person.set($event)"
          />
        </berth-field>
        <berth-field [label]="words.text('approvals.message')">
          <textarea
            #box
            berthControl
            name="message"
            rows="2"
            maxlength="1000"
            [value]="message()"
            (input)="message.set(box.value)"
          ></textarea>
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('approvals.back') }}</button>
      <button dialogActions type="submit" form="delegate" class="btn primary" [disabled]="person() === null">
        {{ words.text('approvals.delegate') }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    textarea {
      width: 100%;
    }
  `,
})
export class DelegateDialog {
  protected readonly ref = inject<DialogRef<Delegation>>(DialogRef);
  protected readonly words = inject(BookingWords);
  protected readonly without = [inject(Session).user()?.id ?? ''];
  protected readonly person = signal<KnownPerson | null>(null);
  protected readonly message = signal('');

  protected send(event: Event): void {
    event.preventDefault();
    const to = this.person();
    if (to !== null) this.ref.close({ to, message: this.message().trim() || null });
  }
}
