import { Component, computed, inject, resource, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, ErrorPanel, Formats, Icon, Select, Skeleton, Toasts, UsageBar, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type PersonUsage, type QuotaAlert, QuotasApi, type Tier } from './quotas-api';
import { TierDialog } from './tier-dialog';

const DEFAULT = '';

/** How many requests people may send: the tiers, who has which and sent how many today, and who came near the end. i18n: admin.quotas.alert.* */
@Component({
  selector: 'berth-requests-tab',
  imports: [ErrorPanel, Icon, Select, Skeleton, TranslatePipe, UsageBar],
  templateUrl: './requests-tab.html',
  styleUrl: './requests-tab.css',
})
export class RequestsTab {
  private readonly api = inject(QuotasApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AdminWords);

  protected readonly config = resource({ loader: () => this.api.config() });
  private readonly first = resource({ loader: () => this.api.people(null) });
  private readonly later = signal<readonly PersonUsage[]>([]);
  private readonly after = signal<string | null | undefined>(undefined);
  protected readonly alerts = resource({ loader: () => this.api.alerts() });
  protected readonly failure = computed(() => {
    const error = this.config.error() ?? this.first.error() ?? this.alerts.error();
    return error ? toProblem(error) : null;
  });
  protected readonly people = computed(() => (this.first.hasValue() ? [...this.first.value().data, ...this.later()] : undefined));
  protected readonly next = computed(() => {
    const after = this.after();
    return after === undefined ? (this.first.hasValue() ? this.first.value().page.nextCursor : null) : after;
  });
  protected readonly tierOptions = computed<readonly SelectOption[]>(() =>
    (this.config.hasValue() ? this.config.value().tiers : []).map((it) => ({ value: it.isDefault ? DEFAULT : it.id, label: it.name })),
  );

  protected limits({ perMinute, perDay }: Pick<Tier, 'perMinute' | 'perDay'>): string {
    const minute = this.words.text('admin.quotas.perMinute', { count: this.words.number(perMinute) });
    return perDay === null ? minute : `${minute}, ${this.words.text('admin.quotas.perDay', { count: this.words.number(perDay) })}`;
  }

  protected sent({ usedToday, perDay }: PersonUsage): string {
    return perDay === null
      ? this.words.text('admin.quotas.sentToday', { count: this.words.number(usedToday) })
      : this.words.text('admin.quotas.sentOf', { count: this.words.number(usedToday), limit: this.words.number(perDay) });
  }

  protected alert({ type, used, limit }: QuotaAlert): string {
    const key = type === 'quota.exceeded' ? 'admin.quotas.alert.exceeded' : 'admin.quotas.alert.warning';
    return this.words.text(key, { used: this.words.number(used), limit: this.words.number(limit) });
  }

  protected when(instant: string): string {
    return this.words.moment(instant, this.formats.ownZone());
  }

  protected reload(): void {
    this.later.set([]);
    this.after.set(undefined);
    this.config.reload();
    this.first.reload();
    this.alerts.reload();
  }

  protected async more(cursor: string): Promise<void> {
    await this.act(async () => {
      const page = await this.api.people(cursor);
      this.later.update((it) => [...it, ...page.data]);
      this.after.set(page.page.nextCursor);
    });
  }

  protected edit(tier: Tier | null): void {
    this.dialogs.open<true>(TierDialog, { data: { tier }, size: 'narrow' }).closed.subscribe((done) => done === true && this.reload());
  }

  protected remove(tier: Tier): Promise<void> {
    return this.act(async () => {
      await this.api.removeTier(tier);
      this.toasts.done(this.words.text('admin.quotas.tierRemoved', { name: tier.name }));
      this.reload();
    });
  }

  protected give(person: PersonUsage, tierId: string): Promise<void> {
    return this.act(async () => {
      await this.api.giveTier(person, tierId === DEFAULT ? null : tierId);
      const tier = this.tierOptions().find((it) => it.value === tierId)?.label;
      this.toasts.done(this.words.text('admin.quotas.tierGiven', { name: person.displayName, tier }));
      this.reload();
    });
  }

  private async act(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const problem = toProblem(error);
      this.toasts.failed([this.messages.title(problem), problem.detail].filter(Boolean).join(' '));
      if (problem.code === 'precondition-failed') this.reload();
    }
  }
}
