import { Component, ElementRef, computed, inject, resource } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Icon, Skeleton, Tabs, Toasts, UsageBar } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import { QuotaDialog } from './quota-dialog';
import { QuotaPanel } from './quota-panel';
import { QuotaSaid } from './quota-said';
import { type QuotaRule, QuotasApi } from './quotas-api';
import { RemoveQuotaDialog } from './remove-quota-dialog';
import { RequestsTab } from './requests-tab';

const tabs = ['rules', 'requests'] as const;

/** `/admin/quotas`: how much people may book and how many requests they may send, with how far that is used. i18n: admin.quotas.tab.* */
@Component({
  selector: 'berth-admin-quotas-page',
  imports: [EmptyState, ErrorPanel, Icon, QuotaPanel, RequestsTab, Skeleton, Tabs, TranslatePipe, UsageBar],
  templateUrl: './quotas-page.html',
  styleUrl: './quotas-page.css',
  host: { class: 'page' },
})
export class QuotasPage {
  private readonly api = inject(QuotasApi);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly said = inject(QuotaSaid);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });

  protected readonly tabs = computed(() => tabs.map((value) => ({ value, label: this.words.text(`admin.quotas.tab.${value}`) })));
  protected readonly tab = computed(() => tabs.find((it) => it === this.params().get('tab')) ?? 'rules');
  protected readonly id = computed(() => this.params().get('id'));
  protected readonly rules = resource({ loader: () => this.api.rules() });
  protected readonly failure = computed(() => (this.rules.error() ? toProblem(this.rules.error()) : null));
  protected readonly open = computed(() => (this.rules.hasValue() ? this.rules.value().find((it) => it.id === this.id()) : null) ?? null);

  constructor() {
    void inject(Catalogue).load();
  }

  protected go(queryParams: Readonly<Record<string, string | null>>): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }

  protected close(): void {
    const id = this.id();
    this.go({ id: null });
    setTimeout(() => this.host.nativeElement.querySelector<HTMLElement>(`[data-rule="${id}"]`)?.focus());
  }

  protected edit(rule: QuotaRule | null): void {
    this.dialogs.open<string>(QuotaDialog, { data: { rule }, staysOpen: true }).closed.subscribe((id) => {
      if (id === undefined) return;
      this.rules.reload();
      this.go({ id });
    });
  }

  protected remove(rule: QuotaRule): void {
    this.dialogs.open<true>(RemoveQuotaDialog, { data: { name: rule.name }, size: 'narrow' }).closed.subscribe((sure) => {
      if (sure === true) void this.removeNow(rule);
    });
  }

  private async removeNow(rule: QuotaRule): Promise<void> {
    try {
      await this.api.removeRule(rule);
      this.go({ id: null });
      this.rules.reload();
      this.toasts.done(this.words.text('admin.quotas.removed', { name: rule.name }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
      this.rules.reload();
    }
  }
}
