import { Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Dialogs, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { mayDiscard } from './may-discard';
import { WebhookSecretDialog } from './secret-dialog';
import { draftOf, type WebhookDraft, wishOf } from './webhook-draft';
import { WebhookForm } from './webhook-form';
import { WebhooksApi } from './webhooks-api';

/** `/admin/webhooks/new`: sets up a webhook and shows its secret once. */
@Component({
  selector: 'berth-new-webhook-page',
  imports: [Icon, RouterLink, TranslatePipe, WebhookForm],
  template: `
    <p class="back">
      <a class="link" routerLink="/admin/webhooks"><svg berthIcon="arrow-left"></svg>{{ 'admin.nav.webhooks' | translate }}</a>
    </p>
    <div class="page-bar">
      <h1>{{ 'admin.webhooks.new' | translate }}</h1>
    </div>
    <berth-webhook-form [draft]="draft()" [problem]="problem()" (changed)="write($event)" (sent)="send()" />
    <div class="foot">
      <div role="alert">
        @if (refusal(); as said) {
          <p class="note error">{{ said }}</p>
        }
      </div>
      <a class="btn" routerLink="/admin/webhooks">{{ 'admin.cancel' | translate }}</a>
      <button type="submit" form="webhook" class="btn primary" [disabled]="busy()">{{ 'admin.webhooks.create' | translate }}</button>
    </div>
  `,
  styles: `
    :host {
      min-width: 0;
      overflow: auto;
    }
    p {
      margin: 0;
    }
    .back a {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-height: 24px;
    }
    .foot {
      position: sticky;
      bottom: 0;
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 8px;
      max-width: 760px;
      padding: 12px 0;
      background: var(--canvas);
      border-top: 1px solid var(--line);
    }
    /* Over the padding of the page too, so that nothing passes below it. */
    @media (min-width: 720px) {
      .foot {
        bottom: -16px;
        margin-bottom: -16px;
        padding-bottom: 16px;
      }
    }
    [role='alert'] {
      flex: 1 1 100%;
    }
    [role='alert']:empty {
      display: none;
    }
  `,
  host: { class: 'page' },
})
export class NewWebhookPage {
  private readonly api = inject(WebhooksApi);
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);

  protected readonly draft = signal<WebhookDraft>(draftOf(null));
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly refusal = computed(() => {
    const problem = this.problem();
    return problem === null
      ? null
      : [this.messages.title(problem), problem.errors.length > 0 ? null : problem.detail].filter(Boolean).join(' ');
  });
  private isMade = false;

  protected write(patch: Partial<WebhookDraft>): void {
    this.draft.update((it) => ({ ...it, ...patch }));
  }

  /** Asked before another page is shown. */
  mayLeave(): boolean | Promise<boolean> {
    const isEmpty = JSON.stringify(this.draft()) === JSON.stringify(draftOf(null));
    return this.isMade || isEmpty || mayDiscard(this.dialogs, this.words.text('admin.webhooks.leave'));
  }

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      const { id, name, secret } = await this.api.add(wishOf(this.draft()));
      this.isMade = true;
      await this.router.navigate(['/admin/webhooks', id]);
      this.dialogs.open(WebhookSecretDialog, { data: { name, secret, previousExpiresAt: null }, staysOpen: true });
    } catch (error) {
      this.problem.set(toProblem(error));
      setTimeout(() => document.querySelector<HTMLElement>('berth-webhook-form [aria-invalid=true]')?.focus());
    } finally {
      this.busy.set(false);
    }
  }
}
