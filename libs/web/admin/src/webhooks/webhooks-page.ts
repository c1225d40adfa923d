import { Component, computed, inject, resource } from '@angular/core';
import { RouterLink } from '@angular/router';
import { toProblem } from '@berth/web/data';
import { EmptyState, ErrorPanel, Icon, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { conditionOf, conditions, hostOf, isPoor, tagOf, WebhookWords } from './webhook-words';
import { WebhooksApi } from './webhooks-api';

/** `/admin/webhooks`: who is told what happens, and how that goes; what does not go stands first. i18n: admin.webhooks.condition.* */
@Component({
  selector: 'berth-webhooks-page',
  imports: [EmptyState, ErrorPanel, Icon, RouterLink, Skeleton, TranslatePipe],
  templateUrl: './webhooks-page.html',
  styleUrl: './webhooks-page.css',
  host: { class: 'page' },
})
export class WebhooksPage {
  private readonly api = inject(WebhooksApi);
  protected readonly said = inject(WebhookWords);

  protected readonly isPoor = isPoor;
  protected readonly webhooks = resource({ loader: () => this.api.all() });
  protected readonly failure = computed(() => (this.webhooks.error() ? toProblem(this.webhooks.error()) : null));
  protected readonly rows = computed(() =>
    (this.webhooks.hasValue() ? this.webhooks.value() : [])
      .map((it) => ({ it, host: hostOf(it.url), condition: conditionOf(it) }))
      // What does not work is opened on what went wrong.
      .map((row) => ({ ...row, tag: tagOf[row.condition], to: isBad(row.condition) ? { show: 'problems' } : {} }))
      .sort((a, b) => conditions.indexOf(a.condition) - conditions.indexOf(b.condition) || a.it.name.localeCompare(b.it.name)),
  );
}

const isBad = (condition: string): boolean => condition === 'disabled' || condition === 'failing';
