import { Component } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';

/** Stands where a page would, while the first one could not be loaded. */
@Component({
  selector: 'berth-not-loaded-page',
  imports: [TranslatePipe],
  template: `
    <main class="page">
      <h1>{{ 'notLoaded.title' | translate }}</h1>
      <p>{{ 'notLoaded.text' | translate }}</p>
      <button type="button" class="btn primary" (click)="again()">{{ 'notLoaded.again' | translate }}</button>
    </main>
  `,
})
export class NotLoadedPage {
  protected again(): void {
    location.reload();
  }
}
