import { Component, inject, input, output } from '@angular/core';
import { FindWords } from '../find-words';
import type { Span } from '../query/wish';

/** The free windows of a day as a list behind a summary: what the strip shows, for whoever does not see it. */
@Component({
  selector: 'berth-free-times',
  template: `
    @if (windows().length > 0) {
      <details>
        <summary [attr.tabindex]="reachable() ? 0 : -1">
          @if (around(); as it) {
            <span class="free">✓ {{ words.text('freeIn', { range: words.range(it, zone()) }) }}</span>
          } @else {
            <span class="muted">{{ words.text('freeTimes') }}</span>
          }
          <span class="visually-hidden">{{ words.text('freeTimesOf', { name: name() }) }}</span>
        </summary>
        <ul>
          @for (it of windows(); track it.start) {
            <li>
              <button type="button" class="link" (click)="started.emit(it.start)">{{ words.range(it, zone()) }}</button>
            </li>
          }
        </ul>
      </details>
    }
  `,
  styles: `
    :host {
      font-size: 12px;
      line-height: 16px;
    }
    summary {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      min-height: 24px;
      list-style: none;
      cursor: pointer;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    summary:hover {
      text-decoration: underline;
    }
    .free {
      color: var(--free);
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 2px 12px;
      padding: 2px 0 0;
      margin: 0;
      list-style: none;
    }
    .link {
      min-height: 24px;
    }
    @media (max-width: 719px) {
      summary,
      ul {
        justify-content: flex-start;
      }
      summary,
      .link {
        min-height: 44px;
      }
    }
  `,
})
export class FreeTimes {
  protected readonly words = inject(FindWords);

  readonly windows = input.required<readonly Span[]>();
  /** The window the slot lies in. */
  readonly around = input.required<Span | null>();
  readonly zone = input.required<string>();
  readonly name = input.required<string>();
  readonly reachable = input(false);
  readonly started = output<number>();
}
