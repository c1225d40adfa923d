import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { PreferencesStore, Session, languageNames, languages, themes, type Language, type Theme } from '@berth/web/data';
import { DialogFrame, Icon, Select } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { destinations, isOffered } from '../destinations';

/** The phone's fifth tab: what the bottom bar has no room for. */
@Component({
  selector: 'berth-more-sheet',
  imports: [RouterLink, TranslatePipe, DialogFrame, Select, Icon],
  template: `
    <berth-dialog-frame [heading]="session.user()?.displayName ?? ''" [subtitle]="session.user()?.email ?? null">
      <div class="list">
        @for (place of places(); track place.path) {
          <a class="menu-item" [routerLink]="place.path" (click)="ref.close()"
            ><svg [berthIcon]="place.icon" [size]="20"></svg>{{ place.label | translate }}</a
          >
        }
        <div class="row">
          <span class="muted">{{ 'shell.language' | translate }}</span>
          <berth-select
            [label]="'shell.language' | translate"
            [options]="languageOptions"
            [value]="preferences.language()"
            (chosen)="setLanguage($event)"
          />
        </div>
        <div class="row">
          <span class="muted">{{ 'shell.themes' | translate }}</span>
          <berth-select
            [label]="'shell.themes' | translate"
            [options]="themeOptions()"
            [value]="preferences.theme()"
            (chosen)="setTheme($event)"
          />
        </div>
        <button type="button" class="menu-item" (click)="signOut()">
          <svg berthIcon="log-out" [size]="20"></svg>{{ 'shell.signOut' | translate }}
        </button>
      </div>
    </berth-dialog-frame>
  `,
  styles: `
    .list {
      display: flex;
      flex-direction: column;
      gap: 10px;
      margin: 0 -10px;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      padding: 0 10px;
    }
  `,
})
export class MoreSheet {
  private readonly router = inject(Router);
  private readonly translate = inject(TranslateService);
  protected readonly ref = inject(DialogRef);
  protected readonly session = inject(Session);
  protected readonly preferences = inject(PreferencesStore);
  protected readonly places = computed(() =>
    destinations.filter((it) => it.isUnderMore || ((it.permission !== undefined || it.isForManagers) && isOffered(it, this.session))),
  );
  protected readonly languageOptions = languages.map((value) => ({ value, label: languageNames[value] }));
  protected readonly themeOptions = computed(() => {
    this.translate.currentLang();
    return themes.map((value) => ({
      value,
      label: String(this.translate.instant(`shell.theme.${value}`)),
    }));
  });

  protected setLanguage(language: Language): void {
    void this.preferences.change({ language });
  }

  protected setTheme(theme: Theme): void {
    void this.preferences.change({ theme });
  }

  protected async signOut(): Promise<void> {
    this.ref.close();
    const there = await this.session.signOut();
    if (there) return location.assign(there);
    await this.router.navigateByUrl('/login');
  }
}
