import { Component, input } from '@angular/core';

/** What belongs here, why it is empty for this person, and one action (projected). */
@Component({
  selector: 'berth-empty-state',
  template: `
    <svg class="art" width="72" height="48" viewBox="0 0 72 48" fill="none" stroke-width="1.5" aria-hidden="true">
      <rect x="4" y="8" width="64" height="32" rx="6" />
      <path class="second" d="M4 19h64M24 19v21M46 19v21" />
      <rect class="second" x="28" y="25" width="14" height="8" rx="3" stroke-dasharray="3 2.500" />
    </svg>
    <p class="title">{{ title() }}</p>
    @if (text(); as words) {
      <p class="muted">{{ words }}</p>
    }
    <div class="actions"><ng-content /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 6px;
      padding: 48px 24px;
      text-align: center;
    }
    .art {
      stroke: var(--line-strong);
      margin-bottom: 6px;
    }
    .second {
      stroke: var(--accent);
    }
    .title {
      font-size: 16px;
      line-height: 24px;
      font-weight: 650;
    }
    p {
      max-width: 480px;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 8px;
      margin-top: 10px;
    }
    .actions:empty {
      display: none;
    }
  `,
})
export class EmptyState {
  readonly title = input.required<string>();
  readonly text = input<string | null>(null);
}
