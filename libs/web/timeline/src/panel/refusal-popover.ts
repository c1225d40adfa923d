import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { Refusal, Target, TimelineActs } from '../timeline-acts';
import type { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

export interface RefusalData {
  readonly refusal: Refusal;
  readonly acts: TimelineActs;
  readonly state: TimelineState;
}

/** Why a booking is back where it was, and where it could go instead. */
@Component({
  selector: 'berth-refusal-popover',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'timeline.refusal.title' | translate: { title: data.refusal.bar.title ?? ('timeline.state.mine' | translate) }">
      @for (reason of data.refusal.reasons; track reason) {
        <p class="reason">{{ reason }}</p>
      }
      @if (data.refusal.alternatives.length > 0) {
        <p class="muted">{{ 'timeline.refusal.instead' | translate }}</p>
        <ul>
          @for (it of data.refusal.alternatives; track it.resourceId + it.start) {
            <li><button type="button" class="btn small" (click)="take(it)">{{ nameOf(it) }}</button></li>
          }
        </ul>
      }
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'timeline.refusal.leave' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    .reason { color: var(--danger); font-weight: 550; }
    .muted { margin-top: 10px; font-size: 13px; }
    ul { display: flex; flex-direction: column; align-items: flex-start; gap: 6px; margin-top: 6px; }
    .btn { text-align: left; }
  `,
})
export class RefusalPopover {
  private readonly words = inject(TimelineWords);
  protected readonly ref = inject(DialogRef);
  protected readonly data = inject<RefusalData>(DIALOG_DATA);

  protected nameOf(target: Target): string {
    const row = this.data.state.row(target.resourceId);
    return [row?.name, this.words.span(target, row?.zone ?? this.data.state.zone())].filter(Boolean).join(' · ');
  }

  protected take(target: Target): void {
    this.ref.close();
    const { bar, origin } = this.data.refusal;
    void this.data.acts.move(bar, origin.resourceId, target);
  }
}
