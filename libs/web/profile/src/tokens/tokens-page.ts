import { Component, computed, inject, resource, signal } from '@angular/core';
import { PlaceNames, TokenRequests } from '@berth/web/booking';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Formats, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { AccountApi, type OwnToken } from '../account-api';
import { MakeTokenDialog } from './make-token-dialog';
import { ProgramsLetIn } from './programs-let-in';

/** `/me/tokens`: tokens for programs that work in one's own name. */
@Component({
  selector: 'berth-tokens-page',
  imports: [EmptyState, ErrorPanel, ProgramsLetIn, Skeleton, TokenRequests, TranslatePipe],
  template: `
    <h1>{{ 'profile.tokens.title' | translate }}</h1>
    <p class="muted">{{ 'profile.tokens.about' | translate }}</p>
    <div class="verbs">
      <button type="button" class="btn primary" (click)="make()">{{ 'profile.tokens.make' | translate }}</button>
    </div>
    @if (failure(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="tokens.reload()" />
    } @else if (!tokens.hasValue()) {
      <berth-skeleton [rows]="2" [height]="60" />
    } @else if (tokens.value().length > 0) {
      <div class="card">
        <ul>
          @for (token of tokens.value(); track token.id) {
            <li>
              <div class="what">
                <b>{{ token.name }}</b>
                <span class="muted">{{ token.scopes.join(', ') }}</span>
                <span class="muted">
                  {{ (hasRunOut(token) ? 'profile.tokens.ranOut' : 'profile.tokens.until') | translate: { when: day(token.expiresAt) } }} ·
                  @if (token.lastUsedAt === null) {
                    {{ 'profile.tokens.neverUsed' | translate }}
                  } @else {
                    {{ 'profile.tokens.lastUsed' | translate: { when: day(token.lastUsedAt) } }}
                  }
                  @if (token.perMinute !== null) {
                    · {{ 'profile.quotas.perMinute' | translate: { count: token.perMinute } }}
                  }
                </span>
                @if (token.places; as places) {
                  <span class="muted">{{ 'booking.places.only' | translate: { places: placeNames.text(places) } }}</span>
                }
                <berth-token-requests [usage]="token.usage" />
              </div>
              <button
                type="button"
                class="btn small danger"
                [attr.aria-label]="'profile.tokens.revokeOne' | translate: { name: token.name }"
                (click)="revoke(token)"
              >
                {{ 'profile.tokens.revoke' | translate }}
              </button>
            </li>
          }
        </ul>
      </div>
    } @else {
      <berth-empty-state [title]="'profile.tokens.none' | translate" [text]="'profile.tokens.noneText' | translate" />
    }
    <berth-programs-let-in />
  `,
  styleUrl: '../own-list.css',
})
export class TokensPage {
  private readonly api = inject(AccountApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);
  private readonly opened = signal(Date.now());

  protected readonly placeNames = inject(PlaceNames);
  protected readonly tokens = resource({
    loader: async () => {
      const tokens = await this.api.tokens();
      void this.placeNames.learn(tokens.map((it) => it.places));
      return tokens;
    },
  });
  protected readonly failure = computed(() => (this.tokens.error() ? toProblem(this.tokens.error()) : null));

  protected hasRunOut(token: OwnToken): boolean {
    return Date.parse(token.expiresAt) <= this.opened();
  }

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  protected make(): void {
    this.dialogs.open(MakeTokenDialog, { staysOpen: true }).closed.subscribe(() => this.tokens.reload());
  }

  protected async revoke(token: OwnToken): Promise<void> {
    try {
      await this.api.revokeToken(token.id);
      this.toasts.done(this.translate.instant('profile.tokens.revoked', { name: token.name }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.tokens.reload();
  }
}
