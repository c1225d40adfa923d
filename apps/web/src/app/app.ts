import { Component, effect, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { PreferencesStore } from '@berth/web/data';
import { Formats, Keys } from '@berth/web/ui';

/** The root: an outlet, and the person's preferences handed to the kit. */
@Component({ selector: 'berth-app', imports: [RouterOutlet], template: '<router-outlet />' })
export class App {
  constructor() {
    const preferences = inject(PreferencesStore);
    const formats = inject(Formats);
    const keys = inject(Keys);
    effect(() => {
      formats.hourCycle.set(preferences.hourCycle());
      formats.ownZone.set(preferences.timeZone());
      keys.enabled.set(preferences.shortcuts());
    });
  }
}
