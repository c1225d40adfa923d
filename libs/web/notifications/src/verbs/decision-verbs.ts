import { Component, computed, inject, input } from '@angular/core';
import { AskWhy, Inbox } from '@berth/web/approvals';
import { NotificationWords } from '../words/notification-words';

/** Approve and reject, as on the screen of approvals: for eight seconds it can be taken back. Nothing where it is decided. */
@Component({
  selector: 'berth-decision-verbs',
  template: `
    @if (approval(); as it) {
      <button
        type="button"
        class="btn small"
        [attr.aria-label]="words.text('verb.approveThis', { what: about() })"
        (click)="inbox.decide([it], { decision: 'approve' })"
      >
        {{ words.text('verb.approve') }}
      </button>
      <button type="button" class="btn small quiet" [attr.aria-label]="words.text('verb.rejectThis', { what: about() })" (click)="reject()">
        {{ words.text('verb.reject') }}
      </button>
    } @else if (!inbox.isLoading()) {
      <span class="muted">{{ words.text('verb.decided') }}</span>
    }
  `,
  styleUrl: './verbs.css',
})
export class DecisionVerbs {
  private readonly why = inject(AskWhy);
  protected readonly inbox = inject(Inbox);
  protected readonly words = inject(NotificationWords);

  readonly approvalId = input.required<string>();
  /** What is asked for, for who does not see the row. */
  readonly about = input.required<string>();

  protected readonly approval = computed(() => this.inbox.waiting().find((it) => it.id === this.approvalId()) ?? null);

  protected async reject(): Promise<void> {
    const approval = this.approval();
    if (approval === null) return;
    const answer = await this.why.rejection([approval], false);
    if (answer) this.inbox.decide([approval], answer);
  }
}
