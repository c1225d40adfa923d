import { Component, computed, inject, resource } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Icon, PageTitle, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type Provider, ProvidersApi } from '../data/providers-api';
import { ProviderDialog } from './provider-dialog';
import { RemoveProviderDialog } from './remove-provider-dialog';

/** `/admin/providers`: where people sign in with an account they have elsewhere, in the order of the buttons. */
@Component({
  selector: 'berth-providers-page',
  imports: [EmptyState, ErrorPanel, Icon, Skeleton, TranslatePipe],
  template: `
    <div class="page-bar">
      <h1>{{ 'admin.nav.providers' | translate }}</h1>
      <span class="grow"></span>
      <button type="button" class="btn primary" (click)="edit(null)">
        <svg berthIcon="plus"></svg>{{ 'admin.providers.add' | translate }}
      </button>
    </div>
    <p class="muted">{{ 'admin.providers.about' | translate }}</p>
    @if (failure(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="providers.reload()" />
    } @else if (!providers.hasValue()) {
      <berth-skeleton [rows]="2" [height]="72" />
    } @else if (providers.value().data.length === 0) {
      <berth-empty-state [title]="'admin.providers.none' | translate" [text]="'admin.providers.noneText' | translate">
        <button type="button" class="btn" (click)="edit(null)">{{ 'admin.providers.add' | translate }}</button>
      </berth-empty-state>
    } @else {
      <ol class="card">
        @for (it of providers.value().data; track it.id; let first = $first, last = $last, i = $index) {
          <li>
            <div class="what">
              <b>{{ it.name }}</b>
              @if (!it.enabled) {
                <span>{{ 'admin.providers.off' | translate }}</span>
              }
              <span class="muted">{{ it.issuer }}</span>
              <span class="muted">
                {{ 'admin.providers.admission.' + it.admits | translate }} · {{ words.count('admin.providers.linked.', it.linkedPeople) }}
              </span>
            </div>
            <div class="verbs">
              <button
                type="button"
                class="btn quiet square"
                [disabled]="first"
                [attr.aria-label]="'admin.providers.up' | translate: { name: it.name }"
                (click)="move(i, -1)"
              >
                <svg berthIcon="arrow-up"></svg>
              </button>
              <button
                type="button"
                class="btn quiet square"
                [disabled]="last"
                [attr.aria-label]="'admin.providers.down' | translate: { name: it.name }"
                (click)="move(i, 1)"
              >
                <svg berthIcon="arrow-down"></svg>
              </button>
              <button
                type="button"
                class="btn small"
                [attr.aria-label]="'admin.providers.changeOne' | translate: { name: it.name }"
                (click)="edit(it)"
              >
                {{ 'admin.providers.changeShort' | translate }}
              </button>
              <button
                type="button"
                class="btn small danger"
                [attr.aria-label]="'admin.providers.removeOne' | translate: { name: it.name }"
                (click)="remove(it)"
              >
                {{ 'admin.providers.remove' | translate }}
              </button>
            </div>
          </li>
        }
      </ol>
    }
  `,
  styleUrl: './providers-page.css',
  host: { class: 'page' },
})
export class ProvidersPage {
  private readonly api = inject(ProvidersApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AdminWords);

  protected readonly providers = resource({ loader: () => this.api.all() });
  protected readonly failure = computed(() => (this.providers.error() ? toProblem(this.providers.error()) : null));

  constructor() {
    inject(PageTitle).thing.set(null);
  }

  protected edit(provider: Provider | null): void {
    const ref = this.dialogs.open<Provider>(ProviderDialog, { data: provider, staysOpen: true });
    ref.closed.subscribe((saved) => {
      if (saved) this.toasts.done(this.words.text('admin.providers.saved', { name: saved.name }));
      this.providers.reload();
    });
  }

  protected remove(provider: Provider): void {
    const ref = this.dialogs.open<'remove'>(RemoveProviderDialog, { size: 'narrow', data: provider });
    ref.closed.subscribe((answer) => {
      if (answer === 'remove') void this.attempt(() => this.api.remove(provider));
    });
  }

  protected move(index: number, by: 1 | -1): void {
    if (!this.providers.hasValue()) return;
    const { data, orderVersion } = this.providers.value();
    const ids = data.map((it) => it.id);
    const [id = ''] = ids.splice(index, 1);
    ids.splice(index + by, 0, id);
    void this.attempt(() => this.api.order(ids, orderVersion));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.providers.reload();
  }
}
