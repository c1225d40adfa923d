import { Component, computed, inject, input, resource } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { toProblem } from '@berth/web/data';
import { ErrorPanel, Skeleton } from '@berth/web/ui';
import { ApprovalsApi, type Approval, type Background } from './approvals-api';

/** What helps to decide: who else waits for the time, and what the person who asks had there before. i18n: approvals.past.* */
@Component({
  selector: 'berth-request-background',
  imports: [ErrorPanel, Skeleton],
  template: `
    @if (problem(); as failure) {
      <berth-error-panel [problem]="failure" (retry)="background.reload()" />
    } @else if (known(); as it) {
      <dl class="facts">
        <div>
          <dt>{{ words.text('approvals.record.month') }}</dt>
          <dd>{{ it.month }}</dd>
        </div>
        <div>
          <dt>{{ words.text('approvals.record.past') }}</dt>
          <dd>{{ it.past }}</dd>
        </div>
        <div>
          <dt>{{ words.text('approvals.record.noShows') }}</dt>
          <dd>{{ it.noShows }}</dd>
        </div>
      </dl>
      <h3>{{ words.text('approvals.rivals') }}</h3>
      @if (it.rivals.length > 0) {
        <ol>
          @for (rival of it.rivals; track rival.id) {
            <li>
              {{ rival.name }} <small>{{ rival.when }}</small>
            </li>
          }
          @if (it.moreRivals > 0) {
            <li>{{ words.text('approvals.moreRivals', { count: it.moreRivals }) }}</li>
          }
        </ol>
        <p class="muted">{{ words.text('approvals.rivalsThen') }}</p>
      } @else {
        <p class="muted">{{ words.text('approvals.noRivals') }}</p>
      }
      @if (it.earlier.length > 0) {
        <h3>{{ words.text('approvals.earlier', { name: approval().reservation.organizer.displayName }) }}</h3>
        <ul>
          @for (past of it.earlier; track past.id) {
            <li>
              {{ past.title }} <small>{{ past.when }} · {{ past.answer }}</small>
            </li>
          }
        </ul>
      }
    } @else {
      <berth-skeleton [rows]="3" [height]="40" />
    }
  `,
  styles: `
    :host {
      display: block;
      margin-top: 12px;
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
      overflow: clip;
    }
    .facts > div {
      flex: 1 1 140px;
      padding: 8px 12px;
      box-shadow: -1px -1px 0 var(--line);
    }
    dt {
      color: var(--muted);
      font-size: 12px;
      line-height: 16px;
    }
    dd {
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    h3 {
      margin: 14px 0 4px;
      font-size: 13px;
    }
    li {
      padding: 4px 0;
      overflow-wrap: anywhere;
    }
    small {
      display: block;
      color: var(--muted);
    }
  `,
})
export class RequestBackground {
  private readonly api = inject(ApprovalsApi);
  protected readonly words = inject(BookingWords);

  readonly approval = input.required<Approval>();

  private readonly asked = computed(() => this.approval(), { equal: (a, b) => a.id === b.id && a.version === b.version });
  protected readonly background = resource({ params: () => this.asked(), loader: ({ params }) => this.api.background(params) });
  protected readonly problem = computed(() => (this.background.error() === undefined ? null : toProblem(this.background.error())));
  protected readonly known = computed(() => (this.background.hasValue() ? this.shown(this.background.value()) : null));

  private shown({ record, earlier, rivals, moreRivals }: Background) {
    const { words } = this;
    const when = ({ start, end }: { readonly start: string; readonly end: string }): string => {
      const { resources, timeZone } = this.approval().reservation;
      return words.span({ start: Date.parse(start), end: Date.parse(end) }, resources[0]?.timeZone ?? timeZone);
    };
    return {
      month: record.minutesInMonth === 0 ? words.text('approvals.record.none') : words.length(record.minutesInMonth * 60_000),
      past:
        record.approved + record.rejected === 0
          ? words.text('approvals.record.none')
          : words.text('approvals.record.answers', { approved: record.approved, rejected: record.rejected }),
      noShows: words.number(record.noShows),
      rivals: rivals.map((it) => ({ id: it.id, name: it.person.displayName, when: when(it) })),
      moreRivals,
      earlier: earlier.map((it) => ({
        id: it.reservationId,
        title: it.title ?? words.text('approvals.untitled'),
        when: when(it),
        answer: words.text(`approvals.past.${it.status}`, { name: it.decidedBy?.displayName ?? '' }),
      })),
    };
  }
}
