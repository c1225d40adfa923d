import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { SaveSearchAct } from '../saved/save-search-act';
import { SavedList } from '../saved/saved-list';
import { FacetList } from './facet-list';
import { PhraseField } from './phrase-field';
import { QueryChips } from './query-chips';

/** The whole search on a phone, from the bottom. */
@Component({
  selector: 'berth-filter-sheet',
  imports: [DialogFrame, FacetList, PhraseField, QueryChips, SavedList],
  providers: [{ provide: FindState, useFactory: () => inject<FindState>(DIALOG_DATA) }],
  template: `
    <berth-dialog-frame [heading]="words.text('filters')" (closing)="ref.close()">
      <div class="all">
        <berth-phrase-field (left)="ref.close()" />
        <berth-query-chips />
        <berth-facet-list />
        <berth-saved-list />
        <button type="button" class="btn" (click)="saving.open(state)">{{ words.text('saved.save') }}</button>
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
  protected readonly saving = inject(SaveSearchAct);
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);
}
