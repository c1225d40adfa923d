import { CdkMenu, CdkMenuGroup, CdkMenuItem, CdkMenuItemRadio } from '@angular/cdk/menu';
import { Component, inject, output } from '@angular/core';
import { Router } from '@angular/router';
import { PreferencesStore, Session, languageNames, languages, themes } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '@berth/web/ui';

/** The person's own menu: language, theme, help, sign out. */
@Component({
  selector: 'berth-user-menu',
  imports: [TranslatePipe, CdkMenu, CdkMenuGroup, CdkMenuItem, CdkMenuItemRadio, Icon],
  template: `
    <div cdkMenu class="float menu">
      <div class="who" role="presentation">
        <b>{{ session.user()?.displayName }}</b>
        <span class="muted">{{ session.user()?.email }}</span>
      </div>
      <hr class="menu-rule" />
      <div cdkMenuGroup [attr.aria-label]="'shell.language' | translate">
        <div class="menu-label" role="presentation">{{ 'shell.language' | translate }}</div>
        @for (language of languages; track language) {
          <button
            type="button"
            class="menu-item"
            cdkMenuItemRadio
            [attr.lang]="language"
            [cdkMenuItemChecked]="language === preferences.language()"
            (cdkMenuItemTriggered)="preferences.change({ language })"
          >
            <span class="tick">
              @if (language === preferences.language()) {
                <svg berthIcon="check"></svg>
              }</span
            >{{ names[language] }}
          </button>
        }
      </div>
      <hr class="menu-rule" />
      <div cdkMenuGroup [attr.aria-label]="'shell.themes' | translate">
        <div class="menu-label" role="presentation">{{ 'shell.themes' | translate }}</div>
        @for (theme of themes; track theme) {
          <button
            type="button"
            class="menu-item"
            cdkMenuItemRadio
            [cdkMenuItemChecked]="theme === preferences.theme()"
            (cdkMenuItemTriggered)="preferences.change({ theme })"
          >
            <span class="tick">
              @if (theme === preferences.theme()) {
                <svg berthIcon="check"></svg>
              }</span
            >{{ 'shell.theme.' + theme | translate }}
          </button>
        }
      </div>
      <hr class="menu-rule" />
      <button type="button" class="menu-item" cdkMenuItem (cdkMenuItemTriggered)="openAccount()">
        <svg berthIcon="shield-check"></svg>{{ 'shell.account' | translate }}
      </button>
      <button type="button" class="menu-item" cdkMenuItem (cdkMenuItemTriggered)="help.emit()">
        <svg berthIcon="circle-question-mark"></svg>{{ 'shell.help' | translate }}<kbd>?</kbd>
      </button>
      <button type="button" class="menu-item" cdkMenuItem (cdkMenuItemTriggered)="signOut()">
        <svg berthIcon="log-out"></svg>{{ 'shell.signOut' | translate }}
      </button>
    </div>
  `,
  styles: `
    .menu {
      max-height: 88vh;
    }
    .who {
      display: flex;
      flex-direction: column;
      padding: 8px 10px;
      overflow-wrap: anywhere;
    }
    .tick {
      display: inline-flex;
      width: 16px;
      flex: none;
    }
  `,
})
export class UserMenu {
  private readonly router = inject(Router);
  protected readonly session = inject(Session);
  protected readonly preferences = inject(PreferencesStore);
  protected readonly languages = languages;
  protected readonly themes = themes;
  protected readonly names = languageNames;

  readonly help = output();

  protected async openAccount(): Promise<void> {
    await this.router.navigateByUrl('/me/profile');
  }

  protected async signOut(): Promise<void> {
    const there = await this.session.signOut();
    if (there) return location.assign(there);
    await this.router.navigateByUrl('/login');
  }
}
