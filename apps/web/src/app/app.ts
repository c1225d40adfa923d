import { OverlayContainer } from '@angular/cdk/overlay';
import { Component, effect, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { PreferencesStore } from '@berth/web/data';
import { Formats, Keys, ToastList } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import { NotLoaded } from './not-loaded';
import { NotLoadedPage } from './not-loaded-page';

/** The root: an outlet, messages, and the person's preferences handed to the kit. */
@Component({
  selector: 'berth-app',
  imports: [NotLoadedPage, RouterOutlet, ToastList],
  template: `
    <router-outlet />
    @if (isNothingShown()) {
      <berth-not-loaded-page />
    }
    <berth-toast-list />
  `,
})
export class App {
  protected readonly isNothingShown = inject(NotLoaded).isNothingShown;

  constructor() {
    const preferences = inject(PreferencesStore);
    const formats = inject(Formats);
    const keys = inject(Keys);
    const floating = inject(OverlayContainer).getContainerElement();
    const translate = inject(TranslateService);
    // Menus and popovers live outside the screen's landmarks; this one is theirs.
    floating.setAttribute('role', 'region');
    effect(() => {
      translate.currentLang();
      floating.setAttribute('aria-label', String(translate.instant('shell.floating')));
    });
    effect(() => {
      formats.hourCycle.set(preferences.hourCycle());
      formats.dateOrder.set(preferences.dateOrder());
      formats.ownZone.set(preferences.timeZone());
      keys.enabled.set(preferences.shortcuts());
    });
  }
}
