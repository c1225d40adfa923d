import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { PreferencesStore, languageNames, languages, type Language } from '@berth/web/data';
import { EntryFrame } from '@berth/web/ui';

/** The frame around sign-in and registration. */
@Component({
  selector: 'berth-entry',
  imports: [RouterOutlet, EntryFrame],
  template: `
    <berth-entry-frame [languages]="languages" [language]="preferences.language()" (languageChange)="setLanguage($event)"
      ><router-outlet
    /></berth-entry-frame>
  `,
})
export class Entry {
  protected readonly preferences = inject(PreferencesStore);
  protected readonly languages = languages.map((value) => ({ value, label: languageNames[value] }));

  protected setLanguage(language: string | null): void {
    void this.preferences.change({ language: language as Language });
  }
}
