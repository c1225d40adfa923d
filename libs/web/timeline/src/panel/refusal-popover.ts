import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { Alternative, Refusal, TimelineActs } from '../timeline-acts';

export interface RefusalData {
  readonly refusal: Refusal;
  readonly acts: TimelineActs;
}

/** Why a booking is back where it was, and where it could go instead. */
@Component({
  selector: 'berth-refusal-popover',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame
      [heading]="'timeline.refusal.title' | translate: { title: data.refusal.bar.title ?? ('timeline.state.mine' | translate) }"
    >
      @for (reason of data.refusal.reasons; track reason) {
        <p class="reason">{{ reason }}</p>
      }
      @if (data.refusal.alternatives.length > 0) {
        <p class="muted">{{ 'timeline.refusal.instead' | translate }}</p>
        <ul>
          @for (it of data.refusal.alternatives; track it.label) {
            <li>
              <button type="button" class="btn small" (click)="take(it)">{{ it.label }}</button>
            </li>
          }
        </ul>
      }
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'timeline.refusal.leave' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    .reason {
      color: var(--danger);
      font-weight: 550;
    }
    .muted {
      margin-top: 10px;
      font-size: 13px;
    }
    ul {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 6px;
      margin-top: 6px;
    }
    .btn {
      text-align: left;
    }
  `,
})
export class RefusalPopover {
  protected readonly ref = inject(DialogRef);
  protected readonly data = inject<RefusalData>(DIALOG_DATA);

  protected take({ target }: Alternative): void {
    this.ref.close();
    const { bar, origin } = this.data.refusal;
    void this.data.acts.move(bar, origin.resourceId, target);
  }
}
