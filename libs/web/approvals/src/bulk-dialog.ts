import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { DialogFrame } from '@berth/web/ui';
import type { Approval } from './approvals-api';
import { RequestTimes } from './request-times';

/** Lists what will be approved before it is; closes with `approve` or with nothing. */
@Component({
  selector: 'berth-bulk-approve-dialog',
  imports: [DialogFrame],
  template: `
    <berth-dialog-frame [heading]="words.text('approvals.approveTitle', { count: approvals.length })">
      <p class="muted">{{ words.text('approvals.consequence') }}</p>
      <ul>
        @for (it of approvals; track it.id) {
          <li>
            <b>{{ times.resources(it.reservation) }}</b> · {{ it.reservation.organizer.displayName }}
            <small class="muted">{{ times.span(it.reservation) }}</small>
          </li>
        }
      </ul>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('approvals.back') }}</button>
      <button dialogActions type="button" class="btn primary" (click)="ref.close('approve')">
        {{ words.text('approvals.approveMany', { count: approvals.length }) }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    li {
      padding: 6px 0;
      border-top: 1px solid var(--line);
    }
    small {
      display: block;
    }
  `,
})
export class BulkDialog {
  protected readonly ref = inject<DialogRef<'approve'>>(DialogRef);
  protected readonly approvals = inject<readonly Approval[]>(DIALOG_DATA);
  protected readonly words = inject(BookingWords);
  protected readonly times = inject(RequestTimes);
}
