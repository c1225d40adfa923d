import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, input, output } from '@angular/core';
import { Dialogs, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { RESOURCE_STATUSES, type Resource, type ResourceStatus } from '../data/resource';
import type { BulkDone } from './bulk-acts';
import { BulkStatusDialog } from './bulk-status-dialog';
import { BulkTagDialog } from './bulk-tag-dialog';

/** What can be done with the ticked rows. */
@Component({
  selector: 'berth-bulk-bar',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, TranslatePipe],
  host: { role: 'region', '[attr.aria-label]': 'label()' },
  template: `
    <b role="status">{{ words.count('admin.bulk.selected.', chosen().length) }}</b>
    @if (canSelectAll()) {
      <button type="button" class="link" (click)="selectAll.emit()">
        {{ 'admin.bulk.selectAll' | translate: { count: words.number(total() ?? 0) } }}
      </button>
    }
    <span class="grow"></span>
    <button type="button" class="btn small" (click)="addTags()"><svg berthIcon="tag"></svg>{{ 'admin.bulk.addTags' | translate }}</button>
    <button type="button" class="btn small" [cdkMenuTriggerFor]="statuses">
      <svg berthIcon="power"></svg>{{ 'admin.bulk.setStatus' | translate }} <svg berthIcon="chevron-down"></svg>
    </button>
    <button type="button" class="btn quiet small" (click)="cleared.emit()">{{ 'admin.bulk.clear' | translate }}</button>
    <ng-template #statuses>
      <div class="float menu" cdkMenu>
        @for (it of all; track it) {
          <button type="button" class="menu-item" cdkMenuItem (cdkMenuItemTriggered)="setStatus(it)">
            {{ 'admin.bulk.to.' + it | translate }}
          </button>
        }
      </div>
    </ng-template>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      padding: 8px 14px;
      border: 1px solid var(--accent);
      border-radius: var(--radius-surface);
      background: var(--surface);
    }
    @media (max-width: 719px) {
      :host {
        position: sticky;
        bottom: 8px;
        z-index: 2;
        box-shadow: var(--shadow-float);
        padding: 8px 10px;
      }
    }
  `,
})
export class BulkBar {
  private readonly dialogs = inject(Dialogs);
  protected readonly words = inject(AdminWords);

  readonly chosen = input.required<readonly Resource[]>();
  readonly total = input.required<number | null>();
  /** More match than are ticked, and they are not loaded yet. */
  readonly canSelectAll = input(false);
  readonly selectAll = output();
  readonly cleared = output();
  readonly done = output<BulkDone>();

  protected readonly all = RESOURCE_STATUSES;
  protected readonly label = computed(() => this.words.text('admin.bulk.label'));

  protected addTags(): void {
    const ref = this.dialogs.open<BulkDone>(BulkTagDialog, { size: 'narrow', data: this.chosen() });
    ref.closed.subscribe((it) => it && this.done.emit(it));
  }

  protected setStatus(status: ResourceStatus): void {
    const ref = this.dialogs.open<BulkDone>(BulkStatusDialog, { size: 'narrow', data: { resources: this.chosen(), status } });
    ref.closed.subscribe((it) => it && this.done.emit(it));
  }
}
