import { Component, computed, effect, inject, linkedSignal, resource, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { AuditHistory } from '@berth/web/audit';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Dialogs, ErrorPanel, Icon, PageTitle, Skeleton, Tabs, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { SaveBar } from '../detail/save-bar';
import { DeliveriesTab } from './deliveries-tab';
import { WebhookKeysTab } from './keys-tab';
import { mayDiscard } from './may-discard';
import { RemoveWebhookDialog } from './remove-dialog';
import { WebhookSecretDialog } from './secret-dialog';
import { WebhookTestDialog } from './test-dialog';
import { changedIn, draftOf, type WebhookDraft, wishOf } from './webhook-draft';
import { WebhookForm } from './webhook-form';
import { conditionOf, tagOf, WebhookWords } from './webhook-words';
import { type TestOutcome, type Webhook, WebhooksApi } from './webhooks-api';

const tabs = ['deliveries', 'settings', 'keys', 'history'] as const;
type TabName = (typeof tabs)[number];

/**
 * `/admin/webhooks/:id`: one webhook, what was sent to it, what it is, and what it is signed with.
 * i18n: admin.webhooks.tab.* admin.webhooks.condition.* admin.webhooks.disabledBy.* admin.webhooks.field.*
 */
@Component({
  selector: 'berth-webhook-page',
  imports: [AuditHistory, DeliveriesTab, ErrorPanel, Icon, RouterLink, SaveBar, Skeleton, Tabs, TranslatePipe, WebhookForm, WebhookKeysTab],
  templateUrl: './webhook-page.html',
  styleUrl: './webhook-page.css',
  host: { class: 'page' },
})
export class WebhookPage {
  private readonly api = inject(WebhooksApi);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);
  private readonly title = inject(PageTitle);
  protected readonly said = inject(WebhookWords);
  private readonly path = toSignal(this.route.paramMap, { initialValue: this.route.snapshot.paramMap });
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });

  protected readonly webhook = resource({ params: () => this.path().get('id') ?? '', loader: ({ params }) => this.api.one(params) });
  protected readonly seen = computed(() => (this.webhook.hasValue() ? this.webhook.value() : null));
  protected readonly failure = computed(() => (this.webhook.error() ? toProblem(this.webhook.error()) : null));
  protected readonly tags = tagOf;
  protected readonly condition = computed(() => conditionOf(this.seen()!));
  protected readonly tabs = computed(() => tabs.map((value) => ({ value, label: this.words.text(`admin.webhooks.tab.${value}`) })));
  protected readonly tab = computed<TabName>(() => tabs.find((it) => it === this.params().get('tab')) ?? 'deliveries');

  /** What is written and not saved; another version begins anew, but for what it changes. */
  protected readonly draft = linkedSignal<string, WebhookDraft>({
    source: () => this.seen()?.id ?? '',
    computation: () => draftOf(this.seen()),
  });
  protected readonly changed = computed(() => (this.seen() === null ? [] : changedIn(this.draft(), this.seen()!)));
  protected readonly changes = computed(() => this.words.list(this.changed().map((it) => this.words.text(`admin.webhooks.field.${it}`))));
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly refusal = computed(() => {
    const problem = this.problem();
    return problem === null ? null : { title: this.messages.title(problem), detail: problem.errors.length > 0 ? null : problem.detail };
  });

  constructor() {
    effect(() => this.title.thing.set(this.seen()?.name ?? null));
  }

  protected write(patch: Partial<WebhookDraft>): void {
    this.draft.update((it) => ({ ...it, ...patch }));
  }

  /** Asked before another page is shown. */
  mayLeave(): boolean | Promise<boolean> {
    return this.changed().length === 0 || mayDiscard(this.dialogs, this.words.text('admin.webhooks.leave'));
  }

  protected show(tab: TabName): void {
    const queryParams = { tab: tab === 'deliveries' ? null : tab };
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }

  protected discard(): void {
    this.draft.set(draftOf(this.seen()));
    this.problem.set(null);
  }

  protected async save(): Promise<void> {
    const webhook = this.seen();
    if (webhook === null || this.changed().length === 0) return;
    const wish = wishOf(this.draft());
    const patch = Object.fromEntries(this.changed().map((it) => [it, wish[it]]));
    await this.act(async () => {
      const saved = await this.api.change(webhook, patch);
      this.webhook.set(saved);
      this.draft.set(draftOf(saved));
      this.toasts.done(this.words.text('admin.webhooks.saved', { name: saved.name }));
    }, this.problem.set.bind(this.problem));
  }

  protected setState(state: 'active' | 'paused'): Promise<void> {
    return this.act(async () => this.webhook.set(await this.api.change(this.seen()!, { state })));
  }

  protected enable(): Promise<void> {
    return this.act(
      async () => {
        this.webhook.set(await this.api.enable(this.seen()!.id));
        this.toasts.done(this.words.text('admin.webhooks.enabled', { name: this.seen()!.name }));
      },
      (problem) => {
        const { test } = problem.body;
        if (test) this.open(this.seen()!, test);
        else this.tell(problem);
      },
    );
  }

  protected test(): void {
    this.open(this.seen()!, null);
  }

  protected renew(): Promise<void> {
    return this.act(async () => {
      const { id, name } = this.seen()!;
      const made = await this.api.renewSecret(id);
      this.dialogs.open(WebhookSecretDialog, { data: { ...made, name }, staysOpen: true });
      this.webhook.reload();
    });
  }

  protected remove(): void {
    const webhook = this.seen()!;
    this.dialogs.open<true>(RemoveWebhookDialog, { data: { name: webhook.name }, size: 'narrow' }).closed.subscribe((sure) => {
      if (sure !== true) return;
      void this.act(async () => {
        await this.api.remove(webhook);
        this.draft.set(draftOf(webhook));
        this.toasts.done(this.words.text('admin.webhooks.removed', { name: webhook.name }));
        await this.router.navigate(['/admin/webhooks']);
      });
    });
  }

  private open(webhook: Webhook, outcome: TestOutcome | null): void {
    this.dialogs.open(WebhookTestDialog, { data: { webhook, outcome } });
  }

  private async act(work: () => Promise<void>, refused = (problem: Problem): void => this.tell(problem)): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await work();
    } catch (error) {
      const problem = toProblem(error);
      // Somebody was faster: what is written here stays, on top of what they saved.
      if (problem.code === 'precondition-failed') this.webhook.reload();
      refused(problem);
    } finally {
      this.busy.set(false);
    }
  }

  private tell(problem: Problem): void {
    this.toasts.failed([this.messages.title(problem), problem.detail].filter(Boolean).join(' '));
  }
}
