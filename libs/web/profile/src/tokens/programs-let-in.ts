import { Component, computed, inject, resource } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { ErrorPanel, Formats, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { AccountApi, type OwnGrant } from '../account-api';

/** Programs one let act in one's name, each with the verb that takes it back. */
@Component({
  selector: 'berth-programs-let-in',
  imports: [ErrorPanel, Skeleton, TranslatePipe],
  template: `
    <h2 id="programs">{{ 'profile.programs.title' | translate }}</h2>
    <p class="muted">{{ 'profile.programs.about' | translate }}</p>
    @if (failure(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="grants.reload()" />
    } @else if (!grants.hasValue()) {
      <berth-skeleton [rows]="1" [height]="60" />
    } @else if (grants.value().length > 0) {
      <div class="card">
        <ul aria-labelledby="programs">
          @for (grant of grants.value(); track grant.id) {
            <li>
              <div class="what">
                <b>{{ grant.client.name }}</b>
                <span class="muted">{{ grant.scopes.join(', ') }}</span>
                <span class="muted">
                  {{ 'profile.programs.since' | translate: { when: day(grant.createdAt) } }} ·
                  @if (grant.lastUsedAt === null) {
                    {{ 'profile.tokens.neverUsed' | translate }}
                  } @else {
                    {{ 'profile.tokens.lastUsed' | translate: { when: day(grant.lastUsedAt) } }}
                  }
                </span>
              </div>
              <button
                type="button"
                class="btn small danger"
                [attr.aria-label]="'profile.tokens.revokeOne' | translate: { name: grant.client.name }"
                (click)="revoke(grant)"
              >
                {{ 'profile.tokens.revoke' | translate }}
              </button>
            </li>
          }
        </ul>
      </div>
    } @else {
      <p class="muted">{{ 'profile.programs.none' | translate }}</p>
    }
  `,
  styleUrl: '../own-list.css',
})
export class ProgramsLetIn {
  private readonly api = inject(AccountApi);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  protected readonly grants = resource({ loader: () => this.api.grants() });
  protected readonly failure = computed(() => (this.grants.error() ? toProblem(this.grants.error()) : null));

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  protected async revoke({ id, client }: OwnGrant): Promise<void> {
    try {
      await this.api.revokeGrant(id);
      this.toasts.done(this.translate.instant('profile.tokens.revoked', { name: client.name }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.grants.reload();
  }
}
