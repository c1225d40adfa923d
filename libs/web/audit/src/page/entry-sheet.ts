import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, computed, inject, type Signal, viewChild } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import type { LogFilter } from '../log-entry';
import { AuditWords } from '../words/audit-words';
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
  imports: [DialogFrame, EntryPanel],
  template: `
    <berth-dialog-frame [heading]="heading()" [subtitle]="null">
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
  private readonly words = inject(AuditWords);
  private readonly panel = viewChild.required(EntryPanel);
  protected readonly data = inject<EntrySheetData>(DIALOG_DATA);

  /** What happened; what it is until that is known. */
  protected readonly heading = computed(() => {
    const entry = this.panel().entry();
    return entry ? this.words.sentence(entry) : this.words.text('audit.panel');
  });
}
