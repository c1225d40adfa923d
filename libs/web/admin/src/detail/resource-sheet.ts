import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, inject, type Signal } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import type { Resource } from '../data/resource';
import type { DetailTab } from '../list/list-url';
import { ResourcePanel } from './resource-panel';

/** What the sheet shows and tells back. */
export interface ResourceSheetData {
  readonly id: string;
  readonly known: Signal<Resource | null>;
  readonly tab: Signal<DetailTab>;
  readonly changeTab: (tab: DetailTab) => void;
  readonly changed: (resource: Resource) => void;
}

/** The panel of a resource where there is no room beside the list. */
@Component({
  selector: 'berth-resource-sheet',
  imports: [DialogFrame, ResourcePanel],
  template: `
    <berth-dialog-frame [heading]="data.known()?.name ?? '…'" [subtitle]="data.known()?.type?.name ?? null">
      <berth-resource-panel
        [id]="data.id"
        [known]="data.known()"
        [tab]="data.tab()"
        [isBare]="true"
        (tabChanged)="data.changeTab($event)"
        (changed)="data.changed($event)"
      />
    </berth-dialog-frame>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      height: 100%;
    }
    berth-dialog-frame {
      flex: 1;
      min-height: 0;
    }
    berth-resource-panel {
      height: calc(100% + 30px);
      margin: -14px -20px -16px;
    }
    @media (max-width: 719px) {
      :host {
        height: 92dvh;
      }
      berth-resource-panel {
        height: calc(100% + 24px);
        margin: -12px -16px;
      }
    }
  `,
})
export class ResourceSheet {
  protected readonly data = inject<ResourceSheetData>(DIALOG_DATA);
}
