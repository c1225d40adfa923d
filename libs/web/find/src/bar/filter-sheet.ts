import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { FacetList } from './facet-list';
import { PhraseField } from './phrase-field';
import { QueryChips } from './query-chips';

/** The whole search on a phone, from the bottom. */
@Component({
  selector: 'berth-filter-sheet',
  imports: [DialogFrame, FacetList, PhraseField, QueryChips],
  providers: [{ provide: FindState, useFactory: () => inject<FindState>(DIALOG_DATA) }],
  template: `
    <berth-dialog-frame [heading]="words.text('filters')" (closing)="ref.close()">
      <div class="all">
        <berth-phrase-field (left)="ref.close()" />
        <berth-query-chips />
        <berth-facet-list />
      </div>
      <button dialogActions type="button" class="btn primary wide" (click)="ref.close()">{{ words.text('showResults') }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    .all {
      display: flex;
      flex-direction: column;
      gap: 16px;
    }
  `,
})
export class FilterSheet {
  protected readonly ref = inject(DialogRef);
  protected readonly words = inject(FindWords);
}
