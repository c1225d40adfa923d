import { Component, inject, input, output } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Assignment } from '../data/access-api';
import { AssignmentWords } from './assignment-words';

/** Roles that were given, with who has them or where, and the verb that takes one away. i18n: admin.delegation.state.* */
@Component({
  selector: 'berth-assignment-list',
  imports: [Icon, TranslatePipe],
  template: `
    <ul [attr.aria-label]="label()">
      @for (it of assignments(); track it.id) {
        <li>
          <svg [berthIcon]="it.holder.kind === 'group' ? 'users-round' : 'user-round'"></svg>
          <span class="what">
            <b>{{ shows() === 'holder' ? it.holder.name : said.role(it.role) }}</b>
            <small class="muted">
              {{ shows() === 'holder' ? said.role(it.role) : it.place.name }}
              @if (shows() === 'holder' && showsPlace()) {
                · {{ it.place.name }}
              }
              @if (said.time(it); as time) {
                · {{ time }}
              }
              @if (it.grantedBy; as by) {
                · {{ 'admin.delegation.givenBy' | translate: { name: by.name } }}
              }
            </small>
          </span>
          @let state = said.state(it, now);
          @if (state !== 'in-force') {
            <span class="tag">{{ 'admin.delegation.state.' + state | translate }}</span>
          }
          @if (mayTake()) {
            <button
              type="button"
              class="btn small"
              [attr.aria-label]="words.text('admin.delegation.takeFrom', { role: said.role(it.role), name: it.holder.name })"
              (click)="taken.emit(it)"
            >
              {{ 'admin.delegation.take' | translate }}
            </button>
          }
        </li>
      } @empty {
        <li class="muted">{{ empty() }}</li>
      }
    </ul>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 10px;
      padding: 8px 0;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    svg {
      flex: none;
      color: var(--muted);
    }
    .what {
      display: grid;
      flex: 1 1 180px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    b {
      font-weight: 550;
    }
  `,
})
export class AssignmentList {
  protected readonly words = inject(AdminWords);
  protected readonly said = inject(AssignmentWords);
  protected readonly now = inject(ServerClock).now();

  readonly label = input.required<string>();
  readonly assignments = input.required<readonly Assignment[]>();
  /** Said where there is none. */
  readonly empty = input('');
  /** What the rows are called after: who has it, or what it is. */
  readonly shows = input<'holder' | 'role'>('holder');
  /** Whether it matters where each was given. */
  readonly showsPlace = input(false);
  readonly mayTake = input(false);
  readonly taken = output<Assignment>();
}
