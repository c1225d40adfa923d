import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, resource } from '@angular/core';
import { type OwnQuota, OwnQuotas, QuotaWords } from '@berth/web/booking';
import { apiUrl, toProblem } from '@berth/web/data';
import { EmptyState, ErrorPanel, Formats, Skeleton, UsageBar } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';

interface Requests {
  readonly tier: string;
  readonly perMinute: number;
  readonly perDay: number | null;
  readonly usedToday: number;
  readonly resetsAt: string;
}

/** `/me/quotas`: what one may book and send, and what is used of it. */
@Component({
  selector: 'berth-quotas-page',
  imports: [EmptyState, ErrorPanel, Skeleton, TranslatePipe, UsageBar],
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
                      >{{ words.used(it) }}
                      @if (it.whatName) {
                        · {{ it.whatName }}
                      }
                    </span>
                    @if (it.freesAt && it.limit !== null && it.used >= it.limit) {
                      <span>{{ 'booking.quota.frees' | translate: { when: day(it.freesAt) } }}</span>
                    }
                  </span>
                  @if (it.limit) {
                    <berth-usage-bar [label]="it.name" [used]="it.used" [limit]="it.limit" [text]="words.used(it)" />
                  }
                </li>
              }
            </ul>
          </div>
        } @else {
          <berth-empty-state [title]="'profile.quotas.none' | translate" [text]="'profile.quotas.noneText' | translate" />
        }
      </section>
      <section>
        <h2>{{ 'profile.quotas.requests' | translate }}</h2>
        <div class="card">
          <ul>
            <li>
              <span class="what">
                <b>{{ found.requests.tier }}</b>
                <span class="muted">{{ 'profile.quotas.perMinute' | translate: { count: number(found.requests.perMinute) } }}</span>
                <span class="muted">
                  @if (found.requests.perDay === null) {
                    {{ 'profile.quotas.today' | translate: { count: number(found.requests.usedToday) } }}
                  } @else {
                    {{
                      'profile.quotas.todayOf'
                        | translate: { count: number(found.requests.usedToday), limit: number(found.requests.perDay) }
                    }}
                  }
                </span>
              </span>
              @if (found.requests.perDay; as limit) {
                <berth-usage-bar [label]="'profile.quotas.requests' | translate" [used]="found.requests.usedToday" [limit]="limit" />
              }
            </li>
          </ul>
        </div>
      </section>
    }
  `,
  styleUrl: '../own-list.css',
})
export class QuotasPage {
  private readonly http = inject(HttpClient);
  private readonly api = inject(OwnQuotas);
  private readonly formats = inject(Formats);
  protected readonly words = inject(QuotaWords);

  protected readonly all = resource({ loader: () => this.load() });
  protected readonly failure = computed(() => (this.all.error() ? toProblem(this.all.error()) : null));

  protected number(value: number): string {
    return new Intl.NumberFormat(this.formats.language()).format(value);
  }

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  private async load(): Promise<{ readonly quotas: readonly OwnQuota[]; readonly requests: Requests }> {
    const [quotas, requests] = await Promise.all([this.api.all(), firstValueFrom(this.http.get<Requests>(apiUrl('/quotas/my-usage')))]);
    return { quotas, requests };
  }
}
