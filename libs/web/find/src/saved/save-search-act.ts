import { Injectable, inject } from '@angular/core';
import { PreferencesStore } from '@berth/web/data';
import { Dialogs, Toasts } from '@berth/web/ui';
import type { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { chipsOf, phraseOf } from '../phrase/phrase-chips';
import { SaveDialog, type SaveDialogData } from './save-dialog';
import { SavedSearches } from './saved-searches';

/** Keeps the search that is shown, under a name that says it until somebody types another. */
@Injectable({ providedIn: 'root' })
export class SaveSearchAct {
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly preferences = inject(PreferencesStore);
  private readonly saved = inject(SavedSearches);
  private readonly words = inject(FindWords);

  open(state: FindState): void {
    const query = state.query();
    const vocabulary = state.vocabulary();
    const chips = chipsOf({ ...query, date: null });
    const said = vocabulary === null ? '' : phraseOf(chips, vocabulary, this.preferences.language());
    const data: SaveDialogData = {
      heading: this.words.text('saved.saveHeading'),
      name: [query.words, said].filter(Boolean).join(', '),
      save: async (name) => {
        await this.saved.save(name, query, state.siteId());
        this.toasts.done(this.words.text('saved.done', { name }));
      },
    };
    this.dialogs.open(SaveDialog, { data, size: 'narrow', focus: 'input' });
  }
}
