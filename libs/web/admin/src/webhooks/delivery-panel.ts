import { Component, computed, effect, inject, input, output, resource, signal } from '@angular/core';
import { LiveUpdates, toProblem } from '@berth/web/data';
import { ErrorPanel, Icon, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Exchange, type ShownExchange } from './exchange';
import { shownState, tagOf, WebhookWords } from './webhook-words';
import { type Attempt, type Webhook, WebhooksApi } from './webhooks-api';

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

  readonly webhook = input.required<Webhook>();
  readonly deliveryId = input.required<string>();
  readonly isReplaying = input(false);
  readonly closed = output();
  readonly replayed = output();

  /** Another one, not the same one read again. */
  private readonly webhookId = computed(() => this.webhook().id);
  protected readonly delivery = resource({
    params: () => ({ webhook: this.webhookId(), id: this.deliveryId() }),
    loader: ({ params }) => this.api.delivery(params.webhook, params.id),
  });
  protected readonly failure = computed(() => (this.delivery.error() ? toProblem(this.delivery.error()) : null));
  protected readonly seen = computed(() => (this.delivery.hasValue() ? this.delivery.value() : null));
  protected readonly state = computed(() => {
    const seen = this.seen();
    return seen && shownState(seen, this.webhook());
  });
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

  constructor() {
    const live = inject(LiveUpdates);
    effect((onCleanup) => {
      const renew = (): void => void this.delivery.reload();
      onCleanup(live.watch(`webhook:${this.webhookId()}`, renew, renew));
    });
  }

  protected choose(index: number): void {
    this.chosen.set({ of: this.deliveryId(), index });
  }

  protected outcome(attempt: Attempt): string {
    if (attempt.failure === null) return this.words.text('admin.webhooks.arrived', { status: attempt.status });
    return this.said.failure(attempt.failure, attempt.status);
  }
}
