import { Component, DestroyRef, ElementRef, computed, effect, inject, input, output, resource, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { LiveUpdates, ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Icon, Keys, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { DeliveryFilters } from './delivery-filters';
import { DeliveryPanel } from './delivery-panel';
import { countOf, type DeliveryQuery, filterOf, queryOf } from './delivery-url';
import { ReplayDialog } from './replay-dialog';
import { shownState, tagOf, WebhookWords } from './webhook-words';
import { type Delivery, type Webhook, WebhooksApi } from './webhooks-api';

/** What was sent to a webhook, newest first, with one of them beside the list. Filters and the open one stand in the address. i18n: admin.webhooks.deliveryState.* */
@Component({
  selector: 'berth-deliveries-tab',
  imports: [DeliveryFilters, DeliveryPanel, EmptyState, ErrorPanel, Icon, Skeleton, TranslatePipe],
  templateUrl: './deliveries-tab.html',
  styleUrl: './deliveries-tab.css',
})
export class DeliveriesTab {
  private readonly api = inject(WebhooksApi);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly words = inject(AdminWords);
  protected readonly said = inject(WebhookWords);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });

  readonly webhook = input.required<Webhook>();
  /** Something was sent, so that figures of the webhook may have changed. */
  readonly sent = output();

  protected readonly tags = tagOf;
  protected readonly query = computed(() => queryOf(this.params()), { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  protected readonly open = computed(() => this.params().get('delivery'));
  protected readonly isNarrowed = computed(() => this.query().show !== 'all' || countOf(this.query()) > 0);
  protected readonly offered = resource({ loader: () => this.api.events().catch(() => []) });
  /** Undefined until they are there. */
  protected readonly rows = signal<readonly Delivery[] | undefined>(undefined);
  protected readonly next = signal<string | null>(null);
  protected readonly isLoading = signal(false);
  protected readonly failure = signal<Problem | null>(null);
  /** For those who hear the list. */
  protected readonly told = signal('');
  protected readonly isReplaying = signal(false);
  private turn = 0;
  /** Something changed while the list was being fetched. */
  private isStale = false;

  constructor() {
    const id = computed(() => this.webhook().id);
    effect(() => {
      this.query();
      id();
      untracked(() => void this.fetch(null));
    });
    const live = inject(LiveUpdates);
    effect((onCleanup) => {
      const renew = (): void => void this.renew();
      onCleanup(live.watch(`webhook:${id()}`, renew, renew));
    });
    // A list that is opened on what went wrong is read from its detail on.
    effect(() => {
      if (this.open() !== null) untracked(() => this.focusDetail());
    });
    const withdraw = inject(Keys).offer(
      { combo: 'j', label: 'admin.webhooks.keys.next', run: () => this.step(1) },
      { combo: 'k', label: 'admin.webhooks.keys.previous', run: () => this.step(-1) },
      { combo: 'r', label: 'admin.webhooks.keys.replay', run: () => void this.replay() },
    );
    inject(DestroyRef).onDestroy(withdraw);
  }

  protected stateOf(delivery: Delivery) {
    return shownState(delivery, this.webhook());
  }

  protected outcome(delivery: Delivery): string {
    const { state, lastFailure, lastStatus, nextAttemptAt } = delivery;
    if (state === 'delivered') return this.words.text('admin.webhooks.arrived', { status: lastStatus });
    const why = lastFailure === null ? null : this.said.failure({ reason: lastFailure }, lastStatus);
    const next =
      this.stateOf(delivery) === 'failed' && nextAttemptAt
        ? this.words.text('admin.webhooks.next', { when: this.said.moment(nextAttemptAt) })
        : null;
    return [why, next].filter(Boolean).join(' · ');
  }

  protected narrow(patch: Partial<DeliveryQuery>): void {
    const { show, ...others } = patch;
    this.go({ ...others, ...(show !== undefined && { show: show === 'all' ? null : show }) });
  }

  protected show(id: string): void {
    this.go({ delivery: id });
  }

  protected close(): void {
    const id = this.open();
    this.go({ delivery: null });
    setTimeout(() => this.host.nativeElement.querySelector<HTMLElement>(`[data-delivery="${id}"]`)?.focus());
  }

  protected reload(): void {
    void this.fetch(null);
    this.sent.emit();
  }

  protected more(cursor: string): void {
    void this.fetch(cursor);
  }

  /** Sends the open one again and shows what becomes of it. */
  protected async replay(): Promise<void> {
    const id = this.open();
    if (id === null || this.isReplaying()) return;
    this.isReplaying.set(true);
    try {
      const made = await this.api.replay(this.webhook().id, id);
      this.toasts.done(this.words.text('admin.webhooks.replayed'));
      this.show(made);
      this.reload();
    } catch (error) {
      const problem = toProblem(error);
      this.toasts.failed([this.messages.title(problem), problem.detail].filter(Boolean).join(' '));
    } finally {
      this.isReplaying.set(false);
    }
  }

  protected replaySince(): void {
    this.dialogs.open<number>(ReplayDialog, { data: this.webhook(), size: 'narrow' }).closed.subscribe((count) => {
      if (count === undefined) return;
      this.toasts.done(this.words.count('admin.webhooks.replayedMany.', count));
      this.reload();
    });
  }

  private step(by: 1 | -1): void {
    const rows = this.rows() ?? [];
    const at = rows.findIndex((it) => it.id === this.open());
    const target = rows[at === -1 ? 0 : at + by];
    if (target) this.show(target.id);
  }

  private focusDetail(): void {
    setTimeout(() => this.host.nativeElement.querySelector<HTMLElement>('#delivery-heading')?.focus());
  }

  /** Something was made or tried: the newest are read anew, where they stand; what comes after them stays. */
  private async renew(): Promise<void> {
    this.isStale = this.isLoading();
    if (this.isStale) return;
    const turn = this.turn;
    const page = await this.api.deliveries(this.webhook().id, filterOf(this.query()), null).catch(() => null);
    const before = this.rows();
    if (page === null || turn !== this.turn || before === undefined) return;
    const oldest = page.data.at(-1)?.id ?? '';
    const rest = page.page.nextCursor === null ? [] : before.filter((it) => it.id < oldest);
    this.rows.set([...page.data, ...rest]);
    if (rest.length === 0) this.next.set(page.page.nextCursor);
    this.sent.emit();
  }

  private async fetch(cursor: string | null): Promise<void> {
    const turn = ++this.turn;
    this.isLoading.set(true);
    this.failure.set(null);
    try {
      const page = await this.api.deliveries(this.webhook().id, filterOf(this.query()), cursor);
      if (turn !== this.turn) return;
      this.rows.update((all) => [...(cursor === null ? [] : (all ?? [])), ...page.data]);
      this.next.set(page.page.nextCursor);
      this.told.set(this.words.count('admin.webhooks.listed.', this.rows()?.length ?? 0));
    } catch (error) {
      if (turn === this.turn) this.failure.set(toProblem(error));
    } finally {
      if (turn === this.turn) this.isLoading.set(false);
    }
    if (this.isStale && !this.isLoading()) await this.renew();
  }

  private go(queryParams: Readonly<Record<string, string | null>>): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }
}
