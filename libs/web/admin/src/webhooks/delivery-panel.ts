import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import { toProblem } from '@berth/web/data';
import { ErrorPanel, Icon, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Exchange, type ShownExchange } from './exchange';
import { tagOf, WebhookWords } from './webhook-words';
import { type Attempt, type DeliverySeen, WebhooksApi } from './webhooks-api';

/** What waits is looked at again so often. */
const LOOK_MS = 2_000;

/** One delivery: every attempt in its order, and what was said in the one that is chosen, the last at first. */
@Component({
  selector: 'berth-delivery-panel',
  imports: [ErrorPanel, Exchange, Icon, Skeleton, TranslatePipe],
  templateUrl: './delivery-panel.html',
  styleUrl: './delivery-panel.css',
})
export class DeliveryPanel {
  private readonly api = inject(WebhooksApi);
  private readonly words = inject(AdminWords);
  protected readonly said = inject(WebhookWords);

  readonly webhookId = input.required<string>();
  readonly deliveryId = input.required<string>();
  /** Goes up when it was sent again. */
  readonly version = input(0);
  readonly isReplaying = input(false);
  readonly closed = output();
  readonly replayed = output();
  /** It is in another state than before. */
  readonly moved = output();

  protected readonly delivery = resource({
    params: () => ({ webhook: this.webhookId(), id: this.deliveryId(), version: this.version() }),
    loader: ({ params, abortSignal }) => this.load(params.webhook, params.id, abortSignal),
  });
  protected readonly failure = computed(() => (this.delivery.error() ? toProblem(this.delivery.error()) : null));
  protected readonly seen = computed(() => (this.delivery.hasValue() ? this.delivery.value() : null));
  protected readonly attempts = computed(() => this.seen()?.attemptLog ?? []);
  private readonly chosen = signal<{ readonly of: string; readonly index: number } | null>(null);
  protected readonly index = computed(() => {
    const chosen = this.chosen();
    return chosen?.of === this.deliveryId() ? chosen.index : this.attempts().length - 1;
  });
  protected readonly exchange = computed<ShownExchange | null>(() => {
    const attempt = this.attempts()[this.index()];
    return attempt ? { ...attempt, url: null } : null;
  });
  protected readonly tags = tagOf;

  protected choose(index: number): void {
    this.chosen.set({ of: this.deliveryId(), index });
  }

  protected outcome(attempt: Attempt): string {
    if (attempt.failure === null) return this.words.text('admin.webhooks.arrived', { status: attempt.status });
    return this.said.failure(attempt.failure, attempt.status);
  }

  private async load(webhook: string, id: string, signal: AbortSignal): Promise<DeliverySeen> {
    const before = this.delivery.hasValue() && this.delivery.value().id === id ? this.delivery.value() : null;
    const found = await this.api.delivery(webhook, id);
    if (signal.aborted) return found;
    if (before !== null && (before.state !== found.state || before.attempts !== found.attempts)) this.moved.emit();
    if (found.state === 'pending') setTimeout(() => !signal.aborted && this.delivery.reload(), LOOK_MS);
    return found;
  }
}
