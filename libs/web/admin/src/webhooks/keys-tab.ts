import { Component, computed, inject, input, output } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { VerifyHelp } from './verify-help';
import { WebhookWords } from './webhook-words';
import type { Webhook } from './webhooks-api';

/** What a webhook is signed with: the present secret, the one before it while both sign, and how receivers check. */
@Component({
  selector: 'berth-webhook-keys-tab',
  imports: [Icon, TranslatePipe, VerifyHelp],
  template: `
    <section>
      <p class="muted">{{ 'admin.webhooks.keysText' | translate }}</p>
      <ul class="card">
        @for (it of secrets(); track it.id) {
          <li>
            <svg berthIcon="key-round"></svg>
            <span class="what">
              <b>{{ (it.expiresAt === null ? 'admin.webhooks.keyPresent' : 'admin.webhooks.keyBefore') | translate }}</b>
              <small class="muted">{{ 'admin.webhooks.keySince' | translate: { when: said.moment(it.createdAt) } }}</small>
            </span>
            @if (it.expiresAt; as until) {
              <span class="tag pending">{{ 'admin.webhooks.keyUntil' | translate: { when: said.moment(until) } }}</span>
            } @else {
              <span class="tag free">{{ 'admin.webhooks.keySigns' | translate }}</span>
            }
          </li>
        }
      </ul>
      <button type="button" class="btn" (click)="renewed.emit()">
        <svg berthIcon="refresh-cw"></svg>{{ 'admin.webhooks.renew' | translate }}
      </button>
      <p class="muted">{{ 'admin.webhooks.renewText' | translate }}</p>
    </section>
    <section>
      <h2>{{ 'admin.webhooks.verify' | translate }}</h2>
      <berth-verify-help />
    </section>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 24px;
      max-width: 760px;
    }
    section {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
      justify-items: start;
    }
    ul {
      width: 100%;
    }
    h2 {
      margin: 0;
      font-size: 16px;
    }
    p {
      margin: 0;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 10px 12px;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .what {
      display: grid;
      flex: 1 1 180px;
    }
  `,
})
export class WebhookKeysTab {
  protected readonly said = inject(WebhookWords);

  readonly webhook = input.required<Webhook>();
  readonly renewed = output();

  /** The present one first. */
  protected readonly secrets = computed(() =>
    [...this.webhook().secrets].sort((a, b) => Number(a.expiresAt !== null) - Number(b.expiresAt !== null)),
  );
}
