import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, Icon, Toasts } from '@berth/web/ui';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { SaveDialog, type SaveDialogData } from './save-dialog';
import { SavedSearches, queryOfSaved, type SavedSearch } from './saved-searches';

/** The searches one keeps: run, rename, forget. */
@Component({
  selector: 'berth-saved-list',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon],
  template: `
    @if (saved.all().length > 0) {
      <h2>{{ words.text('saved.heading') }}</h2>
      <ul>
        @for (it of saved.all(); track it.id) {
          <li>
            <button type="button" class="run ellipsis" [title]="it.name" (click)="run(it)">
              <svg berthIcon="search" [size]="14"></svg><span class="ellipsis">{{ it.name }}</span>
            </button>
            <button
              type="button"
              class="btn quiet square small"
              [cdkMenuTriggerFor]="menu"
              [cdkMenuTriggerData]="{ it }"
              [attr.aria-label]="words.text('saved.acts', { name: it.name })"
            >
              <svg berthIcon="ellipsis"></svg>
            </button>
          </li>
        }
      </ul>
    }
    <ng-template #menu let-it="it">
      <div class="float menu" cdkMenu>
        <button type="button" class="menu-item" cdkMenuItem (cdkMenuItemTriggered)="rename(it)">{{ words.text('saved.rename') }}</button>
        <button type="button" class="menu-item danger" cdkMenuItem (cdkMenuItemTriggered)="forget(it)">
          {{ words.text('saved.forget') }}
        </button>
      </div>
    </ng-template>
  `,
  styles: `
    :host {
      display: block;
      font-size: 13px;
    }
    :host:has(ul) {
      padding-top: 12px;
      border-top: 1px solid var(--line);
    }
    h2 {
      font-size: 13px;
      line-height: 18px;
      font-weight: 600;
    }
    ul {
      margin: 4px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
    }
    .run {
      display: flex;
      flex: 1;
      gap: 8px;
      align-items: center;
      min-width: 0;
      min-height: 28px;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: left;
      cursor: pointer;
    }
    .run:hover span {
      text-decoration: underline;
    }
    .run svg {
      flex: none;
      color: var(--muted);
    }
    @media (max-width: 719px) {
      .run {
        min-height: 44px;
      }
    }
  `,
})
export class SavedList {
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly state = inject(FindState);
  protected readonly saved = inject(SavedSearches);
  protected readonly words = inject(FindWords);

  constructor() {
    // A list that cannot be had is no reason to show an error beside a search that works.
    void this.saved.load().catch(() => undefined);
  }

  protected run({ query }: SavedSearch): void {
    this.state.go(queryOfSaved(query));
  }

  protected rename(it: SavedSearch): void {
    const data: SaveDialogData = {
      heading: this.words.text('saved.renameHeading'),
      name: it.name,
      save: (name) => this.saved.rename(it, name),
    };
    this.dialogs.open(SaveDialog, { data, size: 'narrow', focus: 'input' });
  }

  protected async forget(it: SavedSearch): Promise<void> {
    try {
      await this.saved.forget(it);
      this.toasts.done(this.words.text('saved.forgotten', { name: it.name }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }
}
