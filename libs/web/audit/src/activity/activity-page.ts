import { Component, inject, signal } from '@angular/core';
import { EmptyState, ErrorPanel, Formats, Skeleton, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AuditApi } from '../audit-api';
import { EventList } from '../history/event-list';
import { eventPages } from '../history/event-pages';

/** `/me/activity`: what one did, and what was done in one's name. */
@Component({
  selector: 'berth-activity-page',
  imports: [EmptyState, ErrorPanel, EventList, Skeleton, TranslatePipe, ZoneChip],
  template: `
    <h1>{{ 'profile.activity' | translate }}</h1>
    <p class="muted about">{{ 'audit.activityAbout' | translate }} <berth-zone-chip [zone]="zone()" /></p>
    @if (pages.problem(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="pages.retry()" />
    } @else if (pages.isFirstLoad()) {
      <berth-skeleton [rows]="6" [height]="44" />
    } @else if (pages.rows().length === 0) {
      <berth-empty-state [title]="'audit.empty' | translate" [text]="'audit.emptyText' | translate" />
    } @else {
      <section class="card">
        <berth-event-list [entries]="pages.rows()" [showsOrigin]="true" />
      </section>
    }
    @if (pages.hasMore()) {
      <button type="button" class="btn" [disabled]="pages.isLoadingMore()" (click)="pages.more()">
        {{ (pages.isLoadingMore() ? 'audit.loading' : 'audit.more') | translate }}
      </button>
    }
  `,
  styles: `
    :host {
      display: grid;
      justify-items: start;
      gap: 12px;
      max-width: 820px;
      padding-top: 16px;
    }
    h1,
    p {
      margin: 0;
    }
    .about {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px 12px;
    }
    .card {
      width: 100%;
      padding: 6px 16px 10px;
    }
    berth-skeleton,
    berth-error-panel,
    berth-empty-state {
      width: 100%;
    }
  `,
})
export class ActivityPage {
  private readonly api = inject(AuditApi);
  private readonly asked = signal('own');
  protected readonly zone = inject(Formats).ownZone;
  protected readonly pages = eventPages(this.asked, (_own, cursor) => this.api.own(cursor));
}
