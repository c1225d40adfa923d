import { Component, computed, inject, input } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { CodeBlock } from './code-block';
import { WebhookWords } from './webhook-words';
import type { Failure } from './webhooks-api';

/** What was sent and what came of it. */
export interface ShownExchange {
  /** Null where the address stands elsewhere. */
  readonly url: string | null;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly answer: string | null;
  readonly failure: Failure | null;
}

/** A request with its signature, and the answer with its status and how long it took. */
@Component({
  selector: 'berth-exchange',
  imports: [CodeBlock, Icon, TranslatePipe],
  template: `
    <p class="verdict" [class.bad]="it().failure !== null">
      <svg [berthIcon]="it().failure === null ? 'circle-check' : 'circle-x'"></svg>
      <span>
        <b>{{ verdict() }}</b> · {{ said.time(it().durationMs) }}
        @if (detail(); as text) {
          <small>{{ text }}</small>
        }
      </span>
    </p>
    <h3>{{ 'admin.webhooks.request' | translate }}</h3>
    <berth-code-block [label]="'admin.webhooks.request' | translate" [code]="request()" />
    <h3>{{ 'admin.webhooks.answer' | translate }}</h3>
    @if (it().answer; as answer) {
      <berth-code-block [label]="'admin.webhooks.answer' | translate" [code]="pretty(answer)" />
      <small class="muted">{{ 'admin.webhooks.answerCut' | translate }}</small>
    } @else {
      <p class="muted">{{ (it().status === null ? 'admin.webhooks.noAnswer' : 'admin.webhooks.emptyAnswer') | translate }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 6px;
      min-width: 0;
    }
    h3,
    p {
      margin: 0;
    }
    h3 {
      margin-top: 4px;
      font-size: 13px;
      font-weight: 550;
      color: var(--muted);
    }
    .verdict {
      display: flex;
      gap: 8px;
      color: var(--success);
    }
    .verdict.bad {
      color: var(--danger);
    }
    .verdict svg {
      flex: none;
      margin-top: 2px;
    }
    .verdict small {
      display: block;
      color: var(--muted);
      overflow-wrap: anywhere;
    }
  `,
})
export class Exchange {
  private readonly words = inject(AdminWords);
  protected readonly said = inject(WebhookWords);

  readonly it = input.required<ShownExchange>();

  protected readonly verdict = computed(() => {
    const { failure, status } = this.it();
    return failure === null ? this.words.text('admin.webhooks.arrived', { status }) : this.said.failure(failure, status);
  });
  /** The server's own words, where the sentence says less. */
  protected readonly detail = computed(() => {
    const { failure } = this.it();
    return failure === null || failure.reason === 'answered' || failure.reason === 'gone' ? null : failure.detail;
  });
  protected readonly request = computed(() => {
    const { url, requestHeaders, requestBody } = this.it();
    const headers = Object.entries(requestHeaders).map(([name, value]) => `${name}: ${value}`);
    return [...(url === null ? [] : [`POST ${url}`]), ...headers, '', this.pretty(requestBody)].join('\n');
  });

  /** JSON as it is read best; anything else as it is. */
  protected pretty(text: string): string {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  }
}
