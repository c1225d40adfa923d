import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import type { Refused } from '../data/find-api';
import { FindWords } from '../find-words';

/** What the rules refuse, behind one line that says why. */
@Component({
  selector: 'berth-refused-list',
  template: `
    <div class="head">
      <p class="muted">{{ words.counted('hidden', refused().length, { why: words.hidden(refused()) }) }}</p>
      <button type="button" class="link" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
        {{ words.text(isOpen() ? 'hide' : 'showReasons') }}
      </button>
    </div>
    @if (isOpen()) {
      <ul>
        @for (it of lines(); track it.id) {
          <li>
            <b>{{ it.name }}</b>
            <span class="muted">{{ it.why }}</span>
          </li>
        }
      </ul>
    }
  `,
  styles: `
    :host {
      display: block;
      border-top: 1px solid var(--line);
      background: var(--canvas);
      border-radius: 0 0 var(--radius-surface) var(--radius-surface);
    }
    .head {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 4px 16px;
      flex-wrap: wrap;
      padding: 8px 16px;
      font-size: 13px;
      line-height: 18px;
    }
    .link {
      min-height: 24px;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
      font-size: 13px;
      line-height: 18px;
    }
    li {
      display: grid;
      grid-template-columns: minmax(120px, 280px) minmax(0, 1fr);
      gap: 4px 20px;
      padding: 8px 16px;
      border-top: 1px solid var(--line);
    }
    b {
      font-weight: 550;
    }
    @media (max-width: 719px) {
      li {
        grid-template-columns: minmax(0, 1fr);
      }
      .link {
        min-height: 44px;
      }
    }
  `,
})
export class RefusedList {
  protected readonly words = inject(FindWords);

  readonly refused = input.required<readonly Refused[]>();
  /** Where nothing else was found, the reasons are the answer. */
  readonly opened = input(false);
  protected readonly isOpen = linkedSignal(() => this.opened());
  protected readonly lines = computed(() =>
    this.refused().map(({ resource, violations }) => ({
      id: resource.id,
      name: resource.name,
      why: violations.map((it) => this.words.violation(it, resource.timeZone)).join('; '),
    })),
  );
}
