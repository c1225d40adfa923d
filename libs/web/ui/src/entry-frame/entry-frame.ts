import { Component, input, model } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Select, type SelectOption } from '../select/select';

/** The frame of screens nobody is signed in on: mark, a word, the language. The screen is projected and brings its own `h1`. */
@Component({
  selector: 'berth-entry-frame',
  imports: [TranslatePipe, Select],
  template: `
    <header class="low-chips">
      <span class="mark" aria-hidden="true">B</span>
      <b>{{ 'kit.product' | translate }}</b>
      <span class="muted">{{ word() }}</span>
      <berth-select class="language" look="fact" [label]="'kit.language' | translate" [options]="languages()" [(value)]="language" />
    </header>
    <main><ng-content /></main>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-rows: var(--top-height) minmax(0, 1fr);
      height: 100dvh;
    }
    header {
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 0 20px;
      border-bottom: 1px solid var(--line);
      background: var(--surface);
    }
    .mark {
      display: grid;
      place-items: center;
      width: 28px;
      height: 28px;
      border-radius: 8px;
      background: var(--accent);
      color: var(--accent-ink);
      font-weight: 700;
    }
    .language {
      margin-left: auto;
    }
    main {
      min-height: 0;
      overflow: auto;
    }
    @media (max-width: 719px) {
      header {
        padding: 0 12px;
      }
    }
  `,
})
export class EntryFrame {
  /** What happens here, muted beside the product's name. */
  readonly word = input('');
  readonly languages = input.required<readonly SelectOption[]>();
  readonly language = model.required<string | null>();
}
