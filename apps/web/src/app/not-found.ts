import { Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { EmptyState } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** A page that is not there, or that this person may not see. */
@Component({
  selector: 'berth-not-found',
  imports: [RouterLink, TranslatePipe, EmptyState],
  template: `
    <div class="page">
      <h1>{{ 'notFound.page' | translate }}</h1>
      <berth-empty-state [title]="'notFound.title' | translate" [text]="'notFound.text' | translate: { address }">
        <a class="btn" routerLink="/">{{ 'notFound.home' | translate }}</a>
      </berth-empty-state>
    </div>
  `,
})
export class NotFound {
  protected readonly address = inject(Router).url;
}
