import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, resource } from '@angular/core';
import { apiUrl, toProblem } from '@berth/web/data';
import { EmptyState, ErrorPanel, Formats, Skeleton } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';

/** What of a quota somebody has used; the unit is that of the measure. */
interface OwnQuota {
  readonly id: string;
  readonly name: string;
  readonly whatName: string | null;
  readonly measure: 'time' | 'count' | 'concurrent' | 'ahead';
  readonly window: 'day' | 'week' | 'month' | null;
  readonly used: number;
  readonly limit: number | null;
  readonly freesAt: string | null;
}

interface Requests {
  readonly tier: string;
  readonly perMinute: number;
  readonly perDay: number | null;
  readonly usedToday: number;
  readonly resetsAt: string;
}

/** `/me/quotas`: what one may book and send, and what is used of it. i18n: profile.quotas.amount.* profile.quotas.window.* */
@Component({
  selector: 'berth-quotas-page',
  imports: [EmptyState, ErrorPanel, Skeleton, TranslatePipe],
  template: `
    <h1>{{ 'profile.quotas.title' | translate }}</h1>
    @if (failure(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="all.reload()" />
    } @else if (!all.hasValue()) {
      <berth-skeleton [rows]="2" [height]="60" />
    } @else {
      @let found = all.value();
      <section>
        <h2>{{ 'profile.quotas.bookings' | translate }}</h2>
        @if (found.quotas.length > 0) {
          <div class="card">
            <ul>
              @for (it of found.quotas; track it.id) {
                <li>
                  <span class="what">
                    <b>{{ it.name }}</b>
                    <span class="muted"
                      >{{ used(it) }}
                      @if (it.whatName) {
                        · {{ it.whatName }}
                      }
                    </span>
                    @if (it.freesAt && it.limit !== null && it.used >= it.limit) {
                      <span>{{ 'profile.quotas.frees' | translate: { when: day(it.freesAt) } }}</span>
                    }
                  </span>
                  @if (it.limit) {
                    <meter min="0" [max]="it.limit" [high]="it.limit * 0.8" [value]="it.used" [attr.aria-label]="it.name"></meter>
                  }
                </li>
              }
            </ul>
          </div>
        } @else {
          <berth-empty-state [title]="'profile.quotas.none' | translate" />
        }
      </section>
      <section>
        <h2>{{ 'profile.quotas.requests' | translate }}</h2>
        <div class="card">
          <ul>
            <li>
              <span class="what">
                <b>{{ found.requests.tier }}</b>
                <span class="muted">{{ 'profile.quotas.perMinute' | translate: { count: found.requests.perMinute } }}</span>
                <span class="muted">
                  @if (found.requests.perDay === null) {
                    {{ 'profile.quotas.today' | translate: { count: found.requests.usedToday } }}
                  } @else {
                    {{ 'profile.quotas.todayOf' | translate: { count: found.requests.usedToday, limit: found.requests.perDay } }}
                  }
                </span>
              </span>
              @if (found.requests.perDay; as limit) {
                <meter
                  min="0"
                  [max]="limit"
                  [high]="limit * 0.8"
                  [value]="found.requests.usedToday"
                  [attr.aria-label]="'profile.quotas.requests' | translate"
                ></meter>
              }
            </li>
          </ul>
        </div>
      </section>
    }
  `,
  styleUrl: '../own-list.css',
  styles: `
    meter {
      width: 160px;
      height: 16px;
    }
  `,
})
export class QuotasPage {
  private readonly http = inject(HttpClient);
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  protected readonly all = resource({ loader: () => this.load() });
  protected readonly failure = computed(() => (this.all.error() ? toProblem(this.all.error()) : null));

  protected used({ measure, window, used, limit }: OwnQuota): string {
    const amount = (value: number): string =>
      measure === 'time'
        ? this.formats.duration(value * 60_000)
        : this.translate.instant(`profile.quotas.amount.${measure}.${value === 1 ? 'one' : 'other'}`, { count: value });
    const within = window ? ` ${this.translate.instant(`profile.quotas.window.${window}`)}` : '';
    if (limit === null) return this.translate.instant('profile.quotas.unlimited', { used: amount(used) });
    return this.translate.instant('profile.quotas.usedOf', { used: amount(used), limit: amount(limit) }) + within;
  }

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  private async load(): Promise<{ readonly quotas: readonly OwnQuota[]; readonly requests: Requests }> {
    const [{ data }, requests] = await Promise.all([
      firstValueFrom(this.http.get<{ data: readonly OwnQuota[] }>(apiUrl('/quotas/my-reservations'))),
      firstValueFrom(this.http.get<Requests>(apiUrl('/quotas/my-usage'))),
    ]);
    return { quotas: data, requests };
  }
}
