import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, ErrorPanel, Field, Icon, Select, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Exchange, type ShownExchange } from './exchange';
import { WebhookWords } from './webhook-words';
import { type TestOutcome, type Webhook, WebhooksApi } from './webhooks-api';

const PLAIN = 'webhook.test';

/** Sends a webhook a real signed request about something that never happened, and shows what came of it. */
@Component({
  selector: 'berth-webhook-test-dialog',
  imports: [DialogFrame, ErrorPanel, Exchange, Field, Icon, Select, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.webhooks.testOf' | translate: { name: data.webhook.name }" [subtitle]="null">
      <div class="stack">
        @if (data.outcome === null) {
          <p class="muted">{{ 'admin.webhooks.testText' | translate }}</p>
          <div class="ask">
            <berth-field [label]="'admin.webhooks.testEvent' | translate">
              <berth-select [label]="'admin.webhooks.testEvent' | translate" [options]="options()" [(value)]="event" />
            </berth-field>
            <button type="button" class="btn accent" [disabled]="busy()" (click)="send()">
              <svg berthIcon="send"></svg>{{ 'admin.webhooks.testSend' | translate }}
            </button>
          </div>
        } @else {
          <p>{{ 'admin.webhooks.enableRefused' | translate }}</p>
        }
        <div role="status">
          @if (busy()) {
            <p class="muted">{{ 'admin.webhooks.testing' | translate }}</p>
          } @else if (exchange(); as it) {
            <berth-exchange [it]="it" />
          }
        </div>
        @if (problem(); as failed) {
          <berth-error-panel [problem]="failed" (retry)="send()" />
        }
      </div>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.close' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    .ask {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 12px;
    }
  `,
})
export class WebhookTestDialog {
  private readonly api = inject(WebhooksApi);
  private readonly words = inject(AdminWords);
  private readonly said = inject(WebhookWords);
  protected readonly ref = inject<DialogRef>(DialogRef);
  /** The outcome is there where a test was made already, for enabling. */
  protected readonly data = inject<{ readonly webhook: Webhook; readonly outcome: TestOutcome | null }>(DIALOG_DATA);

  private readonly offered = resource({ loader: () => this.api.events() });
  protected readonly options = computed<readonly SelectOption[]>(() => [
    { value: PLAIN, label: this.words.text('admin.webhooks.testPlain') },
    ...(this.offered.hasValue() ? this.offered.value() : []).map((it) => ({
      value: it.type,
      label: this.said.event(it.type, it),
      hint: it.type,
    })),
  ]);
  protected readonly event = signal<string | null>(PLAIN);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  private readonly outcome = signal<TestOutcome | null>(this.data.outcome);
  protected readonly exchange = computed<ShownExchange | null>(() => {
    const outcome = this.outcome();
    if (outcome === null) return null;
    const { url, headers: requestHeaders, body: requestBody } = outcome.request;
    return { ...outcome, url, requestHeaders, requestBody };
  });

  protected async send(): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    const event = this.event();
    try {
      this.outcome.set(await this.api.test(this.data.webhook.id, event === PLAIN ? null : event));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
