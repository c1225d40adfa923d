import { Component, input, output } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Asked } from './connect-api';

/** What a program would be allowed, in plain words, in whose name, and the two answers. i18n: admin.roles.may.* */
@Component({
  selector: 'berth-asked-panel',
  imports: [TranslatePipe],
  template: `
    <h1>{{ 'connect.title' | translate: { client: asked().client.name } }}</h1>
    <p>{{ 'connect.inNameOf' | translate: { person: asked().person.displayName } }}</p>
    @if (asked().scopes.length > 0) {
      <section class="card" aria-labelledby="may">
        <h2 id="may">{{ 'connect.may' | translate }}</h2>
        <ul>
          @for (scope of asked().scopes; track scope) {
            <li>{{ 'admin.roles.may.' + scope | translate }}</li>
          }
        </ul>
      </section>
      <p class="muted">{{ 'connect.takeBack' | translate }}</p>
    } @else {
      <p class="note error">{{ 'connect.nothing' | translate }}</p>
    }
    <ng-content />
    <div class="verbs">
      <button type="button" class="btn primary" [disabled]="busy() || asked().scopes.length === 0" (click)="answered.emit(true)">
        {{ 'connect.allow' | translate }}
      </button>
      <button type="button" class="btn" [disabled]="busy()" (click)="answered.emit(false)">{{ 'connect.refuse' | translate }}</button>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 16px;
    }
    h1 {
      font-size: 28px;
      line-height: 36px;
      letter-spacing: -0.02em;
      overflow-wrap: anywhere;
    }
    h2 {
      font-size: 16px;
      line-height: 24px;
    }
    .card {
      padding: 12px 16px;
    }
    ul {
      margin: 4px 0 0;
      padding-left: 20px;
      list-style: disc;
    }
    .verbs {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class AskedPanel {
  readonly asked = input.required<Asked>();
  readonly busy = input(false);
  /** True lets the program. */
  readonly answered = output<boolean>();
}
