import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, inject, type Signal } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { LogFilter } from '../log-entry';
import { EntryPanel } from './entry-panel';

/** What the sheet shows and tells back. */
export interface EntrySheetData {
  readonly id: Signal<string>;
  readonly open: (id: string) => void;
  readonly narrow: (filter: LogFilter) => void;
}

/** One event where there is no room beside the log. */
@Component({
  selector: 'berth-entry-sheet',
  imports: [DialogFrame, EntryPanel, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'audit.panel' | translate" [subtitle]="null">
      <berth-entry-panel [id]="data.id()" [isBare]="true" (opened)="data.open($event)" (narrowed)="data.narrow($event)" />
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
    berth-entry-panel {
      padding: 0;
    }
    @media (max-width: 719px) {
      :host {
        height: 92dvh;
      }
    }
  `,
})
export class EntrySheet {
  protected readonly data = inject<EntrySheetData>(DIALOG_DATA);
}
