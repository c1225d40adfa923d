import { Component, computed, inject, resource } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import { AccountsApi, type OfferedProvider, ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, ErrorPanel, Formats, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { AccountApi, type LinkedAccount } from '../account-api';
import { LinkDialog } from './link-dialog';

/**
 * One's own accounts at providers: which are linked, one more, one less; the last way in stays.
 * i18n: profile.linked.failure.cancelled .provider-refused .provider-unreachable .answer-invalid .not-begun-here .already-linked
 */
@Component({
  selector: 'berth-linked-section',
  imports: [ErrorPanel, Skeleton, TranslatePipe],
  template: `
    @if (offered().length > 0 || (ways.hasValue() && ways.value().data.length > 0) || failure()) {
      <section aria-labelledby="linked">
        <h2 id="linked">{{ 'profile.linked.title' | translate }}</h2>
        <p class="muted">{{ 'profile.linked.about' | translate }}</p>
        @if (cameBackWith(); as text) {
          <p class="note error" role="alert">{{ text }}</p>
        }
        @if (failure(); as problem) {
          <berth-error-panel [problem]="problem" (retry)="ways.reload()" />
        } @else if (ways.hasValue()) {
          <div class="card">
            <ul>
              @for (it of ways.value().data; track it.id) {
                <li>
                  <div class="what">
                    <b>{{ it.provider.name }}</b>
                    <span class="muted">
                      {{ it.label }} · {{ 'profile.linked.since' | translate: { when: day(it.linkedAt) } }}
                      @if (it.lastUsedAt !== null) {
                        · {{ 'profile.linked.lastUsed' | translate: { when: day(it.lastUsedAt) } }}
                      }
                    </span>
                  </div>
                  <button
                    type="button"
                    class="btn small danger"
                    [attr.aria-label]="'profile.linked.unlinkOne' | translate: { name: it.provider.name }"
                    (click)="unlink(it)"
                  >
                    {{ 'profile.linked.unlink' | translate }}
                  </button>
                </li>
              }
              @for (it of offered(); track it.key) {
                <li>
                  <div class="what">
                    <b>{{ it.name }}</b>
                    <span class="muted">{{ 'profile.linked.not' | translate }}</span>
                  </div>
                  <button
                    type="button"
                    class="btn small"
                    [attr.aria-label]="'profile.linked.linkOne' | translate: { name: it.name }"
                    (click)="link(it)"
                  >
                    {{ 'profile.linked.link' | translate }}
                  </button>
                </li>
              }
            </ul>
          </div>
        } @else {
          <berth-skeleton [rows]="1" [height]="60" />
        }
      </section>
    }
  `,
  styleUrl: '../own-list.css',
})
export class LinkedSection {
  private readonly api = inject(AccountApi);
  private readonly accounts = inject(AccountsApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);
  private readonly query = toSignal(inject(ActivatedRoute).queryParamMap);

  protected readonly ways = resource({ loader: () => this.api.waysIn() });
  private readonly providers = resource({ loader: () => this.accounts.providers() });
  /** Those one has not linked yet. */
  protected readonly offered = computed<readonly OfferedProvider[]>(() => {
    if (!this.providers.hasValue() || !this.ways.hasValue()) return [];
    const linked = this.ways.value().data.map((it) => it.provider.key);
    return this.providers.value().filter((it) => !linked.includes(it.key));
  });
  protected readonly failure = computed(() => (this.ways.error() ? toProblem(this.ways.error()) : null));

  /** What the provider's answer came to, from the query; null where it came to nothing bad. */
  protected cameBackWith(): string | null {
    const reason = this.query()?.get('failure');
    if (!reason) return null;
    const key = `profile.linked.failure.${reason}`;
    const text = String(this.translate.instant(key));
    return text === key ? null : text;
  }

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  protected link(provider: OfferedProvider): void {
    this.dialogs.open(LinkDialog, { data: { ...provider, hasPassword: this.ways.hasValue() && this.ways.value().hasPassword } });
  }

  protected async unlink(linked: LinkedAccount): Promise<void> {
    try {
      await this.api.unlink(linked.id);
      this.toasts.done(this.translate.instant('profile.linked.unlinked', { name: linked.provider.name }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.ways.reload();
  }
}
