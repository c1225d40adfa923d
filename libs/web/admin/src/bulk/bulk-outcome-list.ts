import { Component, inject, input } from '@angular/core';
import { ProblemMessages, type Problem } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { bookingsInTheWay } from '../data/resources-api';
import type { BulkOutcome } from './bulk-acts';

/** What an act on many resources did not reach, and why. */
@Component({
  selector: 'berth-bulk-outcome',
  imports: [Icon, TranslatePipe],
  template: `
    <p role="status">
      <b>{{ words.count('admin.bulk.outcome.', outcome().done.length) }}</b>
    </p>
    <p class="muted">{{ 'admin.bulk.notReached' | translate }}</p>
    <ul>
      @for (it of outcome().failed; track it.item.id) {
        <li>
          <svg berthIcon="triangle-alert"></svg>
          <span
            ><b>{{ it.item.name }}</b> {{ reason(it.problem) }}</span
          >
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      margin-top: 6px;
    }
    li {
      display: flex;
      gap: 8px;
      padding: 6px 0;
      border-bottom: 1px solid var(--line);
      font-size: 13px;
    }
    svg {
      margin-top: 2px;
      color: var(--danger);
    }
    li b {
      display: block;
      font-weight: 550;
    }
  `,
})
export class BulkOutcomeList {
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AdminWords);

  readonly outcome = input.required<BulkOutcome>();

  protected reason(problem: Problem): string {
    if (problem.code === 'resource-has-reservations') return this.words.count('admin.state.inTheWay.', bookingsInTheWay(problem).total);
    return this.messages.title(problem);
  }
}
